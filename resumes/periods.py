"""Start and end dates as a résumé shows them and as rules reckon with them."""

from __future__ import annotations

from datetime import date

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


def months_between(start: date, end: date) -> int:
    """Return the number of calendar months from start to end; negative when end comes first."""
    return (end.year - start.year) * 12 + end.month - start.month
