"""Lines of a posting that a résumé repeats word for word, and so tells nothing of what was done."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.checks.sentences import split
from gaechwi.skills.folding import fold
from postings.document import PostingDocument

# People write "Spring Boot 기반 API 개발" without having read it: only longer lines are copied.
MIN_WORDS = 6
# A line with this share of words of its own ("… 12개를 운영") tells something.
OWN_SHARE = 0.2


@dataclass(frozen=True)
class Posted:
    """The lines of a posting that nobody writes by chance, without their spaces and marks."""

    lines: frozenset[str]

    @classmethod
    def of(cls, posting: PostingDocument) -> Posted:
        """Read the lines of what a posting asks and what is to be done."""
        return cls(
            frozenset(
                _letters(sentence.text)
                for text in (posting.requirements, posting.preferred, posting.duties)
                for sentence in split(text)
                if len(sentence.text.split()) >= MIN_WORDS
            )
        )

    def is_copied_in(self, text: str) -> bool:
        """Return whether a statement holds nothing but lines of the posting.

        Each statement is judged alone, whatever else is copied: one more must not harm the others.
        """
        letters = _letters(text)
        own = letters
        for line in self.lines:
            if len(line) <= len(own):
                own = own.replace(line, "")
        return len(own) < len(letters) and len(own) <= OWN_SHARE * len(letters)


NOTHING = Posted(frozenset())


def _letters(text: str) -> str:
    return "".join(character for character in fold(text).text if character.isalnum())
