"""Every address of the site and its API, in the hands of those whose it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import block, fresh
from accounts.tokens import issue
from interviews.models import Interview
from postings.models import JobPosting
from postings.tests import pasted_texts, posting_documents
from resumes.models import Resume
from resumes.sample import sample_document
from studyguides.models import StudyGuide
from tests.attacks.addresses import ADDRESSES, ADMIN, API, PAGES, UNSAFE, Address
from tests.attacks.holdings import admin_values, fill, fill_admin, rows
from tests.reliability import Outcome

pytestmark = pytest.mark.django_db

SAFE = ("get", "head", "options")
MARK = "아무도모르는말"
# What forms and endpoints look for: with it, each would do what it is for.
BODY = {
    "title": "남의 것",
    "name": "남",
    "company": "남의 회사",
    "direction": "down",
    "down": "1",
    "status": "doing",
    "notes": "남의 메모",
    "take": "unmarked",
    "text": "남의 답입니다.",
    "format": "docx",
}
OF_NOBODY = 987_654_321
# What any member of staff may, whatever they are allowed to see.
OPEN_TO_STAFF = {
    *("admin:index", "admin:login", "admin:logout", "admin:password_change", "admin:jsi18n"),
    *("admin:password_change_done", "admin:view_on_site"),
}
KEYS = {"key": "MQ:1abc:def", "uidb36": "1"}


@pytest.fixture
def client(user: User) -> Client:
    return fresh(user)


@pytest.fixture
def other_client(other_user: User) -> Client:
    return fresh(other_user)


@pytest.fixture(autouse=True)
def _patient(settings: Settings, tmp_path: Any) -> None:
    """Let nothing be refused for coming too often."""
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 100_000
    settings.API_SIGN_INS_PER_ADDRESS = settings.API_SIGN_INS_PER_EMAIL = 100_000
    settings.ACCOUNT_RATE_LIMITS = False
    settings.MEDIA_ROOT = tmp_path


def filled(user: User) -> dict[str, Any]:
    """Give a user something of everything, with a word in it that stands nowhere else."""
    document = sample_document().model_copy(update={"title": MARK})
    posting = posting_documents()["04_backend"].model_copy(
        update={"title": MARK, "requirements": "- Elixir 경험\n- Redis 운영 경험", "preferred": ""}
    )
    pasted = (pasted_texts()["02_accountant"], f"{MARK}\n\n[경력]\n나루페이 | 개발자")
    return fill(user, document, posting, pasted)


def ask(client: Client, method: str, path: str, api: bool, **headers: str) -> HttpResponseBase:
    """Send a request; a form, or JSON to the API."""
    options: dict[str, Any] = {"headers": headers}
    if method in UNSAFE:
        options["data"] = BODY
        if (api and not path.endswith("/photo")) or method != "post":
            options["content_type"] = "application/json"
    answer: HttpResponseBase = getattr(client, method)(path, **options)
    return answer


def bare(answer: HttpResponseBase, *values: Any) -> tuple[Any, ...]:
    """Return what an answer says, without what differs with each request and without the ids."""
    body = getattr(answer, "content", b"").decode()
    body = re.sub(r'(value="|csrftoken": ")\w{64}|(nonce=")[^"]+', r"\1\2", body)
    for value in sorted(map(str, values), key=len, reverse=True):
        if value.isdecimal():
            body = re.sub(rf"(?<![0-9]){value}(?![0-9])", "#", body)
    return answer.status_code, answer.headers.get("Content-Type"), body


def missing(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return ids of nothing in the place of these."""
    return {name: OF_NOBODY if isinstance(v, int) else v for name, v in values.items()}


