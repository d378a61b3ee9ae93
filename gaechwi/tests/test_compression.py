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


@pytest.fixture
def page(resume: Resume) -> str:
    """The address of a page of `user`."""
    return reverse("resumes:detail", args=[resume.pk])


def test_a_page_takes_a_fraction(client: Client, resume: Resume, page: str) -> None:
    plain = client.get(page)
    response = client.get(page, headers=BROWSER)

    assert "Content-Encoding" not in plain.headers
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(response.content))
    assert "Accept-Encoding" in response.headers["Vary"]
    assert len(response.content) < len(plain.content) / 2
    assert resume.name in gzip.decompress(response.content).decode()


def test_bytes_at_random_hide_its_length(client: Client, page: str) -> None:
    lengths = [len(client.get(page, headers=BROWSER).content) for _ in range(40)]

    # Of themselves they differ by some 10, since the token against forgery is masked each time.
    assert max(lengths) - min(lengths) > 30


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_whom_another_site_has_led_here_gets_no_length_to_guess_by(
    client: Client, page: str, site: str
) -> None:
    response = client.get(page, headers={**BROWSER, "Sec-Fetch-Site": site})

    assert "Content-Encoding" not in response.headers


def test_who_comes_from_a_search_and_is_nobody_gets_it_compressed() -> None:
    response = Client().get("/", headers={**BROWSER, "Sec-Fetch-Site": "cross-site"})

    assert response.headers["Content-Encoding"] == "gzip"


def test_what_the_api_shows_keeps_its_etag() -> None:
    first = Client().get("/api/docs", headers=BROWSER)
    again = Client().get("/api/docs", headers={**BROWSER, "If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code) == (200, 304)


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
