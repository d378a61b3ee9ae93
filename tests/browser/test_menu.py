"""The menu of the account, which lies over the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conftest import Browse
from tests.browser.conftest import WIDTHS
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]

# Whether the name leaves room for the sign that there is a menu.
SIGN_IS_SEEN = """summary => {
    const right = (part) => part.getBoundingClientRect().right;
    return right(summary) - right(summary.firstElementChild) > 10;
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        page.goto("/accounts/signup/")
        page.get_by_label("이메일").fill(f"somebody.with.a.long.name-{width}@example.com")
        for field in page.get_by_label("비밀번호").all():
            field.fill("a-long-passphrase")
        page.get_by_label("동의합니다").check()
        page.get_by_role("button", name="가입하기").click()
        menu, items = page.locator(".menu summary"), page.locator(".menu-items")
        assert menu.evaluate(SIGN_IS_SEEN)

        menu.click()
        expect(items).to_be_visible()
        page.get_by_role("heading", level=1).click()
        expect(items).to_be_hidden()

        menu.click()
        items.get_by_role("button", name="로그아웃").focus()
        expect(items).to_be_visible()
        page.keyboard.press("Tab")
        expect(items).to_be_hidden()

        menu.click()
        page.keyboard.press("Escape")
        expect(items).to_be_hidden()
        expect(menu).to_be_focused()
