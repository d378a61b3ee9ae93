"""Where the remarks of a feedback, and what it matched, stand in the résumé that it reviewed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from feedback.matching.result import Item, Part
from feedback.models import FeedbackContent
from feedback.quotes import locate
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section
from resumes.passages import Mark, Stretches, cut

# The kind of a mark that proves a match and that no remark is about.
PROOF = "0"


@dataclass(frozen=True)
class NumberedItem:
    """An item of a match; `number` leads to its quote, None where it has none.

    `is_first` tells that neither a remark nor an item before it bears the number: the way back from
    the quote leads to it.
    """

    item: Item
    number: int | None
    is_first: bool


@dataclass(frozen=True)
class NumberedPart:
    """A part of a match whose items are numbered; weight and score are in percent."""

    part: Part
    items: tuple[NumberedItem, ...]

    @property
    def weight(self) -> int:
        """Return its weight in percent."""
        return round(100 * self.part.weight)

    @property
    def score(self) -> int:
        """Return its score in percent."""
        return round(100 * self.part.score)

    @property
    def has(self) -> list[str]:
        """Return the keywords that were found, each once."""
        return list(dict.fromkeys(name for n in self.items for name in n.item.has))

    @property
    def lacks(self) -> list[str]:
        """Return the keywords that are missing, each once."""
        return list(dict.fromkeys(name for n in self.items for name in n.item.lacks))


def numbered(parts: Iterable[Part], contents: Sequence[FeedbackContent]) -> list[NumberedPart]:
    """Number the quotes of a match, going on from the remarks.

    A quote that a remark has too bears the number of the remark.
    """
    numbers = {(content.section, content.quote): content.order for content in contents}
    following = max(numbers.values(), default=0) + 1
    result = []
    for part in parts:
        items = []
        for item in part.items:
            key = (str(item.section), item.quote)
            is_first = bool(item.quote) and key not in numbers
            if is_first:
                numbers[key] = following
                following += 1
            items.append(NumberedItem(item, numbers[key] if item.quote else None, is_first))
        result.append(NumberedPart(part, tuple(items)))
    return result


def highlight(
    document: ResumeDocument,
    contents: Iterable[FeedbackContent],
    parts: Iterable[NumberedPart] = (),
) -> Stretches:
    """Return the résumé's words, each quote marked by its number, and by the division of a remark.

    What only proves a match is marked as PROOF.
    """
    quotes = [
        *((c.quote, c.section, c.order, c.feedback_division) for c in contents),
        *_proofs(parts),
    ]
    passages = list(document.passages())
    marks = []
    for quote, section, number, kind in quotes:
        of_section = [passage for passage in passages if passage.section == section]
        if found := locate(quote, of_section):
            marks.append(Mark(found.passage, found.start, found.end, number=number, kind=kind))
    return cut(document, marks)


def shown_review(
    document: ResumeDocument,
    contents: Sequence[FeedbackContent],
    parts: Iterable[NumberedPart] = (),
) -> dict[str, Any]:
    """Return what `feedback/_review.html` shows: the résumé with its marks beside the remarks."""
    return {
        "document": document,
        "stretches": highlight(document, contents, parts),
        "divisions": [
            (division, [c for c in contents if c.feedback_division == division])
            for division in Division
        ],
    }


def _proofs(parts: Iterable[NumberedPart]) -> Iterator[tuple[str, Section, int, str]]:
    for part in parts:
        for entry in part.items:
            if entry.is_first and entry.item.section and entry.number:
                yield entry.item.quote, entry.item.section, entry.number, PROOF