def look_alike(
    client: Client,
    addresses: list[Address],
    values: Mapping[str, Any],
    methods: tuple[str, ...] = ("get", "post"),
    **headers: str,
) -> Iterator[str | None]:
    """Yield for each request None, or what it gave away: an answer unlike that of nothing."""
    for address in addresses:
        nothing = address.path(missing(values))
        for method in (*methods, "polled"):
            # As a page asks that waits for its job.
            polled = {"HX-Request": "true"} if method == "polled" else {}
            verb, query = ("get", "?seen=done") if polled else (method, "")
            more = {**headers, **polled}
            answer = ask(client, verb, address.path(values) + query, address.is_api, **more)
            if answer.status_code == 405:
                yield None
                continue
            expected = ask(client, verb, nothing + query, address.is_api, **more)
            ids = (*values.values(), OF_NOBODY)
            same = bare(answer, *ids) == bare(expected, *ids)
            refused = answer.status_code == 404 or verb == "options"
            yield None if same and refused else f"{method} {address.route}: {answer.status_code}"


OF_ONE_USER = [address for address in (*PAGES, *API) if address.parameters and not address.is_open]


def test_every_address_is_of_somebody_or_known_to_be_open(
    client: Client, user: User, outcome: Outcome
) -> None:
    """Without this, an address with a wrong id in the tests would be refused to all alike."""
    values = filled(user)
    unreached = []
    for address in OF_ONE_USER:
        statuses = set()
        for method in ("get", *UNSAFE):
            with transaction.atomic():
                if address.name != "interviews:words":  # it would close the connection
                    answer = ask(client, method, address.path(values), address.is_api)
                    statuses.add(answer.status_code)
                transaction.set_rollback(True)
        if statuses and statuses <= {404, 405}:
            unreached.append(f"{address.route}: {statuses}")

    assert unreached == []
    assert len(OF_ONE_USER) >= 60
    outcome(
        "addresses that name an object, opened by its owner",
        tried=len(OF_ONE_USER),
        happened="each is reached: what follows is refused for whose it is",
    )


@pytest.mark.parametrize("who", ["another user", "a superuser"])
def test_what_is_not_yours_is_not_there(
    user: User, other_user: User, outcome: Outcome, who: str
) -> None:
    values = filled(user)
    if who == "a superuser":
        User.objects.filter(pk=other_user.pk).update(is_staff=True, is_superuser=True)
    client = fresh(other_user)
    bearer = {"Authorization": f"Bearer {issue(other_user).access}"}
    api = [address for address in OF_ONE_USER if address.is_api]
    before = rows()

    found = [
        *look_alike(client, OF_ONE_USER, values, (*SAFE, *UNSAFE)),
        *look_alike(Client(), api, values, UNSAFE, **bearer),
    ]

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    outcome(
        f"{who} at every address of somebody's object, page and API, by every method",
        tried=len(found),
        happened="the answer for an id that does not exist (404, or 405), no row changed",
    )


def delete_softly(values: Mapping[str, Any]) -> None:
    Resume.objects.get(pk=values["resume_id"]).soft_delete()
    JobPosting.objects.get(pk=values["posting_id"]).soft_delete()
    Interview.with_deleted.get(pk=values["interview_id"]).soft_delete()
    StudyGuide.objects.filter(pk=values["guide_id"]).update(is_deleted=True)


def test_what_is_deleted_is_not_there(
    client: Client, other_client: Client, user: User, outcome: Outcome
) -> None:
    values = filled(user)
    delete_softly(values)
    kept = {"draft_id", "import_id", "download_id"}  # of no résumé
    gone = [address for address in OF_ONE_USER if not kept & set(address.parameters)]
    for_owner = [
        address for address in gone if address.name.rpartition(":")[2] not in {"restore", "words"}
    ]
    before = rows()

    found = [*look_alike(client, for_owner, values), *look_alike(other_client, gone, values)]

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    outcome(
        "what was deleted softly, asked for by its owner and by another user",
        tried=len(found),
        happened="the answer for an id that does not exist, no row changed",
    )


