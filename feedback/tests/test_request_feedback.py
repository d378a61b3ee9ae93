from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import request_standard_feedback
from gaechwi.jobs.models import JobStatus
from resumes.models import Resume
from resumes.services import to_document

pytestmark = pytest.mark.django_db


def url(resume: Resume) -> str:
    return reverse("feedback:request_standard", args=[resume.pk])


def test_it_works(client: Client, resume: Resume) -> None:
    response = client.post(url(resume))

    feedback = ResumeFeedback.objects.get()
    assert response.status_code == 302
    assert response["Location"] == feedback.get_absolute_url()
    assert (feedback.resume, feedback.status, feedback.engine) == (resume, "queued", "offline")


def test_it_checks_access(client: Client, other_client: Client, resume: Resume) -> None:
    assert other_client.post(url(resume)).status_code == 404
    assert other_client.post(reverse("feedback:request_standard", args=[0])).status_code == 404
    assert "/accounts/login/" in Client().post(url(resume))["Location"]
    assert not ResumeFeedback.objects.exists()


def test_a_look_asks_for_nothing(client: Client, resume: Resume) -> None:
    assert client.get(url(resume)).status_code == 405
    assert not ResumeFeedback.objects.exists()


def test_a_deleted_resume_is_not_there(client: Client, resume: Resume) -> None:
    resume.soft_delete()

    assert client.post(url(resume)).status_code == 404


def test_an_empty_resume_is_not_sent_to_anyone(client: Client, user: User) -> None:
    resume = Resume.objects.create(user=user, title="새 이력서", name="이름")

    response = client.post(url(resume), follow=True)

    assert "아직 읽을 내용이 없습니다" in response.content.decode()
    assert not ResumeFeedback.objects.exists()


def test_it_keeps_the_resume_as_it_stood(client: Client, resume: Resume) -> None:
    client.post(url(resume))
    before = to_document(resume)
    resume.introduction = "나중에 바꾼 소개"
    resume.save()

    assert ResumeFeedback.objects.get().document == before


def test_a_second_click_starts_nothing(client: Client, resume: Resume) -> None:
    first, second = client.post(url(resume)), client.post(url(resume))

    assert first["Location"] == second["Location"]
    assert ResumeFeedback.objects.count() == 1


def test_a_finished_feedback_leaves_room_for_another(client: Client, resume: Resume) -> None:
    client.post(url(resume))
    before = timezone.now() - timedelta(minutes=1)
    ResumeFeedback.objects.update(status=JobStatus.DONE, created_at=before, finished_at=before)
    client.post(url(resume))

    assert ResumeFeedback.objects.count() == 2


def test_a_second_click_after_a_fast_answer_starts_nothing(client: Client, resume: Resume) -> None:
    first = client.post(url(resume))
    ResumeFeedback.objects.update(status=JobStatus.DONE, finished_at=timezone.now())

    assert client.post(url(resume))["Location"] == first["Location"]
    resume.touch()
    resume.qualifications.all().delete()
    assert client.post(url(resume))["Location"] != first["Location"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_in_the_same_instant_start_one_job(resume: Resume) -> None:
    together = threading.Barrier(4)
    made: list[int] = []

    def click() -> None:
        try:
            mine = Resume.objects.get(pk=resume.pk)
            together.wait(timeout=10)
            made.append(request_standard_feedback(mine).pk)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()

    assert len(made) == 4
    assert set(made) == {ResumeFeedback.objects.get().pk}


def test_the_language_of_the_page_is_the_language_of_the_answer(
    client: Client, resume: Resume
) -> None:
    client.post(url(resume), headers={"accept-language": "en"})

    assert ResumeFeedback.objects.get().language == "en"


def test_the_number_of_queries_is_constant(
    client: Client, resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(reverse("home"))
    # User, résumé, its document, savepoint, lock, look, insert, savepoint; the session comes
    # from the cache.
    with django_assert_num_queries(8):
        client.post(url(resume))
