"""Days, months and periods as résumés write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = (
    r"(?:{1}(?P<{0}year>(?:19|20)\d{{2}}|'\d{{2}}|\d{{2}}(?=[.]\d{{2}}(?!\d)))"
    r"\s?[-./년]\s?(?P<{0}month>1[0-2]|0?[1-9])(?![\d])"
    r"(?:\s?[-./월]\s?(?P<{0}day>3[01]|[12]\d|0?[1-9])(?!\d)(?!\s?[-./년]\s?\d))?(?:[.월일]|\s[.]|\s[월일](?![가-힣]))?"
    r"|(?P<{0}name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{{0,6}}\.?,?\s"
    r"(?P<{0}named_year>(?:19|20)\d{{2}}))"
)
# The figures before the first one would make it something else; the second comes after a sign.
_ALONE = r"(?<![\d.\-/])"
_NOW = (
    r"(?P<now>현재|재직\s?중|재학\s?중|진행\s?중|근무\s?중|활동\s?중|휴학\s?중|지금"
    r"|present|now|current|ongoing)"
)
# A year alone names no month, and a month would have to be made up.
_YEAR_ALONE = r"(?P<year_alone>(?<![\d.])(?:19|20)\d{2}년?(?![\d.]))"
_TO = r"\s{0,3}(?:[~〜∼～–—−-]|부터|to(?![a-z]))\s{0,3}"
_BEFORE_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d{2}년?\s{0,3}[~〜∼～–—−-]\s{0,3}\Z")
_PERIOD = re.compile(
    rf"{_DAY.format('a', _ALONE)}(?:{_TO}(?:{_DAY.format('b', '')}|{_NOW}|{_YEAR_ALONE})?"
    rf"|\s(?P<since>입사|입학)(?![가-힣]))?",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(_DAY.format("a", _ALONE), re.IGNORECASE)
# The words between a month and the next word that only a period has: "(2년 3개월)", "까지".
_LENGTH = re.compile(
    r"[(\[]?\s?(?:총\s?)?(?:\d{1,2}\s?년\s?)?\d{1,2}\s?(?:개월|년|yrs?|mos?)(?:\s?\d{1,2}\s?mos?)?\s?[)\]]"
    r"|\(\s?\)|\[\s?\]"
)


@dataclass(frozen=True)
class Found:
    """When something was, as some words say it, and where in them.

    `is_range` tells that there was a sign between two ends; `goes_on` that the second is now.
    """

    start: date | None
    end: date | None
    is_range: bool
    goes_on: bool
    span: tuple[int, int]


def periods_in(words: str) -> Iterator[Found]:
    """Yield the periods and days that stand in some words."""
    for match in _PERIOD.finditer(words):
        start, end = _day(match, "a"), _day(match, "b")
        if before := _BEFORE_YEAR.search(words, max(0, match.start() - 12), match.start()):
            yield Found(None, start, True, False, (before.start(), match.end()))
            continue
        signs = words[match.start() : match.end()]
        is_range = bool(match["now"] or match["since"] or match["year_alone"] or end) or bool(
            re.search(r"[~〜∼～–—−]\s{0,3}\Z", signs)
        )
        # "2014.03 ~ 2018": an end that is not known would read as "until now".
        known = start if not match["year_alone"] else None
        goes_on = is_range and end is None and not match["year_alone"]
        yield Found(known, end, is_range, goes_on, match.span())


def period_in(words: str) -> Found | None:
    """Return the first range that stands in some words, or else the first day."""
    found = list(periods_in(words))
    return next((one for one in found if one.is_range), found[0] if found else None)


def day_in(words: str) -> date | None:
    """Return the first day or month that some words name."""
    match = _ONE_DAY.search(words)
    return _day(match, "a") if match else None


def days_in(text: str) -> frozenset[date]:
    """Return every day and month that a text names, a month as its first day."""
    days = (_day(match, "a") for match in _ONE_DAY.finditer(text))
    return frozenset(day for day in days if day)


def without_period(words: str) -> str:
    """Return some words without the periods in them, and without how long these were."""
    for found in reversed(list(periods_in(words))):
        words = f"{words[: found.span[0]]}\t{words[found.span[1] :]}"
    return _LENGTH.sub("\t", words)


def _day(match: re.Match[str], which: str) -> date | None:
    if name := match[f"{which}name"]:
        return date(int(match[f"{which}named_year"]), _MONTHS.index(name.lower()) + 1, 1)
    if not match[f"{which}year"]:
        return None
    year = match[f"{which}year"].lstrip("'")
    if len(year) == 2:
        year = f"20{year}" if int(year) < 70 else f"19{year}"
    try:
        return date(int(year), int(match[f"{which}month"]), int(match[f"{which}day"] or 1))
    except ValueError:
        return None