def test_own_and_foreign_ids_in_one_address(
    user: User, other_user: User, other_client: Client, outcome: Outcome
) -> None:
    theirs, own = filled(user), filled(other_user)
    found = []
    before = rows()
    for address in OF_ONE_USER:
        ids = [name for name in address.parameters if isinstance(own[name], int)]
        for name in ids if len(ids) > 1 else []:
            path = address.path({**own, name: theirs[name]})
            nothing = address.path({**own, name: OF_NOBODY})
            for method in ("get", *UNSAFE):
                answer = ask(other_client, method, path, address.is_api)
                expected = ask(other_client, method, nothing, address.is_api)
                given = (theirs[name], OF_NOBODY)
                alike = bare(answer, *given) == bare(expected, *given)
                refused = alike and answer.status_code in {404, 405}
                found.append(None if refused else f"{method} {path} {answer.status_code}")

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    outcome(
        "an address with one's own id and one of another user's",
        tried=len(found),
        happened="the answer for an id that does not exist, no row changed",
    )


# Where ids come in a body or a query: of a form, or of the API.
POSTED = [
    ("/feedbacks/postings/", {"resume": "resume_id", "posting": "posting_id"}),
    ("/interviews/new/", {"resume": "resume_id", "posting": "posting_id"}),
    ("/guides/new/", {"feedback": "feedback_id"}),
    ("/guides/new/", {"interview": "interview_id"}),
    ("/guides/new/", {"posting": "posting_id"}),
    ("/api/interviews/", {"resume_id": "resume_id", "posting_id": "posting_id"}),
    ("/api/study-guides/", {"feedback_id": "feedback_id"}),
    ("/api/study-guides/", {"interview_id": "interview_id"}),
    ("/api/study-guides/", {"posting_id": "posting_id"}),
]
ASKED = [
    ("/interviews/new/", {"resume": "resume_id", "posting": "posting_id"}),
    ("/guides/new/", {"feedback": "feedback_id", "interview": "interview_id"}),
    ("/guides/new/", {"posting": "posting_id"}),
    ("/resumes/", {"deleted": "resume_id"}),
    ("/postings/", {"deleted": "posting_id"}),
    ("/interviews/", {"deleted": "interview_id"}),
    ("/guides/", {"deleted": "guide_id"}),
    ("/api/resume_feedbacks/", {"resume_id": "resume_id"}),
]


def test_foreign_ids_in_bodies_and_queries(
    user: User, other_user: User, other_client: Client, outcome: Outcome
) -> None:
    theirs, own = filled(user), filled(other_user)
    choices = {"interview_type": "1", "question_count": 3, "difficulty": "normal"}
    found = []

    def compare(send: Callable[[dict[str, Any]], Any], names: dict[str, str], where: str) -> None:
        for foreign in names:
            sent = {name: own[of] for name, of in names.items()}
            of_theirs = theirs[names[foreign]]
            before = rows()
            answers = [send({**sent, foreign: value}) for value in (of_theirs, OF_NOBODY)]
            bodies = [bare(answer, of_theirs, OF_NOBODY) for answer in answers]
            alike = bodies[0] == bodies[1] and rows() == before
            found.append(None if alike else f"{where} {foreign}: {answers[0].status_code}")

    for path, names in POSTED:
        kind = {"content_type": "application/json"} if path.startswith("/api") else {}
        more = choices if "interviews" in path else {"hours_per_week": 10}
        compare(
            lambda sent, path=path, more=more, kind=kind: other_client.post(  # type: ignore[misc]
                path, {**(more if "feedbacks" not in path else {}), **sent}, **kind
            ),
            names,
            path,
        )
    for path, names in ASKED:
        compare(lambda sent, path=path: other_client.get(path, sent), names, path)  # type: ignore[misc]
    delete_softly(theirs)
    for path, names in ASKED:
        compare(lambda sent, path=path: other_client.get(path, sent), names, path)  # type: ignore[misc]

    assert "\n".join(filter(None, found)) == ""
    outcome(
        "ids of another user's objects in forms, JSON and queries",
        tried=len(found),
        happened="the answer for an id that does not exist, no row made",
    )


