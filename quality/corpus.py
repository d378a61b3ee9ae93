"""Résumés with planted flaws and strengths, and where in them words stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from resumes.document import Passage, ResumeDocument, Section

FOLDER = Path(__file__).resolve().parent
# Written before and apart from the rules; the rules were improved by what they missed here.
RESUMES = FOLDER / "resumes"
# Written when the rules were done, and never used to improve them.
HELD_OUT = FOLDER / "holdout"


class PlantedFlaw(BaseModel):
    """One flaw put into a résumé on purpose: the check that should see it, and at which words."""

    model_config = ConfigDict(extra="forbid")

    check: str
    section: Section
    words: str
    why: str


class PlantedStrength(BaseModel):
    """Words of a résumé that a good reader would praise."""

    model_config = ConfigDict(extra="forbid")

    section: Section
    words: str
    why: str


class Case(BaseModel):
    """A résumé, the day on which it is read, and what a good reader would say of it."""

    model_config = ConfigDict(extra="forbid")

    trade: str
    reviewed_on: date
    resume: ResumeDocument
    flaws: list[PlantedFlaw]
    strengths: list[PlantedStrength]


def load(folder: Path) -> list[Case]:
    """Return the cases of a folder in the order of their file names."""
    return [
        Case.model_validate_json(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    ]


def folded(words: str) -> str:
    """Return words with every run of white space as one space."""
    return " ".join(words.split())


def passages_with(words: str, section: Section, document: ResumeDocument) -> Iterator[Passage]:
    """Yield the passages of a section in which words stand."""
    sought = folded(words)
    for passage in document.passages():
        if passage.section == section and sought in folded(passage.text):
            yield passage
