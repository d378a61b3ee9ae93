"""The browser of the machine, as the tests and the pictures drive it."""

from __future__ import annotations

import shutil

from playwright.sync_api import Browser, Playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright) -> Browser:
    """Start the browser. Raises FileNotFoundError where the machine has none."""
    if CHROMIUM is None:
        raise FileNotFoundError("there is no Chromium here: apt install chromium fonts-noto-cjk")
    return playwright.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
