"""What there is to learn: lessons by the skills of the vocabulary, and what comes before what.

`curricula/` holds the lessons and names its sources, `barred.json` what no study alone gives. Hours
are estimates of our own, right in their order of magnitude: study and exercises of somebody who
knows what comes before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from feedback.matching.levels import Degree
from studyguides.reasons import Reason

FOLDER = Path(__file__).resolve().parent
CURRICULA = FOLDER / "curricula"
BARRED = FOLDER / "barred.json"

MIN_HOURS, MAX_HOURS = 1, 300
KEYWORD_LENGTH = 50
CHECK_LENGTH = 500
MAX_CHECKS = 3

Topic = Annotated[str, Field(min_length=1, max_length=KEYWORD_LENGTH)]
Check = Annotated[str, Field(min_length=1, max_length=CHECK_LENGTH)]
Topics = Annotated[tuple[Topic, ...], Field(min_length=1, max_length=8)]
Checks = Annotated[tuple[Check, ...], Field(min_length=1, max_length=MAX_CHECKS)]


class Level(TextChoices):
    """How far a lesson leads."""

    BASIC = "basic", _("기초")
    WORKING = "working", _("실무")
    EXAM = "exam", _("시험")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(_Frozen):
    """What a lesson says in one language: topics in the order to learn them, and check questions.

    A check question asks for something to do, so that one knows whether it is learnt.
    """

    name: str
    topics: Topics
    checks: Checks


class Lesson(_Frozen):
    """How one skill is learnt: after which others, in how many hours, and up to which level.

    `degree` is the lowest one that an exam asks of those who may sit it.
    """

    skill: str
    after: tuple[str, ...] = ()
    hours: Annotated[int, Field(ge=MIN_HOURS, le=MAX_HOURS)]
    level: Level
    degree: Degree | None = None
    topics: Topics
    checks: Checks
    en: Texts | None = None

    def texts(self, language: str | None) -> Texts:
        """Return what it says in a language; those added by staff speak Korean alone."""
        if language == "en" and self.en:
            return self.en
        return Texts(name=self.skill, topics=self.topics, checks=self.checks)


class CycleError(ValueError):
    """Lessons that each ask for the other first; `skills` names them."""

    def __init__(self, skills: tuple[str, ...]) -> None:
        super().__init__(" → ".join(skills))
        self.skills = skills


@dataclass(frozen=True)
class Graph:
    """All lessons by their skills, and the skills that no study gives, with the reason."""

    lessons: Mapping[str, Lesson]
    barred: Mapping[str, Reason]

    def with_lessons(self, lessons: Iterable[Lesson]) -> Graph:
        """Return the graph in which these lessons stand in place of those of their skills.

        What has a lesson is not barred.
        """
        added = {lesson.skill: lesson for lesson in lessons}
        barred = {skill: why for skill, why in self.barred.items() if skill not in added}
        return Graph({**self.lessons, **added}, barred)

    def leading_to(self, skill: str, known: frozenset[str]) -> list[str]:
        """Return the skills to learn up to one, that one last: each after all it asks for.

        What is `known` is left out, with all that leads to it. Raises CycleError.
        """
        order: list[str] = []
        self._visit(skill, known, order, ())
        return order

    def _visit(
        self, skill: str, known: frozenset[str], order: list[str], path: tuple[str, ...]
    ) -> None:
        if skill in path:
            raise CycleError((*path[path.index(skill) :], skill))
        if skill in order or (skill in known and path):
            return
        lesson = self.lessons.get(skill)
        for before in lesson.after if lesson else ():
            self._visit(before, known, order, (*path, skill))
        order.append(skill)

    def check(self) -> None:
        """Raise CycleError where lessons ask for each other."""
        for skill in self.lessons:
            self.leading_to(skill, frozenset())


@cache
def reviewed() -> Graph:
    """Return the graph of the files."""
    lessons = (Lesson.model_validate(entry) for file in files() for entry in file["entries"])
    named: dict[str, list[str]] = json.loads(BARRED.read_text(encoding="utf-8"))
    barred = {skill: Reason(reason) for reason, skills in named.items() for skill in skills}
    return Graph({lesson.skill: lesson for lesson in lessons}, barred)


def files() -> Iterator[dict[str, Any]]:
    """Yield each file of lessons with its sources, as it is written."""
    for path in sorted(CURRICULA.glob("*.json")):
        yield json.loads(path.read_text(encoding="utf-8"))
