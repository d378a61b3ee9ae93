"""Whether quoted words stand in a résumé, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from feedback.schemas import ReviewContent
from resumes.document import Passage, ResumeDocument, Section

# One letter stands in every text and proves nothing.
MIN_QUOTE_LENGTH = 2


@dataclass(frozen=True)
class Location:
    """Where a quote stands: characters `start` to `end` of a passage's text."""

    passage: Passage
    start: int
    end: int


def locate(quote: str, passages: Iterable[Passage]) -> Location | None:
    """Return the first place where the words of a quote stand, None where they stand nowhere.

    White space is not compared: any run of it, line breaks too, counts as one space. A quote has to
    stand in one passage; words put together from two are no quote.
    """
    words, _places = _fold(normalize("NFC", quote))
    if not words:
        return None
    for passage in passages:
        text, places = _fold(passage.text)
        at = text.find(words)
        if at >= 0 and (len(words) >= MIN_QUOTE_LENGTH or words == text):
            return Location(passage, places[at], places[at + len(words) - 1] + 1)
    return None


def is_supported(content: ReviewContent, document: ResumeDocument) -> bool:
    """Return whether a remark rests on its section of the résumé.

    Its quote stands there. Without a quote it may only speak of what is not there: of an empty
    section, or of the contact details, which are never quoted.
    """
    section = Section(content.section)
    if not content.quote.strip():
        return section == Section.BASICS or document.is_empty(section)
    return locate(content.quote, _of_section(document, section)) is not None


def split_by_support(
    contents: Sequence[ReviewContent], document: ResumeDocument
) -> tuple[list[ReviewContent], list[ReviewContent]]:
    """Return the remarks that rest on the résumé, and those that don't.

    A quote that stands in another section than the one named moves its remark there.
    """
    supported, unsupported = [], []
    for content in contents:
        if is_supported(content, document):
            supported.append(content)
        elif found := locate(content.quote, document.passages()):
            supported.append(content.model_copy(update={"section": found.passage.section}))
        else:
            unsupported.append(content)
    return supported, unsupported


def _of_section(document: ResumeDocument, section: Section) -> list[Passage]:
    return [passage for passage in document.passages() if passage.section == section]


@lru_cache(maxsize=1024)
def _fold(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text with each run of white space as one space, and each character's old place."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not character.isspace():
            folded.append(character)
            places.append(place)
        elif folded and folded[-1] != " ":
            folded.append(" ")
            places.append(place)
    if folded and folded[-1] == " ":
        folded.pop()
        places.pop()
    return "".join(folded), tuple(places)
