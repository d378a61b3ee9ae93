from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from resumes.models import Resume
from resumes.tests import bare_resume

pytestmark = pytest.mark.django_db


def titles(client: Client, path: str = "/resumes/") -> list[str]:
    page = client.get(path).content.decode()
    return re.findall(r'<h3><a href="/resumes/\d+/">([^<]+)</a>', page)


def test_it_works(client: Client, resume: Resume) -> None:
    assert titles(client) == [resume.title]


def test_it_shows_a_new_user_how_to_begin(client: Client) -> None:
    assertContains(client.get("/resumes/"), 'href="/resumes/new/"', count=1)


def test_it_puts_the_newest_change_first(client: Client, user: User) -> None:
    first = bare_resume(user, title="첫째")
    bare_resume(user, title="둘째")
    assert titles(client) == ["둘째", "첫째"]

    first.touch()
    assert titles(client) == ["첫째", "둘째"]


def test_a_changed_entry_counts_as_a_change(client: Client, user: User) -> None:
    first = bare_resume(user, title="첫째")
    bare_resume(user, title="둘째")

    client.post(f"/resumes/{first.pk}/experiences/add/", {"company": "회사"})

    assert titles(client) == ["첫째", "둘째"]


def test_it_is_paged(client: Client, user: User) -> None:
    for number in range(25):
        bare_resume(user, title=f"이력서 {number}")

    pages = [titles(client, f"/resumes/?page={page}") for page in (1, 2, 3)]

    assert [len(page) for page in pages] == [10, 10, 5]
    assert sum(pages, []) == [f"이력서 {number}" for number in reversed(range(25))]  # noqa: RUF017
    assertContains(client.get("/resumes/?page=2"), "3쪽 가운데 2쪽")


@pytest.mark.parametrize("page", ["0", "-1", "99", "둘", "", "\0", "9" * 5000])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, resume: Resume, page: str) -> None:
    assert client.get("/resumes/", {"page": page}).status_code == 200


def test_its_queries_do_not_grow(client: Client, user: User) -> None:
    bare_resume(user)
    client.get("/resumes/")
    with CaptureQueriesContext(connection) as at_one:
        client.get("/resumes/")
    for _number in range(24):
        bare_resume(user)
    with CaptureQueriesContext(connection) as at_25:
        client.get("/resumes/")

    assert len(at_25) == len(at_one)
    assert not any('"introduction"' in query["sql"] for query in at_25)


def test_it_is_for_users_only() -> None:
    assertRedirects(
        Client().get("/resumes/"), "/accounts/login/?next=/resumes/", fetch_redirect_response=False
    )


def test_it_leaves_other_users_out(other_client: Client, resume: Resume) -> None:
    assertNotContains(other_client.get("/resumes/"), resume.title)


def test_it_leaves_the_deleted_out(client: Client, resume: Resume) -> None:
    resume.soft_delete()

    assertNotContains(client.get("/resumes/"), resume.title)


@pytest.mark.parametrize("deleted", ["", "x", "-1", "²", "\0", "9" * 30, "9" * 5000])
def test_it_bears_a_mistaken_address(client: Client, resume: Resume, deleted: str) -> None:
    response = client.get("/resumes/", {"deleted": deleted})

    assertNotContains(response, "되돌리기")


def test_it_offers_to_bring_back_nothing_of_others(other_client: Client, resume: Resume) -> None:
    resume.soft_delete()

    assertNotContains(other_client.get("/resumes/", {"deleted": resume.pk}), resume.title)
