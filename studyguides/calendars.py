"""A study guide as a file that calendar programs of phones and computers take in (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from studyguides.models import StudyGuide
from studyguides.schedule import Slot

PRODUCT = "-//GAECHWI//study guide//KO"


def calendar(guide: StudyGuide, slots: Sequence[Slot], url: str, now: datetime) -> bytes:
    """Return the items that are not done as all-day events, and the deadlines of the postings.

    Events keep their ids, so that a calendar that takes the file in again moves them.
    """
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    # The library escapes what it knows to be text, and this name is none of the standard's.
    made.add("x-wr-calname", vText(guide.title))
    for slot in slots:
        if slot.begins is None or slot.ends is None:
            continue
        item = slot.item
        description = f"{item.description}\n\n{url}#item-{item.pk}"
        uid = f"item-{item.pk}@{guide.user_id}.gaechwi"
        made.add_component(_event(uid, item.title, slot.begins, slot.ends, description, now))
    for number, asked in enumerate(guide.made_of.asked):
        deadline = asked.posting.deadline
        if deadline:
            title = _("마감: %(posting)s") % {"posting": asked.posting.title}
            uid = f"guide-{guide.pk}-deadline-{number}@{guide.user_id}.gaechwi"
            made.add_component(_event(uid, title, deadline, deadline, url, now))
    written: bytes = made.to_ical()
    return written


def _event(
    uid: str, title: str, begins: date, ends: date, description: str, now: datetime
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("summary", title)
    event.add("description", description)
    event.add("dtstart", begins)
    # The first day that is no part of it any more.
    event.add("dtend", ends + timedelta(days=1))
    # It leaves its user free for other things on that day.
    event.add("transp", "TRANSPARENT")
    return event
