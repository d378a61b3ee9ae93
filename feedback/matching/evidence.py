"""What a résumé says, statement by statement, ready to be compared with what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from feedback.checks.sentences import whole_sentences
from feedback.matching.copies import NOTHING, Posted
from feedback.matching.levels import Mark
from feedback.matching.majors import Majors
from feedback.matching.nouns import nouns
from feedback.matching.telling import tells_of_work
from feedback.placeholders import beside_placeholders
from gaechwi.skills.folding import fold
from gaechwi.skills.negation import is_negated
from gaechwi.skills.vocabulary import Skill, shown_by
from resumes.document import ResumeDocument, Section

Key = tuple[Section, int | None]

_WRITTEN = frozenset({"introduction", "description"})
# Names and numbers that are no work: who went to 자바고등학교 does not know Java.
_NOT_READ = frozenset(
    {"military_service", "period", "link", "school", "grade", "agency", "acquired_date"}
)
# Where skills are listed and claimed, and nothing is told of their use.
LISTED = frozenset({Section.TECHNOLOGY_STACKS, Section.INTRODUCTION, Section.BASICS})


@dataclass(frozen=True)
class Reading:
    """What a sentence speaks of, without what it denies."""

    skills: frozenset[Skill]
    words: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """A sentence, a name or a title of a résumé; `text` stands in its section, literally.

    `is_of_work` tells that it stands where something was done, rather than listed or claimed, and
    that it is no copy of the posting.
    """

    section: Section
    index: int | None
    text: str
    reading: Reading
    is_of_work: bool

    @classmethod
    def of(
        cls, section: Section, index: int | None, text: str, posted: Posted = NOTHING
    ) -> Statement:
        """Return a statement with what it speaks of, which every item of a posting asks for."""
        of_work = section not in LISTED and not posted.is_copied_in(text)
        return cls(section, index, text, read(text), of_work)

    @property
    def key(self) -> Key:
        """The entry in which it stands."""
        return self.section, self.index


# For what is matched more than once, in the prompt and out of it; a statement keeps its own.
@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Return the skills that a sentence shows, with all they prove, and its other nouns."""
    folded = fold(text).text
    return Reading(
        shown_by(text),
        frozenset(
            noun.form for noun in nouns(text) if not is_negated(folded, noun.start, noun.end)
        ),
    )


@dataclass(frozen=True)
class Evidence:
    """All statements of a résumé: as many as its fields hold, since a limit would be a loss."""

    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, document: ResumeDocument, posted: Posted = NOTHING) -> Evidence:
        """Read a résumé. What speaks to or as its reader instead of the work is left out."""
        return cls(tuple(s for s in _statements(document, posted) if tells_of_work(s.text)))

    @cached_property
    def of_work(self) -> Evidence:
        """The statements that tell of something done."""
        return Evidence(tuple(s for s in self.statements if s.is_of_work))

    @cached_property
    def by_entry(self) -> dict[Key, Reading]:
        """What each entry speaks of, all its statements together."""
        readings: dict[Key, list[Reading]] = {}
        for statement in self.statements:
            readings.setdefault(statement.key, []).append(statement.reading)
        return {key: _together(of_entry) for key, of_entry in readings.items()}

    @cached_property
    def texts(self) -> dict[Key, str]:
        """What each entry says: the points of a test stand beside its name."""
        texts: dict[Key, list[str]] = {}
        for statement in self.statements:
            texts.setdefault(statement.key, []).append(statement.text)
        return {key: "\n".join(of_entry) for key, of_entry in texts.items()}

    @cached_property
    def whole(self) -> Reading:
        """What the résumé speaks of."""
        return _together(self.by_entry.values())

    def statement_of(self, skill: Skill, mark: Mark | None = None) -> Statement | None:
        """Return the statement that shows a skill best: one of work before a mere list.

        With a mark, only where the entry says that it was reached.
        """
        showing = self._showing.get(skill, [])
        if mark is not None:
            showing = [s for s in showing if mark.is_reached(self.texts[s.key])]
        return min(showing, key=_place, default=None)

    def school_of(self, majors: Majors) -> Statement | None:
        """Return the first school with one of some majors; the name of a school is none."""
        return next(
            (
                statement
                for statement in self.statements
                if statement.section == Section.EDUCATIONS and majors.are_in(statement.text)
            ),
            None,
        )

    def statement_with(self, words: Iterable[str]) -> Statement | None:
        """Return the statement that speaks of most of some nouns, the first of several."""
        shared = Counter(place for word in words for place in self._speaking.get(word, ()))
        best = max(shared, key=lambda place: (shared[place], -place), default=None)
        return None if best is None else self.statements[best]

    @cached_property
    def _showing(self) -> dict[Skill, list[Statement]]:
        showing: dict[Skill, list[Statement]] = {}
        for statement in self.statements:
            for skill in statement.reading.skills:
                showing.setdefault(skill, []).append(statement)
        return showing

    @cached_property
    def _speaking(self) -> dict[str, list[int]]:
        speaking: dict[str, list[int]] = {}
        for place, statement in enumerate(self.statements):
            for word in statement.reading.words:
                speaking.setdefault(word, []).append(place)
        return speaking


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


def _together(readings: Iterable[Reading]) -> Reading:
    skills: set[Skill] = set()
    words: set[str] = set()
    for reading in readings:
        skills |= reading.skills
        words |= reading.words
    return Reading(frozenset(skills), frozenset(words))


def _statements(document: ResumeDocument, posted: Posted) -> Iterator[Statement]:
    for passage in document.passages():
        section, index = passage.section, passage.index
        if passage.field in _NOT_READ:
            continue
        if passage.field in _WRITTEN:
            # What stands beside a gap that is still to be filled is told all the same.
            for part in beside_placeholders(passage.text):
                for sentence in whole_sentences(part):
                    yield Statement.of(section, index, sentence, posted)
        elif passage.field == "technology_stacks" and index is not None:
            # Each by itself: a word of one of them must not deny its neighbour.
            for technology in document.projects[index].technology_stacks:
                yield Statement.of(section, index, technology, posted)
        else:
            yield Statement.of(section, index, passage.text, posted)
