"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

# A word of Hangul, a figure or a Latin name; josa and units behind the latter two are words of
# their own, so that "Redis를" and "Redis로" differ by 를 and 로 alone.
_TOKEN = re.compile(r"\d[\d,.]*\d|\d|[A-Za-z]+|[가-힣]+|[^\S\n]+|\n|.", re.DOTALL)
# difflib looks at every pair of equal tokens, and again for each stretch that it finds: no more
# than this for one field, and for all fields of a page together.
FIELD_WORK = 1_000_000
PAGE_WORK = 16_000_000
# What a page has to do for each piece, and to look for marked words in so many letters.
WORK_OF_PIECE = 100
LETTERS_PER_WORK = 4
# Fewer letters between two changes make the reader jump; they are shown as changed with them.
MIN_KEPT = 2

# A stretch that did not change and is longer than this is folded but for its two ends.
FOLDED_LENGTH = 320
SHOWN_LENGTH = 70


@dataclass(frozen=True)
class Piece:
    """Words of a text: `changed` where the other text has others, `marked` where they were added
    without being in the source. What was not `compared` may have changed or not."""

    text: str
    changed: bool
    marked: bool = False
    compared: bool = True

    @property
    def fold(self) -> tuple[str, str, str] | None:
        """Beginning, middle and end of a long stretch that did not change; None where it is short.

        The middle is more than anybody reads to understand a change beside it.
        """
        kept = self.compared and not (self.changed or self.marked)
        if not kept or len(self.text) <= FOLDED_LENGTH:
            return None
        start = self.text.rfind(" ", 0, SHOWN_LENGTH) + 1 or SHOWN_LENGTH
        # What is shown behind the fold begins a line, so that the space before it stays within.
        end = self.text.find(" ", len(self.text) - SHOWN_LENGTH) + 1 or (
            len(self.text) - SHOWN_LENGTH
        )
        return self.text[:start], self.text[start:end], self.text[end:]


