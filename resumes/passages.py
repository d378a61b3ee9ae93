"""A résumé's words cut into stretches that a page can mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from resumes.document import Passage, ResumeDocument


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end` of a passage, to be marked with a number and a kind of mark."""

    passage: Passage
    start: int
    end: int
    number: int
    kind: str


@dataclass(frozen=True)
class Stretch:
    """Words that bear the same marks; `opens` are those that begin here."""

    text: str
    marks: tuple[Mark, ...] = ()
    opens: tuple[Mark, ...] = ()


Stretches = dict[tuple[str, int | None, str], list[Stretch]]


def cut(document: ResumeDocument, marks: Iterable[Mark] = ()) -> Stretches:
    """Return the stretches of every passage, by (section, index, field)."""
    marks_of: dict[Passage, list[Mark]] = {}
    for mark in marks:
        marks_of.setdefault(mark.passage, []).append(mark)
    return {
        (passage.section, passage.index, passage.field): _cut(passage, marks_of.get(passage, []))
        for passage in document.passages()
    }


def _cut(passage: Passage, marks: list[Mark]) -> list[Stretch]:
    edges = sorted(
        {0, len(passage.text), *(mark.start for mark in marks), *(mark.end for mark in marks)}
    )
    return [
        Stretch(
            text=passage.text[start:end],
            marks=tuple(mark for mark in marks if mark.start <= start and end <= mark.end),
            opens=tuple(mark for mark in marks if mark.start == start),
        )
        for start, end in pairwise(edges)
    ]
