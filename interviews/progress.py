"""How the scores of a user's interviews went, as a line to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviews.models import Interview

# The picture's size without its margins, in its own units.
WIDTH, HEIGHT, MARGIN = 560, 120, 30


@dataclass(frozen=True)
class Point:
    """A judged interview and its place in the picture."""

    interview: Interview
    score: int
    x: int
    y: int


def line(judged: Sequence[Interview]) -> list[Point]:
    """Return the points of judged interviews, the oldest first; none where one is no line."""
    if len(judged) < 2:
        return []
    step = WIDTH / (len(judged) - 1)
    points = []
    for place, interview in enumerate(judged):
        score = interview.feedback.overall_score or 0
        y = MARGIN + round(HEIGHT * (100 - score) / 100)
        points.append(Point(interview, score, MARGIN + round(place * step), y))
    return points
