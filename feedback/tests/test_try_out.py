"""A feedback without an account."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains

from feedback.models import FeedbackContent, ResumeFeedback
from resumes.models import Resume
from resumes.sample import sample_document

pytestmark = pytest.mark.django_db

PATH = "/try/"
LATEST = sample_document().experiences[0]
WRITTEN = {"description": "- 결제 시스템의 속도를 크게 개선함", "introduction": "늘 성실합니다."}


def remarks(page: Any) -> list[FeedbackContent]:
    return [content for _division, contents in page.context["divisions"] for content in contents]


def test_it_works() -> None:
    page = Client().get(PATH)

    assertContains(page, LATEST.company)
    assert len(remarks(page)) > 10
    first = remarks(page)[0]
    assertContains(page, f'href="#quote-{first.order}"')
    assertContains(page, f'id="quote-{first.order}"')


def test_what_a_visitor_writes_is_reviewed() -> None:
    page = Client().post(PATH, WRITTEN)

    quotes = [content.quote for content in remarks(page) if content.section == "experiences"]
    assert any("크게 개선" in quote for quote in quotes)
    assert not any(quote in LATEST.description for quote in quotes)
    assertContains(page, "늘 성실합니다.")


def test_nothing_is_kept() -> None:
    Client().post(PATH, WRITTEN)

    assert not Resume.objects.exists()
    assert not ResumeFeedback.objects.exists()
    assertNotContains(Client().get(PATH), "크게 개선함")


@pytest.mark.parametrize(
    "written",
    [
        {},
        {**WRITTEN, "description": "  "},
        {**WRITTEN, "introduction": "가" * 3001},
        {**WRITTEN, "description": "\u200b"},
    ],
)
def test_it_checks_what_is_written(written: dict[str, str]) -> None:
    page = Client().post(PATH, written)

    assert page.context["form"].errors
    assert "divisions" not in page.context
    assertContains(page, 'aria-invalid="true"')
    assertContains(page, 'class="errorlist"')


def test_words_are_shown_as_words() -> None:
    page = Client().post(PATH, {**WRITTEN, "description": "<script>alert(1)</script> 크게 개선함"})

    assertNotContains(page, "<script>alert(1)")
    assertContains(page, "&lt;script&gt;alert(1)")


def test_it_is_for_those_with_an_account_too(client: Client) -> None:
    assertContains(client.get(PATH), LATEST.company)


def test_one_address_may_not_ask_without_end(settings: Settings) -> None:
    settings.JOB_REQUESTS_PER_ADDRESS = 2

    answers = [Client().post(PATH, WRITTEN).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_it_asks_the_database_for_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    Client().get(PATH)

    with django_assert_num_queries(0):
        Client().post(PATH, WRITTEN)


def test_the_first_page_shows_a_real_one() -> None:
    page = Client().get("/")

    shown = page.context["sample"]()
    assert [content.order for content in shown["contents"]] == [1, 2]
    for content in shown["contents"]:
        assertContains(page, f'id="remark-{content.order}"')
        assertContains(page, f'href="#remark-{content.order}"')


def test_the_first_page_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get("/").content
    monkeypatch.setattr("gaechwi.views.sample_review", lambda: pytest.fail("made again"))

    again = Client().get("/")

    assert again.status_code == 200
    assert b"sample-remarks" in first
    assert b"sample-remarks" in again.content
