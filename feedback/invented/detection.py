"""Holds a rewritten résumé against its source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from feedback.invented.added import MAX_OF_ONE_FIELD, added_facts
from feedback.invented.invention import Invention, InventionKind
from feedback.invented.origins import NAMES, Origins, origins_of
from feedback.invented.plain import compact, company_key, sentences
from feedback.invented.source import Read, Stated
from feedback.invented.technologies import link_key, names_of
from resumes.document import QualificationEntry, ResumeDocument, Section
from resumes.periods import month_text, months_between, period_text

# A section that a person wrote has fewer entries; an imported one is not to cost more.
MAX_NAMES = 60

_ENTRY_KINDS = {
    Section.EXPERIENCES: InventionKind.COMPANY,
    Section.EDUCATIONS: InventionKind.SCHOOL,
    Section.QUALIFICATIONS: InventionKind.CERTIFICATE,
}
# What a changed name or code of an entry is.
_NAME_KINDS = {
    "company": InventionKind.COMPANY,
    "organization": InventionKind.COMPANY,
    "agency": InventionKind.COMPANY,
    "school": InventionKind.SCHOOL,
    "major": InventionKind.DEGREE,
    "position": InventionKind.ROLE,
    "department": InventionKind.ROLE,
    "role": InventionKind.ROLE,
    "score": InventionKind.CERTIFICATE,
    "grade": InventionKind.DEGREE,
}
_CODE_KINDS = {
    "employment_type": InventionKind.ROLE,
    "education_level": InventionKind.DEGREE,
    "graduation_status": InventionKind.DEGREE,
    "activity_type": InventionKind.AWARD,
}
_DATES = ("start_date", "end_date", "acquired_date")
# That an entry is new says these with it.
_OF_A_WHOLE = frozenset({*_DATES, *_CODE_KINDS})

# Words for what the codes of a school say. Codes: see the seed of the code table.
_LEVEL_WORDS = {
    "2": {"전문학사"},
    "3": {"학사", "대졸"},
    "4": {"석사"},
    "5": {"박사"},
}
_GRADUATED, _TO_GRADUATE, _COMPLETED = "1", "5", "6"


def find_inventions(
    source: ResumeDocument,
    rewritten: ResumeDocument,
    origins: Origins | None = None,
    asked: Collection[str] = (),
) -> list[Invention]:
    """Return what a rewritten résumé states and its source does not, in the order of its sections.

    `origins` says which source entry each rewritten entry was made from; without it, names and
    dates tell. A fact is looked for in the entry it was made from, and in the sentences of the
    introduction that tell of that entry: a figure that moved to another entry is an invention. The
    title and the introduction may state what any part of the source states. `asked` are names of
    technologies in a posting, which no vocabulary has to know.

    The time it takes grows with the length of the texts and no faster.
    """
    origins = origins or origins_of(source, rewritten)
    return list(_Comparison(source, rewritten, origins, names_of(asked)).run())


class _Comparison:
    def __init__(
        self,
        source: ResumeDocument,
        rewritten: ResumeDocument,
        origins: Origins,
        asked: re.Pattern[str] | None,
    ) -> None:
        self.asked = asked
        self.source = source
        self.rewritten = rewritten
        self.origins = origins
        self._stated: dict[tuple[Section, int], Stated] = {}

    def run(self) -> Iterator[Invention]:
        for section, field in (
            (Section.BASICS, "title"),
            (Section.BASICS, "military_service"),
            (Section.INTRODUCTION, "introduction"),
        ):
            for kind, words in self._added(self.everything, self.rewritten, self.source, field):
                yield Invention(kind, words, section, None, field)
        for section in NAMES:
            for index, entry in enumerate(getattr(self.rewritten, section)):
                yield from self._of_entry(section, index, entry)
        listed = self.rewritten.technology_stacks
        for kind, words in self._technologies(
            self.everything, listed, self.source.technology_stacks
        ):
            place = listed.index(words)
            yield Invention(kind, words, Section.TECHNOLOGY_STACKS, place, "title")

    @cached_property
    def everything(self) -> Stated:
        stated = self._read(
            [self.source.title, self.source.military_service, self.source.introduction],
            [],
        )
        for section in NAMES:
            for index in range(len(getattr(self.source, section))):
                own = self._own(section, index)
                stated.texts += own.texts
                stated.days += own.days
                stated.derived |= own.derived
        stated.texts += [Read(title) for title in self.source.technology_stacks]
        return stated

    @cached_property
    def _told(self) -> dict[str, list[Read]]:
        """The sentences of the introduction by the name of the entry that they tell of.

        A sentence tells of the entries that it names, or else of those named last.
        """
        names = {
            company_key(getattr(entry, name))
            for section, name in NAMES.items()
            for entry in getattr(self.source, section)[:MAX_NAMES]
        }
        told: dict[str, list[Read]] = defaultdict(list)
        current: list[str] = []
        for _start, sentence in sentences(self.source.introduction):
            words = compact(sentence)
            current = [name for name in names if len(name) > 1 and name in words] or current
            read = Read(sentence)
            for name in current:
                told[name].append(read)
        return told

    def _read(self, texts: list[str], entries: list[Any]) -> Stated:
        stated = Stated([Read(text) for text in texts if text])
        for entry in entries:
            stated.days += [day for name in _DATES if (day := getattr(entry, name, None))]
        return stated

    def _own(self, section: Section, index: int) -> Stated:
        """Return what an entry of the source states by itself."""
        entry = getattr(self.source, section)[index]
        # The ids of codes are no figures.
        values = [
            value
            for field, value in dict(entry).items()
            if isinstance(value, str) and field not in _CODE_KINDS
        ]
        stated = self._read([*values, *getattr(entry, "technology_stacks", [])], [entry])
        start, end = getattr(entry, "start_date", None), getattr(entry, "end_date", None)
        if start and end and end >= start:
            stated.lengths.append(months_between(start, end))
        if section == Section.EDUCATIONS:
            stated.derived |= _school_words(entry.education_level, entry.graduation_status)
        if section == Section.EXPERIENCES and entry.employment_type == "1":
            stated.derived.add("정규직")
        if getattr(entry, "activity_type", "") == "3":
            stated.derived.add("수상")
        return stated

    def _of_origin(self, section: Section, index: int) -> Stated:
        """Return what a rewritten entry may state: its source entry, and the story about it."""
        key = (section, index)
        if key not in self._stated:
            stated = self._own(section, index)
            entry = getattr(self.source, section)[index]
            name = company_key(getattr(entry, NAMES[section]))
            stated.texts += self._told.get(name, [])
            self._stated[key] = stated
        return self._stated[key]

    def _of_entry(self, section: Section, index: int, entry: Any) -> Iterator[Invention]:
        places = self.origins.get(section, ())
        origin = places[index] if index < len(places) else None
        name = NAMES[section]
        if origin is None:
            kind = _ENTRY_KINDS.get(section, InventionKind.ENTRY)
            words = getattr(entry, name) or str(section.label)
            yield Invention(kind, words, section, index, name)
            stated, old = self.everything, type(entry)()
        else:
            stated, old = self._of_origin(section, origin), getattr(self.source, section)[origin]
        for field in type(entry).model_fields:
            if origin is None and (field in _OF_A_WHOLE or field == name):
                continue
            for kind, words in self._of_field(stated, entry, old, field):
                yield Invention(kind, words, section, index, field)

    def _of_field(
        self, stated: Stated, entry: Any, old: Any, field: str
    ) -> Iterator[tuple[InventionKind, str]]:
        if field in _DATES:
            yield from _moved_date(entry, old, field)
        elif field in _CODE_KINDS:
            if getattr(entry, field) not in ("", getattr(old, field)):
                yield _CODE_KINDS[field], getattr(entry, field)
        elif field == "technology_stacks":
            yield from self._technologies(stated, entry.technology_stacks, old.technology_stacks)
        elif field == "link":
            if entry.link and link_key(entry.link) not in {link_key(old.link), *stated.links}:
                yield InventionKind.LINK, entry.link
        else:
            yield from self._added(stated, entry, old, field)

    def _added(
        self, stated: Stated, entry: Any, old: Any, field: str
    ) -> Iterator[tuple[InventionKind, str]]:
        """Yield what a text adds to what is stated, each thing once."""
        text: str = getattr(entry, field)
        before: str = getattr(old, field)
        if not text or text == before:
            return
        read = Read(text)
        facts = islice(added_facts(read, stated, self.everything, self.asked), MAX_OF_ONE_FIELD)
        found = dict.fromkeys((kind, read.original(start, end)) for kind, start, end in facts)
        yield from found
        kind = _NAME_KINDS.get(field)
        if isinstance(entry, QualificationEntry) and field == "title":
            kind = InventionKind.CERTIFICATE
        if kind and not found and not _keeps_name(text, before, stated):
            yield kind, text

    def _technologies(
        self, stated: Stated, titles: Iterable[str], before: Iterable[str]
    ) -> Iterator[tuple[InventionKind, str]]:
        listed = {compact(title) for title in before}
        for title in titles:
            read = Read(title)
            known = [stated.knows_name(name.key) for name in read.unknown_names]
            known += [mention.skill.name in stated.skills for mention in read.skills]
            if compact(title) in listed or (known and all(known)):
                continue
            if known or compact(title) not in stated.compact:
                yield InventionKind.TECHNOLOGY, title


def _moved_date(entry: Any, old: Any, field: str) -> Iterator[tuple[InventionKind, str]]:
    now: date | None = getattr(entry, field)
    then: date | None = getattr(old, field)
    if now and (then is None or (now.year, now.month) != (then.year, then.month)):
        yield InventionKind.PERIOD, month_text(now)
    elif now is None and then is not None and field == "end_date" and entry.start_date:
        yield InventionKind.PERIOD, period_text(entry.start_date, None)


def _keeps_name(text: str, before: str, stated: Stated) -> bool:
    """Return whether the words of a name all stand in the source, however they are set."""
    if company_key(text) == company_key(before):
        return True
    return all(compact(word) in stated.compact for word in text.replace("/", " ").split())


def _school_words(level: str, status: str) -> set[str]:
    words = set(_LEVEL_WORDS.get(level, ())) if status == _GRADUATED else set()
    if status == _GRADUATED:
        words.add("졸업")
    if status == _TO_GRADUATE:
        words.add("졸업예정")
    if status in (_GRADUATED, _COMPLETED):
        words.add("수료")
    return words
