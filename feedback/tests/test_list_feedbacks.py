from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobStatus
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
