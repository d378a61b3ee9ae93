"""What is only read by a token is read by the query that looks at it, and by no other."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Value
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIClient, APIRequestFactory

from accounts.models import TokenFamily, User
from accounts.tests.people import block
from accounts.tokens import Bearer, beside_token, issue
from feedback.services import request_standard_feedback
from gaechwi.api.paging import WrittenView
from interviews.conversing import begin
from interviews.topics import InterviewType
from postings.models import JobPosting
from resumes.models import Resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(resume: Resume) -> list[str]:
    """The addresses of what a user has."""
    feedback = request_standard_feedback(resume)
    posting = JobPosting.objects.create(user=resume.user, title="백엔드 개발자")
    return [
        f"/api/resumes/{resume.pk}",
        f"/api/resume_feedbacks/{feedback.pk}",
        f"/api/job-postings/{posting.pk}",
    ]


LISTS = [
    "/api/resumes/",
    "/api/resume_feedbacks/?resume_id=1",
    "/api/job-postings/?title=백엔드",
    "/api/interviews/",
]


def token_of(user: User) -> dict[str, str]:
    """Return the header that brings a token of a user."""
    return {"authorization": f"Bearer {issue(user).access}"}


def program(user: User) -> Client:
    """Return who brings a token of a user."""
    return Client(headers=token_of(user))


def test_a_token_costs_no_query_of_its_own(
    resume: Resume, rows: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    begin(resume.user, resume, None, interview_type=InterviewType.GENERAL)
    client = program(resume.user)

    for address in (*rows, *LISTS):
        for ask in (client.get, client.head):
            with django_assert_num_queries(1):
                assert ask(address).status_code == 200, address


def test_it_is_what_a_session_is_told(resume: Resume, rows: list[str]) -> None:
    browser = Client()
    browser.force_login(resume.user)

    for address in (*rows, *LISTS):
        told = browser.get(address)
        assert told.status_code == 200
        assert program(resume.user).get(address).content == told.content, address


def test_what_is_not_theirs_is_not_there(other_user: User, rows: list[str]) -> None:
    stranger = program(other_user)

    for address in (*rows, "/api/resumes/0", f"/api/resumes/{2**70}"):
        assert stranger.get(address).status_code == 404, address
    for address in LISTS:
        assert stranger.get(address).json()["count"] == 0, address


def revoked(user: User) -> None:
    """End what was signed in."""
    TokenFamily.objects.filter(user=user).revoke()


def inactive(user: User) -> None:
    """Put an account out of use."""
    User.objects.filter(pk=user.pk).update(is_active=False)


def other_password(user: User) -> None:
    """Give another password."""
    user.set_password("another one")
    user.save()


def gone(user: User) -> None:
    """Delete a user, who has nothing any more."""
    User.objects.filter(pk=user.pk).delete()


@pytest.mark.parametrize(
    ("happened", "status"),
    [(revoked, 401), (inactive, 401), (other_password, 401), (gone, 401), (block, 403)],
)
def test_a_token_that_ended_opens_nothing_and_tells_nothing(
    resume: Resume, rows: list[str], happened: Any, status: int
) -> None:
    client = program(resume.user)
    nowhere = ["/api/resumes/0", f"/api/resumes/{2**70}"]
    malformed = ["/api/resumes/?page=x", "/api/job-postings/?title=%00"]
    assert [client.head(address).status_code for address in (*rows, *nowhere)] == [200] * 3 + [
        404
    ] * 2

    happened(resume.user)

    answers = [client.get(address) for address in (*rows, *LISTS, *nowhere, *malformed)]
    assert {answer.status_code for answer in answers} == {status}
    assert len({answer.content for answer in answers}) == 1
    assert all(answer["Content-Type"] == "application/problem+json" for answer in answers)
    assert {client.head(address).status_code for address in (*rows, *LISTS)} == {status}


def test_who_is_gone_since_the_session_was_looked_at_is_told_nothing(
    resume: Resume, rows: list[str]
) -> None:
    browser = APIClient()
    browser.force_authenticate(resume.user)
    gone(resume.user)

    for address in (*rows, *LISTS):
        assert browser.get(address).status_code == 401, address


def test_a_view_that_forgets_to_look_answers_nothing(resume: Resume) -> None:
    class Forgetful(WrittenView):
        def get(self, request: Request) -> Response:
            return Response("secret")

    request = APIRequestFactory().get("/", headers=token_of(resume.user))

    with pytest.raises(RuntimeError, match="not looked at"):
        Forgetful.as_view()(request)


def test_of_who_is_blocked_nothing_is_written(resume: Resume) -> None:
    access = issue(resume.user).access
    query = beside_token(lambda: Value("secret"))
    assert Bearer(access).read(query) == "secret"
    block(resume.user)

    row = query.row(**Bearer(access)._claims)

    assert row is not None
    assert "secret" not in row


def test_whoever_changes_something_is_known_as_a_user(resume: Resume, rows: list[str]) -> None:
    client = program(resume.user)
    revoked(resume.user)

    assert client.delete(rows[0]).status_code == 401
    assert Resume.objects.filter(pk=resume.pk).exists()


def test_a_bearer_in_the_place_of_a_user_has_nothing(resume: Resume) -> None:
    bearer: Any = Bearer(issue(resume.user).access)

    assert not Resume.objects.for_user(bearer).exists()
