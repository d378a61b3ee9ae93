"""The pages in English: as far as words of another length can spoil them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from conftest import Browse
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]

PAGES = ["", "resumes", "postings", "feedbacks", "interviews", "interviews/new", "guides"]


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        for path in PAGES:
            page.goto(f"/{path}/".replace("//", "/"))
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            # Nothing sticks out at the side.
            screenshot(page, f"english-{path.replace('/', '-') or 'home'}")


def test_no_word_of_the_tally_breaks(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360) as page:
        page.goto("/try/")
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        boxes = [link.bounding_box() for link in page.locator(".tally a").all()]
        # One line each, in which the number is the highest.
        assert len(boxes) == 3
        assert all(box and box["height"] < 60 for box in boxes)
