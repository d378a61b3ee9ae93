"""Measures the offline reviewer and writes docs/quality.md.

    python -m quality.measure [file]

A measurement is a function that returns a section of the page; SECTIONS lists them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import django
from django.utils import translation

from quality import checks, guides, inventions, matching, sample
from quality.corpus import HELD_OUT, RESUMES

BASE_DIR = Path(__file__).resolve().parent.parent
PAGE = BASE_DIR / "docs" / "quality.md"


def _imported_resumes() -> str:
    # It reads models, which are there once Django is set up.
    from quality import importing

    return importing.recall()


SECTIONS: tuple[Callable[[], str], ...] = (
    checks.how_it_is_measured,
    checks.first_sight,
    checks.ten_resumes,
    checks.held_out,
    matching.rates,
    guides.coverage,
    inventions.invented_facts,
    _imported_resumes,
    sample.sample_resume,
)

HEAD = """<!-- Made by `make quality` (`python -m quality.measure`). Do not edit by hand. -->

# Quality of the offline reviewer"""


def page() -> str:
    """Return the whole page; the same on every day and machine."""
    with translation.override("ko"):
        return "\n\n".join([HEAD, *(section() for section in SECTIONS)]) + "\n"


def main() -> None:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaechwi.settings")
    os.environ.setdefault("ENV_FILE", str(BASE_DIR / "tests" / "checks.env"))
    django.setup()
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PAGE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(), encoding="utf-8")
    hits = checks.count(checks.measured(RESUMES).hits)
    unseen = checks.count(checks.measured(HELD_OUT).hits)
    for name, result in (("ten résumés", hits), ("held out", unseen)):
        print(  # noqa: T201
            f"{name}: recall {result.recall:.1%} ({result.found} of {result.planted}), "
            f"false alarms {result.false_alarms}"
        )
    found, planted, alarms = inventions.totals(inventions.HELD_OUT)
    print(f"invented facts: found {found} of {planted}, false alarms {alarms}")  # noqa: T201


if __name__ == "__main__":
    main()
