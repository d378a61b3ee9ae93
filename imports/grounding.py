"""What of a résumé stands in the text that it was read out of, and which lines stand nowhere in it.

Whatever reader has read: what is not in the text is dropped, so that nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar
from unicodedata import category

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import translation

from gaechwi.codes.models import Code
from imports.basics import EMAIL, PHONE
from imports.headings import basic_label_of, column_of, is_chapter, section_of
from imports.lines import is_furniture
from imports.naming import (
    activity_type_of,
    employment_type_of,
    gender_of,
    graduation_status_of,
    level_of,
)
from imports.periods import days_in, periods_in, without_period
from postings.lines import cleaned, read_lines
from resumes.document import (
    ActivityEntry,
    EducationEntry,
    Entry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
)
from resumes.fields import FIRST_DAY, LAST_DAY, MAX_TECHNOLOGIES, TECHNOLOGY_MAX_LENGTH
from resumes.forms import MAX_ENTRIES
from resumes.models import Resume, phone_validator, web_validator
from resumes.services import SECTION_MODELS

EntryT = TypeVar("EntryT", bound=Entry)

# What tells which code some words stand for, by the fields that have one.
_CODE_OF: dict[str, Callable[[str], str]] = {
    "gender": gender_of,
    "employment_type": employment_type_of,
    "graduation_status": graduation_status_of,
    "education_level": level_of,
    "activity_type": activity_type_of,
}
_NAMED_BY = {
    "experiences": "company",
    "educations": "school",
    "projects": "title",
    "activities": "title",
    "qualifications": "title",
}
# What the columns of a table may be called after.
_COLUMNS = frozenset(
    name
    for entry in (
        ExperienceEntry,
        EducationEntry,
        ProjectEntry,
        ActivityEntry,
        QualificationEntry,
    )
    for name in entry.model_fields
)
_WORDS = re.compile(r"[0-9A-Za-z가-힣]+(?:[.+#'&/-][0-9A-Za-z가-힣]+)*[+#]{0,2}")
_PICTURES = frozenset(("So", "Sk", "Co", "Cn", "Cs"))
_MARK = re.compile(r"\A\s{0,8}[-•·*]\s")
# What stands around a heading.
_EDGES = re.compile(r"\A[^\w]{1,10}|[^\w)]{1,10}\Z")
_VALIDATORS: dict[str, Any] = {
    "email": EmailValidator(),
    "phone": phone_validator,
    "link": web_validator,
}


def squeezed(text: str) -> str:
    """Return a text as it is looked for: without white space, which layouts add and drop.

    Pictographs are left out, too: few fonts have them, and nothing is said by them alone.
    """
    return "".join(
        letter for letter in "".join(cleaned(text).split()) if category(letter) not in _PICTURES
    )


def with_said_codes(document: ResumeDocument, text: str) -> ResumeDocument:
    """Return a document that a file encloses, with those of its codes whose words its text says.

    The rules find codes by words of the text; what is enclosed may say anything.
    """
    whole = squeezed(text)

    def is_said(division: str, code: str) -> bool:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words = squeezed(Code.objects.detail(division, code))
            if words and words in whole:
                return True
        return False

    def said(entry: dict[str, Any]) -> dict[str, Any]:
        return {
            name: "" if name in _CODE_OF and value and not is_said(name, value) else value
            for name, value in entry.items()
        }

    values = said(document.model_dump())
    for section in SECTION_MODELS:
        values[section] = [said(entry) for entry in values[section]]
    return ResumeDocument.model_validate(values)


def grounded(document: ResumeDocument, text: str) -> ResumeDocument:
    """Return what of a document stands in a text and can be kept as a résumé.

    Words must stand there however the spaces run, texts line by line; days must be named there. A
    code says what words of the text stand for: the rules find it, or `with_said_codes` looks.
    """
    return _Ground(text).document(document)


class _Ground:
    def __init__(self, text: str) -> None:
        self._text = squeezed(text)
        self._days = days_in(cleaned(text))

    def document(self, document: ResumeDocument) -> ResumeDocument:
        values: dict[str, Any] = self._fields(document, Resume)
        for section, model in SECTION_MODELS.items():
            entries = [self._entry(entry, model) for entry in getattr(document, section)]
            named = [entry for entry in entries if entry.get(_NAMED_BY[section])]
            values[section] = named[:MAX_ENTRIES]
        technologies = self._technologies(document.technology_stacks)
        return ResumeDocument(**{**values, "technology_stacks": technologies})

    def _entry(self, entry: Entry, model: type[Any]) -> dict[str, Any]:
        values = self._fields(entry, model)
        start, end = values.get("start_date"), values.get("end_date")
        lost_end = getattr(entry, "end_date", None) is not None and end is None
        # Without its end, a period would read as one that goes on.
        if lost_end or (start and end and start > end):
            values.pop("start_date", None)
            values.pop("end_date", None)
        if "technology_stacks" in values:
            values["technology_stacks"] = self._technologies(values["technology_stacks"])
        return values

    def _fields(self, entry: Entry, model: type[Any]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, value in entry:
            if isinstance(value, date):
                if value in self._days and FIRST_DAY <= value <= LAST_DAY:
                    values[name] = value
            elif name in _CODE_OF or (name == "technology_stacks" and value):
                values[name] = value
            elif isinstance(value, str) and value:
                kept = self._standing(value)
                if kept and self._fits(name, kept, model):
                    values[name] = kept
        return values

    def _standing(self, value: str) -> str:
        # A mark before a line is no word of it: layouts draw their own.
        lines = [
            line
            for line in value.split("\n")
            if not line or squeezed(_MARK.sub("", line)) in self._text
        ]
        return "\n".join(lines).strip()

    @staticmethod
    def _fits(name: str, value: str, model: type[Any]) -> bool:
        limit = model._meta.get_field(name).max_length
        if limit is not None and len(value) > limit:
            return False
        if name in _VALIDATORS:
            try:
                _VALIDATORS[name](value)
            except ValidationError:
                return False
        return True

    def _technologies(self, titles: list[str]) -> list[str]:
        kept = [
            title
            for title in titles
            if len(title) <= TECHNOLOGY_MAX_LENGTH and squeezed(title) in self._text
        ]
        return kept[:MAX_TECHNOLOGIES]


def unplaced(text: str, document: ResumeDocument) -> list[str]:
    """Return the lines of a text that say something which stands nowhere in a document."""
    placed = _Placed(document)
    lines = (line.words for line in read_lines(text))
    return list(dict.fromkeys(words for words in lines if not placed.holds(words)))


class _Placed:
    """What a document holds, as lines of its text are looked for in it."""

    def __init__(self, document: ResumeDocument) -> None:
        values = list(_texts(document))
        self._values = "\n".join(squeezed(value) for value in values)
        self._lower_values = self._values.lower()
        self._words = {word.lower() for value in values for word in _WORDS.findall(value)}
        self._days = set(_days(document))
        self._periods = set(_periods(document))
        self._but_descriptions = "\n".join(
            squeezed(value) for value in _texts(document, descriptions=False)
        )
        self._codes = set(_codes(document))

    def holds(self, line: str) -> bool:
        words = squeezed(line)
        if words in self._but_descriptions or is_furniture(line):
            return True
        # A period is that of an entry, or else its line was only swallowed by a description.
        if any(
            one.is_range and (one.start, one.end) not in self._periods for one in periods_in(line)
        ):
            return False
        if words in self._values:
            return True
        bare = _EDGES.sub("", line)
        if section_of(bare) or is_chapter(bare) or self._is_head(line):
            return True
        # Days are compared as days, the other words one by one.
        for found in periods_in(line):
            days = {day for day in (found.start, found.end) if day}
            if not days <= self._days or (found.is_range and not days):
                return False
        rest = EMAIL.sub(self._if_lost, PHONE.sub(self._if_lost, without_period(line)))
        return all(
            self._has(word, rest) for word in re.split(r"[\t|,/·()\[\]:：\s]+", rest) if word
        )

    def _if_lost(self, match: re.Match[str]) -> str:
        return "" if squeezed(match[0]) in self._values else "\0lost"

    def _has(self, piece: str, rest: str) -> bool:
        words = [word.lower() for word in _WORDS.findall(piece)]
        return (
            all(
                word in self._words
                or (len(word) > 2 and word in self._lower_values)
                or self._is_label(word)
                or self._is_code(word)
                for word in words
            )
            and "\0" not in piece
        )

    @staticmethod
    def _is_head(line: str) -> bool:
        """Return whether a line is the first row of a table, which names its columns."""
        cells = line.split("\t")
        return len(cells) > 1 and all(column_of(cell, _COLUMNS) for cell in cells)

    @staticmethod
    def _is_label(word: str) -> bool:
        label = basic_label_of(word)
        return (
            (label is not None and label != "other")
            or section_of(word) is not None
            or column_of(word, _COLUMNS) not in (None, "other")
            or word
            in ("현재", "재직중", "재직", "중", "present", "now", "만", "년", "월", "점", "및")
        )

    def _is_code(self, word: str) -> bool:
        return len(word) < 8 and any(
            (code := code_of(word)) and (field, code) in self._codes
            for field, code_of in _CODE_OF.items()
        )


def _texts(document: ResumeDocument, *, descriptions: bool = True) -> list[str]:
    texts: list[str] = []
    for _name, value in document:
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, str):
                    texts.append(item)
                else:
                    left_out = () if descriptions else ("description",)
                    texts += [
                        v
                        for n, v in item
                        if isinstance(v, str) and n not in _CODE_OF and n not in left_out
                    ]
                    texts += getattr(item, "technology_stacks", [])
    return [text for text in texts if text]


def _days(document: ResumeDocument) -> list[date]:
    days = [document.birth_date]
    for section in SECTION_MODELS:
        days += [
            v for entry in getattr(document, section) for _n, v in entry if isinstance(v, date)
        ]
    return [day for day in days if day]


def _periods(document: ResumeDocument) -> Iterator[tuple[date | None, date | None]]:
    for section in SECTION_MODELS:
        for entry in getattr(document, section):
            yield getattr(entry, "start_date", None), getattr(entry, "end_date", None)


def _codes(document: ResumeDocument) -> Iterator[tuple[str, str]]:
    yield "gender", document.gender
    for section in SECTION_MODELS:
        for entry in getattr(document, section):
            yield from ((name, value) for name, value in entry if name in _CODE_OF)
