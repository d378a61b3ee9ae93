from __future__ import annotations

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from postings.models import JobPosting
from postings.tests import note_down

pytestmark = pytest.mark.django_db


def test_it_works(client: Client, user: User) -> None:
    posting = note_down(user)

    response = client.post(f"/postings/{posting.pk}/delete/", follow=True)

    assertRedirects(response, f"/postings/?deleted={posting.pk}")
    assertContains(response, "‘백엔드 개발자’ 공고를 지웠습니다.")
    assertContains(response, "아직 공고가 없습니다")

    response = client.post(f"/postings/{posting.pk}/restore/", follow=True)

    assertRedirects(response, "/postings/")
    assertContains(response, "‘백엔드 개발자’ 공고를 되살렸습니다.")
    assertContains(response, f'href="/postings/{posting.pk}/"')


def test_it_checks_access(client: Client, other_client: Client, user: User) -> None:
    posting = note_down(user)

    assert other_client.post(f"/postings/{posting.pk}/delete/").status_code == 404
    assert JobPosting.objects.filter(pk=posting.pk).exists()
    posting.soft_delete()
    assert other_client.post(f"/postings/{posting.pk}/restore/").status_code == 404
    assert not JobPosting.objects.filter(pk=posting.pk).exists()
    assertNotContains(other_client.get(f"/postings/?deleted={posting.pk}"), posting.title)


def test_it_vanishes_from_every_page(client: Client, user: User) -> None:
    posting = note_down(user)
    assertContains(client.get("/"), posting.title)

    posting.soft_delete()

    for path in (f"/postings/{posting.pk}/", f"/postings/{posting.pk}/edit/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/postings/{posting.pk}/edit/", {"title": "x"}).status_code == 404
    for path in ("/", "/postings/", "/postings/?title=백엔드"):
        assertNotContains(client.get(path), posting.title)


@pytest.mark.parametrize("step", ["delete", "restore"])
def test_looking_changes_nothing(client: Client, user: User, step: str) -> None:
    posting = note_down(user)

    assert client.get(f"/postings/{posting.pk}/{step}/").status_code == 405
    assert JobPosting.objects.filter(pk=posting.pk).exists()
