"""What a request takes as the tables grow, and whether an index answers each of its queries.

    python -m bench.growth

Starts PostgreSQL and Valkey, fills three databases with 1,000, 100,000 and 1,000,000 résumés and as
many postings, up to 10,000 of them one user's, and asks for that user's lists, searches, details
and dashboard: of each database in turn, several times over, by a process of its own. Prints the
medians beside each other. Exits with an error where a query reads a table of such rows from end to
end.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from multiprocessing.connection import Connection
from statistics import median
from typing import Any

from tests.services import start_services, stop_services

LEVELS = (1_000, 100_000, 1_000_000)
OWN = 10_000
ROWS_OF_OTHERS = 100
# So many times each database is asked in turn, each time for so many requests after as many more.
ROUNDS, REQUESTS = 5, 10
AIM = 1.2
# Those that grow. Others are empty, and to read them whole is right.
GROWING = (
    "resumes_resume",
    "resumes_experience",
    "resumes_technologystack",
    "postings_jobposting",
)
# What is asked for in place of the name of a request.
PLANS = "plans"
# Two letters, in one title of a hundred.
RARE, USUAL = "결제", "개발"

FILL = (
    """
    INSERT INTO accounts_user (user_id, password, is_superuser, email, name, gender, user_type,
        phone, picture, is_active, is_staff, date_joined)
    SELECT 'other' || n, '', false, n || '@example.com', '', '', '1', '', '', true, false, now()
    FROM generate_series(1, %(others)s::int) n
    """,
    """
    INSERT INTO resumes_resume (user_id, is_active, created_at, updated_at, title, name, email,
        phone, address, gender, military_service, introduction, resume_type)
    SELECT CASE WHEN n <= %(own)s THEN %(user)s ELSE 'other' || (1 + n %% %(others)s::int) END,
        true, now(), now() - n * interval '1 minute', n || '번째 이력서', '이름', '', '', '', '',
        '', repeat('자기소개 ', 50), '1'
    FROM generate_series(1, %(rows)s::int) n
    """,
    """
    INSERT INTO resumes_experience ("order", resume_id, company, department, position,
        employment_type, description)
    SELECT each, resume_id, '회사', '', '', '', repeat('한 일 ', 20)
    FROM resumes_resume, generate_series(0, 1) each
    """,
    """
    INSERT INTO resumes_technologystack ("order", resume_id, title)
    SELECT 0, resume_id, 'Python' FROM resumes_resume
    """,
    """
    INSERT INTO postings_jobposting (user_id, is_active, created_at, updated_at, title, company,
        position, employment_type, experience_level, location, salary, url, duties, requirements,
        preferred, benefits, technology_stacks, memo)
    SELECT CASE WHEN n <= %(own)s THEN %(user)s ELSE 'other' || (1 + n %% %(others)s::int) END,
        true, now() - n * interval '1 minute', now(),
        n || CASE WHEN n %% 100 = 0 THEN '번째 결제 서버 개발자' ELSE '번째 백엔드 개발자' END,
        '회사', '', '', '', '', '', '', '', repeat('- Java 경험 ', 20), '', '', '["Java"]', ''
    FROM generate_series(1, %(rows)s::int) n
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
        addresses = copies()
        levels = [stack.enter_context(filled(rows, addresses[rows])) for rows in LEVELS]
        names: list[list[str]] = [level.recv() for level in levels]
        print(f"| request | {' | '.join(f'{rows:,}' for rows in LEVELS)} | ratio | aim |")
        print(f"| --- | {' | '.join('---:' for _ in LEVELS)} | ---: | ---: |")
        for name in names[0]:
            rounds = [[asked(level, name) for level in levels] for _ in range(ROUNDS)]
            times = [median(chain.from_iterable(each)) for each in zip(*rounds, strict=True)]
            shown = " | ".join(f"{each:.1f} ms" for each in times)
            print(f"| {name} | {shown} | {times[-1] / times[0]:.2f} | ≤ {AIM} |", flush=True)
        # To read all of a small table is right.
        if read_whole := asked(levels[-1], PLANS):
            sys.exit("These read a whole table:\n" + "\n".join(read_whole))
        print("No query reads a table from end to end.")


def copies() -> dict[int, str]:
    """Return the address of a copy of the database for each number of rows."""
    from django.db import connection as its_own

    connection: Any = its_own
    connection.close()
    # A database that somebody is connected to cannot be copied.
    connection.close_pool()
    address, template = os.environ["DATABASE_URL"].rsplit("/", 1)
    with connection._nodb_cursor() as cursor:
        for rows in LEVELS:
            cursor.execute(f"CREATE DATABASE rows_{rows} TEMPLATE {template}")
    return {rows: f"{address}/rows_{rows}" for rows in LEVELS}


@contextmanager
def filled(rows: int, address: str) -> Iterator[Connection]:
    """Have a process fill a database; yield the pipe to it (`answer`)."""
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=answer, args=(rows, address, theirs))
    process.start()
    theirs.close()
    try:
        yield ours
    finally:
        # Whatever went wrong, it ends; where it ended itself, there is nobody to be told.
        with suppress(OSError):
            ours.send(None)
        ours.close()
        process.join()


def asked(level: Connection, what: str) -> Any:
    """Return what the process of a level answers."""
    level.send(what)
    return level.recv()


def answer(rows: int, address: str, pipe: Connection) -> None:
    """Fill a database; send the names of the requests; time those that are named, until None is."""
    os.environ["DATABASE_URL"] = address
    import django

    django.setup()
    from accounts.models import User

    user = User.objects.create_user("bench@example.com")
    fill(user.pk, rows)
    asks = requests(user)
    pipe.send(list(asks))
    while (what := pipe.recv()) is not None:
        pipe.send(plans_that_read_all(asks) if what == PLANS else milliseconds(asks[what]))


def fill(user: str, rows: int) -> None:
    """Add so many rows of each kind."""
    from django.db import connection

    others = rows // ROWS_OF_OTHERS
    values: dict[str, Any] = {"user": user, "others": others, "own": OWN, "rows": rows}
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


def milliseconds(ask: Callable[[], None]) -> list[float]:
    """Return what some requests take, after as many to warm up."""
    taken = []
    for _ in range(2 * REQUESTS):
        started = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - started) * 1000)
    return taken[REQUESTS:]


def plans_that_read_all(asks: dict[str, Callable[[], None]]) -> list[str]:
    """Return the queries of requests for which PostgreSQL reads a table from end to end.

    Looked at are the plan for the values of a request, and the one that serves all values, which a
    connection goes over to for what it is asked often.
    """
    from django.db import connection

    queries: dict[str, tuple[Any, ...]] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        queries[sql] = tuple(params or ())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        for ask in asks.values():
            ask()
    found = []
    for sql, params in queries.items():
        if not sql.startswith("SELECT"):
            continue
        places = tuple(f"${place}" for place in range(1, len(params) + 1))
        for statement, values in (
            (f"EXPLAIN {sql}", params),
            (f"EXPLAIN (GENERIC_PLAN) {sql % places}", None),
        ):
            # Places without values cannot be prepared.
            lines = connection.connection.execute(statement, values, prepare=False)
            plan = "\n".join(line for (line,) in lines)
            if any(f"Seq Scan on {table} " in plan for table in GROWING):
                found.append(f"{sql}\n{plan}")
    return found


if __name__ == "__main__":
    main()
