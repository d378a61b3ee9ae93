"""The first page of a user: what there is, and what is best done next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobError, JobStatus
from gaechwi.next_steps import MAX_STEPS, Step, next_steps
from interviews.models import InterviewStatus
from interviews.tests.held import begun, judged
from postings.tests import note_down
from resumes.models import Resume
from studyguides.models import ItemStatus
from studyguides.services import set_status
from studyguides.tests.guides import compared, posting_of, written

pytestmark = pytest.mark.django_db(transaction=True)


NO_RESUME = ["이력서부터 적어 볼까요?", "이미 쓴 이력서가 있나요?"]


def steps(user: User) -> list[Step]:
    resumes = Resume.objects.for_user(user).for_lists()
    feedbacks = ResumeFeedback.objects.for_user(user).for_lists()
    return next_steps(user, timezone.localdate(), list(resumes), list(feedbacks))


def titles(user: User) -> list[str]:
    return [step.title for step in steps(user)]


def in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_without_a_resume_one_is_written_or_imported(client: Client, user: User) -> None:
    assert titles(user) == NO_RESUME
    page = client.get("/").content.decode()
    for name in ("resumes:create", "imports:start"):
        assert f'href="{reverse(name)}"' in page


def test_the_first_feedback_is_asked_for_on_the_page(client: Client, resume: Resume) -> None:
    assert titles(resume.user)[0] == "첫 피드백을 받아 보세요"

    [step, *_rest] = steps(resume.user)
    assert step.url in client.get("/").content.decode()
    client.post(step.url)

    assert ResumeFeedback.objects.count() == 1
    assert titles(resume.user)[0] == "피드백을 만들고 있습니다"


def test_a_feedback_that_failed_is_named(resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    ResumeFeedback.objects.filter(pk=feedback.pk).update(
        status=JobStatus.FAILED, error=JobError.MODEL_UNAVAILABLE, finished_at=timezone.now()
    )

    assert titles(resume.user)[0] == "피드백을 만들지 못했습니다"


def test_an_interview_that_is_not_over_comes_first(resume: Resume) -> None:
    interview = begun(resume)
    assert titles(resume.user)[0] == "하던 모의 면접이 있습니다"

    interview.status = InterviewStatus.FINISHED
    interview.finished_at = timezone.now()
    interview.save()

    assert "하던 모의 면접이 있습니다" not in titles(resume.user)


@pytest.mark.parametrize(("days", "is_named"), [(0, True), (14, True), (15, False), (-1, False)])
def test_a_deadline_that_is_near_is_named(resume: Resume, days: int, is_named: bool) -> None:
    note_down(resume.user, title="물류 기획자", deadline=in_days(days))
    note_down(resume.user, title="나중 공고", deadline=in_days(14))

    named = [title for title in titles(resume.user) if "물류 기획자" in title]

    assert bool(named) == is_named


def test_what_was_compared_leads_to_a_guide_and_to_its_items(user: User, resume: Resume) -> None:
    feedback = compared(resume, posting_of(user, deadline=None))
    assert titles(user)[:2] == [
        "피드백을 읽고 이력서를 고쳐 보세요",
        "모자란 것을 배울 차례를 정해 보세요",
    ]

    guide = written(user, feedback=feedback)
    first, second, *_rest = guide.items.all()
    assert f"이어서 배울 것: {first.title}" in titles(user)
    set_status(first, ItemStatus.DONE)
    assert f"이어서 배울 것: {second.title}" in titles(user)


def test_nothing_of_others_is_named(other_user: User, resume: Resume) -> None:
    begun(resume)
    note_down(resume.user, deadline=in_days(1))

    assert titles(other_user) == NO_RESUME


def test_it_takes_a_constant_number_of_queries(
    client: Client, user: User, resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def one_of_everything() -> None:
        posting = posting_of(user, deadline=in_days(3))
        written(user, feedback=compared(resume, posting))
        note_down(user, deadline=in_days(2))
        judged(resume)
        begun(resume)

    one_of_everything()
    client.get("/")
    # User, interview, posting; and the five lists.
    with django_assert_num_queries(8):
        client.get("/")
    for _ in range(4):
        one_of_everything()
    with django_assert_num_queries(8):
        client.get("/")
    assert len(steps(user)) == MAX_STEPS
