from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from interviews.models import Interview
from interviews.tests.held import begun, judged
from interviews.topics import BasisKind
from resumes.models import Resume

pytestmark = pytest.mark.django_db

URL = reverse("interviews:list")


def test_it_works(client: Client, resume: Resume) -> None:
    judged(resume, score=64)

    page = client.get(URL)

    for words in (resume.title, "64점", "끝남", "기술 면접"):
        assertContains(page, words)
    assertNotContains(page, "점수의 흐름")


def test_it_checks_access(other_client: Client, resume: Resume) -> None:
    interview = begun(resume)

    assertNotContains(other_client.get(URL), resume.title)
    interview.soft_delete()
    assertNotContains(other_client.get(f"{URL}?deleted={interview.pk}"), resume.title)


def test_with_nothing_to_list_it_says_what_to_do(client: Client) -> None:
    assertContains(client.get(URL), "아직 본 모의 면접이 없습니다")


def test_pages(client: Client, resume: Resume) -> None:
    for _ in range(11):
        begun(resume)

    first, second = client.get(URL), client.get(URL, {"page": 2})

    assert [*first.context["page"], *second.context["page"]] == list(Interview.objects.all())
    assert (len(first.context["page"]), len(second.context["page"])) == (10, 1)


def test_the_scores_are_drawn_as_a_line(client: Client, resume: Resume) -> None:
    for score in (0, 50, 100):
        judged(resume, score)

    page = client.get(URL)

    assertContains(page, 'points="30,150 310,90 590,30 "')
    assertContains(page, "평가받은 면접 3번의 점수")


def test_practice_is_no_part_of_the_line(client: Client, resume: Resume) -> None:
    for score in (40, 60):
        judged(resume, score)
    judged(resume, 90).questions.update(kind=BasisKind.CHECK)

    assertContains(client.get(URL), "평가받은 면접 2번의 점수")


def test_it_is_deleted_and_brought_back(client: Client, resume: Resume) -> None:
    interview = begun(resume)

    response = client.post(reverse("interviews:delete", args=[interview.pk]), follow=True)

    assertRedirects(response, f"{URL}?deleted={interview.pk}")
    assertContains(response, "모의 면접을 지웠습니다.")
    assert client.get(interview.get_absolute_url()).status_code == 404
    client.post(reverse("interviews:restore", args=[interview.pk]))
    assertContains(client.get(URL), interview.get_absolute_url())


@pytest.mark.parametrize("count", [2, 10])
def test_the_number_of_queries_is_constant(
    client: Client, resume: Resume, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        judged(resume)
    client.get(URL)
    # User, the line, count, page.
    with django_assert_num_queries(4):
        client.get(URL)


def test_no_words_are_read_that_it_does_not_show(client: Client, resume: Resume) -> None:
    judged(resume)

    with CaptureQueriesContext(connection) as captured:
        client.get(URL)

    read = " ".join(query["sql"] for query in captured)
    for words in ("introduction", "resume_snapshot", "overall_review"):
        assert words not in read
