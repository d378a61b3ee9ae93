"""Every address of the site and its API against strangers, made from the URL patterns."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from exports.services import request_export
from feedback.models import ResumeImprovement
from feedback.services import request_standard_feedback
from imports.services import import_text
from interviews.conversing import begin
from postings.services import paste
from postings.tests import note_down
from resumes.models import Resume
from studyguides.services import make_guide, request_guide, save_guide

pytestmark = pytest.mark.django_db

OURS = {"resumes", "postings", "imports", "exports", "feedback", "interviews", "studyguides"}
# Whoever is signed in has these of their own.
OPEN_TO_ALL_USERS = {
    "resumes:list",
    "resumes:create",
    "postings:list",
    "postings:create",
    "postings:paste",
    "imports:start",
    "feedback:list",
    "feedback:request_chosen",
    "interviews:list",
    "interviews:start",
    "studyguides:list",
    "studyguides:start",
}


def patterns() -> Iterator[tuple[str, set[str]]]:
    """Yield the name and the parameters of every address of our apps."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace in OURS:
            for pattern in resolver.url_patterns:
                assert isinstance(pattern, URLPattern)
                yield f"{resolver.namespace}:{pattern.name}", set(pattern.pattern.converters)


ADDRESSES = sorted(patterns())
OF_ONE_USER = [(name, parts) for name, parts in ADDRESSES if name not in OPEN_TO_ALL_USERS]


TITLE = "눈에 띄는 제목"


@pytest.fixture
def values(resume: Resume) -> dict[str, int | str]:
    """What addresses hold: `user` has one of everything, each with TITLE in its name."""
    resume.title = TITLE
    resume.save()
    feedback = request_standard_feedback(resume)
    improvement = ResumeImprovement.objects.create(
        feedback=feedback, resume_snapshot=feedback.resume_snapshot
    )
    interview = begin(
        resume.user, resume, None, interview_type="1", question_count=3, difficulty="normal"
    )
    posting = note_down(resume.user, title=TITLE, requirements="- SQL 활용 능력")
    guide = request_guide(resume.user, posting=posting)
    save_guide(guide, make_guide(guide))
    return {
        "resume_id": resume.pk,
        "feedback_id": feedback.pk,
        "improvement_id": improvement.pk,
        "posting_id": posting.pk,
        "interview_id": interview.pk,
        "turn_id": interview.turns.get().pk,
        "draft_id": paste(resume.user, TITLE).pk,
        "import_id": import_text(resume.user, TITLE).pk,
        "export_id": request_export(resume, "json").pk,
        "guide_id": guide.pk,
        "item_id": guide.items.all()[0].pk,
        "section": "experiences",
        "entry_id": resume.experiences.all()[0].pk,
    }


def address(name: str, parts: set[str], values: dict[str, int | str]) -> str:
    return reverse(name, kwargs={part: values[part] for part in parts})


def test_the_patterns_are_found() -> None:
    assert len(OF_ONE_USER) >= 21
    assert all(parts for _name, parts in OF_ONE_USER)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "parts"), OF_ONE_USER, ids=[name for name, _ in OF_ONE_USER])
def test_what_is_not_yours_is_not_there(
    other_client: Client, values: dict[str, int | str], name: str, parts: set[str], method: str
) -> None:
    answer = getattr(other_client, method)(address(name, parts, values))

    assert answer.status_code in {404, 405}
    assert TITLE not in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "parts"), ADDRESSES, ids=[name for name, _ in ADDRESSES])
def test_whoever_is_not_signed_in_is_asked_to(
    values: dict[str, int | str], name: str, parts: set[str], method: str
) -> None:
    here = address(name, parts, values)

    answer = getattr(Client(), method)(here)

    assert answer.status_code == 302
    assert answer["Location"] == f"/accounts/login/?next={here}"


@pytest.mark.parametrize(("name", "parts"), OF_ONE_USER, ids=[name for name, _ in OF_ONE_USER])
def test_a_form_of_another_site_changes_nothing(
    client: Client, values: dict[str, int | str], name: str, parts: set[str]
) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies

    assert careful.post(address(name, parts, values)).status_code in {403, 405}


# The API

# Those of the sign-in are for strangers; `accounts` tests them.
OPEN_ENDPOINTS = {"schema", "docs", "codes", "token", "google-callback", "refresh", "logout"}
METHODS = ["get", "post", "put", "patch", "delete"]


def endpoints() -> Iterator[tuple[str, set[str], str]]:
    """Yield the name, the parameters and a method of everything that the API does."""
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "api":
            for pattern in resolver.url_patterns:
                assert isinstance(pattern, URLPattern)
                view = vars(pattern.callback)["view_class"]
                for method in METHODS:
                    if hasattr(view, method) and pattern.name not in OPEN_ENDPOINTS:
                        yield f"api:{pattern.name}", set(pattern.pattern.converters), method


ENDPOINTS = sorted(endpoints(), key=lambda endpoint: (endpoint[0], endpoint[2]))
ENDPOINTS_OF_ONE_USER = [endpoint for endpoint in ENDPOINTS if endpoint[1]]


def named(endpoint: tuple[str, set[str], str]) -> str:
    return f"{endpoint[2]} {endpoint[0]}"


def test_the_endpoints_are_found() -> None:
    assert len(ENDPOINTS_OF_ONE_USER) >= 16


@pytest.mark.parametrize("endpoint", ENDPOINTS_OF_ONE_USER, ids=named)
def test_the_api_knows_nothing_of_other_users(
    other_client: Client, values: dict[str, int | str], endpoint: tuple[str, set[str], str]
) -> None:
    name, parts, method = endpoint
    body = {"title": "남의 것", "name": "이름"}

    answer = getattr(other_client, method)(
        address(name, parts, values), body, content_type="application/json"
    )
    missing = getattr(other_client, method)(
        address(name, parts, dict.fromkeys(values, 987_654_321)),
        body,
        content_type="application/json",
    )

    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == missing.json()


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=named)
def test_the_api_answers_nobody_unknown(
    values: dict[str, int | str], endpoint: tuple[str, set[str], str]
) -> None:
    name, parts, method = endpoint

    answer = getattr(Client(), method)(address(name, parts, values))

    assert answer.status_code in {401, 403}
    assert answer["Content-Type"] == "application/problem+json"
