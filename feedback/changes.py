"""The changes that lead from a résumé to its rewritten form, each to be taken or left by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from feedback.invented import Invention, Origins, find_inventions
from feedback.invented.origins import NAMES
from resumes.document import ResumeDocument, Section
from resumes.periods import month_text

# Fields of a change that are none of a document.
ORDER, ENTRY = "order", "entry"

_OF_THE_WHOLE = (
    (Section.BASICS, "title"),
    (Section.INTRODUCTION, "introduction"),
    (Section.TECHNOLOGY_STACKS, "technology_stacks"),
)


@dataclass(frozen=True)
class Change:
    """One change. `entry` is the place in the source, or behind its last entry for a new one.

    `old` and `new` are what a person reads, `value` what the field becomes: a text, a list of
    technologies, the places of a section's entries in their new order (ORDER), or the fields of a
    new entry (ENTRY).
    """

    section: Section
    entry: int | None
    field: str
    old: str
    new: str
    value: Any
    inventions: tuple[Invention, ...] = ()


def changes_between(
    source: ResumeDocument, rewritten: ResumeDocument, origins: Origins
) -> list[Change]:
    """Return the changes from a résumé to its rewritten form, with the inventions of each.

    An entry of the source that the rewritten résumé lacks is no change: nothing gets lost.
    """
    marked: dict[tuple[Section, int | None, str], list[Invention]] = {}
    for invention in find_inventions(source, rewritten, origins):
        marked.setdefault(_place(source, origins, invention), []).append(invention)
    return [
        Change(
            change.section,
            change.entry,
            change.field,
            change.old,
            change.new,
            change.value,
            tuple(marked.get((change.section, change.entry, change.field), ())),
        )
        for change in _changes(source, rewritten, origins)
    ]


def apply(source: ResumeDocument, changes: Iterable[Change]) -> ResumeDocument:
    """Return a résumé after some of its changes."""
    fields = source.model_dump(mode="json")
    orders: dict[str, list[int]] = {}
    for change in changes:
        if change.field == ORDER:
            orders[change.section] = change.value
        elif change.field == ENTRY:
            fields[change.section].append(change.value)
        elif change.entry is None:
            fields[change.field] = change.value
        else:
            fields[change.section][change.entry][change.field] = change.value
    for section, order in orders.items():
        entries = fields[section]
        fields[section] = [entries[place] for place in order] + entries[len(order) :]
    return ResumeDocument.model_validate(fields)


def _changes(
    source: ResumeDocument, rewritten: ResumeDocument, origins: Origins
) -> Iterator[Change]:
    for section, field in _OF_THE_WHOLE:
        yield from _change_of_field(section, None, field, source, rewritten)
    for section, name in NAMES.items():
        old, new = getattr(source, section), getattr(rewritten, section)
        places = origins[section]
        yield from _change_of_order(section, name, old, places)
        added = 0
        for place, entry in zip(places, new, strict=True):
            if place is None:
                value = entry.model_dump(mode="json")
                yield Change(section, len(old) + added, ENTRY, "", _words_of(entry), value)
                added += 1
                continue
            for field in type(entry).model_fields:
                yield from _change_of_field(section, place, field, old[place], entry)


def _change_of_field(
    section: Section, place: int | None, field: str, old: BaseModel, new: BaseModel
) -> Iterator[Change]:
    before, after = getattr(old, field), getattr(new, field)
    if before != after:
        value = new.model_dump(mode="json", include={field})[field]
        yield Change(section, place, field, _shown(before), _shown(after), value)


def _change_of_order(
    section: Section, name: str, entries: Sequence[Any], places: Sequence[int | None]
) -> Iterator[Change]:
    kept = [place for place in places if place is not None]
    order = kept + [place for place in range(len(entries)) if place not in set(kept)]
    if order != sorted(order):
        names = [getattr(entry, name) for entry in entries]
        old = "\n".join(names)
        new = "\n".join(names[place] for place in order)
        yield Change(section, None, ORDER, old, new, order)


def _place(
    source: ResumeDocument, origins: Origins, invention: Invention
) -> tuple[Section, int | None, str]:
    section, index = invention.section, invention.index
    if section == Section.TECHNOLOGY_STACKS:
        return section, None, "technology_stacks"
    if index is None:
        return section, None, invention.field
    place = origins[section][index]
    if place is not None:
        return section, place, invention.field
    added = sum(1 for earlier in origins[section][:index] if earlier is None)
    return section, len(getattr(source, section)) + added, ENTRY


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value)
    return value if isinstance(value, str) else month_text(value)


def _words_of(entry: BaseModel) -> str:
    values = (_shown(value) for value in dict(entry).values())
    return "\n".join(value for value in values if value)
