"""What an answer has to tell, by the sort of its question; probing and judging both rest on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from interviews.topics import BasisKind, Difficulty, ProbeKind, Topic


class Element(Enum):
    """What a sentence of an answer can tell. A figure is one that measures a result, or a plan."""

    SITUATION = auto()
    ACTION = auto()
    RESULT = auto()
    FIGURE = auto()
    REASON = auto()
    PLAN = auto()
    LESSON = auto()


@dataclass(frozen=True)
class Demand:
    """What an answer has to tell: any of some elements, the first of them before the others.

    `weight` is its share of the score. `probe` is how it is asked after where it is missing, from
    the difficulty `since` on; None where it never is.
    """

    elements: tuple[Element, ...]
    weight: int
    probe: ProbeKind | None = None
    since: Difficulty = Difficulty.EASY


class Shape(Enum):
    """The sorts of answers that questions ask for."""

    STORY = auto()
    ATTITUDE = auto()
    KNOWLEDGE = auto()
    PLAN = auto()
    PERIOD = auto()
    INTRODUCTION = auto()


# The weights of a shape add up to ELEMENTS_WEIGHT.
ELEMENTS_WEIGHT = 72
DEMANDS: dict[Shape, tuple[Demand, ...]] = {
    Shape.STORY: (
        Demand((Element.ACTION,), 22, ProbeKind.NO_ACTION),
        Demand((Element.RESULT,), 18, ProbeKind.NO_RESULT, Difficulty.NORMAL),
        Demand((Element.FIGURE,), 14, ProbeKind.NO_FIGURE, Difficulty.NORMAL),
        Demand((Element.SITUATION,), 14, ProbeKind.NO_SITUATION, Difficulty.HARD),
        Demand((Element.REASON,), 4),
    ),
    Shape.ATTITUDE: (
        Demand((Element.ACTION,), 26, ProbeKind.NO_ACTION),
        Demand((Element.RESULT, Element.LESSON), 20, ProbeKind.NO_RESULT, Difficulty.NORMAL),
        Demand((Element.SITUATION,), 18, ProbeKind.NO_SITUATION, Difficulty.HARD),
        Demand((Element.REASON,), 8),
    ),
    Shape.KNOWLEDGE: (
        Demand((Element.ACTION,), 28, ProbeKind.NO_ACTION),
        Demand((Element.REASON,), 20, ProbeKind.CLAIM, Difficulty.NORMAL),
        Demand((Element.RESULT, Element.LESSON), 12, ProbeKind.NO_RESULT, Difficulty.HARD),
        Demand((Element.SITUATION,), 12, ProbeKind.NO_SITUATION, Difficulty.HARD),
    ),
    Shape.PLAN: (
        Demand((Element.PLAN,), 28, ProbeKind.NO_ACTION),
        Demand((Element.FIGURE,), 18, ProbeKind.NO_FIGURE, Difficulty.NORMAL),
        Demand((Element.ACTION,), 16),
        Demand((Element.REASON, Element.SITUATION), 10),
    ),
    Shape.PERIOD: (
        Demand((Element.ACTION, Element.PLAN), 28, ProbeKind.NO_ACTION),
        Demand(
            (Element.LESSON, Element.RESULT, Element.PLAN), 24, ProbeKind.NO_RESULT, Difficulty.HARD
        ),
        Demand((Element.REASON, Element.SITUATION), 20, ProbeKind.NO_SITUATION, Difficulty.HARD),
    ),
    Shape.INTRODUCTION: (
        Demand((Element.ACTION,), 24, ProbeKind.NO_ACTION, Difficulty.NORMAL),
        Demand((Element.REASON, Element.PLAN), 20),
        Demand((Element.RESULT, Element.LESSON), 14, ProbeKind.NO_RESULT, Difficulty.HARD),
        Demand((Element.SITUATION,), 14),
    ),
}
_SHAPES = {
    BasisKind.INTRODUCTION: Shape.INTRODUCTION,
    BasisKind.EXPERIENCE: Shape.STORY,
    BasisKind.PROJECT: Shape.STORY,
    BasisKind.ACHIEVEMENT: Shape.STORY,
    BasisKind.REQUIREMENT: Shape.STORY,
    BasisKind.TECHNOLOGY: Shape.KNOWLEDGE,
    BasisKind.GAP: Shape.PLAN,
    BasisKind.PERIOD: Shape.PERIOD,
    BasisKind.ATTITUDE: Shape.ATTITUDE,
    BasisKind.CHECK: Shape.KNOWLEDGE,
}


def shape_of(topic: Topic) -> Shape:
    """Return what sort of answer a question asks for."""
    return _SHAPES[topic.kind]
