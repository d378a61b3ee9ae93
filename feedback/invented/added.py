"""What one text states beyond its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from feedback.invented.invention import InventionKind
from feedback.invented.plain import compact
from feedback.invented.quantities import Quantity, joined
from feedback.invented.source import Read, Stated

# What is said, and its place in the plain text.
Fact = tuple[InventionKind, int, int]

# Names of places and degrees may come from anywhere in the résumé; ranks and awards belong to the
# entry that they were earned in.
_OF_THE_PERSON = frozenset(
    {
        InventionKind.COMPANY,
        InventionKind.SCHOOL,
        InventionKind.DEGREE,
        InventionKind.CERTIFICATE,
    }
)
# What may be told of one field; a page shows no more, and a hostile text yields no more either.
MAX_OF_ONE_FIELD = 50
# A "from" and a "to" stand no further apart than this.
_PAIR_GAP = 25


def added_facts(
    read: Read, stated: Stated, everything: Stated, asked: re.Pattern[str] | None = None
) -> Iterator[Fact]:
    """Yield what a text says beyond what its entry states, or the whole résumé does.

    `asked` finds the technologies that a posting asks.
    """
    yield from _dates(read, stated)
    yield from _figures(read, stated)
    words = list(islice(_words(read, stated, everything), MAX_OF_ONE_FIELD))
    yield from words
    named = [compact(read.plain[start:end]) for _kind, start, end in words]
    known = list(islice(_technologies(read, stated, named), MAX_OF_ONE_FIELD))
    yield from known
    named += [compact(read.plain[start:end]) for _kind, start, end in known]
    if asked:
        yield from _borrowed(read, stated, named, asked)
    for name in read.unknown_nouns:
        # Wherever in the résumé a name stands, it was not brought in.
        if compact(name.text) not in everything.compact and not _within(name.text, named):
            yield InventionKind.NAME, name.start, name.end
    for link in read.links:
        if link.key not in stated.links:
            yield InventionKind.LINK, link.start, link.end


def _dates(read: Read, stated: Stated) -> Iterator[Fact]:
    for written in read.dates:
        if (written.year, written.month) not in stated.months:
            yield InventionKind.PERIOD, written.start, written.end


def _figures(read: Read, stated: Stated) -> Iterator[Fact]:
    for quantity in joined(read.quantities):
        if not quantity.native_one and (kind := stated.objection(quantity)):
            yield kind, quantity.start, quantity.end
    turned = _pairs(read)
    known = {pair for source in stated.texts for pair in _pairs(source)} if turned else set()
    for pair, place in turned.items():
        if pair not in known and pair[::-1] in known:
            yield InventionKind.FIGURE, *place


def _words(read: Read, stated: Stated, everything: Stated) -> Iterator[Fact]:
    for word in read.words:
        scope = everything if word.kind in _OF_THE_PERSON else stated
        if word.key in scope.pending:
            known = word.pending or not scope.pending[word.key]
        elif word.key.startswith("major "):
            known = word.key.removeprefix("major ") in scope.compact
        else:
            known = (
                word.kind != InventionKind.DEGREE
                and len(word.key) > 2
                and word.key in scope.compact
            )
        if not known:
            yield word.kind, word.start, word.end


def _technologies(read: Read, stated: Stated, named: list[str]) -> Iterator[Fact]:
    for mention in read.skills:
        words = read.plain[mention.start : mention.end]
        if mention.skill.name not in stated.skills and not _within(words, named):
            certificate = mention.skill.kind == "certificate"
            kind = InventionKind.CERTIFICATE if certificate else InventionKind.TECHNOLOGY
            yield kind, mention.start, mention.end
    for name in read.unknown_names:
        if not stated.knows_name(name.key) and not _within(name.text, named):
            yield InventionKind.TECHNOLOGY, name.start, name.start + len(name.text)


def _borrowed(
    read: Read, stated: Stated, named: list[str], asked: re.Pattern[str]
) -> Iterator[Fact]:
    """Yield technologies of a posting that stand in no vocabulary, and not in the source either."""
    spelled_otherwise = {place for m in read.skills for place in range(m.start, m.end)}
    for match in asked.finditer(read.plain):
        written = compact(match.group())
        if (
            match.start() not in spelled_otherwise
            and written not in stated.compact
            and not _within(written, named)
        ):
            yield InventionKind.TECHNOLOGY, *match.span()


def _within(words: str, named: list[str]) -> bool:
    return any(compact(words) in known for known in named)


Pair = tuple[tuple[object, str], tuple[object, str]]


def _pairs(read: Read) -> dict[Pair, tuple[int, int]]:
    """Return the figures that are told as "from … to …", with the place of the second."""

    def key(quantity: Quantity) -> tuple[object, str]:
        return quantity.value, quantity.unit

    return {
        (key(first), key(second)): (second.start, second.end)
        for first, second in pairwise(read.quantities)
        if first.value != second.value and _compares(read.plain, first, second)
    }


def _compares(text: str, first: Quantity, second: Quantity) -> bool:
    between = text[first.end : second.start]
    return len(between) < _PAIR_GAP and any(w in between for w in ("에서", "→", "->", "이던"))
