"""Light or dark, as the user chooses."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def choose(client: Client, **chosen: str) -> str:
    """Choose a theme; return the opening tag of the page that it leads to."""
    page = client.post("/theme/", chosen, follow=True).content.decode()
    return page[page.index("<html") : page.index("<head")]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_works(theme: str) -> None:
    client = Client()

    assert f'data-theme="{theme}"' in choose(client, theme=theme, next="/accounts/login/")
    assert f'data-theme="{theme}"' in client.get("/").content.decode()


def test_the_device_decides_again() -> None:
    client = Client()
    choose(client, theme="dark")

    assert "data-theme" not in choose(client, theme="")
    assert "data-theme" not in client.get("/").content.decode()


def test_it_leads_back(client: Client) -> None:
    answer = client.post("/theme/", {"theme": "dark", "next": "/resumes/?page=2"})

    assert answer.headers["Location"] == "/resumes/?page=2"


@pytest.mark.parametrize("there", ["https://evil.example/", "//evil.example", "javascript:1", ""])
def test_it_leads_nowhere_else(there: str) -> None:
    answer = Client().post("/theme/", {"theme": "dark", "next": there})

    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("theme", ["pink", '"><script>'])
def test_there_are_no_others(theme: str) -> None:
    client = Client()
    client.cookies["theme"] = theme

    assert "data-theme" not in client.get("/").content.decode()
    assert "data-theme" not in choose(client, theme=theme)


def test_only_a_post_changes_it() -> None:
    assert Client().get("/theme/", {"theme": "dark"}).status_code == 405
