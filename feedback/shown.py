"""How a page shows the changes of an improved résumé."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from feedback.changes import ENTRY, ORDER
from feedback.comparing import Comparison, compare
from feedback.invented import InventionKind
from feedback.invented.origins import NAMES
from feedback.models import ImprovementChange
from resumes.document import ResumeDocument, Section

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
    """A change with its place in words, its texts in pieces, and the names of its inventions."""

    change: ImprovementChange
    place: str
    comparison: Comparison
    inventions: list[tuple[str, str]]


def shown(change: ImprovementChange, source: ResumeDocument) -> ShownChange:
    """Return a change of a résumé as a page shows it."""
    return ShownChange(
        change=change,
        place=_place(change, source),
        comparison=compare(change.old, change.new, [found["text"] for found in change.inventions]),
        inventions=[
            (str(InventionKind(found["kind"]).label), found["text"]) for found in change.inventions
        ],
    )


def _place(change: ImprovementChange, source: ResumeDocument) -> str:
    section = Section(change.section)
    parts = [str(section.label)]
    entries = getattr(source, section) if section in NAMES else []
    if change.entry is not None and change.entry < len(entries):
        parts.append(getattr(entries[change.entry], NAMES[section]))
    if change.field in FIELDS:
        parts.append(str(FIELDS[change.field]))
    return " · ".join(part for part in parts if part)
