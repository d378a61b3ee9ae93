"""What kind of work a posting is about, and how much of a résumé speaks of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.checks.sentences import split
from feedback.matching.evidence import Evidence, Reading
from feedback.matching.requirements import wanted_of
from feedback.orders import is_order
from gaechwi.skills.vocabulary import Skill
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section

# A skill of the calling tells as much as this many of its other nouns.
SKILL_POINTS = 3
# So much of the calling, seen in one entry, makes a job one of this calling.
JOB_POINTS = 6
# A résumé of somebody of the calling shows at least this share of its points …
FULL_SHARE = 0.35
# … and where a posting says much, this many are enough.
FULL_POINTS = 24
# … while one that asks next to nothing of its own tells no calling from another.
TOLD_FROM = 2.5


@dataclass(frozen=True)
class Calling:
    """The skills and nouns by which a posting names its kind of work, everyday ones left out."""

    skills: frozenset[Skill]
    words: frozenset[str]

    @classmethod
    def of(cls, posting: PostingDocument) -> Calling:
        """Read what kind of work a posting is about."""
        wanted = [wanted_of(text) for text in _texts(posting) if not is_order(text)]
        options = [option for item in wanted for group in item.groups for option in group]
        return cls(
            frozenset(
                option.skill for option in options if option.skill and not option.skill.is_anybodys
            ),
            frozenset(
                word
                for words in (*(item.words for item in wanted), *(o.nouns for o in options))
                for word in words
            ),
        )

    def points(self, reading: Reading) -> int:
        """Return how much of the calling a reading speaks of; more words never make it less."""
        return SKILL_POINTS * len(self.skills & reading.skills) + len(self.words & reading.words)

    def relevance(self, evidence: Evidence) -> float:
        """Return from 0 to 1 how much of the calling a résumé shows.

        Without it a driving licence and Excel would make a cook a third of an accountant. A posting
        that asks for these alone is met by whoever has them.
        """
        if self._share < TOLD_FROM:
            return 1.0
        return min(1.0, self.points(evidence.whole) / min(self._share, FULL_POINTS))

    def jobs(self, document: ResumeDocument, evidence: Evidence) -> list[int]:
        """Return the places of the jobs that are of this calling."""
        return [
            index
            for index in range(len(document.experiences))
            if self._is_of(evidence.of_work.by_entry.get((Section.EXPERIENCES, index)))
        ]

    def _is_of(self, reading: Reading | None) -> bool:
        return reading is not None and self.points(reading) >= min(self._share, JOB_POINTS)

    @property
    def _share(self) -> float:
        return FULL_SHARE * (SKILL_POINTS * len(self.skills) + len(self.words))


def _texts(posting: PostingDocument) -> Iterable[str]:
    yield posting.title
    yield posting.position
    for text in (posting.duties, posting.requirements):
        yield from (sentence.text for sentence in split(text))
