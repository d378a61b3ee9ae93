"""Start and end dates as a résumé shows them and as rules reckon with them."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def period_text(start: date | None, end: date | None) -> str:
    """Return the words of a period: "2019.03 ~ 2021.02", "2019.03 ~ 현재", or "" without dates.

    A period that has a start and no end is one that goes on; one month alone is "2019.03".
    """
    if start is None and end is None:
        return ""
    start_text = month_text(start) if start else ""
    end_text = month_text(end) if end else _("현재")
    if start_text == end_text:
        return start_text
    return f"{start_text} ~ {end_text}".strip()


def month_text(day: date) -> str:
    """Return the year and month of a date the way Korean résumés write it: "2019.03"."""
    return f"{day.year}.{day.month:02d}"


_MONTH = re.compile(r"([0-9]{4})\.(0[1-9]|1[0-2])")
# A period, or a part of one that is marked.
_PERIOD = re.compile(rf"({_MONTH.pattern})?( ?~ ?({_MONTH.pattern}|\w+)?)?")


def shown_period(text: str) -> str:
    """Return a period or a month as the reader writes it: in English "Mar 2019 – Present".

    A document holds its periods in one form, by which they are quoted, compared and exported: this
    is for pages. A text that is no period stays as it is.
    """
    if get_language() == "ko" or not _PERIOD.fullmatch(text):
        return text
    # Whatever language it was noted down in.
    text = re.sub(r"[^\W\d]+", _("현재"), text)
    return _MONTH.sub(_month_by_locale, text).replace("~", "–")


def _month_by_locale(month: re.Match[str]) -> str:
    return date_format(date(int(month[1]), int(month[2]), 1), "YEAR_MONTH_FORMAT")


def months_between(start: date, end: date) -> int:
    """Return the number of calendar months from start to end; negative when end comes first."""
    return (end.year - start.year) * 12 + end.month - start.month
