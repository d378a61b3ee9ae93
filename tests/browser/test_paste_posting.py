"""The text of a posting goes in and a posting comes out: as a job seeker sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from postings.tests import pasted_texts
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite
from tests.model_server import ModelServer, failing, slow, well

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def paste(page: Page, text: str) -> None:
    page.get_by_role("link", name="공고", exact=True).click()
    page.get_by_role("link", name="공고 붙여 넣기").click()
    page.get_by_label("공고 글").fill(text)
    page.get_by_role("button", name="읽기").click()
    expect(page).to_have_url(re.compile(r"/postings/drafts/\d+/$"))


def expect_form(page: Page, title: str) -> None:
    expect(page.get_by_label("제목")).to_have_value(title, timeout=20_000)


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        page.goto("/postings/paste/")
        screenshot(page, "posting-paste")
        paste(page, f"{pasted_texts()['08_logistics']}\n{width}")
        expect_form(page, "바로온로지스 물류센터 운영 매니저를 찾습니다")
        screenshot(page, "posting-draft")
        expect(page.get_by_role("region", name="견주어 볼 글")).to_contain_text("궁금한 점은")

        page.get_by_label("직무").fill("물류센터 운영 매니저")
        page.get_by_role("button", name="공고로 저장").click()

        expect(page.locator(".messages")).to_contain_text("공고를 저장했습니다.")
        expect(page.locator(".facts")).to_contain_text("물류센터 운영 매니저")
        screenshot(page, "posting")
        page.get_by_role("link", name="공고", exact=True).click()
        page.get_by_role("searchbox").fill("물류센터")
        page.get_by_role("button", name="찾기").click()
        expect(page.locator(".cards a").first).to_have_text(
            "바로온로지스 물류센터 운영 매니저를 찾습니다"
        )
        screenshot(page, "postings")
        page.locator(".cards a").first.click()
        page.get_by_role("button", name="지우기").click()
        expect(page.locator(".undo")).to_contain_text("공고를 지웠습니다.")
        page.get_by_role("button", name="되돌리기").click()
        expect(page.locator(".messages")).to_contain_text("공고를 되살렸습니다.")


def test_it_works_without_javascript(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360, javascript=False) as page:
        sign_in(page)
        paste(page, pasted_texts()["01_nurse"])
        expect_form(page, "[한빛누리병원] 내과병동 간호사(RN) 경력직 채용")
        page.get_by_role("button", name="공고로 저장").click()
        expect(page.locator(".facts")).to_contain_text("부산 해운대구")


def test_a_slow_model_can_be_left_and_come_back_to(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer
) -> None:
    model.behaviour = slow(6)
    with browse(model_site, width=360) as page:
        sign_in(page)
        paste(page, pasted_texts()["04_backend"])
        expect(page.locator(".steps .now")).to_have_text("읽고 항목을 나누는 중")
        page.get_by_role("link", name="공고", exact=True).click()
        expect(page.locator(".status-running")).to_have_text("진행 중")
        screenshot(page, "posting-drafts")
        page.get_by_role("link", name="점핏").click()
        expect_form(page, "백엔드 개발자 (Java/Spring)")
        expect(page.locator("#progress-words")).to_have_text("완료")
        expect(page.get_by_text("AI 모델 test-model")).to_be_visible()


def test_a_failure_says_why_and_can_be_tried_again(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer
) -> None:
    model.behaviour = failing(99, status=401)
    with browse(model_site, width=360) as page:
        sign_in(page)
        paste(page, pasted_texts()["05_b2b_sales"])
        expect(page.get_by_role("alert")).to_contain_text(
            "AI 서버가 요청을 거절했습니다", timeout=20_000
        )
        screenshot(page, "posting-failed")
        model.behaviour = well
        page.get_by_role("button", name="다시 시도").click()
        expect_form(page, "클라우드 협업툴 B2B 영업 매니저")
