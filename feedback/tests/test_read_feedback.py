from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from feedback.models import FeedbackContent, ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.codes.models import Code
from gaechwi.jobs.models import JobError, JobStatus
from resumes.document import Section
from resumes.models import Resume

pytestmark = pytest.mark.django_db

QUOTE = "p95 응답 시간"


@pytest.fixture
def feedback(resume: Resume) -> ResumeFeedback:
    """A finished feedback with one remark."""
    feedback = request_standard_feedback(resume)
    finish(feedback, parent_content="탄탄한 이력서입니다.")
    add_remark(feedback, order=1, quote=QUOTE, feedback_result="수치가 있어 좋습니다.")
    return feedback


def finish(feedback: ResumeFeedback, **fields: Any) -> None:
    values = {"status": JobStatus.DONE, "finished_at": timezone.now(), **fields}
    ResumeFeedback.objects.filter(pk=feedback.pk).update(**values)


def add_remark(feedback: ResumeFeedback, **fields: Any) -> None:
    defaults = {"feedback_division": "1", "section": Section.INTRODUCTION}
    FeedbackContent.objects.create(feedback=feedback, **{**defaults, **fields})


def test_it_works(client: Client, feedback: ResumeFeedback) -> None:
    page = client.get(feedback.get_absolute_url()).content.decode()

    assert "탄탄한 이력서입니다." in page
    assert "수치가 있어 좋습니다." in page
    assert 'id="quote-1"' in page
    assert 'href="#quote-1"' in page
    assert "AI 모델 없이" in page
    assert "hx-trigger" not in page


def test_it_checks_access(client: Client, other_client: Client, feedback: ResumeFeedback) -> None:
    missing = reverse("feedback:detail", args=[0])
    theirs = other_client.get(feedback.get_absolute_url())

    assert theirs.status_code == other_client.get(missing).status_code == 404
    assert "/accounts/login/" in Client().get(feedback.get_absolute_url())["Location"]


def test_the_feedback_of_a_deleted_resume_is_gone(
    client: Client, feedback: ResumeFeedback, resume: Resume
) -> None:
    resume.soft_delete()

    assert client.get(feedback.get_absolute_url()).status_code == 404
    assert resume.title not in client.get(reverse("feedback:list")).content.decode()


def test_words_of_the_resume_and_of_the_review_are_no_markup(
    client: Client, resume: Resume
) -> None:
    hostile = "<script>alert(1)</script>"
    resume.introduction = f"저는 {hostile} 개발자입니다."
    resume.save()
    feedback = request_standard_feedback(resume)
    finish(feedback, parent_content=hostile)
    add_remark(feedback, order=1, quote=hostile, feedback_result=hostile)

    page = client.get(feedback.get_absolute_url()).content.decode()

    assert hostile not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 4


def test_it_shows_what_was_reviewed_not_what_was_edited_since(
    client: Client, feedback: ResumeFeedback, resume: Resume
) -> None:
    resume.introduction = "새로 쓴 소개"
    resume.save()

    page = client.get(feedback.get_absolute_url()).content.decode()

    assert QUOTE in page
    assert "새로 쓴 소개" not in page


def test_while_it_waits_it_asks_again(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)

    page = client.get(feedback.get_absolute_url()).content.decode()

    assert f'hx-get="{feedback.get_absolute_url()}?seen=queued&amp;wait=5"' in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_no_news_is_an_empty_answer(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    seen = f"{feedback.get_absolute_url()}?seen=queued"
    htmx = {"hx-request": "true"}

    assert client.get(seen, headers=htmx).status_code == 204
    finish(feedback, parent_content="다 읽었습니다.")
    news = client.get(seen, headers=htmx)

    assert news.status_code == 200
    assert "다 읽었습니다." in news.content.decode()
    assert "<html" not in news.content.decode()


@pytest.mark.parametrize("error", JobError)
def test_a_failed_one_says_why_and_can_be_tried_again(
    client: Client, resume: Resume, error: JobError
) -> None:
    feedback = request_standard_feedback(resume)
    finish(feedback, status=JobStatus.FAILED, error=error)

    page = client.get(feedback.get_absolute_url()).content.decode()

    assert str(error.label) in page
    assert reverse("feedback:retry", args=[feedback.pk]) in page


def test_it_says_how_many_remarks_were_dropped(client: Client, feedback: ResumeFeedback) -> None:
    finish(feedback, dropped_quotes=2)

    page = client.get(feedback.get_absolute_url()).content.decode()

    assert "이력서에 없는 말을 인용한 의견 2개를 버렸습니다" in page


@pytest.mark.parametrize("remarks", [1, 200])
def test_the_number_of_queries_is_constant(
    client: Client,
    feedback: ResumeFeedback,
    django_assert_num_queries: DjangoAssertNumQueries,
    remarks: int,
) -> None:
    for order in range(2, remarks + 1):
        add_remark(feedback, order=order, quote=QUOTE, feedback_result="…")
    client.get(feedback.get_absolute_url())
    # User, feedback with résumé and posting, remarks, improvements; the cache has the session.
    with django_assert_num_queries(4):
        client.get(feedback.get_absolute_url())


def test_staff_name_the_divisions(client: Client, feedback: ResumeFeedback) -> None:
    code = Code.objects.get(division="feedback_division", detail_id="1")
    code.code_detail = "칭찬할 점"
    code.save()

    page = client.get(feedback.get_absolute_url()).content.decode()

    assert "칭찬할 점" in page
    assert "잘된 부분" not in page


def test_a_quoted_period_is_found_in_another_language(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)
    [period] = [p.text for p in feedback.document.passages() if p.text.endswith("~ 현재")]
    add_remark(feedback, order=1, quote=period, section=Section.EXPERIENCES, feedback_result="!")
    finish(feedback)

    page = client.get(feedback.get_absolute_url(), headers={"accept-language": "en"})

    assert period.startswith("2023.02")
    assert ">Feb 2023 – Present</mark>" in page.content.decode()
