"""The API's page shows all of it, and asks nobody else for anything."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from conftest import Browse
from tests.browser.conftest import screenshot
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_it_works(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))

        page.goto("/api/docs")

        operation = page.locator("#operations-resumes-resumes_create")
        operation.get_by_role("button").first.click()
        expect(operation.locator(".opblock-body")).to_contain_text("military_service")
        schema = page.request.get("/api/schema").json()
        expect(page.locator(".opblock")).to_have_count(sum(map(len, schema["paths"].values())))
        page.wait_for_load_state("networkidle")
        screenshot(page, "api-docs")
        assert {urlsplit(address).netloc for address in asked} <= {urlsplit(site.url).netloc, ""}
