"""How much of a résumé an import finds, field by field, and what it gets wrong."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import cache

from gaechwi.jobs.models import Engine
from imports.grounding import squeezed
from imports.reading import read
from quality.corpus import HELD_OUT, RESUMES, load
from quality.layouts import LAYOUTS
from quality.layouts.writing import EMPLOYMENT, STATUS
from quality.markdown import percent, table
from resumes.document import Entry, ResumeDocument
from resumes.services import SECTION_MODELS

# The pairing of layouts with résumés that the rules were improved by, and one that they were not.
SEEN, UNSEEN = 0, 5
# Counted as it was then, with codes that no layout states among what is asked for.
FIRST_SIGHT = "81.6%"
# The layouts that there were then.
FIRST_LAYOUTS = 12
_CODED = {"employment_type": EMPLOYMENT, "graduation_status": STATUS}
_NAMED_BY = {"experiences": "company", "educations": "school"}
# What no layout writes down: it is told by words of another field, if at all.
_UNWRITTEN = frozenset(("activity_type", "education_level"))


@dataclass
class Score:
    """How many fields of each kind a file has, how many were found, and how many are wrong."""

    has: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        """Count another file in."""
        self.has += other.has
        self.found += other.found
        self.wrong += other.wrong


def comparable(value: object) -> str:
    """Return a value as two are compared: words without spaces and marks, days as months."""
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    lines = [re.sub(r"\A[-•*]\s", "", line.strip()) for line in str(value).splitlines()]
    return (
        re.sub(r"(?<!\S)[-•*]\s", "", squeezed("\n".join(lines))).replace("•", "").replace("-", "")
    )


def _written(entry: Entry) -> dict[str, str]:
    return {
        name: comparable(value)
        for name, value in entry
        if value and name not in _UNWRITTEN and not isinstance(value, list)
    }


def compare(expected: ResumeDocument, read: ResumeDocument, text: str) -> Score:
    """Return how many of the fields that a text states were found in it."""
    score = Score()
    _compare_fields("basics", _written(expected), _written(read), text, score)
    for section in SECTION_MODELS:
        there, got = getattr(expected, section), list(getattr(read, section))
        for entry in there:
            # A layout may leave out whole sections.
            if comparable(getattr(entry, _NAMED_BY.get(section, "title"))) not in text:
                continue
            match = _closest(entry, got, section)
            if match is not None:
                got.remove(match)
            said = _written(match) if match is not None else {}
            _compare_fields(section, _written(entry), said, text, score)
        for entry in got:
            _compare_fields(section, {}, _written(entry), text, score)
    there = {title.lower() for title in expected.technology_stacks}
    titles = {title.lower() for title in read.technology_stacks}
    name = "technology_stacks"
    score.has[name] += len(there)
    score.found[name] += len(there & titles)
    score.wrong[name] += len(titles - there)
    return score


def _closest(entry: Entry, got: list[Entry], section: str) -> Entry | None:
    name = _NAMED_BY.get(section, "title")

    def likeness(other: Entry) -> float:
        one, two = squeezed(getattr(entry, name)), squeezed(getattr(other, name))
        return SequenceMatcher(None, one, two).ratio() + (one == two)

    best = max(got, key=likeness, default=None)
    return best if best is not None and likeness(best) > 0.5 else None


def _compare_fields(
    section: str, expected: dict[str, str], said: dict[str, str], text: str, score: Score
) -> None:
    for name, value in expected.items():
        key = f"{section}.{name}"
        # A layout need not state everything that the résumé has.
        if said.get(name) == value:
            score.has[key] += 1
            score.found[key] += 1
        elif _is_stated(name, value, text):
            score.has[key] += 1
    for name, value in said.items():
        if value != expected.get(name):
            score.wrong[f"{section}.{name}"] += 1


def _is_stated(name: str, value: str, text: str) -> bool:
    if name == "birth_date":
        year, month = value.split("-")
        return f"{year}.{month}" in text or f"{year}{month}" in text
    if name == "gender":
        return "성별" in text or "Gender" in text or "생|" in text
    if name in _CODED:
        return _CODED[name][value] in text
    return name.endswith("_date") or value in text


@cache
def scores(pairing: int) -> dict[str, Score]:
    """Return the score of each layout, filled with the résumé so many places further on."""
    resumes = [case.resume for case in (*load(RESUMES), *load(HELD_OUT))]
    return {
        name: _score(kind, resume, written(resume))
        for place, (name, kind, written) in enumerate(LAYOUTS)
        for resume in (resumes[(place + pairing) % len(resumes)],)
    }


def total(pairing: int, layouts: int | None = None) -> Score:
    """Return the score of all layouts together, or of the first ones."""
    whole = Score()
    for score in list(scores(pairing).values())[:layouts]:
        whole.add(score)
    return whole


def _score(kind: str, resume: ResumeDocument, data: bytes) -> Score:
    reading = read(kind, data, Engine.OFFLINE)
    text = comparable(reading.text)
    return compare(resume, reading.document or ResumeDocument(), text)


def recall() -> str:
    """Return the section about imports."""
    whole, unseen = total(SEEN), total(UNSEEN)
    head = ["found", "of", "recall", "wrong"]

    def row(found: int, has: int, wrong: int) -> tuple[object, ...]:
        return found, has, percent(found, has), wrong

    by_file = table(
        ["file", *head, "others: recall"],
        [
            (
                name,
                *row(score.found.total(), score.has.total(), score.wrong.total()),
                percent(other.found.total(), other.has.total()),
            )
            for (name, score), other in zip(
                scores(SEEN).items(), scores(UNSEEN).values(), strict=True
            )
        ],
    )
    by_field = table(
        ["field", *head],
        [
            (f"`{key}`", *row(whole.found[key], whole.has[key], whole.wrong[key]))
            for key in sorted(whole.has | whole.wrong)
        ],
    )
    found, has = whole.found.total(), whole.has.total()
    others = unseen.found.total(), unseen.has.total()
    first = total(SEEN, FIRST_LAYOUTS)
    return f"""## Imported résumés

Résumés of the corpus, each laid out as another person would or in another format
(`quality/layouts/`), are imported by the rules alone. A field counts as found when its whole value
is that of the résumé, however the spaces run; days are compared as months, which is what layouts
state. What a layout leaves out is not asked for. Wrong is a value that the résumé does not have in
that field; every one of them still stands in the file, since nothing else can be imported.

**{percent(found, has)}** of {has} fields are found, {whole.wrong.total()} values are wrong.
At the first sight of the first twelve files it was {FIRST_SIGHT}, and the rules were improved by
what they missed, to {percent(first.found.total(), first.has.total())}. The last four have the room
between lines and paragraphs that word processors leave, and the tables of the stationer's form.
With other résumés in the same layouts, which were not used for that, it is
**{percent(*others)}** of {others[1]}, {unseen.wrong.total()} wrong. Layouts that nobody thought of
are read worse than all of these.

{by_file}

{by_field}"""
