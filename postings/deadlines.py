"""The deadline of a posting: as its text says it, and as the days that are left."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _

# A day without a year is the one that lies at most so long ago; all others are still to come.
# Postings are rarely pasted later than two months after they closed.
LONGEST_AGO = timedelta(days=60)

_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>20\d{2}|'?\d{2})\s?"
    r"(?:년\s?(?=\d{1,2}\s?월)|\.\s?(?=\d{1,2}\s?\.\s?\d)|-(?=\d{1,2}-\d)|/(?=\d{1,2}/\d)))?"
    r"(?P<month>\d{1,2})\s?[./월-]\s?(?P<day>\d{1,2})(?![\d%])"
)
_OPEN_END = re.compile(r"상시|수시|채용\s?시|충원\s?시|until filled|rolling", re.IGNORECASE)


def read_deadline(words: str, on: date) -> date | None:
    """Return the last day that some words name, None where they name none ("상시채용").

    A day without a year ("~12/31(수)") is the one around `on`, the day the text was copied
    on; after a whole date it is the next such day ("2026.11.18 ~ 12.02").
    """
    found = None
    for match in _DAY.finditer(words):
        month, day = int(match["month"]), int(match["day"])
        if match["year"]:
            year = int(match["year"].lstrip("'"))
            found = _day(year if year > 99 else 2000 + year, month, day) or found
        else:
            first = found or on - LONGEST_AGO
            years = (first.year, first.year + 1)
            candidates = [_day(year, month, day) for year in years]
            found = next((d for d in candidates if d and d >= first), found)
    return found


def has_open_end(words: str) -> bool:
    """Return whether some words say that a posting stays open until somebody is found."""
    return bool(_OPEN_END.search(words))


def countdown(deadline: date, today: date) -> str:
    """Return how long there is left to apply: "D-12", "오늘 마감", "마감됨"."""
    days = (deadline - today).days
    if days < 0:
        return _("마감됨")
    return _("오늘 마감") if days == 0 else f"D-{days}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
