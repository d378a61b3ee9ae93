"""A posting that is open in two windows: neither writes over the other unasked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from gaechwi.tests import opened, wait_until_waiting
from postings.models import JobPosting
from postings.tests import note_down

pytestmark = pytest.mark.django_db

COMPLAINT = "이 화면을 연 뒤에 다른 곳에서 내용이 바뀌었습니다"


@pytest.fixture
def posting(user: User) -> JobPosting:
    return note_down(user, company="새봄", employment_type="1", duties="처음 업무")


def edit(posting: JobPosting) -> str:
    return f"/postings/{posting.pk}/edit/"


def kept(posting: JobPosting) -> dict[str, Any]:
    return dict(JobPosting.objects.filter(pk=posting.pk).values().get())


def test_it_works(client: Client, posting: JobPosting) -> None:
    both = opened(client, edit(posting))
    fields = {"title": "백엔드 개발자", "company": "새봄"}
    client.post(edit(posting), {**both, **fields, "salary": "첫 창", "duties": "한 줄\n두 줄"})
    before = kept(posting)
    mine = {**fields, "salary": "둘째 창", "employment_type": "2"}

    response = client.post(edit(posting), {**both, **mine})

    assert kept(posting) == before
    assertContains(response, COMPLAINT)
    assertContains(response, "마지막 저장: ")
    # What was typed stays, and beside it stands what is saved, wherever the two differ.
    assertContains(response, 'value="둘째 창"')
    saved = {field.name: field.saved_words for field in response.context["form"]}
    assert {name: words for name, words in saved.items() if words} == {
        "salary": "첫 창",
        "duties": "한 줄\n두 줄",
        "employment_type": "비어 있음",
    }
    assertContains(response, "한 줄\n두 줄</p>")
    assertContains(response, "이대로 저장")
    assertContains(response, f'href="{edit(posting)}">저장된 내용으로 바꾸기')

    again = {**mine, "version": response.context["form"].version}
    assertRedirects(client.post(edit(posting), again), posting.get_absolute_url())
    assert (kept(posting)["salary"], kept(posting)["duties"]) == ("둘째 창", "")


def test_a_choice_is_told_by_its_name(client: Client, posting: JobPosting) -> None:
    response = client.post(edit(posting), {"title": "새 제목", "company": "새봄"})

    assert response.context["form"]["employment_type"].saved_words == "정규직"


def test_saving_anyway_sees_what_was_saved_after_that_again(
    client: Client, posting: JobPosting
) -> None:
    first = client.post(edit(posting), {"title": "내 제목"})
    JobPosting.objects.filter(pk=posting.pk).update(salary="그사이")

    again = {"title": "내 제목", "version": first.context["form"].version}
    response = client.post(edit(posting), again)

    assertContains(response, COMPLAINT)
    assert kept(posting)["salary"] == "그사이"


def test_a_form_without_a_version_is_taken_for_an_old_one(
    client: Client, posting: JobPosting
) -> None:
    assertContains(client.post(edit(posting), {"title": "새 제목"}), COMPLAINT)
    assert kept(posting)["title"] == "백엔드 개발자"


def test_the_same_words_twice_are_no_conflict(client: Client, posting: JobPosting) -> None:
    fields = {**opened(client, edit(posting)), "title": "새 제목"}

    for _click in range(2):
        assertRedirects(client.post(edit(posting), fields), posting.get_absolute_url())


def test_what_the_api_changes_is_seen_too(client: Client, posting: JobPosting) -> None:
    old = opened(client, edit(posting))
    client.put(f"/api/job-postings/{posting.pk}/", {"title": "API가 쓴 제목"}, "application/json")

    response = client.post(edit(posting), {**old, "title": "새 제목"})

    assert response.context["form"]["title"].saved_words == "API가 쓴 제목"
    assert kept(posting)["title"] == "API가 쓴 제목"


def test_a_mistake_is_told_together_with_the_conflict(client: Client, posting: JobPosting) -> None:
    response = client.post(edit(posting), {"title": "", "url": "javascript:alert(1)"})

    assertContains(response, COMPLAINT)
    assertContains(response, "올바른 URL을 입력하세요.")
    again = {"title": "새 제목", "version": response.context["form"].version}
    assertRedirects(client.post(edit(posting), again), posting.get_absolute_url())


def test_a_new_posting_has_no_version(client: Client) -> None:
    assertNotContains(client.get("/postings/new/"), 'name="version"')


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_moment_one_is_kept(client: Client, posting: JobPosting) -> None:
    version = opened(client, edit(posting))

    def save(title: str) -> int:
        try:
            fields = {**version, "title": title}
            return client.post(edit(posting), fields).status_code
        finally:
            connections.close_all()

    titles = ["첫 창", "둘째 창"]
    with ThreadPoolExecutor(2) as windows:
        with transaction.atomic():
            JobPosting.objects.select_for_update().get(pk=posting.pk)
            saves = [windows.submit(save, title) for title in titles]
            wait_until_waiting(2)
        statuses = [saving.result(timeout=10) for saving in saves]

    assert sorted(statuses) == [200, 302]
    assert kept(posting)["title"] == titles[statuses.index(302)]
