"""Reads an answer: what it tells, sentence by sentence.

An answer is data. What speaks to whoever judges it, what repeats the question, what was said
already and what holds no Korean or English sentence counts as not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest
from unicodedata import category, normalize

from feedback.checks.figures import has_figure
from feedback.checks.sentences import excerpt, is_past, whole_sentences
from interviews.demands import DEMANDS, Demand, Element, Shape
from interviews.telling import Said, is_said, is_unknown, said_in
from interviews.topics import Topic


@dataclass(frozen=True)
class Reading:
    """What an answer says. `admitted` is the sentence that says that one does not know, or "".

    `has_unread` tells that something else was spoken that counts as not said.
    """

    said: tuple[Said, ...]
    admitted: str = ""
    has_unread: bool = False

    @cached_property
    def told(self) -> tuple[Said, ...]:
        """The sentences that tell something, rather than merely being said."""
        return tuple(said for said in self.said if said.elements)

    @cached_property
    def elements(self) -> frozenset[Element]:
        """All that is told."""
        return frozenset().union(*(said.elements for said in self.said))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """All ways of acting that are named."""
        return frozenset().union(*(said.verbs for said in self.said))

    def with_any(self, *elements: Element) -> list[Said]:
        """Return the sentences that tell any of some elements."""
        return [said for said in self.said if said.elements & {*elements}]

    def missing(self, shape: Shape) -> list[Demand]:
        """Return what an answer of a shape should tell and this one does not, in its order.

        The figure of a result is not missed before the result.
        """
        missing = [d for d in DEMANDS[shape] if not self.elements & {*d.elements}]
        measures_nothing = shape is Shape.STORY and Element.RESULT not in self.elements
        return [d for d in missing if not (measures_nothing and Element.FIGURE in d.elements)]


def read(answer: str, topic: Topic) -> Reading:
    """Return what an answer to a question says. Needs no model and no dictionary of words."""
    said: list[Said] = []
    admitted = ""
    has_unread = False
    seen: set[str] = set()
    asked = _Asked.of(topic)
    for text in _sentences(answer):
        plain = _visible(text)
        key = _letters(plain)
        if key in seen:
            continue
        if not is_said(text, plain) or asked.is_copied_in(key):
            has_unread = True
            continue
        seen.add(key)
        if is_unknown(plain):
            admitted = admitted or text
        else:
            said.append(said_in(text, plain))
    return Reading(_with_figures_beside(said), admitted, has_unread)


# Speech recognition writes no full stops; and what is no sentence ends without one, or in a number.
_ENDS = re.compile(
    r"(?<=니다)\s+|(?<=[어아여해예에워돼려져줘네까죠]요)\s+"
    r"|(?<=[\d\]}\"][.!?])\s+(?=[가-힣A-Za-z])|(?<=[\]}])\s+|(?<=[a-z\"/]>)\s+"
)


def _sentences(answer: str) -> Iterator[str]:
    for sentence in whole_sentences(answer):
        yield from (part.strip() for part in _ENDS.split(sentence) if part.strip())


def _visible(text: str) -> str:
    return normalize("NFC", "".join(c for c in text if category(c) != "Cf"))


def _letters(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


# The share of its runs of three letters from which on a sentence is the question again: by the
# question's own words, and with those of the résumé that it quotes, which a good answer may use.
_COPIED_OWN, _COPIED_ALL = 0.7, 0.9
_RUN = 3


@dataclass(frozen=True)
class _Asked:
    """The question, to be known again."""

    own: frozenset[str]
    all: frozenset[str]

    @classmethod
    def of(cls, topic: Topic) -> _Asked:
        own = topic.question.replace(excerpt(topic.quote), " ") if topic.quote else topic.question
        asked = f"{own}\n{topic.requirement}"
        return cls(_runs(_letters(asked)), _runs(_letters(f"{topic.question}\n{topic.quote}")))

    def is_copied_in(self, letters: str) -> bool:
        runs = _runs(letters)
        return bool(runs) and (
            len(runs & self.own) >= _COPIED_OWN * len(runs)
            or len(runs & (self.own | self.all)) >= _COPIED_ALL * len(runs)
        )


def _runs(letters: str) -> frozenset[str]:
    return frozenset(letters[at : at + _RUN] for at in range(len(letters) - _RUN + 1))


def _with_figures_beside(said: list[Said]) -> tuple[Said, ...]:
    """Return the sentences, with the figure of a result also where the next one gives it."""
    read_on = []
    for one, following in zip_longest(said, said[1:]):
        beside = following and has_figure(following.plain) and is_past(following.plain)
        if beside and Element.RESULT in one.elements:
            one = replace(one, elements=one.elements | {Element.FIGURE})
        read_on.append(one)
    return tuple(read_on)
