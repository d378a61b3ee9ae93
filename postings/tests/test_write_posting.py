from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from gaechwi.tests import fill_in
from postings.models import JobPosting
from postings.services import to_document
from postings.tests import note_down, posting_documents

pytestmark = pytest.mark.django_db

# What every page of a signed-in user asks for.
QUERIES = 1


def form_of(name: str, **changes: str) -> dict[str, str]:
    """Return what a person types to write down one of the postings."""
    fields = posting_documents()[name].model_dump(mode="json")
    fields["technology_stacks"] = ", ".join(fields["technology_stacks"])
    return {**{field: value or "" for field, value in fields.items()}, **changes}


@pytest.mark.parametrize("name", posting_documents())
def test_it_works(client: Client, user: User, name: str) -> None:
    response = client.post("/postings/new/", form_of(name))

    posting = JobPosting.objects.for_user(user).get()
    assertRedirects(response, f"/postings/{posting.pk}/")
    assert to_document(posting) == posting_documents()[name]


def test_no_character_turns_the_direction_of_writing_around(client: Client, user: User) -> None:
    turned = "\u202e모집\u202c \u2067간호사\u2069\u200f\u061c"

    client.post("/postings/new/", form_of("01_nurse", title=turned))

    assert JobPosting.objects.for_user(user).get().title == "모집 간호사"


def test_it_checks_access(client: Client, other_client: Client, user: User) -> None:
    posting = note_down(user)

    for path in (f"/postings/{posting.pk}/", f"/postings/{posting.pk}/edit/"):
        assert client.get(path).status_code == 200
        assert other_client.get(path).status_code == 404
        assert Client().get(path).status_code == 302
    assert other_client.post(f"/postings/{posting.pk}/edit/", {"title": "x"}).status_code == 404
    posting.refresh_from_db()
    assert posting.title == "백엔드 개발자"


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("title", "", "필수 항목입니다."),
        ("title", "가" * 201, "200자까지 적을 수 있는데 201자를 적으셨습니다."),
        ("duties", "가" * 10_001, "10,000자까지 적을 수 있는데 10,001자를 적으셨습니다."),
        ("deadline", "0202-03-01", "연도를 확인해 주세요."),
        ("deadline", "내일", "올바른 날짜를 입력하세요."),
        ("url", "javascript:alert(1)", "올바른 URL을 입력하세요."),
        ("employment_type", "9", "올바르게 선택해 주세요."),
        ("technology_stacks", "가" * 51, "50자까지 적을 수 있는데"),
        ("technology_stacks", ",".join(map(str, range(101))), "100개까지 적을 수 있는데"),
        ("title", "\0", "null 문자"),
    ],
)
def test_bad_input_is_answered(client: Client, field: str, value: str, complaint: str) -> None:
    response = client.post("/postings/new/", form_of("01_nurse", **{field: value}))

    assertContains(response, complaint)
    assert not JobPosting.objects.exists()


def test_technologies_are_kept_as_a_list(client: Client, user: User) -> None:
    client.post("/postings/new/", {"title": "개발", "technology_stacks": "Java, java\nKotlin，Go"})

    posting = JobPosting.objects.get()
    assert posting.technology_stacks == ["Java", "Kotlin", "Go"]
    assertContains(client.get(f"/postings/{posting.pk}/edit/"), "Java, Kotlin, Go</textarea>")


def test_it_can_be_edited(client: Client, user: User) -> None:
    posting = note_down(user)

    response = fill_in(
        client, f"/postings/{posting.pk}/edit/", form_of("07_hotel_cook"), follow=True
    )

    assertRedirects(response, f"/postings/{posting.pk}/")
    assertContains(response, "저장했습니다.")
    posting.refresh_from_db()
    assert posting.deadline == date(2026, 12, 20)
    assert posting.company == "오름해호텔(주) 제주점"


def test_a_mistake_leaves_the_kept_title_above_the_form(client: Client, user: User) -> None:
    posting = note_down(user)

    response = fill_in(client, f"/postings/{posting.pk}/edit/", {"title": "가" * 201})

    assertContains(response, "<h1>백엔드 개발자</h1>")


def test_its_page_says_all_of_it(client: Client, user: User) -> None:
    document = posting_documents()["05_b2b_sales"]
    posting = note_down(user, **document.model_dump())

    page = client.get(f"/postings/{posting.pk}/")

    assertContains(page, "정규직")
    assertContains(page, f'href="{document.url}" rel="noopener noreferrer nofollow"')
    for words in (*document.duties.split("\n"), *document.preferred.split("\n"), document.salary):
        assertContains(page, words)


def test_what_is_empty_has_no_heading(client: Client, user: User) -> None:
    page = client.get(f"/postings/{note_down(user).pk}/")

    assertNotContains(page, "<h2>")
    assertContains(page, "정해지지 않음")


@pytest.mark.parametrize(
    ("step", "count"),
    [("", QUERIES + 2), ("edit/", QUERIES + 1)],
    ids=["posting and the résumés to compare with", "posting"],
)
def test_its_queries_are_counted(
    client: Client,
    user: User,
    step: str,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    posting = note_down(user, **posting_documents()["01_nurse"].model_dump())
    client.get(f"/postings/{posting.pk}/{step}")

    with django_assert_num_queries(count):
        client.get(f"/postings/{posting.pk}/{step}")


@pytest.mark.parametrize("fields", [{}, {"is_active": "", "user": "x"}])
def test_nothing_else_can_be_written(client: Client, user: User, fields: dict[str, Any]) -> None:
    client.post("/postings/new/", {"title": "개발", **fields})

    posting = JobPosting.objects.get()
    assert (posting.user, posting.is_active) == (user, True)
