from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from feedback.models import ResumeFeedback
from feedback.services import request_posting_feedback, request_standard_feedback
from gaechwi.jobs.models import JobStatus
from postings.tests import note_down
from resumes.models import Resume

pytestmark = pytest.mark.django_db

URL = reverse("feedback:list")


def finished(resume: Resume, count: int) -> None:
    for _ in range(count):
        feedback = request_standard_feedback(resume)
        ResumeFeedback.objects.filter(pk=feedback.pk).update(
            status=JobStatus.DONE,
            created_at=timezone.now() - timedelta(minutes=1),
            finished_at=timezone.now(),
        )


def test_it_works(client: Client, resume: Resume) -> None:
    finished(resume, 1)

    page = client.get(URL).content.decode()

    assert resume.title in page
    assert "완료" in page


def test_it_checks_access(client: Client, other_client: Client, resume: Resume) -> None:
    finished(resume, 1)

    assert resume.title not in other_client.get(URL).content.decode()
    assert "/accounts/login/" in Client().get(URL)["Location"]


def test_with_nothing_to_list_it_says_what_to_do(client: Client) -> None:
    assert "아직 받은 피드백이 없습니다" in client.get(URL).content.decode()


def test_pages(client: Client, resume: Resume) -> None:
    finished(resume, 11)

    first, second = client.get(URL), client.get(URL, {"page": 2})
    newest_first = ResumeFeedback.objects.order_by("-created_at", "-feedback_id")
    assert [*first.context["page"], *second.context["page"]] == list(newest_first)

    assert (len(first.context["page"]), len(second.context["page"])) == (10, 1)
    assert client.get(URL, {"page": "없음"}).status_code == 200


@pytest.mark.parametrize("count", [1, 10])
def test_the_number_of_queries_is_constant(
    client: Client,
    resume: Resume,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    finished(resume, count)
    client.get(URL)
    # User, count, page; the session comes from the cache.
    with django_assert_num_queries(3):
        client.get(URL)


def test_the_posting_bears_the_title_that_was_reviewed(client: Client, resume: Resume) -> None:
    posting = note_down(resume.user, title="처음 제목", requirements="Python")
    feedback = request_posting_feedback(resume, posting)
    posting.title = "나중 제목"
    posting.save()

    page = client.get(URL).content.decode()

    assert "처음 제목" in page
    assert "나중 제목" not in page
    assert "처음 제목" in client.get(feedback.get_absolute_url()).content.decode()


def test_a_posting_that_was_deleted_is_told(client: Client, resume: Resume) -> None:
    posting = note_down(resume.user, title="처음 제목", requirements="Python")
    feedback = request_posting_feedback(resume, posting)
    request_standard_feedback(resume)
    pages = ("/", URL, feedback.get_absolute_url())
    for path in pages:
        assertNotContains(client.get(path), "지워진 공고")

    posting.soft_delete()

    for path in pages:
        page = client.get(path)
        assertContains(page, "처음 제목")
        assertContains(page, "지워진 공고", count=1)
        assertNotContains(page, f"/postings/{posting.pk}/")


def test_no_words_are_read_that_it_does_not_show(client: Client, resume: Resume) -> None:
    posting = note_down(resume.user, requirements="Python")
    request_posting_feedback(resume, posting)

    with CaptureQueriesContext(connection) as captured:
        client.get(URL)

    read = " ".join(query["sql"] for query in captured)
    for words in ("introduction", "benefits", "memo", "matching_parts", "parent_content"):
        assert words not in read
    assert "unchecked_requirements" not in read