def outside(client: Client, values: Mapping[str, Any], user: User, **headers: str) -> list[Any]:
    """Return for each request None, or how it was answered other than by asking to sign in."""
    found = []
    for address in ADDRESSES:
        if address.is_open:
            continue
        known = admin_values(address.route, user) if address.is_admin else {**values, **KEYS}
        path = address.path(known)
        for method in ("get", *UNSAFE):
            answer = ask(client, method, path, address.is_api, **headers)
            if address.is_api:
                asked = answer.status_code == (403 if headers else 401)
                asked &= answer["Content-Type"] == "application/problem+json"
            else:
                asked = answer.status_code == 302
                asked &= answer["Location"].startswith("/accounts/login/?next=") or (
                    address.is_admin and answer["Location"].startswith("/admin/login/?next=")
                )
            found.append(None if asked else f"{method} {path}: {answer.status_code}")
    return found


def test_whoever_is_not_signed_in_is_asked_to(user: User, outcome: Outcome) -> None:
    values = filled(user)
    fill_admin(user)
    before = rows()

    found = outside(Client(), values, user)

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    outcome(
        "nobody signed in, at every address that is not open, admin too, by every method",
        tried=len(found),
        happened="led to the sign-in, 401 as problem+json from the API, no row changed",
    )


def test_whoever_is_blocked_is_out_at_once(user: User, client: Client, outcome: Outcome) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    values = filled(user)
    fill_admin(user)
    bearer = {"Authorization": f"Bearer {issue(user).access}"}
    assert client.get("/admin/").status_code == 200
    assert client.get("/api/users/me", headers=bearer).status_code == 200
    block(user)
    before = rows()

    by_session = outside(client, values, user)
    by_token = [
        one for one in outside(Client(), values, user, **bearer) if not one or "/api/" in one
    ]

    assert "\n".join(filter(None, by_session + by_token)) == ""
    assert rows() == before
    outcome(
        "a superuser who was blocked after signing in, by session and by token, at every address",
        tried=len(by_session) + len(by_token),
        happened="led to the sign-in, 401 from the API by session, 403 by token, no row changed",
    )


@pytest.mark.parametrize("is_staff", [True, False], ids=["staff", "user"])
def test_the_admin_shows_nothing_without_permission(
    user: User, other_user: User, other_client: Client, outcome: Outcome, is_staff: bool
) -> None:
    User.objects.filter(pk=other_user.pk).update(is_staff=is_staff)
    filled(user)
    fill_admin(user)
    before = rows()
    found = []
    for address in ADMIN:
        if address.is_open or (is_staff and address.name in OPEN_TO_STAFF):
            continue
        path = address.path(admin_values(address.route, user))
        for method in ("get", "post"):
            answer = ask(other_client, method, path, api=False)
            if is_staff:
                # The redirect is to the page of the row, which refuses.
                refused = answer.status_code in {403, 404, 405}
                refused |= answer.status_code == 302 and answer["Location"].endswith("/change/")
            else:
                # Who signs out there without being staff is led to the front page of the admin.
                there = ("/login/?next=",) if address.name != "admin:logout" else ("/admin/",)
                refused = answer.status_code == 302 and there[0] in answer["Location"]
            found.append(None if refused else f"{method} {path}: {answer.status_code}")

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    outcome(
        "staff without any permission at every address of the admin"
        if is_staff
        else "a user who is no staff at every address of the admin",
        tried=len(found),
        happened="403, or 404 where there is no such page" if is_staff else "led to the sign-in",
    )


def test_a_form_of_another_site_changes_nothing(
    user: User, client: Client, outcome: Outcome
) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    values = filled(user)
    fill_admin(user)
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    before = rows()
    found = []
    for address in ADDRESSES:
        # They know nobody by a cookie: a form of another site has nothing to gain.
        if (address.is_api and address.is_open) or address.name == "google_login_by_token":
            continue
        known = admin_values(address.route, user) if address.is_admin else {**values, **KEYS}
        path = address.path(known)
        for method in ("post",) if address.is_admin else ("post", "delete"):
            answer = ask(careful, method, path, address.is_api)
            refused = answer.status_code == 403
            found.append(None if refused else f"{method} {path}: {answer.status_code}")

    assert "\n".join(filter(None, found)) == ""
    assert rows() == before
    outcome(
        "forms and scripts of another site without the CSRF token, at every address",
        tried=len(found),
        happened="403, no row changed",
    )
