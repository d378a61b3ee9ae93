"""Every page as axe-core sees it, by day and by night, wide and narrow."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import Browse
from tests.browser.every_page import screens, visitors
from tests.browser.shifts import MAX_SHIFT, shifted
from tests.embedded_site import EmbeddedSite

# What cannot be pressed because something else lies above it.
COVERED = """
() => [...document.querySelectorAll("a, summary, button, input, select, textarea")]
.filter((one) => {
  if (document.querySelector("dialog[open]")) return false;
  if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("dialog")) return false;
  one.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = one.getClientRects()[0] || { width: 0 };
  if (width < 2) return false;
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  return top && !one.contains(top) && !top.contains(one);
}).map((one) => one.outerHTML.slice(0, 120))
"""

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def test_no_page_breaks_a_rule(browse: Browse, site: EmbeddedSite) -> None:
    axe, broken = Axe(), []
    with browse(site) as page:
        browser = page.context.browser
        assert browser is not None
        with visitors(browser, site) as guests:
            for screen in screens(guests):
                for seen, look in guests.looks(screen):
                    if (shift := shifted(seen)) > MAX_SHIFT:
                        broken.append(f"{screen.name} {look} shifts by {shift}")
                    result = axe.run(seen)
                    if result.violations_count:
                        broken.append(f"{screen.name} {look}: {result.generate_report()}")
                    if seen.evaluate("document.documentElement.scrollWidth > innerWidth"):
                        broken.append(f"{screen.name} {look} sticks out at its side")
                    if covered := seen.evaluate(COVERED):
                        broken.append(f"{screen.name} {look} covers {covered}")
    assert not broken, "\n".join(broken)
