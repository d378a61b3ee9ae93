"""When each item of a guide is due: one after another, at the pace that its user has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from studyguides.models import ItemStatus, StudyGuide, StudyItem
from studyguides.planning import first_to_come

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Slot:
    """An item and its days, the last one included; without days, it is done."""

    item: StudyItem
    begins: date | None = None
    ends: date | None = None


def schedule(items: Iterable[StudyItem], hours_a_week: int, on: date) -> list[Slot]:
    """Return the items in their order with the days on which each is learnt, from a day on.

    What is done takes no more time. An item takes a day at least; the next one may begin on the day
    on which one ends.
    """
    slots, hours = [], 0
    for item in items:
        if item.status == ItemStatus.DONE:
            slots.append(Slot(item))
            continue
        begins = _day(hours, hours_a_week, on)
        hours += item.estimated_hours
        ends = max(begins, _day(hours - 1, hours_a_week, on))
        slots.append(Slot(item, begins, ends))
    return slots


def deadline_of(guide: StudyGuide) -> date | None:
    """Return the first deadline of the postings of a guide that was to come when it was made."""
    deadlines = [asked.posting.deadline for asked in guide.made_of.asked]
    return first_to_come(deadlines, timezone.localdate(guide.created_at))


def _day(hours: int, hours_a_week: int, on: date) -> date:
    """Return the day on which so many hours are behind."""
    return on + timedelta(days=hours * DAYS_OF_A_WEEK // hours_a_week)
