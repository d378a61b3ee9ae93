"""What a résumé says, statement by statement, ready to be compared with what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from feedback.checks.sentences import whole_sentences
from feedback.matching.levels import Mark
from feedback.matching.nouns import nouns
from feedback.matching.wishes import wants_something
from feedback.orders import is_order
from gaechwi.skills.folding import fold
from gaechwi.skills.negation import is_negated
from gaechwi.skills.vocabulary import Skill, mentions, proven_by
from resumes.document import ResumeDocument, Section

Key = tuple[Section, int | None]

_WRITTEN = frozenset({"introduction", "description"})
# What stands in a list, in a title or in the introduction is said, not told as work.
_SAID = frozenset({Section.TECHNOLOGY_STACKS, Section.INTRODUCTION, Section.BASICS})
# So much of it counts: a list of keywords and the pasted words of a posting must not get a résumé
# to the half of a rate, and a skill that is listed must be worth more than one that is not.
SAID_SHARE = 0.5
# Names and numbers that are no work: who went to 자바고등학교 does not know Java.
_NOT_READ = frozenset(
    {"military_service", "period", "link", "school", "grade", "agency", "acquired_date"}
)


Lines = Set[str]


def letters_of(text: str) -> str:
    """Return the letters and digits of a text, by which a line is known again."""
    return "".join(character for character in fold(text).text if character.isalnum())


@dataclass(frozen=True)
class Reading:
    """What a sentence speaks of, without what it denies."""

    skills: frozenset[Skill]
    words: frozenset[str]


@dataclass(frozen=True)
class Statement:
    """A sentence, a name or a title of a résumé; `text` stands in its section, literally.

    `worth` is from 0 to 1: that of a statement of work is 1.
    """

    section: Section
    index: int | None
    text: str
    reading: Reading
    worth: float

    @classmethod
    def of(cls, section: Section, index: int | None, text: str, asked: Lines) -> Statement:
        """Return a statement with what it speaks of, which every item of a posting asks for.

        One that only repeats a line of the posting tells nothing of what was done.
        """
        is_said = section in _SAID or (letters_of(text) in asked if asked else False)
        return cls(section, index, text, read(text), SAID_SHARE if is_said else 1.0)

    @property
    def key(self) -> Key:
        """The entry in which it stands."""
        return self.section, self.index


# For what is matched more than once, in the prompt and out of it; a statement keeps its own.
@lru_cache(maxsize=8192)
def read(text: str) -> Reading:
    """Return the skills that a sentence shows, with all they prove, and its other nouns.

    What it denies is not proven by what it names: "Spring Boot는 써 봤지만 Java는 모릅니다".
    """
    folded = fold(text).text
    found = mentions(text)
    named = {mention.skill for mention in found if not mention.negated}
    denied = {mention.skill for mention in found if mention.negated} - named
    return Reading(
        frozenset().union(*(proven_by(skill) for skill in named)) - denied,
        frozenset(
            noun.form for noun in nouns(text) if not is_negated(folded, noun.start, noun.end)
        ),
    )


@dataclass(frozen=True)
class Evidence:
    """All statements of a résumé: as many as its fields hold, since a limit would be a loss."""

    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, document: ResumeDocument, asked: Lines) -> Evidence:
        """Read a résumé. What speaks to its reader instead of the work is left out.

        `asked` are the lines of the posting, by their letters.
        """
        return cls(tuple(s for s in _statements(document, asked) if _tells(s.text)))

    @cached_property
    def by_entry(self) -> dict[Key, Reading]:
        """What each entry tells of work, all its statements together."""
        readings: dict[Key, list[Reading]] = {}
        for statement in self.statements:
            if statement.worth == 1:
                readings.setdefault(statement.key, []).append(statement.reading)
        return {key: _together(of_entry) for key, of_entry in readings.items()}

    @cached_property
    def told(self) -> Reading:
        """What the résumé tells of work."""
        return _together(self.by_entry.values())

    @cached_property
    def studies(self) -> Evidence:
        """What was studied."""
        return Evidence(tuple(s for s in self.statements if s.section == Section.EDUCATIONS))

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
        return _together(statement.reading for statement in self.statements)

    def statement_of(self, skill: Skill, mark: Mark | None = None) -> Statement | None:
        """Return the statement that shows a skill best: one of work before a mere list.

        With a mark, only where the entry says that it was reached.
        """
        showing = self._showing.get(skill, [])
        if mark is not None:
            showing = [s for s in showing if mark.is_reached(self.texts[s.key])]
        return min(showing, key=_place, default=None)

    def statement_with(self, words: Iterable[str], enough: float) -> Statement | None:
        """Return the statement that shows most of some nouns, the first of several.

        So many as are `enough` show them all.
        """
        shared = Counter(place for word in words for place in self._speaking.get(word, ()))

        def shown(place: int) -> tuple[float, int, int]:
            worth = self.statements[place].worth * min(1.0, shared[place] / enough)
            return worth, shared[place], -place

        best = max(shared, key=shown, default=None)
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


def _tells(text: str) -> bool:
    return not is_order(text) and not wants_something(text)


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


def _place(statement: Statement) -> tuple[float, int]:
    return -statement.worth, _ORDER_OF_PROOF.index(statement.section)


def _together(readings: Iterable[Reading]) -> Reading:
    skills: set[Skill] = set()
    words: set[str] = set()
    for reading in readings:
        skills |= reading.skills
        words |= reading.words
    return Reading(frozenset(skills), frozenset(words))


def _statements(document: ResumeDocument, asked: Lines) -> Iterator[Statement]:
    for passage in document.passages():
        section, index = passage.section, passage.index
        if passage.field in _NOT_READ:
            continue
        if passage.field in _WRITTEN:
            for sentence in whole_sentences(passage.text):
                yield Statement.of(section, index, sentence, asked)
        elif passage.field == "technology_stacks" and index is not None:
            # Each by itself: a word of one of them must not deny its neighbour.
            for technology in document.projects[index].technology_stacks:
                yield Statement.of(section, index, technology, asked)
        else:
            yield Statement.of(section, index, passage.text, asked)
