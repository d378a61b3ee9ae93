"""A résumé and a posting go in and a match comes out: as a job seeker sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from tests.browser.conftest import CHOSEN_POSTING, POSTING, RESUME, WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite
from tests.model_server import ModelServer, well

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def ask_from_resume(page: Page) -> None:
    page.get_by_role("link", name="이력서", exact=True).click()
    page.get_by_role("link", name=RESUME, exact=True).click()
    page.get_by_role("combobox", name="채용 공고").select_option(label=CHOSEN_POSTING)
    page.get_by_role("button", name="맞춰 보기").click()
    expect(page).to_have_url(re.compile(r"/feedbacks/\d+/$"))


def expect_the_bars_to_open_their_parts(page: Page) -> None:
    for part in ("기술", "필수 요건"):
        page.get_by_role("link", name=part, exact=True).click()
        opened = page.locator(".match-part", has=page.get_by_role("heading", name=part, exact=True))
        expect(opened.locator("summary")).to_be_in_viewport()
        expect(opened.locator(".match-items li").first).to_be_visible()


def expect_match(page: Page) -> None:
    expect(page.get_by_role("heading", name="공고와의 일치율")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("img", name=re.compile(r"^일치율 \d+%$"))).to_be_visible()
    expect(page.get_by_role("img", name=re.compile(r"^필수 요건 \d+%, 비중"))).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        ask_from_resume(page)
        expect_match(page)
        screenshot(page, "match")
        expect_the_bars_to_open_their_parts(page)
        proof = page.locator(".match-items blockquote a").first
        proof.click()
        expect(page.locator("mark:has(:target)")).to_be_in_viewport()


def test_it_works_without_javascript(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360, javascript=False) as page:
        sign_in(page)
        page.get_by_role("link", name="공고", exact=True).click()
        page.get_by_role("link", name=POSTING, exact=True).click()
        page.get_by_role("combobox", name="이력서").select_option(label=RESUME)
        screenshot(page, "posting-ask")
        page.get_by_role("button", name="맞춰 보기").click()
        expect_match(page)
        expect_the_bars_to_open_their_parts(page)


def test_with_a_model_both_rates_are_said(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer
) -> None:
    model.behaviour = well
    with browse(model_site) as page:
        sign_in(page)
        ask_from_resume(page)
        expect_match(page)
        expect(page.get_by_text(re.compile(r"AI 모델은 \d+%, 규칙은 \d+%"))).to_be_visible()
