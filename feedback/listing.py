"""How a list got into another order: what was moved, what was added, what is gone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """One thing of a list. `was` and `now` are its places from 1, None where it is not there."""

    text: str
    was: int | None
    now: int | None
    moved: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Listing:
    """The things of an old list, and those of the new one."""

    old: tuple[Listed, ...]
    new: tuple[Listed, ...]


def reordered(
    old: Sequence[str],
    new: Sequence[str],
    places: Sequence[int | None],
    marked: Collection[str] = (),
) -> Listing:
    """Return two lists, thing by thing.

    `places` says where each of the new list stood in the old one, None for what is new. Moved are
    as few as explain the new order, without what came back to its own place; `marked` are texts
    that the source does not have.
    """
    stayed = _longest_rise([place for place in places if place is not None])
    now = {place: at for at, place in enumerate(places, start=1) if place is not None}
    return Listing(
        tuple(Listed(text, was + 1, now.get(was)) for was, text in enumerate(old)),
        tuple(
            Listed(
                text,
                None if place is None else place + 1,
                at,
                moved=place is not None and place not in stayed and place + 1 != at,
                marked=text in marked,
            )
            for at, (text, place) in enumerate(zip(new, places, strict=True), start=1)
        ),
    )


def _longest_rise(places: Sequence[int]) -> set[int]:
    """Return the most places that stand in rising order: what did not have to be moved."""
    ends: list[int] = []
    ranks = []
    for place in places:
        rank = bisect_left(ends, place)
        ends[rank : rank + 1] = [place]
        ranks.append(rank)
    stayed: set[int] = set()
    rank = len(ends) - 1
    for place, its_rank in zip(reversed(places), reversed(ranks), strict=True):
        if its_rank == rank:
            stayed.add(place)
            rank -= 1
    return stayed
