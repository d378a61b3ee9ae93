from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from gaechwi.jobs.models import JobStatus
from interviews.models import Interview
from postings.tests import note_down
from resumes.models import Resume

pytestmark = pytest.mark.django_db

URL = reverse("interviews:start")


def chosen(resume: Resume, **fields: Any) -> dict[str, Any]:
    return {
        "resume": resume.pk,
        "interview_type": "1",
        "question_count": 4,
        "difficulty": "hard",
        **fields,
    }


def test_it_works(client: Client, resume: Resume) -> None:
    posting = note_down(resume.user, requirements="Python")

    response = client.post(URL, chosen(resume, posting=posting.pk))

    interview = Interview.objects.get()
    assertRedirects(response, interview.get_absolute_url())
    assert (interview.resume, interview.posting) == (resume, posting)
    assert (interview.interview_type, interview.question_count) == ("1", 4)
    assert interview.posting_document
    assert interview.posting_document.requirements == "Python"
    assert interview.turns.get().status == JobStatus.QUEUED


def test_it_checks_access(
    client: Client, resume: Resume, other_client: Client, other_user: User
) -> None:
    own = note_down(other_user, title="남의 공고")

    refused = other_client.post(URL, chosen(resume, posting=own.pk))
    theirs = client.post(URL, chosen(resume, posting=own.pk))

    assert resume.title not in refused.content.decode()
    assert own.title not in theirs.content.decode()
    assert not Interview.objects.exists()


def test_what_one_comes_from_is_chosen(client: Client, resume: Resume) -> None:
    posting = note_down(resume.user)
    begin = f"{URL}?resume={resume.pk}"

    assertContains(client.get(resume.get_absolute_url()), f'href="{begin}"')
    assertContains(client.get(posting.get_absolute_url()), f'href="{URL}?posting={posting.pk}"')
    page = client.get(f"{begin}&posting={posting.pk}")
    assertContains(page, f'<option value="{resume.pk}" selected>{resume}</option>', html=True)
    assertContains(page, f'<option value="{posting.pk}" selected>{posting}</option>', html=True)


@pytest.mark.parametrize("address", ["?resume=없음&posting=-1", "?resume=99999999999999999999"])
def test_any_address_shows_the_form(client: Client, resume: Resume, address: str) -> None:
    assertContains(client.get(f"{URL}{address}"), "면접 시작")


@pytest.mark.parametrize(
    "wrong",
    [
        {"question_count": 2},
        {"question_count": 11},
        {"interview_type": "9"},
        {"difficulty": "x"},
        {"posting": "x"},
    ],
)
def test_what_cannot_be_is_refused(client: Client, resume: Resume, wrong: dict[str, Any]) -> None:
    assert client.post(URL, chosen(resume, **wrong)).status_code == 200
    assert not Interview.objects.exists()


def test_an_empty_resume_is_refused(client: Client, user: User) -> None:
    empty = Resume.objects.create(user=user, title="빈 이력서", name="구직자")

    page = client.post(URL, chosen(empty))

    assert page.status_code == 409
    assert not Interview.objects.exists()


def test_without_a_resume_it_says_what_to_do(client: Client) -> None:
    assertContains(client.get(URL), "먼저 이력서를 적어 주세요")


@pytest.mark.parametrize("postings", [1, 20])
def test_the_number_of_queries_is_constant(
    client: Client,
    resume: Resume,
    postings: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(postings):
        note_down(resume.user)
    client.get(URL)
    # User, whether there is a résumé, résumés, postings.
    with django_assert_num_queries(4):
        client.get(URL)
