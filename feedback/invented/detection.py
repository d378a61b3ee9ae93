"""Holds a rewritten résumé against its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from feedback.invented.invention import Invention, InventionKind
from feedback.invented.origins import NAMES, Origins, origins_of
from feedback.invented.plain import compact, company_key
from feedback.invented.quantities import Quantity, joined
from feedback.invented.source import Read, Stated
from feedback.invented.technologies import link_key
from resumes.document import ResumeDocument, Section
from resumes.periods import month_text, months_between

# What may be told of one field; a page shows no more, and a hostile text yields no more either.
MAX_OF_ONE_FIELD = 50

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
_TEXTS = ("description", "title", "role")

# Words for what the codes of a school say. Codes: see the seed of the code table.
_LEVEL_WORDS = {
    "2": {"전문학사"},
    "3": {"학사", "대졸"},
    "4": {"석사"},
    "5": {"박사"},
}
_GRADUATED, _TO_GRADUATE, _COMPLETED = "1", "5", "6"


def find_inventions(
    source: ResumeDocument, rewritten: ResumeDocument, origins: Origins | None = None
) -> list[Invention]:
    """Return what a rewritten résumé states and its source does not, in the order of its sections.

    `origins` says which source entry each rewritten entry was made from; without it, names and
    dates tell. A fact is looked for in the entry it was made from, and in the paragraphs of the
    introduction that name that entry: a figure that moved to another entry is an invention. The
    title and the introduction may state what any part of the source states.

    The time it takes grows with the length of the texts and no faster.
    """
    return list(_Comparison(source, rewritten, origins or origins_of(source, rewritten)).run())


class _Comparison:
    def __init__(self, source: ResumeDocument, rewritten: ResumeDocument, origins: Origins) -> None:
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
            yield from self._added(
                self.everything, section, None, self.rewritten, self.source, field
            )
        for section in NAMES:
            for index, entry in enumerate(getattr(self.rewritten, section)):
                yield from self._of_entry(section, index, entry)
        known = {compact(title) for title in self.source.technology_stacks}
        for index, title in enumerate(self.rewritten.technology_stacks):
            if compact(title) not in known:
                yield from self._technology(
                    self.everything, title, Section.TECHNOLOGY_STACKS, index, "title"
                )

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
    def _paragraphs(self) -> list[tuple[str, Read]]:
        lines = [line for line in self.source.introduction.splitlines() if line.strip()]
        return [(compact(line), Read(line)) for line in lines]

    def _read(self, texts: list[str], entries: list[Any]) -> Stated:
        stated = Stated([Read(text) for text in texts if text])
        for entry in entries:
            stated.days += [day for name in _DATES if (day := getattr(entry, name, None))]
        return stated

    def _own(self, section: Section, index: int) -> Stated:
        """Return what an entry of the source states by itself."""
        entry = getattr(self.source, section)[index]
        values = [value for value in dict(entry).values() if isinstance(value, str)]
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
            if len(name) > 1:
                stated.texts += [read for words, read in self._paragraphs if name in words]
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
            if field in _DATES:
                if origin is not None:
                    yield from self._date(section, index, entry, old, field)
            elif field in _CODE_KINDS:
                if origin is not None and getattr(entry, field) not in ("", getattr(old, field)):
                    kind = _CODE_KINDS[field]
                    yield Invention(kind, getattr(entry, field), section, index, field)
            elif field == "technology_stacks":
                known = {compact(title) for title in old.technology_stacks}
                for title in entry.technology_stacks:
                    if compact(title) not in known:
                        yield from self._technology(stated, title, section, index, field)
            elif field == "link":
                link = entry.link
                if link and link_key(link) not in {link_key(old.link), *stated.links}:
                    yield Invention(InventionKind.LINK, link, section, index, field)
            elif not (origin is None and field == name):
                yield from self._added(stated, section, index, entry, old, field)

    def _date(
        self, section: Section, index: int, entry: Any, old: Any, field: str
    ) -> Iterator[Invention]:
        now: date | None = getattr(entry, field)
        then: date | None = getattr(old, field)
        if now and (then is None or (now.year, now.month) != (then.year, then.month)):
            yield Invention(InventionKind.PERIOD, month_text(now), section, index, field)
        elif now is None and then is not None and field == "end_date" and entry.start_date:
            yield Invention(InventionKind.PERIOD, "현재", section, index, field)

    def _added(
        self, stated: Stated, section: Section, index: int | None, entry: Any, old: Any, field: str
    ) -> Iterator[Invention]:
        """Yield what a text adds to what is stated."""
        text: str = getattr(entry, field)
        before: str = getattr(old, field)
        if not text or text == before:
            return
        read, seen = Read(text), set()
        found = [*self._facts(stated, read)]
        kind = _NAME_KINDS.get(field)
        if kind and not found and not _keeps_name(text, before, stated):
            found = [(kind, text)]
        elif field == "title" and section == Section.QUALIFICATIONS and not found:
            if not _keeps_name(text, before, stated):
                found = [(InventionKind.CERTIFICATE, text)]
        for kind_found, words in found[: 10 * MAX_OF_ONE_FIELD]:
            if (kind_found, words) not in seen and len(seen) < MAX_OF_ONE_FIELD:
                seen.add((kind_found, words))
                yield Invention(kind_found, words, section, index, field)

    def _facts(self, stated: Stated, read: Read) -> Iterator[tuple[InventionKind, str]]:
        for written in read.dates:
            if (written.year, written.month) not in stated.months:
                yield InventionKind.PERIOD, written.text
        for quantity in joined(read.quantities):
            if quantity.native_one:
                continue
            if kind := stated.objection(quantity):
                yield kind, quantity.text
        yield from _turned_round(stated, read)
        named: list[str] = []
        for word in read.words:
            if not self._knows(stated, word.key, word.kind, pending=word.pending):
                named.append(compact(word.text))
                yield word.kind, word.text
        for key, written_name in read.names:
            if not stated.knows_name(key) and not any(key in words for words in named):
                yield InventionKind.TECHNOLOGY, written_name
        for key, link in read.links:
            if key not in stated.links:
                yield InventionKind.LINK, link

    def _knows(self, stated: Stated, key: str, kind: InventionKind, *, pending: bool) -> bool:
        # Names of places may come from anywhere in the résumé, ranks and awards only from the entry.
        anywhere = kind in (InventionKind.COMPANY, InventionKind.SCHOOL, InventionKind.DEGREE)
        scope = self.everything if anywhere or kind == InventionKind.CERTIFICATE else stated
        if key in scope.pending:
            return pending or not scope.pending[key]
        if key.startswith("major "):
            return key.removeprefix("major ") in scope.compact
        return kind not in (InventionKind.DEGREE,) and len(key) > 2 and key in scope.compact

    def _technology(
        self, stated: Stated, title: str, section: Section, index: int, field: str
    ) -> Iterator[Invention]:
        names = list(Read(title).names)
        known = compact(title) in stated.compact or (
            bool(names) and all(stated.knows_name(key) for key, _ in names)
        )
        if not known:
            yield Invention(InventionKind.TECHNOLOGY, title, section, index, field)


def _keeps_name(text: str, before: str, stated: Stated) -> bool:
    """Return whether the words of a name all stand in the source, however they are set."""
    if company_key(text) == company_key(before):
        return True
    return all(compact(word) in stated.compact for word in text.replace("/", " ").split())


def _turned_round(stated: Stated, read: Read) -> Iterator[tuple[InventionKind, str]]:
    """Yield the pairs of figures whose "from" and "to" changed places."""
    known = {pair for source in stated.texts for pair in _pairs(source)}
    for pair, words in _pairs(read).items():
        if pair not in known and pair[::-1] in known:
            yield InventionKind.FIGURE, words


def _pairs(read: Read) -> dict[tuple[Any, Any], str]:
    def key(quantity: Quantity) -> tuple[Any, str]:
        return quantity.value, quantity.unit

    return {
        (key(first), key(second)): second.text
        for first, second in pairwise(read.quantities)
        if first.value != second.value and _compares(read.plain, first, second)
    }


def _compares(text: str, first: Quantity, second: Quantity) -> bool:
    between = text[first.end : second.start]
    return len(between) < 25 and any(word in between for word in ("에서", "→", "->", "이던"))


def _school_words(level: str, status: str) -> set[str]:
    words = set(_LEVEL_WORDS.get(level, ())) if status == _GRADUATED else set()
    if status == _GRADUATED:
        words.add("졸업")
    if status == _TO_GRADUATE:
        words.add("졸업예정")
    if status in (_GRADUATED, _COMPLETED):
        words.add("수료")
    return words
