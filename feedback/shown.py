"""How a page shows the changes of an improved résumé."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from feedback.changes import ENTRY, ORDER
from feedback.comparing import Budget, Comparison, compare
from feedback.invented import InventionKind
from feedback.invented.origins import NAMES
from feedback.listing import Listing, reordered
from feedback.models import ImprovementChange
from resumes.document import ResumeDocument, Section
from resumes.periods import month_text, period_text, shown_period

FIELDS: dict[str, Promise] = {
    "title": gettext_lazy("제목"),
    "position": gettext_lazy("직위·직책"),
    "role": gettext_lazy("역할"),
    "description": gettext_lazy("내용"),
    ORDER: gettext_lazy("순서"),
    ENTRY: gettext_lazy("새 항목"),
}


@dataclass(frozen=True)
class ShownChange:
    """A change with its place in words, and the names of its inventions.

    A text is shown as a `comparison`; a list, or the order of entries, as a `listing`.
    """

    change: ImprovementChange
    place: str
    inventions: list[tuple[str, str]]
    comparison: Comparison | None = None
    listing: Listing | None = None


def shown(changes: Iterable[ImprovementChange], source: ResumeDocument) -> list[ShownChange]:
    """Return the changes of a résumé as a page shows them, within the work that a page may do."""
    budget = Budget()
    return [_shown(change, source, budget) for change in changes]


def _shown(change: ImprovementChange, source: ResumeDocument, budget: Budget) -> ShownChange:
    invented = [found["text"] for found in change.inventions]
    kinds = [str(InventionKind(found["kind"]).label) for found in change.inventions]
    place, inventions = _place(change, source), list(zip(kinds, invented, strict=True))
    value: Any = change.value
    if change.field == ORDER:
        names = _names_of(source, Section(change.section))
        listing = reordered(names, [names[at] for at in value], value)
        return ShownChange(change, place, inventions, listing=listing)
    if change.field == "technology_stacks":
        old = _listed_before(change, source)
        where = {title.lower(): at for at, title in enumerate(old)}
        places = [where.get(title.lower()) for title in value]
        listing = reordered(old, value, places, invented)
        return ShownChange(change, place, inventions, listing=listing)
    comparison = compare(change.old, change.new, invented, budget)
    return ShownChange(change, place, inventions, comparison)


def _listed_before(change: ImprovementChange, source: ResumeDocument) -> list[str]:
    if change.entry is None:
        return source.technology_stacks
    return source.projects[change.entry].technology_stacks


def _names_of(source: ResumeDocument, section: Section) -> list[str]:
    """Return what to call the entries of a section, with their time where a name is not enough."""
    entries: list[Any] = getattr(source, section)
    names = [getattr(entry, NAMES[section]) for entry in entries]
    often = Counter(names)
    return [
        name if name and often[name] == 1 else _with_time(name, entry)
        for name, entry in zip(names, entries, strict=True)
    ]


def _with_time(name: str, entry: Any) -> str:
    acquired = getattr(entry, "acquired_date", None)
    if acquired:
        time = month_text(acquired)
    else:
        time = period_text(getattr(entry, "start_date", None), getattr(entry, "end_date", None))
    time = shown_period(time)
    return f"{name} ({time})" if name and time else name or time


def _place(change: ImprovementChange, source: ResumeDocument) -> str:
    section = Section(change.section)
    parts = [str(section.label)]
    entries = getattr(source, section) if section in NAMES else []
    if change.entry is not None and change.entry < len(entries):
        parts.append(getattr(entries[change.entry], NAMES[section]))
    if change.field in FIELDS:
        parts.append(str(FIELDS[change.field]))
    return " · ".join(part for part in parts if part)
