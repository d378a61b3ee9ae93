"""The order in which a person reads what stands on pages, found from where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median_low

from imports.headings import basic_label_of, is_title, section_of

# A column has at least so many pieces, and so many points lie between two.
_COLUMN_PIECES = 3
_GUTTER = 8.0
_MOST_COLUMNS = 3
# A blank line takes so many times as much room as a line usually does, a line that goes on in the
# next one fills so much of its column, and cells lie so many heights of a letter apart.
_BLANK = 1.4
_FULL = 0.9
_CELL = 1.2


@dataclass(frozen=True)
class Piece:
    """A stretch of words on one line; `top` and `bottom` grow downwards."""

    words: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    page: int


def in_reading_order(pieces: Sequence[Piece]) -> str:
    """Return the words of pages, line by line: of columns the left one first.

    Cells of one line are set apart by tabs, paragraphs by blank lines.
    """
    return "\n".join(_lines(list(pieces), _MOST_COLUMNS)).strip()


def _lines(pieces: list[Piece], columns: int) -> Iterator[str]:
    gutter = _gutter(pieces) if columns > 1 else None
    if gutter is None:
        yield from _rows(pieces)
        return
    # A page with nothing in the right column has no columns.
    beside_pages = {piece.page for piece in pieces if piece.left >= gutter}
    for is_across, band in groupby(
        sorted(pieces, key=lambda piece: piece.top),
        lambda piece: piece.page not in beside_pages or piece.left < gutter < piece.right,
    ):
        if is_across:
            yield from _rows(list(band))
        else:
            beside = list(band)
            yield from _lines([piece for piece in beside if piece.right <= gutter], columns - 1)
            yield ""
            yield from _lines([piece for piece in beside if piece.left >= gutter], columns - 1)
        yield ""


def _gutter(pieces: list[Piece]) -> float | None:
    """Return where between two columns there is nothing, None where there are no columns.

    The rows of a table have gaps above each other, too. But a table has its headings on one side:
    what is on both sides of a gap has headings there, each on a line of its own. The title of the
    document, which stands in the middle above tables, is none, and neither is a label with its
    value beside it.
    """
    alone = {row[0] for row in _grouped_in_rows(pieces) if len(row) == 1}
    best, fewest = None, len(pieces)
    for place in _places(pieces):
        left = [piece for piece in pieces if piece.right <= place - _GUTTER / 2]
        right = [piece for piece in pieces if piece.left >= place + _GUTTER / 2]
        across = len(pieces) - len(left) - len(right)
        if min(len(left), len(right)) < _COLUMN_PIECES or across >= fewest:
            continue
        if across * 2 < len(pieces) and _has_heading(left, alone) and _has_heading(right, alone):
            best, fewest = place, across
    return best


def _places(pieces: list[Piece]) -> Iterator[float]:
    """Yield the places before which pieces begin in a column: each where several do."""
    lefts = sorted(piece.left for piece in pieces)
    start = 0
    for here in range(1, len(lefts) + 1):
        if here == len(lefts) or lefts[here] - lefts[here - 1] > _GUTTER / 2:
            if here - start >= _COLUMN_PIECES:
                yield lefts[start] - _GUTTER / 2 - 0.5
            start = here


def _has_heading(pieces: list[Piece], alone: set[Piece]) -> bool:
    return any(
        len(row) == 1
        and section_of(row[0].words) is not None
        and not is_title(row[0].words)
        and (row[0] in alone or basic_label_of(row[0].words) is None)
        for row in _grouped_in_rows(pieces)
    )


def _rows(pieces: list[Piece]) -> Iterator[str]:
    rows = _grouped_in_rows(pieces)
    if not rows:
        return
    usual = _usual_pitch(rows)
    yield _row_text(rows[0])
    for above, below in pairwise(rows):
        # Between two pages there is no telling.
        if above[0].page == below[0].page and _pitch(above, below) > usual * _BLANK:
            yield ""
        yield _row_text(below)


def _pitch(above: list[Piece], below: list[Piece]) -> float:
    return max(piece.bottom for piece in below) - max(piece.bottom for piece in above)


def _usual_pitch(rows: list[list[Piece]]) -> float:
    """Return how far below a line the next one usually stands.

    People write with any spacing of lines and of paragraphs: only what is more than theirs is a
    blank line. The lines of one paragraph, which stand closer than others, do not tell.
    """
    left = min(row[0].left for row in rows)
    right = max(row[-1].right for row in rows)
    pitches = [
        (_pitch(above, below), above[-1].right - left > (right - left) * _FULL)
        for above, below in pairwise(rows)
        if above[0].page == below[0].page
    ]
    telling = [pitch for pitch, goes_on in pitches if not goes_on] or [p for p, _ in pitches]
    return median_low(telling) if telling else 0.0


def _grouped_in_rows(pieces: list[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    middle = 0.0
    for piece in sorted(pieces, key=lambda piece: (piece.top + piece.bottom) / 2):
        here = (piece.top + piece.bottom) / 2
        if (
            rows
            and here - middle
            < min(piece.bottom - piece.top, rows[-1][0].bottom - rows[-1][0].top) / 2
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
            middle = here
    return [sorted(row, key=lambda piece: piece.left) for row in rows]


def _row_text(row: list[Piece]) -> str:
    text = row[0].words
    for before, piece in pairwise(row):
        gap = piece.left - before.right
        text += ("\t" if gap > piece.size * _CELL else " ") + piece.words
    return text
