"""Which entry of a source an entry of a rewritten résumé was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from feedback.invented.plain import company_key
from resumes.document import ResumeDocument, Section

# For each section, the place of the source entry of each rewritten entry; None for a new entry.
Origins = Mapping[Section, Sequence[int | None]]

# The field by which people call an entry of a section.
NAMES = {
    Section.EXPERIENCES: "company",
    Section.PROJECTS: "title",
    Section.EDUCATIONS: "school",
    Section.QUALIFICATIONS: "title",
    Section.ACTIVITIES: "title",
}


def origins_of(source: ResumeDocument, rewritten: ResumeDocument) -> Origins:
    """Return where the entries came from, told by their names, then by their dates and words."""
    return {
        section: _matched(getattr(source, section), getattr(rewritten, section), name)
        for section, name in NAMES.items()
    }


def _matched(old: Sequence[Any], new: Sequence[Any], name: str) -> list[int | None]:
    origins: list[int | None] = [None] * len(new)
    taken: set[int] = set()

    def named(entry: Any) -> tuple[Any, ...]:
        return (company_key(getattr(entry, name)),)

    def named_and_dated(entry: Any) -> tuple[Any, ...]:
        return (*named(entry), *_dates(entry))

    def described(entry: Any) -> tuple[Any, ...]:
        return (getattr(entry, "description", ""),)

    for key_of in (named_and_dated, named, _dates, described):
        waiting: dict[Any, list[int]] = {}
        for place, entry in enumerate(old):
            if place not in taken:
                waiting.setdefault(key_of(entry), []).append(place)
        for place, entry in enumerate(new):
            key = key_of(entry)
            if origins[place] is None and any(key) and waiting.get(key):
                origins[place] = waiting[key].pop(0)
                taken.add(origins[place] or 0)
    return origins


def _dates(entry: Any) -> tuple[Any, ...]:
    return tuple(
        getattr(entry, field, None) for field in ("start_date", "end_date", "acquired_date")
    )
