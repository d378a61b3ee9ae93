"""A picture of every page, by day and by night, wide and narrow.

python -m tests.browser.screenshots FOLDER
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import PATIENT
from tests.browser.every_page import screens, visitors
from tests.chromium import launch
from tests.embedded_site import EmbeddedSite


def main(folder: Path) -> None:
    """Start the site, show everything, and put the pictures into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        EmbeddedSite(Path(data) / "site", **PATIENT) as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        with visitors(browser, site) as guests:
            for screen in screens(guests):
                for page, look in guests.looks(screen):
                    page.screenshot(path=folder / f"{screen.name}-{look}.png", full_page=True)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
