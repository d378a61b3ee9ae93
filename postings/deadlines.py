"""The deadline of a posting: as its text says it, and as the days that are left."""

from __future__ import annotations

import re
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A day without a year is the one that lies at most so long ago; all others are still to come.
# Postings are rarely pasted later than two months after they closed.
LONGEST_AGO = timedelta(days=60)

# No posting is older than the sites. A day further ahead stands for none: sites write 2099.12.31
# for a posting that stays open.
FIRST_DAY = date(2000, 1, 1)
LONGEST_AHEAD = timedelta(days=2 * 365)

_DAY = re.compile(
    r"(?<!\d)(?<!\d[./])(?:(?P<year>\d{4}|'?\d{2})\s?"
    r"(?:년\s?(?=\d{1,2}\s?월)|\.\s?(?=\d{1,2}\s?\.\s?\d)|-(?=\d{1,2}-\d)|/(?=\d{1,2}/\d)))?"
    r"(?P<month>\d{1,2})\s?[./월-]\s?(?P<day>\d{1,2})(?![\d%])"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH_DAY = re.compile(
    rf"\b({'|'.join(MONTHS)})[a-z]{{0,6}}\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:, ?(\d{{4}}))?\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\([^()]{0,20}\)")
# "2026.11.17 10:00 ~": how far behind a day the sign stands that makes it the first.
_ONLY_BEGINS = re.compile(r"[\s.\d:]{0,10}[~〜∼～]")
_OPEN_END = re.compile(r"상시|수시|채용\s?시|충원\s?시|until filled|rolling", re.IGNORECASE)


def read_deadline(words: str, on: date) -> date | None:
    """Return the last day that some words name, None where they name none ("상시채용").

    A day without a year ("~12/31(수)") is the one around `on`, the day the text was copied
    on; after a whole date it is the next such day ("2026.11.18 ~ 12.02"). A day that there is not,
    one that only begins a term ("2026.11.18 ~") and a far one for "never" are none.
    """
    found = None
    words = _WEEKDAY.sub("", _ENGLISH_DAY.sub(_in_figures, words))
    end = 0
    for match in _DAY.finditer(words):
        month, day = int(match["month"]), int(match["day"])
        if match["year"]:
            year = int(match["year"].lstrip("'"))
            found = _day(year if len(match["year"]) == 4 else 2000 + year % 100, month, day)
        else:
            first = found or on - LONGEST_AGO
            years = (first.year, first.year + 1)
            candidates = [_day(year, month, day) for year in years]
            found = next((d for d in candidates if d and d >= first), found)
        end = match.end()
    if (
        found is None
        or not FIRST_DAY <= found <= on + LONGEST_AHEAD
        or _ONLY_BEGINS.match(words, end)
    ):
        return None
    return found


def has_open_end(words: str) -> bool:
    """Return whether some words say that a posting stays open until somebody is found."""
    return bool(_OPEN_END.search(words))


def countdown(deadline: date, today: date) -> str:
    """Return how long there is left to apply: "D-12", "오늘 마감", "마감됨"."""
    days = (deadline - today).days
    if days < 0:
        return _("마감됨")
    if days == 0:
        return _("오늘 마감")
    return ngettext("D-%(days)d", "D-%(days)d", days) % {"days": days}


def _in_figures(english: re.Match[str]) -> str:
    month = MONTHS.index(english[1].lower()) + 1
    return f"{english[3]}-{month}-{english[2]}" if english[3] else f"{month}/{english[2]}"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
