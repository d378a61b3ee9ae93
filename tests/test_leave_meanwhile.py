"""An account that its user deletes while another request of theirs is being answered."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.tests.people import fresh
from accounts.tokens import Pair, issue
from exports.services import request_export
from exports.tasks import write_export
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.services import request_standard_feedback
from feedback.tasks import review_resume
from interviews.conversing import begin
from interviews.tasks import speak
from interviews.topics import InterviewType
from postings.tests import note_down
from resumes.models import Resume
from studyguides.services import request_guide
from studyguides.tasks import write_guide
from tests.attacks.addresses import API, Address

pytestmark = pytest.mark.django_db(transaction=True)

ENDPOINTS = [(one, method) for one in API if not one.is_open for method in one.methods]
BODIES = {
    "api:resumes": {"title": "이력서", "name": "이름", "technology_stacks": ["Go"]},
    "api:resume": {"title": "이력서", "name": "이름", "technology_stacks": ["Go"]},
    "api:job-postings": {"title": "공고"},
    "api:job-posting": {"title": "공고"},
    "api:me": {"name": "새 이름"},
    "api:interview-conversations": {"text": "쿼리를 나눠 40분을 6분으로 줄였습니다."},
    "api:study-item": {"status": "done"},
    "api:resume-exports": {"format": "json"},
}


@pytest.fixture
def tokens(user: User) -> Pair:
    return issue(user)


@pytest.fixture
def values(user: User, resume: Resume) -> dict[str, int]:
    """Return what stands in addresses: the user has one of everything."""
    feedback = request_standard_feedback(resume)
    review_resume(feedback.pk)
    feedback = ResumeFeedback.objects.get(pk=feedback.pk)
    improvement = ResumeImprovement.objects.create(
        feedback=feedback, resume_snapshot=feedback.resume_snapshot
    )
    posting = note_down(user, requirements="- Java 경험")
    guide = request_guide(user, posting=posting)
    write_guide(guide.pk)
    interview = begin(user, resume, None, interview_type=InterviewType.GENERAL)
    speak(interview.turns.get().pk)
    export = request_export(resume, "json")
    write_export(export.pk)
    return {
        "export_id": export.pk,
        "interview_id": interview.pk,
        "resume_id": resume.pk,
        "posting_id": posting.pk,
        "guide_id": guide.pk,
        "item_id": guide.items.all()[0].pk,
        "feedback_id": feedback.pk,
        "improvement_id": improvement.pk,
    }


def program(tokens: Pair) -> Client:
    headers = {"authorization": f"Bearer {tokens.access}"}
    return Client(raise_request_exception=False, headers=headers)


def after_first(words: str, do: Callable[[], object]) -> Any:
    """Have something done once, right after the first query that has such words in it."""
    waiting = [do]

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if words in sql and waiting:
            waiting.pop()()
        return result

    return connection.execute_wrapper(watch)


class Elsewhere(threading.Thread):
    """Something that is done by another connection, at the same time."""

    def __init__(self, do: Callable[[], Any]) -> None:
        super().__init__()
        self.do = do
        self.result: Any = None

    def begin(self) -> None:
        """Start, and give it the time that it takes, unless it has to wait for us."""
        self.start()
        self.join(1)

    def run(self) -> None:
        try:
            self.result = self.do()
        finally:
            connection.close()


@pytest.mark.parametrize(
    ("endpoint", "method"), ENDPOINTS, ids=[f"{method} {one.name}" for one, method in ENDPOINTS]
)
def test_nothing_breaks(
    user: User, tokens: Pair, values: dict[str, int], endpoint: Address, method: str
) -> None:
    bodies = {**BODIES, "api:study-guides": {"posting_id": values["posting_id"]}}

    leaving = Elsewhere(user.delete)
    with after_first("accounts_tokenfamily", leaving.begin):
        # What is only read has no body: the test's client would make a query string of it.
        body = {} if method == "get" else bodies.get(endpoint.name, {})
        answer = getattr(program(tokens), method)(
            endpoint.path(values), body, content_type="application/json"
        )
    leaving.join()

    assert answer.status_code < 500, answer.content.decode()
    assert not User.objects.exists()
    assert program(tokens).get("/api/users/me").status_code == 401


@pytest.mark.parametrize(
    "endpoint", [one for one, method in ENDPOINTS if method == "get"], ids=lambda one: one.name
)
def test_nothing_breaks_for_a_session_that_reads(
    user: User, values: dict[str, int], endpoint: Address
) -> None:
    browser = fresh(user)
    browser.raise_request_exception = False

    leaving = Elsewhere(user.delete)
    with after_first('FROM "accounts_user"', leaving.begin):
        answer = browser.get(endpoint.path(values))
    leaving.join()

    assert answer.status_code < 500, answer.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/account/data/", {}),
        ("/account/", {"name": "새 이름"}),
        ("/resumes/new/", {"title": "이력서", "name": "이름"}),
        ("/imports/", {"text": "이력서\n홍길동\n[경력]\n나루페이 | 개발자"}),
        ("/postings/paste/", {"text": "백엔드 개발자 채용\n자격 요건\n- Java 3년 이상"}),
    ],
)
def test_a_page_says_what_happened(user: User, path: str, form: dict[str, str]) -> None:
    browser = fresh(user)
    browser.raise_request_exception = False

    leaving = Elsewhere(user.delete)
    with after_first('FROM "accounts_user"', leaving.begin):
        page = browser.post(path, form)
    leaving.join()

    assert page.status_code in {302, 404, 409}, page.content.decode()
    assert not User.objects.exists()
    if page.status_code == 409:
        assert "그사이 바뀌었습니다" in page.content.decode()


@pytest.mark.parametrize("path", ["refresh", "logout"])
def test_no_token_outlives_its_user(user: User, tokens: Pair, path: str) -> None:
    leaving = Elsewhere(user.delete)
    with after_first("accounts_tokenfamily", leaving.begin):
        answer = Client(raise_request_exception=False).post(
            f"/api/auth/{path}",
            {"refresh_token": tokens.refresh},
            content_type="application/json",
        )
    leaving.join()

    assert answer.status_code < 500
    assert not User.objects.exists()
    if answer.status_code == 200:
        renewed = Pair(answer.json()["access_token"], answer.json()["refresh_token"])
        assert program(renewed).get("/api/users/me").status_code == 401


@pytest.mark.parametrize("path", ["/api/resumes/", "/api/job-postings/", "/api/auth/token"])
def test_an_account_to_which_something_is_added_is_deleted_all_the_same(
    user: User, tokens: Pair, path: str
) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    body = {
        "/api/resumes/": {"title": "이력서", "name": "이름"},
        "/api/job-postings/": {"title": "공고"},
        "/api/auth/token": {"email": user.email, "password": "a-long-passphrase"},
    }[path]
    writing = Elsewhere(lambda: program(tokens).post(path, body, "application/json"))

    # The rows that are to go are known by then.
    with after_first('DELETE FROM "accounts_tokenfamily"', writing.begin):
        left = program(tokens).delete("/api/users/me")
    writing.join()

    assert left.status_code == 204
    assert writing.result.status_code in {200, 201, 401, 409}
    assert not User.objects.exists()
    assert not Resume.with_deleted.exists()
