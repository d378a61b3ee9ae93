"""Whoever has an answer already is told so (RFC 9110, section 13)."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(user: User) -> str:
    return f"/api/resumes/{create_resume(user, sample_document()).pk}"


@pytest.mark.parametrize("list_too", [False, True])
def test_it_works(client: Client, path: str, list_too: bool) -> None:
    address = "/api/resumes/" if list_too else path
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_what_has_changed_is_given_anew(client: Client, user: User, path: str) -> None:
    first = client.get(path)
    Resume.objects.filter(user=user).update(title="다른 제목")

    again = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.json()["title"]) == (200, "다른 제목")
    assert again["ETag"] != first["ETag"]


def test_it_tells_nobody_else_anything(client: Client, other_user: User, path: str) -> None:
    etag = client.get(path)["ETag"]
    stranger = Client()
    stranger.force_login(other_user)

    assert stranger.get(path, headers={"if-none-match": etag}).status_code == 404
    assert Client().get(path, headers={"if-none-match": etag}).status_code == 401
    assert stranger.get(path, headers={"if-none-match": "*"}).status_code == 404


def test_pages_have_none(client: Client) -> None:
    assert "ETag" not in client.get("/resumes/")
