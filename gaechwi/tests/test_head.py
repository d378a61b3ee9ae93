"""Monitors ask by HEAD whether a page is there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from resumes.models import Resume

pytestmark = pytest.mark.django_db


def test_a_page_for_everybody_answers() -> None:
    assert Client().head("/").status_code == 200


@pytest.mark.parametrize("name", ["resumes:list", "postings:list", "feedback:list", "home"])
def test_a_page_of_a_user_answers(client: Client, name: str) -> None:
    assert client.head(reverse(name)).status_code == 200


def test_nothing_is_deleted_by_asking(client: Client, resume: Resume) -> None:
    entry = resume.experiences.create(company="나무유통")
    path = reverse("resumes:entry_remove", args=[resume.pk, "experiences", entry.pk])

    assert client.head(path).status_code == 405
    assert resume.experiences.filter(pk=entry.pk).exists()
