"""The changes that lead from a résumé to its rewritten form, each to be taken or left by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from pydantic import BaseModel

from feedback.checks.sentences import WRITTEN_FIELDS, excerpt, split
from feedback.invented import Invention, InventionKind, Origins, find_inventions
from feedback.invented.origins import NAMES
from feedback.invented.plain import compact
from resumes.document import ResumeDocument, Section
from resumes.periods import month_text

# Fields of a change that are none of a document.
ORDER, ENTRY = "order", "entry"

_OF_THE_WHOLE = (
    (Section.BASICS, "title"),
    (Section.INTRODUCTION, "introduction"),
    (Section.TECHNOLOGY_STACKS, "technology_stacks"),
)


# What an applicant misses when it is gone; other words for a rank or a unit are told elsewhere.
_MISSED = frozenset(
    {
        InventionKind.COMPANY,
        InventionKind.FIGURE,
        InventionKind.CERTIFICATE,
        InventionKind.TECHNOLOGY,
        InventionKind.LINK,
    }
)
# The honest rewritings of quality/rewrites keep 72 % of a text's letters and more.
KEPT_SHARE = 0.5
MAX_SENTENCES_LEFT_OUT = 5

_Place = tuple[Section, int | None, str]


@dataclass(frozen=True)
class Change:
    """One change. `entry` is the place in the source, or behind its last entry for a new one.

    `old` and `new` are what a person reads, `value` what the field becomes: a text, a list of
    technologies, the places of a section's entries in their new order (ORDER), or the fields of a
    new entry (ENTRY). `inventions` are what the source does not say, `missing` words of the source
    that the change leaves out.
    """

    section: Section
    entry: int | None
    field: str
    old: str
    new: str
    value: Any
    inventions: tuple[Invention, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def place(self) -> _Place:
        """Where it is: no two changes of a résumé have the same place."""
        return self.section, self.entry, self.field


def changes_between(
    source: ResumeDocument,
    rewritten: ResumeDocument,
    origins: Origins,
    asked: Collection[str] = (),
) -> list[Change]:
    """Return the changes from a résumé to its rewritten form, with what each adds and leaves out.

    `asked` are technologies that a posting names, whose names are known by that alone.
    An entry of the source that the rewritten résumé lacks is no change: nothing gets lost.
    """
    invented: dict[_Place, list[Invention]] = {}
    for invention in find_inventions(source, rewritten, origins, asked):
        invented.setdefault(_place(source, origins, invention), []).append(invention)
    missing: dict[_Place, list[str]] = {}
    for fact, place in _left_out(source, rewritten, origins):
        missing.setdefault(place, []).append(fact)
    return [
        replace(
            change,
            inventions=tuple(invented.get(change.place, ())),
            missing=(*missing.get(change.place, ()), *_sentences_left_out(change)),
        )
        for change in _changes(source, rewritten, origins)
    ]


def _left_out(
    source: ResumeDocument, rewritten: ResumeDocument, origins: Origins
) -> Iterator[tuple[str, _Place]]:
    """Yield the facts of the source that its rewritten form lacks, and the places that had them.

    They are what the source would invent if it had been made from the rewritten résumé.
    """
    back: dict[Section, list[int | None]] = {}
    for section, places in origins.items():
        made_of = {place: index for index, place in enumerate(places) if place is not None}
        back[section] = [made_of.get(place) for place in range(len(getattr(source, section)))]
    for fact in find_inventions(rewritten, source, back):
        if fact.kind in _MISSED:
            listed = fact.section == Section.TECHNOLOGY_STACKS
            place = None if listed else fact.index
            yield fact.text, (fact.section, place, "technology_stacks" if listed else fact.field)


def _sentences_left_out(change: Change) -> list[str]:
    """Return sentences of a written text that shrinks to less than KEPT_SHARE of its letters."""
    old, new = compact(change.old), compact(change.new)
    if change.field not in WRITTEN_FIELDS or len(new) >= KEPT_SHARE * len(old):
        return []
    gone = (excerpt(said.text) for said in split(change.old) if compact(said.text) not in new)
    return list(islice(gone, MAX_SENTENCES_LEFT_OUT))


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


def _place(source: ResumeDocument, origins: Origins, invention: Invention) -> _Place:
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