@dataclass(frozen=True)
class Comparison:
    """An old and a new text in pieces; one piece each where they were not `compared`."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    compared: bool = True


@dataclass
class Budget:
    """The work that may still be done. The same texts take the same work on every machine."""

    left: int = PAGE_WORK

    def spend(self, work: int) -> None:
        """Take away what was done, or is about to be."""
        self.left -= work

    @property
    def is_spent(self) -> bool:
        """Whether there is nothing left."""
        return self.left <= 0


class _TooMuchWorkError(Exception):
    """Comparing two texts takes more than there is left."""


def compare(
    old: str, new: str, marked: Iterable[str] = (), budget: Budget | None = None
) -> Comparison:
    """Return two texts as pieces; `marked` words of the new one are pieces of their own.

    Words are marked where they were changed, or wherever they stand if they stood there before.

    Lines are compared first and words within the lines that changed, so that the time stays
    bounded for texts of any shape; what is too much to compare is shown as replaced. The `budget`
    is that of a whole page: once it is spent, the texts are returned as they are.
    """
    budget = Budget() if budget is None else budget
    if budget.is_spent:
        return Comparison(_not_compared(old), _not_compared(new), compared=False)
    field = Budget(FIELD_WORK)
    words = list(dict.fromkeys(filter(None, marked)))
    field.spend(len(words) * len(new) // LETTERS_PER_WORK)
    pieces = _pieces_of(old, new, words, field)
    pieces_told = len(pieces.old) + len(pieces.new)
    budget.spend(FIELD_WORK - field.left + WORK_OF_PIECE * pieces_told)
    return pieces


def _not_compared(text: str) -> tuple[Piece, ...]:
    return (Piece(text, changed=False, compared=False),) if text else ()


def _pieces_of(old: str, new: str, marked: Iterable[str], field: Budget) -> Comparison:
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    for same, before, after in _differences(old.splitlines(True), new.splitlines(True), field):
        if same:
            gone.append(("".join(before), False))
            come.append(("".join(after), False))
            continue
        words = _differences(_tokens(before), _tokens(after), field)
        for kept, old_words, new_words in _without_crumbs(words):
            gone.append(("".join(old_words), not kept))
            come.append(("".join(new_words), not kept))
    return Comparison(_pieces(gone), _cut_at(_pieces(come), new, marked))


Difference = tuple[bool, Sequence[str], Sequence[str]]


def _tokens(lines: Sequence[str]) -> list[str]:
    return _TOKEN.findall("".join(lines))


class _Matcher(SequenceMatcher[str]):
    """A SequenceMatcher that pays for each pair that it looks at. Raises _TooMuchWorkError."""

    def __init__(self, old: Sequence[str], new: Sequence[str], budget: Budget) -> None:
        super().__init__(None, old, new, autojunk=False)
        self.old = old
        self.places = Counter(new)
        self.budget = budget

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        looked_at = self.old[alo:ahi]
        pairs = sum(self.places[token] for token in looked_at)
        self.budget.spend(len(looked_at) + pairs)
        if self.budget.is_spent:
            # The last of it was not done.
            self.budget.left = 0
            raise _TooMuchWorkError
        return super().find_longest_match(alo, ahi, blo, bhi)


def _differences(old: Sequence[str], new: Sequence[str], budget: Budget) -> list[Difference]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    found: list[Difference] = [(True, old[:start], new[:start])]
    middle_old, middle_new = old[start : len(old) - end], new[start : len(new) - end]
    try:
        found += [
            (kind == "equal", middle_old[i:j], middle_new[k:m])
            for kind, i, j, k, m in _Matcher(middle_old, middle_new, budget).get_opcodes()
        ]
    except _TooMuchWorkError:
        found.append((False, middle_old, middle_new))
    found.append((True, old[len(old) - end :], new[len(new) - end :]))
    return found


def _without_crumbs(differences: Iterable[Difference]) -> Iterator[Difference]:
    """Yield the differences, those that only spaces or single letters keep apart as one."""
    pending: tuple[list[str], list[str]] | None = None
    kept: list[str] = []
    for same, old, new in differences:
        if same:
            if pending and len("".join(old).strip()) < MIN_KEPT and not any("\n" in w for w in old):
                kept.extend(old)
                continue
            if pending:
                yield False, *pending
                if kept:
                    yield True, kept, kept
            pending, kept = None, []
            yield True, old, new
        elif pending:
            pending[0].extend((*kept, *old))
            pending[1].extend((*kept, *new))
            kept = []
        else:
            pending, kept = (list(old), list(new)), []
    if pending:
        yield False, *pending
        if kept:
            yield True, kept, kept


def _pieces(parts: Iterable[tuple[str, bool]]) -> tuple[Piece, ...]:
    # A change that is empty on this side still parts what stands around it: both sides then have
    # the same unchanged pieces, and fold alike.
    joined: list[tuple[str, bool]] = []
    for text, changed in parts:
        if joined and joined[-1][1] == changed:
            joined[-1] = (joined[-1][0] + text, changed)
        else:
            joined.append((text, changed))
    return tuple(Piece(text, changed) for text, changed in joined if text)


def _places(words: str, text: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, within a longer name or figure only if nowhere else."""
    bounded = re.compile(f"{_border_before(words[0])}{re.escape(words)}{_border_behind(words[-1])}")
    found = bounded.finditer(text) if bounded.search(text) else re.finditer(re.escape(words), text)
    return [match.span() for match in found]


def _border_before(letter: str) -> str:
    if letter.isdigit():
        return r"(?<!\d)(?<!\d[.,])"
    return "(?<![A-Za-z])" if letter.isascii() and letter.isalpha() else ""


def _border_behind(letter: str) -> str:
    if letter.isdigit():
        return r"(?!\d|[.,]\d)"
    return "(?![A-Za-z])" if letter.isascii() and letter.isalpha() else ""


def _cut_at(pieces: tuple[Piece, ...], text: str, marked: Iterable[str]) -> tuple[Piece, ...]:
    """Return the pieces cut where marked words begin and end."""
    changed = b"".join((b"\1" if piece.changed else b"\0") * len(piece.text) for piece in pieces)
    covered = bytearray(len(text))
    for words in marked:
        places = _places(words, text)
        for start, end in [place for place in places if any(changed[slice(*place)])] or places:
            covered[start:end] = b"\1" * (end - start)
    cut: list[Piece] = []
    start = 0
    for piece in pieces:
        end = start + len(piece.text)
        while start < end:
            flag = covered[start]
            stop = covered.find(1 - flag, start, end)
            stop = end if stop < 0 else stop
            cut.append(Piece(text[start:stop], piece.changed, bool(flag)))
            start = stop
    return tuple(cut)
