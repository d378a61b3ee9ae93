"""What a résumé says, statement by statement, ready to be compared with what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from feedback.checks.sentences import split
from feedback.matching.nouns import nouns
from feedback.matching.wishes import wants_something
from feedback.orders import is_order
from gaechwi.skills.folding import fold
from gaechwi.skills.negation import is_negated
from gaechwi.skills.vocabulary import Skill, mentions, proven_by
from resumes.document import ResumeDocument, Section

Key = tuple[Section, int | None]

_WRITTEN = frozenset({"introduction", "description"})
# Names and numbers that are no work: who went to 자바고등학교 does not know Java.
_NOT_READ = frozenset(
    {"military_service", "period", "link", "school", "grade", "agency", "acquired_date"}
)


@dataclass(frozen=True)
class Reading:
    """What a sentence speaks of, without what it denies."""

    skills: frozenset[Skill]
    words: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """A sentence, a name or a title of a résumé; `text` stands in its section, literally."""

    section: Section
    index: int | None
    text: str

    @property
    def key(self) -> Key:
        """The entry in which it stands."""
        return self.section, self.index

    @property
    def reading(self) -> Reading:
        """What it speaks of."""
        return read(self.text)


@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Return the skills that a sentence shows, with all they prove, and its other nouns."""
    folded = fold(text).text
    named = {mention.skill for mention in mentions(text) if not mention.negated}
    return Reading(
        frozenset().union(*(proven_by(skill) for skill in named)),
        frozenset(
            noun.form for noun in nouns(text) if not is_negated(folded, noun.start, noun.end)
        ),
    )


@dataclass(frozen=True)
class Evidence:
    """All statements of a résumé."""

    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, document: ResumeDocument) -> Evidence:
        """Read a résumé. What speaks to its reader instead of the work is left out."""
        return cls(tuple(s for s in _statements(document) if _tells(s.text)))

    @cached_property
    def by_entry(self) -> dict[Key, Reading]:
        """What each entry speaks of, all its statements together."""
        entries: dict[Key, Reading] = {}
        for statement in self.statements:
            known = entries.get(statement.key, _NOTHING)
            entries[statement.key] = _together(known, statement.reading)
        return entries

    @cached_property
    def whole(self) -> Reading:
        """What the résumé speaks of."""
        whole = _NOTHING
        for reading in self.by_entry.values():
            whole = _together(whole, reading)
        return whole

    def statement_of(self, skill: Skill) -> Statement | None:
        """Return the statement that shows a skill best: one of work before a mere list."""
        showing = [s for s in self.statements if skill in s.reading.skills]
        return min(showing, key=_place, default=None)


def _tells(text: str) -> bool:
    return not is_order(text) and not wants_something(text)


_NOTHING = Reading(frozenset(), frozenset())
_ORDER_OF_PROOF = (
    Section.EXPERIENCES,
    Section.PROJECTS,
    Section.QUALIFICATIONS,
    Section.ACTIVITIES,
    Section.EDUCATIONS,
    Section.TECHNOLOGY_STACKS,
    Section.INTRODUCTION,
    Section.BASICS,
)


def _place(statement: Statement) -> int:
    return _ORDER_OF_PROOF.index(statement.section)


def _together(one: Reading, other: Reading) -> Reading:
    return Reading(one.skills | other.skills, one.words | other.words)


def _statements(document: ResumeDocument) -> Iterator[Statement]:
    for passage in document.passages():
        section, index = passage.section, passage.index
        if passage.field in _NOT_READ:
            continue
        if passage.field in _WRITTEN:
            for sentence in split(passage.text):
                yield Statement(section, index, sentence.text)
        elif passage.field == "technology_stacks" and index is not None:
            # Each by itself: a word of one of them must not deny its neighbour.
            for technology in document.projects[index].technology_stacks:
                yield Statement(section, index, technology)
        else:
            yield Statement(section, index, passage.text)
