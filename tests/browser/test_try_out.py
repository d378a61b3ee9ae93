"""The try-out: what is wrong is said where it is written."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from conftest import Browse
from tests.browser.conftest import WIDTHS
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        page.goto("/try/")
        done = page.get_by_label("최근 회사에서 한 일")
        done.fill("가" * 3001)
        page.get_by_role("button", name="이 글로 피드백 받기").click()

        expect(page.get_by_role("alert")).to_contain_text("최근 회사에서 한 일")
        expect(done).to_be_focused()
        expect(done).to_be_in_viewport()
        expect(done).to_have_attribute("aria-invalid", "true")
        expect(done).to_have_accessible_description(re.compile("3,001자를 적으셨습니다"))
        expect(page.locator(".counter.over")).to_have_count(1)

        done.fill("- 결제 시스템의 속도를 크게 개선함")
        page.get_by_role("button", name="이 글로 피드백 받기").click()

        expect(page.locator("#result")).to_be_focused()
        expect(page.locator("#result").get_by_role("heading", name="총평")).to_be_visible()
        expect(page.locator(".errorlist")).to_have_count(0)
        expect(done).to_have_value("- 결제 시스템의 속도를 크게 개선함")
