"""Which parts of a résumé a posting asks for, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.matching import WEIGHTS, asked_by
from feedback.matching.copies import Posted
from feedback.matching.evidence import Evidence, Statement
from feedback.matching.requirements import Wanted
from feedback.matching.scoring import first_shown
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section

# The place of an item among those asked, and of the thing within it.
Rank = tuple[int, int]


@dataclass(frozen=True)
class Emphasis:
    """What a posting asks, the weightiest first, and what a résumé says by its entries."""

    wanted: tuple[Wanted, ...]
    by_entry: dict[tuple[Section, int | None], list[Statement]]

    @classmethod
    def of(cls, posting: PostingDocument, resume: ResumeDocument) -> Emphasis:
        """Read a posting and a résumé."""
        asked, _unchecked = asked_by(posting)
        kinds = sorted(asked, key=lambda kind: -WEIGHTS[kind])
        by_entry: dict[tuple[Section, int | None], list[Statement]] = {}
        for statement in Evidence.of(resume, Posted.of(posting)).statements:
            by_entry.setdefault(statement.key, []).append(statement)
        return cls(tuple(wanted for kind in kinds for wanted in asked[kind]), by_entry)

    def asked_first(self, section: Section, places: Iterable[int]) -> list[int]:
        """Return the places of a section's entries, those that are asked first.

        They stand in the order in which the posting asks them; of the same, and of those that
        nothing asks, the order stays.
        """
        return sorted(places, key=lambda place: self._rank(section, place))

    def _rank(self, section: Section, place: int) -> Rank:
        evidence = Evidence(tuple(self.by_entry.get((section, place), ())))
        for number, wanted in enumerate(self.wanted):
            if (shown := first_shown(wanted, evidence)) is not None:
                return number, shown
        return len(self.wanted), 0
