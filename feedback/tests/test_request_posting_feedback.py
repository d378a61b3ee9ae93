from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import request_posting_feedback, request_standard_feedback, retry_feedback
from gaechwi.jobs.models import JobError, JobStatus
from postings.models import JobPosting
from postings.services import to_document
from postings.tests import note_down
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume

pytestmark = pytest.mark.django_db

CHOSEN = "/feedbacks/postings/"


@pytest.fixture
def posting(user: User) -> JobPosting:
    """A posting of the user."""
    return note_down(user, requirements="Python과 Django로 서비스를 개발한 경력 3년 이상")


def url(resume: Resume, posting: JobPosting) -> str:
    return f"/feedbacks/resumes/{resume.pk}/postings/{posting.pk}/"


def test_it_works(client: Client, resume: Resume, posting: JobPosting) -> None:
    response = client.post(url(resume, posting))

    feedback = ResumeFeedback.objects.get()
    assert response["Location"] == feedback.get_absolute_url()
    assert (feedback.resume, feedback.posting, feedback.status) == (resume, posting, "queued")
    assert feedback.posting_document == to_document(posting)


def test_it_checks_access(
    client: Client, other_client: Client, other_user: User, resume: Resume, posting: JobPosting
) -> None:
    theirs = note_down(other_user, requirements="Python")

    assert other_client.post(url(resume, posting)).status_code == 404
    assert client.post(url(resume, theirs)).status_code == 404
    assert client.post(f"/feedbacks/resumes/{resume.pk}/postings/0/").status_code == 404
    assert "/accounts/login/" in Client().post(url(resume, posting))["Location"]
    assert not ResumeFeedback.objects.exists()


def test_a_look_asks_for_nothing(client: Client, resume: Resume, posting: JobPosting) -> None:
    assert client.get(url(resume, posting)).status_code == 405


def test_what_is_deleted_is_not_there(client: Client, resume: Resume, posting: JobPosting) -> None:
    posting.soft_delete()
    assert client.post(url(resume, posting)).status_code == 404
    posting.restore()
    resume.soft_delete()
    assert client.post(url(resume, posting)).status_code == 404


def test_a_choice_in_the_form_is_asked_for(
    client: Client, resume: Resume, posting: JobPosting
) -> None:
    response = client.post(CHOSEN, {"resume": resume.pk, "posting": posting.pk})

    assert response["Location"] == ResumeFeedback.objects.get().get_absolute_url()


@pytest.mark.parametrize("choice", ["", "x", "-1", "0", "9" * 18, "9" * 5000, "１"])
def test_a_choice_that_is_none_is_not_there(client: Client, resume: Resume, choice: str) -> None:
    response = client.post(CHOSEN, {"resume": resume.pk, "posting": choice})

    assert response.status_code == 404


def test_the_form_offers_what_is_ones_own(
    client: Client, other_user: User, resume: Resume, posting: JobPosting
) -> None:
    note_down(other_user, title="남의 공고")
    note_down(resume.user, title="지운 공고").soft_delete()

    of_resume = client.get(reverse("resumes:detail", args=[resume.pk])).content.decode()
    of_posting = client.get(reverse("postings:detail", args=[posting.pk])).content.decode()

    assert f'<option value="{posting.pk}">' in of_resume
    assert f'<option value="{resume.pk}" selected>' in of_posting
    assert "남의 공고" not in of_resume
    assert "지운 공고" not in of_resume


def test_the_form_chooses_what_the_user_wrote_and_no_improved_copy(
    client: Client, resume: Resume, posting: JobPosting
) -> None:
    older = create_resume(resume.user, sample_document())
    resume.touch()
    copy = create_resume(resume.user, sample_document(), source_resume=resume)
    page = reverse("postings:detail", args=[posting.pk])

    def chosen(address: str) -> list[str]:
        return re.findall(r'value="(\d+)" selected', client.get(address).content.decode())

    assert chosen(page) == [str(resume.pk)]
    for named in (copy, older):
        assert chosen(f"{page}?resume={named.pk}") == [str(named.pk)]
    for nobodys in ("0", "x", ""):
        assert chosen(f"{page}?resume={nobodys}") == [str(resume.pk)]


def test_without_a_posting_the_form_leads_to_writing_one(client: Client, resume: Resume) -> None:
    page = client.get(reverse("resumes:detail", args=[resume.pk])).content.decode()

    assert CHOSEN not in page
    assert reverse("postings:create") in page


def test_a_posting_that_asks_nothing_is_not_matched(client: Client, resume: Resume) -> None:
    empty = note_down(resume.user, benefits="점심 제공", memo="꼭 지원하기")

    response = client.post(url(resume, empty), follow=True)

    assert "공고에 맞춰 볼 내용이 없습니다" in response.content.decode()
    assert not ResumeFeedback.objects.exists()


def test_an_empty_resume_is_not_matched(client: Client, user: User, posting: JobPosting) -> None:
    empty = Resume.objects.create(user=user, title="새 이력서", name="이름")

    response = client.post(url(empty, posting), follow=True)

    assert "아직 읽을 내용이 없습니다" in response.content.decode()


def test_a_second_click_starts_nothing(client: Client, resume: Resume, posting: JobPosting) -> None:
    first, second = client.post(url(resume, posting)), client.post(url(resume, posting))

    assert first["Location"] == second["Location"]


def test_each_posting_and_the_resume_alone_have_feedbacks_of_their_own(
    resume: Resume, posting: JobPosting
) -> None:
    other = note_down(resume.user, requirements="Java")

    asked = {
        request_posting_feedback(resume, posting).pk,
        request_posting_feedback(resume, other).pk,
        request_standard_feedback(resume).pk,
    }

    assert len(asked) == 3


def test_a_retry_reads_the_posting_as_it_is_now(resume: Resume, posting: JobPosting) -> None:
    feedback = request_posting_feedback(resume, posting)
    ResumeFeedback.objects.update(
        status=JobStatus.FAILED, error=JobError.MODEL_BUSY, finished_at="2026-01-01T00:00:00Z"
    )
    posting.requirements = "Java 개발 경력"
    posting.save()
    retry_feedback(feedback)

    feedback.refresh_from_db()
    assert feedback.posting_document == to_document(posting)


def test_the_number_of_queries_is_constant(
    client: Client,
    resume: Resume,
    posting: JobPosting,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(reverse("home"))
    # As a standard feedback takes, and one for the posting.
    with django_assert_num_queries(9):
        client.post(url(resume, posting))


@pytest.mark.parametrize("count", [1, 30])
def test_the_forms_take_one_query_each(
    client: Client,
    resume: Resume,
    posting: JobPosting,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        note_down(resume.user)
    client.get(reverse("home"))
    # User, posting, résumés.
    with django_assert_num_queries(3):
        client.get(reverse("postings:detail", args=[posting.pk]))
