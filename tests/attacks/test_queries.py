"""Words in queries that mean something to a database, to a template or to nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import EMAIL, PASSWORD
from postings.tests import note_down, pasted_texts, posting_documents
from resumes.sample import sample_document
from tests.attacks.addresses import ADMIN, API, PAGES
from tests.attacks.holdings import admin_values, fill, fill_admin, rows
from tests.reliability import Outcome

pytestmark = pytest.mark.django_db

# Stands in all that means something to a database, and in no query of ours.
PLANTED = "plantedwords"
HOSTILE = [
    f"' OR '{PLANTED}'='{PLANTED}",
    f"'; DROP TABLE resumes_resume; -- {PLANTED}",
    f"1; SELECT pg_sleep(3) -- {PLANTED}",
    f"' || pg_sleep(3) || '{PLANTED}",
    f"1) UNION SELECT password FROM accounts_user -- {PLANTED}",  # noqa: S608
    "%' ESCAPE '!",
    "\\",
    "%%%s%(x)s",
    "\0",
    "-1",
    "0",
    "9" * 30,
    "9" * 5_000,
    "1e9",
    "NaN",
    "٣",
    "²",
    "null",
    "[]",
    "{{ settings.SECRET_KEY }}",
    "../../etc/passwd",
    "a" * 4_000,
    "user__password",
    "-password",
]
PARAMETERS = (
    *("title", "page", "page_size", "resume_id", "division", "deleted", "seen", "wait", "turn"),
    *("to", "resume", "posting", "feedback", "interview", "ordering", "sort", "order_by", "q"),
    *("search", "format", "user", "user__password__startswith", "next", "lang"),
)
OF_ADMIN: tuple[str, ...] = (
    *("q", "o", "p", "e", "all", "status__exact", "created_at__gte", "created_at__year"),
    *("user__password__startswith", "_popup", "_to_field", "id__in", "engine", "pk"),
)


@dataclass
class Asked:
    """Where the planted words stood in what the database was asked."""

    in_sql: list[str] = field(default_factory=list)
    as_parameters: int = 0


@contextmanager
def watched() -> Iterator[Asked]:
    """Note what the database is asked inside of the block."""
    asked = Asked()

    def note(execute: Any, sql: Any, parameters: Any, *how: Any) -> Any:
        if PLANTED in str(sql):
            asked.in_sql.append(str(sql))
        asked.as_parameters += PLANTED in repr(parameters)
        return execute(sql, parameters, *how)

    with connection.execute_wrapper(note):
        yield asked


@pytest.fixture
def values(user: User, settings: Settings, tmp_path: Any) -> dict[str, Any]:
    settings.MEDIA_ROOT = tmp_path
    posting = posting_documents()["04_backend"]
    pasted = (pasted_texts()["02_accountant"], "[경력]\n나루페이 | 개발자")
    return fill(user, sample_document(), posting, pasted)


def test_odd_words_in_queries(
    client: Client, values: dict[str, Any], other_user: User, outcome: Outcome
) -> None:
    mark = "다른사람의공고"
    note_down(other_user, title=mark)
    known = {**values, "key": "MQ:1abc:def", "uidb36": "1"}
    before = rows()
    found: list[str | None] = []
    with watched() as asked:
        for address in (*PAGES, *API):
            # The words of a turn come as a stream.
            if address.name == "interviews:words" or re.match("accounts/|api/auth/", address.route):
                continue
            path = address.path(known)
            # Lists are what reads most of them.
            is_list = not address.parameters and address.name.rpartition(":")[0]
            for number, word in enumerate(HOSTILE if is_list else HOSTILE[2::9]):
                # All at once: each view reads those that it knows. What is searched for also alone:
                # the API looks nothing up where a number is none.
                for names in (PARAMETERS, ("title",)) if is_list else (PARAMETERS,):
                    query = dict.fromkeys(names, word)
                    headers = {"HX-Request": "true"} if number % 2 else {}
                    answer = client.get(path, query, headers=headers)
                    body = getattr(answer, "content", b"").decode(errors="replace")
                    bad = answer.status_code >= 500 or mark in body
                    found.append(f"{path} {word[:20]!r}: {answer.status_code}" if bad else None)

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    assert asked.in_sql == []
    assert asked.as_parameters
    outcome(
        f"SQL, numbers out of range and odd characters in {len(PARAMETERS)} query parameters,"
        " every page and endpoint",
        tried=len(found),
        let_in=sum(map(bool, found)),
        happened="an answer below 500 with nothing of another user, no word in SQL, no row changed",
    )


def test_lists_hold_only_what_is_asked_for(client: Client, user: User, outcome: Outcome) -> None:
    note_down(user, title="100% 원격")
    note_down(user, title="100명 규모")
    searches = {"100%": 1, "%": 1, "_": 0, "' OR '1'='1": 0, "100": 2, "\\": 0}

    counts = {
        words: client.get("/api/job-postings/", {"title": words}).json()["count"]
        for words in searches
    }

    assert counts == searches
    outcome(
        "wildcards and quotes in the search for postings",
        tried=len(searches),
        let_in=sum(counts[words] != there for words, there in searches.items()),
        happened="taken as the letters that they are",
    )


def test_odd_words_in_queries_of_the_admin(
    user: User, values: dict[str, Any], outcome: Outcome
) -> None:
    fill_admin(user)
    User.objects.create_superuser(EMAIL, PASSWORD)
    staff = Client()
    staff.force_login(User.objects.get(email=EMAIL))
    before = rows()
    found: list[str | None] = []
    lists = [one for one in ADMIN if one.name.endswith("_changelist")]
    with watched() as asked:
        # Those of jobs are of one class.
        for address in lists[::3]:
            path = address.path(admin_values(address.route, user))
            for parameter in OF_ADMIN:
                # Of a null character in a filter, Django makes an error of the database (500).
                words = HOSTILE[2::4] if parameter in {"q", "o", "p"} else HOSTILE[4:8:2]
                for word in words:
                    answer = staff.get(path, {parameter: word})
                    bad = answer.status_code >= 500
                    found.append(f"{path} {parameter}={word[:20]!r}" if bad else None)

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    assert asked.in_sql == []
    assert asked.as_parameters
    # A hash could be guessed letter by letter.
    by_hash = staff.get("/admin/accounts/userblacklist/", {"user__password__startswith": "pbkdf2"})
    assert by_hash.status_code == 400
    outcome(
        "SQL, odd characters and lookups into other tables in the queries of the admin",
        tried=len(found) + 1,
        let_in=sum(map(bool, found)),
        happened="an answer below 500, no word in SQL; a lookup into the hashes of passwords is"
        " refused (400)",
    )
