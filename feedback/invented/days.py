"""Dates as texts write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DATE = re.compile(
    r"""
      (?<!\d)(?P<year>(?:19|20)\d{2})\s?(?:년\s?|[.\-/]\s?)(?P<month>1[0-2]|0?[1-9])(?!\d)
      (?:\s?월)?(?:[.\-/]\s?\d{1,2}(?!\d)|\s?\d{1,2}일)?(?!\s?(?:개|건|명|%|배|원|만|회))
    | (?<!\d)'(?P<short>\d{2})\s?(?:년\s?|[.\-/]\s?)(?P<short_month>1[0-2]|0?[1-9])?(?:월)?
    | (?<![\d,.])(?P<alone>(?:19|20)\d{2})(?:\s?학?년도?|(?=\s?[~\-]|[.)\s]|$))
    | (?<!\d)(?P<only_month>1[0-2]|[1-9])월(?:\s?\d{1,2}일)?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class WrittenDate:
    """A year, a month or both, and the place of the words that say so."""

    year: int | None
    month: int | None
    start: int
    end: int


def written_dates(text: str) -> Iterator[WrittenDate]:
    """Yield the dates of a plain text."""
    for match in _DATE.finditer(text):
        year = match["year"] or match["alone"]
        month = match["month"] or match["short_month"] or match["only_month"]
        if match["short"]:
            short = int(match["short"])
            year = str(2000 + short if short < 60 else 1900 + short)
        yield WrittenDate(int(year) if year else None, int(month) if month else None, *match.span())


def without_dates(text: str) -> str:
    """Return a text with its dates blanked out, so that no year is taken for a figure."""
    return _DATE.sub(lambda match: " " * len(match.group()), text)
