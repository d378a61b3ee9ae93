"""What a request takes as the tables grow, and whether an index answers each of its queries.

    python -m bench.growth

Starts PostgreSQL and Valkey, fills the tables to 1,000, 100,000 and 1,000,000 résumés and as many
postings, up to 10,000 of them one user's, and asks for that user's lists, searches, details and
dashboard. Prints the medians beside each other. Exits with an error where a query reads a table of
such rows from end to end.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any

from tests.services import start_services, stop_services

LEVELS = (1_000, 100_000, 1_000_000)
OWN = 10_000
ROWS_OF_OTHERS = 100
REQUESTS = 40
AIM = 1.2
# Those that grow. Others are empty, and to read them whole is right.
GROWING = (
    "resumes_resume",
    "resumes_experience",
    "resumes_technologystack",
    "postings_jobposting",
)
# Two letters, in one title of a hundred.
RARE, USUAL = "결제", "개발"

FILL = (
    """
    INSERT INTO accounts_user (user_id, password, is_superuser, email, name, gender, user_type,
        phone, picture, is_active, is_staff, date_joined)
    SELECT 'other' || n, '', false, n || '@example.com', '', '', '1', '', '', true, false, now()
    FROM generate_series(1, %(others)s::int) n ON CONFLICT DO NOTHING
    """,
    """
    INSERT INTO resumes_resume (user_id, is_active, created_at, updated_at, title, name, email,
        phone, address, gender, military_service, introduction, resume_type)
    SELECT CASE WHEN n <= %(own)s THEN %(user)s ELSE 'other' || (1 + n %% %(others)s::int) END,
        true, now(), now() - n * interval '1 minute', n || '번째 이력서', '이름', '', '', '', '',
        '', repeat('자기소개 ', 50), '1'
    FROM generate_series(%(first)s::int, %(last)s::int) n
    """,
    """
    INSERT INTO resumes_experience ("order", resume_id, company, department, position,
        employment_type, description)
    SELECT each, resume_id, '회사', '', '', '', repeat('한 일 ', 20)
    FROM resumes_resume, generate_series(0, 1) each WHERE resume_id > %(before)s
    """,
    """
    INSERT INTO resumes_technologystack ("order", resume_id, title)
    SELECT 0, resume_id, 'Python' FROM resumes_resume WHERE resume_id > %(before)s
    """,
    """
    INSERT INTO postings_jobposting (user_id, is_active, created_at, updated_at, title, company,
        position, employment_type, experience_level, location, salary, url, duties, requirements,
        preferred, benefits, technology_stacks, memo)
    SELECT CASE WHEN n <= %(own)s THEN %(user)s ELSE 'other' || (1 + n %% %(others)s::int) END,
        true, now() - n * interval '1 minute', now(),
        n || CASE WHEN n %% 100 = 0 THEN '번째 결제 서버 개발자' ELSE '번째 백엔드 개발자' END,
        '회사', '', '', '', '', '', '', '', repeat('- Java 경험 ', 20), '', '', '["Java"]', ''
    FROM generate_series(%(first)s::int, %(last)s::int) n
    """,
    # As the database does by itself in quiet times: an index alone then answers what is counted.
    "VACUUM (ANALYZE)",
)


def main() -> None:
    """Run the measurement and print it as a table."""
    with ExitStack() as stack:
        stack.callback(stop_services)
        start_services()
        os.environ["SITE_URL"] = "http://testserver"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from accounts.models import User

        user = User.objects.create_user("bench@example.com")
        found: dict[str, list[float]] = {}
        read_whole: set[str] = set()
        before = 0
        for level in LEVELS:
            fill(user.pk, before, level)
            before = level
            for name, ask in requests(user).items():
                found.setdefault(name, []).append(milliseconds(ask))
                # Of small tables it is right, too.
                if level == LEVELS[-1]:
                    read_whole |= {f"{name}: {plan}" for plan in plans_that_read_all(ask)}
        print(f"| request | {' | '.join(f'{level:,}' for level in LEVELS)} | ratio | aim |")
        print(f"| --- | {' | '.join('---:' for _ in LEVELS)} | ---: | ---: |")
        for name, times in found.items():
            shown = " | ".join(f"{each:.1f} ms" for each in times)
            print(f"| {name} | {shown} | {times[-1] / times[0]:.2f} | ≤ {AIM} |")
        if read_whole:
            sys.exit("These read a whole table:\n" + "\n".join(sorted(read_whole)))
        print("No query reads a table from end to end.")


def fill(user: str, before: int, level: int) -> None:
    """Add rows until there are as many as the level says."""
    from django.db import connection
    from django.db.models import Max

    from resumes.models import Resume

    values = {
        "user": user,
        "others": level // ROWS_OF_OTHERS,
        "own": OWN,
        "first": before + 1,
        "last": level,
        "before": Resume.objects.aggregate(last=Max("pk"))["last"] or 0,
    }
    with connection.cursor() as cursor:
        for statement in FILL:
            cursor.execute(statement, values)


def requests(user: Any) -> dict[str, Callable[[], None]]:
    """Return what is asked for, each by a function that asks."""
    from django.test import Client

    from accounts.tokens import issue
    from postings.models import JobPosting
    from resumes.models import Resume

    stranger, client = Client(), Client()
    client.force_login(user)
    headers = {"Authorization": f"Bearer {issue(user).access}"}
    resume = Resume.objects.for_user(user)[5]
    posting = JobPosting.objects.for_user(user)[5]

    def api(path: str) -> Callable[[], None]:
        return lambda: answered(stranger.get(f"/api/{path}", headers=headers))

    def page(path: str) -> Callable[[], None]:
        return lambda: answered(client.get(path))

    return {
        "API: résumés": api("resumes/"),
        "API: résumé": api(f"resumes/{resume.pk}"),
        "API: postings": api("job-postings/"),
        "API: a title of a hundred": api(f"job-postings/?title={RARE}"),
        "API: every title": api(f"job-postings/?title={USUAL}"),
        "API: posting": api(f"job-postings/{posting.pk}"),
        "dashboard": page("/"),
        "page: résumés": page("/resumes/"),
        "page: résumé": page(f"/resumes/{resume.pk}/"),
        "page: postings": page("/postings/"),
        "page: titles found": page(f"/postings/?title={RARE}"),
        "page: posting": page(f"/postings/{posting.pk}/"),
    }


def answered(answer: Any) -> None:
    """Read an answer to its end; exit where it is none."""
    if answer.status_code != 200:
        sys.exit(f"{answer.request['PATH_INFO']}: {answer.status_code}")
    io.BytesIO(b"".join(answer)).read()


def milliseconds(ask: Callable[[], None]) -> float:
    """Return the median of some requests, after some to warm up."""
    taken = []
    for number in range(REQUESTS + 10):
        started = time.perf_counter()
        ask()
        if number >= 10:
            taken.append((time.perf_counter() - started) * 1000)
    return median(taken)


def plans_that_read_all(ask: Callable[[], None]) -> list[str]:
    """Return the queries of a request for which PostgreSQL reads a table from end to end."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        ask()
    found = []
    for query in queries:
        if not query["sql"].startswith("SELECT"):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
        if any(f"Seq Scan on {table} " in plan for table in GROWING):
            found.append(f"{query['sql']}\n{plan}")
    return found


if __name__ == "__main__":
    main()
