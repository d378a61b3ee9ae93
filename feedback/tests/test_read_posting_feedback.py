from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import make_review, request_posting_feedback, save_review
from gaechwi.jobs.models import Engine, JobStatus
from postings.tests import note_down, posting_documents
from quality.matching import fitting
from resumes.models import Resume
from resumes.services import create_resume

pytestmark = pytest.mark.django_db


def reviewed(resume: Resume, name: str = "01_nurse") -> ResumeFeedback:
    """Return a finished feedback of a résumé against one of the ten postings."""
    posting = note_down(resume.user, **posting_documents()[name].model_dump())
    feedback = request_posting_feedback(resume, posting)
    save_review(feedback, make_review(feedback))
    ResumeFeedback.objects.filter(pk=feedback.pk).update(
        status=JobStatus.DONE, finished_at=timezone.now()
    )
    feedback.refresh_from_db()
    return feedback


@pytest.fixture
def nurse(user: User) -> Resume:
    """A résumé that fits the posting of a nurse."""
    return create_resume(user, fitting()["01_nurse"])


@pytest.fixture
def feedback(nurse: Resume) -> ResumeFeedback:
    """A finished feedback against the posting that the résumé fits."""
    return reviewed(nurse)


def page_of(client: Client, feedback: ResumeFeedback) -> str:
    return client.get(feedback.get_absolute_url()).content.decode()


def test_it_works(client: Client, feedback: ResumeFeedback) -> None:
    page = page_of(client, feedback)

    assert f'<title id="gauge-title">일치율 {feedback.matching_rate}&#37;</title>' in page
    assert 'aria-label="필수 요건 100&#37;, 비중 59&#37;"' in page
    assert f'stroke-dasharray="{feedback.matching_rate} 100"' in page
    assert "간호사 면허 소지자" in page
    assert "이력서로는 확인할 수 없어 세지 않은 조건" in page
    assert "이력서에 적힌 말을 규칙으로 맞춰 본 값" in page


def test_every_proof_leads_to_its_words(client: Client, feedback: ResumeFeedback) -> None:
    page = page_of(client, feedback)

    links = set(re.findall(r'href="#(quote-\d+|remark-\d+)"', page))
    targets = set(re.findall(r'id="(quote-\d+|remark-\d+)"', page))
    assert len(links) > 10
    assert links <= targets


def test_no_mark_stands_twice(client: Client, feedback: ResumeFeedback) -> None:
    ids = re.findall(r' id="([^"]+)"', page_of(client, feedback))

    assert len(ids) == len(set(ids))


def test_a_model_is_named_with_both_rates(client: Client, feedback: ResumeFeedback) -> None:
    ResumeFeedback.objects.update(
        engine=Engine.OPENAI, model="test-model", model_rate=60, matching_rate=85
    )

    page = page_of(client, feedback)

    assert f"AI 모델은 60&#37;, 규칙은 {feedback.offline_rate}&#37;로 보았습니다" in page


def test_what_is_missing_is_a_label(client: Client, nurse: Resume) -> None:
    page = page_of(client, reviewed(nurse, "04_backend"))

    assert re.search(r'class="missing">.*?</span> Kafka</li>', page)
    assert "이력서가 이 직무를 다루는 정도가" in page


def test_where_nothing_is_asked_there_is_no_gauge(client: Client, nurse: Resume) -> None:
    posting = note_down(nurse.user, title="모집", experience_level="신입")
    feedback = request_posting_feedback(nurse, posting)
    save_review(feedback, make_review(feedback))
    ResumeFeedback.objects.update(status=JobStatus.DONE, finished_at=timezone.now())

    page = page_of(client, feedback)
    cards = client.get(reverse("feedback:list")).content.decode()

    assert "공고에서 맞춰 볼 내용을 찾지 못했습니다" in page
    assert "gauge" not in page
    assert "None" not in page
    assert "이력서가 이 직무를 다루는 정도가" not in page
    assert "일치율" not in cards


def test_it_checks_access(other_client: Client, feedback: ResumeFeedback) -> None:
    assert other_client.get(feedback.get_absolute_url()).status_code == 404


def test_it_leads_to_its_posting_with_its_resume_chosen(
    client: Client, nurse: Resume, feedback: ResumeFeedback
) -> None:
    create_resume(nurse.user, fitting()["02_accountant"])
    assert feedback.posting is not None
    address = f"{feedback.posting.get_absolute_url()}?resume={nurse.pk}"

    assert f'href="{address}"' in page_of(client, feedback)
    assert f'value="{nurse.pk}" selected' in client.get(address).content.decode()


def test_a_deleted_posting_leaves_its_feedback(client: Client, feedback: ResumeFeedback) -> None:
    assert feedback.posting is not None
    feedback.posting.soft_delete()

    page = page_of(client, feedback)

    assert "일치율" in page
    assert "지워진 공고" in page
    assert feedback.posting.get_absolute_url() not in page


def test_every_bar_leads_into_its_part(client: Client, nurse: Resume) -> None:
    # Whoever follows a link into closed details opens them; one to the details leaves them closed.
    page = page_of(client, reviewed(nurse, "04_backend"))

    for part in re.findall(r'href="#(part-\w+)"', page):
        assert f'<div id="{part}">' in page.partition("<details")[2]
    assert "#part-technologies" in page


def test_words_of_a_posting_are_no_markup(client: Client, nurse: Resume) -> None:
    hostile = "<script>alert(1)</script> 병동 경험"
    posting = note_down(nurse.user, title=hostile, requirements=hostile, preferred="인근 <b>거주")
    feedback = request_posting_feedback(nurse, posting)
    save_review(feedback, make_review(feedback))
    ResumeFeedback.objects.update(status=JobStatus.DONE, finished_at=timezone.now())

    page = page_of(client, feedback)

    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>거주" not in page


def test_the_list_says_the_rate(client: Client, feedback: ResumeFeedback) -> None:
    page = client.get(reverse("feedback:list")).content.decode()

    assert f"일치율 {feedback.matching_rate}&#37;" in page


@pytest.mark.parametrize("name", ["01_nurse", "04_backend"])
def test_the_number_of_queries_is_constant(
    client: Client,
    nurse: Resume,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
) -> None:
    feedback = reviewed(nurse, name)
    client.get(feedback.get_absolute_url())
    # User, feedback, remarks, improved résumés; the session comes from the cache.
    with django_assert_num_queries(4):
        client.get(feedback.get_absolute_url())
