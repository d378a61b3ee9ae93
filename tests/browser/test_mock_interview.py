"""A mock interview from its beginning to its judgement: as a job seeker holds it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]

ANSWER = (
    "당시 결제 응답이 느려 고객 불만이 한 달에 37건 있었습니다. 제가 기록을 분석해 원인을 찾고 "
    "캐시를 설계했습니다. 그 결과 p95 응답이 800ms에서 120ms로 줄었습니다."
)


def begin(page: Page) -> None:
    page.get_by_role("link", name="이력서", exact=True).click()
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="모의 면접 시작").click()
    page.get_by_label("질문 수").fill("3")


def say(page: Page, text: str) -> None:
    box = page.get_by_label("내 답")
    expect(box).to_be_visible(timeout=30_000)
    said = page.locator(".chat .candidate")
    before = said.count()
    box.fill(text)
    page.get_by_role("button", name="답하기").click()
    expect(said).to_have_count(before + 1)


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        begin(page)
        screenshot(page, "interview-start")
        page.get_by_role("button", name="면접 시작").click()
        expect(page).to_have_url(re.compile(r"/interviews/\d+/$"))
        expect(page.get_by_label("내 답")).to_be_focused(timeout=30_000)
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0:0[1-9]$"))
        say(page, "모르겠습니다.")
        expect(page.get_by_text("이어지는 질문")).to_be_visible(timeout=30_000)
        say(page, ANSWER)
        page.reload()
        expect(page.locator(".chat .candidate")).to_have_count(2)
        say(page, ANSWER)
        expect(page.get_by_label("내 답")).to_be_visible(timeout=30_000)
        screenshot(page, "interview")
        page.get_by_role("button", name="여기서 끝내고 평가 받기").click()
        expect(page.get_by_role("img", name=re.compile(r"^총점 \d+점$"))).to_be_visible(
            timeout=30_000
        )
        screenshot(page, "interview-judged")
        page.get_by_role("link", name="모의 면접", exact=True).click()
        screenshot(page, "interviews")


def test_it_works_without_javascript(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360, javascript=False) as page:
        sign_in(page)
        begin(page)
        page.get_by_role("button", name="면접 시작").click()
        say(page, ANSWER)
        page.get_by_role("button", name="여기서 끝내고 평가 받기").click()
        expect(page.get_by_role("img", name=re.compile(r"^총점 \d+점$"))).to_be_visible(
            timeout=30_000
        )
