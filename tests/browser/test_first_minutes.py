"""From the landing page to a first feedback on a résumé that lies there as a PDF."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from conftest import Browse
from imports.tests import TEXT
from imports.tests.documents import pdf
from tests.browser.conftest import WIDTHS
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        page.goto("/")
        page.get_by_role("link", name="회원가입").first.click()
        page.get_by_label("이메일").fill(f"first-{width}@example.com")
        for field in page.get_by_label("비밀번호").all():
            field.fill("a-long-passphrase")
        page.get_by_label("동의합니다").check()
        page.get_by_role("button", name="가입하기").click()

        # The first page says what comes next, each time.
        page.get_by_role("link", name="이력서 가져오기").click()
        page.get_by_label("이력서 파일").set_input_files(
            {"name": "이력서.pdf", "mimeType": "application/pdf", "buffer": pdf(TEXT)}
        )
        page.get_by_role("button", name="읽기").click()
        page.get_by_role("button", name="이 내용으로 이력서 만들기").click(timeout=20_000)
        page.get_by_role("button", name="피드백 받기").click()

        expect(page).to_have_url(re.compile(r"/feedbacks/\d+/$"))
        expect(page.get_by_role("heading", name="총평")).to_be_visible(timeout=20_000)
        expect(page.locator(".remark blockquote").first).to_be_visible()
