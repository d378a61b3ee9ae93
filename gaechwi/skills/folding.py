"""Brings texts to one spelling, so that the same word is found however it is written."""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import category, normalize

# Written between the parts of a name, or not: spring-boot, spring_boot, Spring Boot.
_JOINERS = frozenset("-_‐‑‒–\t\xa0")


@dataclass(frozen=True)
class Folded:
    """A text in one spelling; `places` says where each of its characters stood before."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters `start` to `end`, at least one, stood before."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Return a text in lower case, its full-width letters as plain ones, and joiners as spaces.

    What cannot be seen (zero-width characters, marks of direction) is left out.
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _JOINERS:
            folded = " "
        elif character.isascii() or "가" <= character <= "힣":
            folded = character.lower()
        elif category(character) == "Cf":
            continue
        else:
            plain = normalize("NFKC", character).lower()
            folded = plain if len(plain) == 1 else character
        characters.append(folded)
        places.append(place)
    return Folded("".join(characters), tuple(places))
