"""Pages are sent compressed; what is no page is left as it is."""

from __future__ import annotations

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tokens import issue
from resumes.models import Resume

pytestmark = pytest.mark.django_db

BROWSER = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def test_a_page_takes_a_fraction(client: Client, resume: Resume) -> None:
    path = reverse("resumes:detail", args=[resume.pk])

    plain = client.get(path)
    response = client.get(path, headers=BROWSER)

    assert "Content-Encoding" not in plain.headers
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response.headers["Vary"]
    assert len(response.content) < len(plain.content) / 2
    assert resume.name in gzip.decompress(response.content).decode()


def test_its_length_is_never_the_same_for_long(client: Client, resume: Resume) -> None:
    path = reverse("resumes:detail", args=[resume.pk])

    assert len({len(client.get(path, headers=BROWSER).content) for _ in range(12)}) > 1


@pytest.mark.parametrize("path", ["/accounts/login/", "/nowhere/"])
def test_a_page_for_everybody_and_one_that_is_missing(path: str) -> None:
    response = Client().get(path, headers=BROWSER)

    assert response.headers["Content-Encoding"] == "gzip"
    assert "<main" in gzip.decompress(response.content).decode()


def test_a_program_gets_its_answer_as_it_is(user: User, resume: Resume) -> None:
    token = {"Authorization": f"Bearer {issue(user).access}"}

    response = Client().get(f"/api/resumes/{resume.pk}", headers={**BROWSER, **token})

    assert "Content-Encoding" not in response.headers
    assert response.json()["resume_id"] == resume.pk
