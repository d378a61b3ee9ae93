"""A résumé comes along as a file and becomes one here: as a job seeker sees it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from imports.tests import TEXT
from imports.tests.documents import pdf, pdf_of
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.browser.shifts import MAX_SHIFT, shifted
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def upload(page: Page, data: bytes, name: str = "나의 이력서.pdf") -> None:
    page.goto("/resumes/")
    page.get_by_role("link", name="이력서 가져오기").click()
    page.get_by_label("이력서 파일").set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": data}
    )
    page.get_by_role("button", name="읽기").click()
    expect(page).to_have_url(re.compile(r"/imports/\d+/$"))


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        page.goto("/imports/")
        screenshot(page, "import-start")
        upload(page, pdf(f"{TEXT}\n{width}번째 줄은 아무 데도 들어가지 않는다"))
        expect(page.get_by_label("이력서 제목")).to_have_value(
            "결제 시스템을 맡아 온 백엔드 개발자", timeout=20_000
        )
        expect(page.locator("#progress-words")).to_have_text("완료")
        assert shifted(page) <= MAX_SHIFT
        screenshot(page, "import-read")
        expect(page.get_by_role("region", name="견주어 볼 글")).to_contain_text("주말마다 등산")
        expect(page.locator(".paper")).to_contain_text("한결페이")

        page.get_by_role("button", name="이 내용으로 이력서 만들기").click()

        expect(page.locator(".messages")).to_contain_text("이력서를 만들었습니다.")
        expect(page.locator("input[name=name]")).to_have_value("김도윤")
        expect(page.locator("#experiences")).to_contain_text("한결페이")


def test_a_scan_is_refused_and_can_be_left(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360) as page:
        sign_in(page)
        upload(page, pdf_of(["0 0 m 100 100 l S"]), "스캔.pdf")
        expect(page.get_by_role("alert")).to_contain_text(
            "스캔한 파일은 읽을 수 없으니", timeout=20_000
        )
        screenshot(page, "import-refused")
        page.goto("/resumes/")
        expect(page.get_by_text("가져올 수 없음")).to_be_visible()
        page.get_by_role("link", name="스캔.pdf").click()
        page.get_by_role("button", name="버리기").click()
        expect(page.locator(".messages")).to_contain_text("올린 파일도 지웠습니다.")


def test_it_works_without_javascript(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360, javascript=False) as page:
        sign_in(page)
        page.goto("/imports/")
        page.get_by_label("또는 이력서 글").fill(TEXT)
        page.get_by_role("button", name="읽기").click()
        expect(page.get_by_label("이력서 제목")).to_have_value(
            "결제 시스템을 맡아 온 백엔드 개발자", timeout=20_000
        )
        page.get_by_role("button", name="이 내용으로 이력서 만들기").click()
        expect(page.locator(".messages")).to_contain_text("이력서를 만들었습니다.")
