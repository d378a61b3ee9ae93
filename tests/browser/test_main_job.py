"""A résumé goes in and a review comes out: as a job seeker sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.browser.shifts import MAX_SHIFT, shifted
from tests.embedded_site import EmbeddedSite
from tests.model_server import (
    Behaviour,
    ModelServer,
    breaks_off,
    busy,
    failing,
    invents_quotes,
    prose,
    slow,
    well,
)

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def open_sample(page: Page) -> None:
    page.get_by_role("link", name="이력서", exact=True).click()
    page.locator(".cards a").first.click()
    expect(page.locator(".paper-name")).to_have_text("김개취")


def ask(page: Page) -> None:
    page.get_by_role("button", name="피드백 받기").click()
    expect(page).to_have_url(re.compile(r"/feedbacks/\d+/$"))


def expect_review(page: Page, seconds: float = 20) -> None:
    """Expect a whole review whose remarks lead to their words in the résumé and back."""
    expect(page.get_by_role("heading", name="총평")).to_be_visible(timeout=seconds * 1000)
    for division in ("잘된 부분", "개선 제안", "추가 권장사항"):
        expect(page.get_by_role("heading", name=division)).to_be_visible()
    quotes = page.locator(".remark blockquote a")
    assert quotes.count() >= 3
    for quote in quotes.all():
        target = page.locator(quote.get_attribute("href") or "")
        expect(target).to_have_count(1)
        marked = " ".join((target.locator("xpath=..").text_content() or "").split())
        assert any(word in marked for word in (quote.text_content() or "").split())


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        page.goto("/")
        screenshot(page, "landing")
        sign_in(page)
        screenshot(page, "dashboard")
        open_sample(page)
        screenshot(page, "resume")
        ask(page)
        expect_review(page)
        screenshot(page, "feedback")
        expect(page.get_by_text("AI 모델 없이 정해진 규칙으로 검토했습니다.")).to_be_visible()
        page.locator(".remark blockquote a").first.click()
        expect(page.locator("mark:has(:target)")).to_be_in_viewport()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works_without_javascript(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width, javascript=False) as page:
        sign_in(page)
        open_sample(page)
        ask(page)
        expect_review(page)


def test_it_works_by_keyboard_alone(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site) as page:
        sign_in(page)
        for words in ("이력서", "커머스·물류 백엔드 개발자 김개취 (9년 차)", "피드백 받기"):
            press_until_focused(page, words)
            with page.expect_navigation():
                page.keyboard.press("Enter")
        expect_review(page)


def press_until_focused(page: Page, words: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == words:
            return
    pytest.fail(f"the Tab key does not lead to {words!r}")


@pytest.mark.parametrize(
    "behaviour",
    [well, busy(1), breaks_off(1), prose(1), invents_quotes(1), invents_quotes(99)],
    ids=["well", "429", "breaks off", "prose", "invents once", "invents always"],
)
def test_with_a_model(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer, behaviour: Behaviour
) -> None:
    model.behaviour = behaviour
    with browse(model_site) as page:
        sign_in(page)
        open_sample(page)
        ask(page)
        expect_review(page, seconds=40)
        expect(page.get_by_text("AI 모델 test-model")).to_be_visible()


def test_a_slow_model_can_be_left_and_come_back_to(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer
) -> None:
    model.behaviour = slow(10)
    with browse(model_site, width=360) as page:
        sign_in(page)
        open_sample(page)
        ask(page)
        expect(page.locator(".steps .now")).to_have_text("읽고 의견을 적는 중")
        screenshot(page, "progress")
        page.get_by_role("link", name="이력서", exact=True).click()
        page.get_by_role("link", name="피드백", exact=True).click()
        expect(page.locator(".status-running")).to_have_text("진행 중")
        page.locator(".cards a").first.click()
        expect_review(page)
        expect(page.locator("#progress-words")).to_have_text("완료")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("behaviour", [slow(2), failing(99, status=401)], ids=["done", "failed"])
def test_nothing_jumps_when_it_ends(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer, width: int, behaviour: Behaviour
) -> None:
    model.behaviour = behaviour
    with browse(model_site, width=width) as page:
        sign_in(page)
        open_sample(page)
        ask(page)
        expect(page.locator(".steps .now, .failed")).to_be_visible()
        expect(page.locator(".tally, .failed")).to_be_visible(timeout=20_000)
        assert shifted(page) <= MAX_SHIFT


@pytest.mark.parametrize("width", WIDTHS)
def test_a_failure_says_why_and_can_be_tried_again(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer, width: int
) -> None:
    model.behaviour = failing(99, status=401)
    with browse(model_site, width=width) as page:
        sign_in(page)
        open_sample(page)
        ask(page)
        expect(page.get_by_role("alert")).to_contain_text(
            "AI 서버가 요청을 거절했습니다", timeout=20_000
        )
        screenshot(page, "failed")
        model.behaviour = well
        page.get_by_role("button", name="다시 시도").click()
        expect_review(page)
