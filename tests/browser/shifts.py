"""How far what one looks at moves by itself."""

from __future__ import annotations

from playwright.sync_api import Page

# The score of Web Vitals, which calls less than 0.1 good. What follows a press is left out.
_SHIFTED = """
() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 50);
})
"""
MAX_SHIFT = 0.02


def shifted(page: Page) -> float:
    """Return how far what was there already moved since the page was opened."""
    score: float = page.evaluate(_SHIFTED)
    return score
