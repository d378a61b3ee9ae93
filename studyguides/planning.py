"""What to learn in which order, and what to leave out where time is short."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from gaechwi.skills.vocabulary import find
from studyguides.gaps import Missing, Need, Practice
from studyguides.lessons import Graph, Lesson
from studyguides.materials import Gap, GapSource, SetAside
from studyguides.reasons import Reason

DAYS_OF_A_WEEK = 7

# What nobody can take in at one sitting is put off, even by those who have the time.
MAX_STEPS = 30

# Who lacks must-haves is not invited, and an interview is about to come: these first. What is
# listed among the technologies is asked more seriously than a wish.
_RANKS = {
    GapSource.MUST_HAVE: 0,
    GapSource.ANSWER: 0,
    GapSource.TECHNOLOGIES: 1,
    GapSource.EXPERIENCE: 1,
    GapSource.PREFERRED: 2,
}

# Of skills without a lesson: rough estimates, by their kind.
_HOURS_BY_KIND = {"technology": 25, "tool": 10, "certificate": 80, "job_skill": 20, "soft_skill": 8}
TOPIC_HOURS = 10
# To write an answer down, say it aloud twice and hold it against the advice.
PRACTICE_HOURS = 2


@dataclass
class Step:
    """One item of a plan: a skill to learn, a topic without a name, or an answer to practise.

    `lesson` is None of a skill that has none. `gaps` is what it helps to close: itself, where it
    `is_asked`, or by preparing for the skills that `prepares` names. `instead` names the skills
    that would have done as well, `mark` the grade or points to reach.
    """

    hours: int
    skill: str = ""
    lesson: Lesson | None = None
    topic: str = ""
    practice: Practice | None = None
    is_asked: bool = False
    mark: str = ""
    instead: tuple[str, ...] = ()
    gaps: list[Gap] = field(default_factory=list)
    prepares: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is told apart by."""
        return self.skill, self.topic, self.practice.gap.text if self.practice else ""


@dataclass(frozen=True)
class PutOff:
    """What there is no time for: its last step, and the hours of all that it would still take."""

    step: Step
    gaps: tuple[Gap, ...]
    hours: int


@dataclass(frozen=True)
class Plan:
    """Steps in the order to take them, what is no step and why, and the hours there are.

    `hours_available` is None where nothing limits them.
    """

    steps: tuple[Step, ...]
    put_off: tuple[PutOff, ...]
    set_aside: tuple[SetAside, ...]
    hours_available: int | None

    @property
    def total_hours(self) -> int:
        """How long all steps take."""
        return sum(step.hours for step in self.steps)


def first_to_come(deadlines: Iterable[date | None], on: date) -> date | None:
    """Return the first deadline that is not over on a day, None without one."""
    return min((day for day in deadlines if day and day >= on), default=None)


def hours_until(deadlines: Iterable[date | None], on: date, hours_a_week: int) -> int | None:
    """Return how many hours there are until the first deadline to come, None without one."""
    first = first_to_come(deadlines, on)
    return (first - on).days * hours_a_week // DAYS_OF_A_WEEK if first else None


def plan(
    missing: Missing,
    known: frozenset[str],
    graph: Graph,
    *,
    degree: int | None,
    hours_available: int | None,
) -> Plan:
    """Return a plan that closes what is missing, as far as study can and the hours allow.

    `known` are the skills that are there, which are neither learnt nor prepared. `degree` is the
    highest one there is, None where nobody knows. Every need is in a step, put off or set aside.
    """
    planner = _Planner(graph, known, degree)
    # What has no alternative decides which of several is the one to learn.
    for need in sorted(missing.needs, key=lambda need: len(need.options)):
        planner.want(need)
    for practice in missing.practices:
        planner.add([Step(PRACTICE_HOURS, practice=practice)], practice.gap)
    steps, put_off = _laid_out(planner.targets.values(), hours_available)
    set_aside = dict.fromkeys((*missing.set_aside, *planner.set_aside))
    return Plan(steps, put_off, tuple(set_aside), hours_available)


@dataclass
class _Target:
    """What gaps ask to be learnt, with all that leads to it; that itself is the last step."""

    steps: list[Step]
    gaps: list[Gap]

    @property
    def hours(self) -> int:
        """How long it takes from the beginning."""
        return sum(step.hours for step in self.steps)

    @property
    def rank(self) -> int:
        """How urgent it is: 0 of what must be had."""
        return min(_RANKS[gap.source] for gap in self.gaps)

    @property
    def weight(self) -> tuple[int, int]:
        """How late its turn comes: the most urgent first, of those the shortest."""
        return self.rank, self.hours


class _Planner:
    """Collects what is to be learnt."""

    def __init__(self, graph: Graph, known: frozenset[str], degree: int | None) -> None:
        self.graph = graph
        self.known = known
        self.degree = degree
        self.targets: dict[tuple[str, str, str], _Target] = {}
        self.set_aside: list[SetAside] = []

    def want(self, need: Need) -> None:
        """Take a need among the targets, or set it aside."""
        if not need.options:
            self.add([Step(TOPIC_HOURS, topic=need.topic)], need.gap)
            return
        paths = [self.graph.leading_to(option, self.known) for option in need.options]
        bars = [self._bar(path) for path in paths]
        possible = [self._steps(path) for path, bar in zip(paths, bars, strict=True) if not bar]
        if not possible:
            reason = next(bar for bar in bars if bar)
            self.set_aside.append(SetAside(gap=need.gap, reason=reason))
            return
        planned = {step.key for target in self.targets.values() for step in target.steps}
        steps = min(
            possible,
            key=lambda steps: sum(step.hours for step in steps if step.key not in planned),
        )
        steps[-1].mark = need.mark
        steps[-1].instead = tuple(name for name in need.options if name != steps[-1].skill)
        self.add(steps, need.gap)

    def add(self, steps: list[Step], gap: Gap) -> None:
        """Take steps among the targets; those that are there serve this gap, too."""
        target = self.targets.setdefault(steps[-1].key, _Target(steps, []))
        target.steps[-1].mark = target.steps[-1].mark or steps[-1].mark
        if gap not in target.gaps:
            target.gaps.append(gap)

    def _steps(self, path: Iterable[str]) -> list[Step]:
        lessons = self.graph.lessons
        return [Step(self._hours(name), skill=name, lesson=lessons.get(name)) for name in path]

    def _hours(self, name: str) -> int:
        if lesson := self.graph.lessons.get(name):
            return lesson.hours
        skill = find(name)
        return _HOURS_BY_KIND[skill.kind] if skill else TOPIC_HOURS

    def _bar(self, path: Iterable[str]) -> Reason | None:
        """Return why something on the way to a skill cannot be studied, None where all can."""
        for name in path:
            if reason := self.graph.barred.get(name):
                return reason
            lesson = self.graph.lessons.get(name)
            if lesson and lesson.degree and self.degree is not None and self.degree < lesson.degree:
                return Reason.ELIGIBILITY
        return None


def _laid_out(
    targets: Iterable[_Target], hours_available: int | None
) -> tuple[tuple[Step, ...], tuple[PutOff, ...]]:
    """Return the steps of all targets that the hours allow, and the targets that they do not."""
    laid = _Layout(hours_available)
    ordered = sorted(targets, key=lambda target: target.weight)
    # No wish takes the time in which a must-have can at least be begun.
    too_long = [target for target in ordered if not target.rank and not laid.take(target)]
    for target in too_long:
        laid.begin(target)
    too_long += [target for target in ordered if target.rank and not laid.take(target)]
    put_off = (
        PutOff(target.steps[-1], tuple(target.gaps), sum(step.hours for step in laid.new(target)))
        for target in too_long
    )
    return tuple(laid.taken.values()), tuple(put_off)


class _Layout:
    """The steps that are taken, within the hours and the number that there is room for."""

    def __init__(self, hours_available: int | None) -> None:
        self.left = hours_available
        self.taken: dict[tuple[str, str, str], Step] = {}

    def new(self, target: _Target) -> list[Step]:
        """Return the steps of a target that are not taken yet."""
        return [step for step in target.steps if step.key not in self.taken]

    def take(self, target: _Target) -> bool:
        """Take all steps of a target; return whether there was room for them."""
        if not self._add(self.new(target)):
            return False
        *before, asked = (self.taken[step.key] for step in target.steps)
        asked.is_asked = True
        asked.mark, asked.instead = target.steps[-1].mark, target.steps[-1].instead
        _serve(asked, target)
        _lead(before, target)
        return True

    def begin(self, target: _Target) -> None:
        """Take what leads to a target as far as there is room, each after what leads to it."""
        for step in self.new(target)[:-1]:
            to_come = {later.skill for later in self.new(target)}
            if not (step.lesson and to_come & {*step.lesson.after}):
                self._add([step])
        begun = [self.taken[step.key] for step in target.steps[:-1] if step.key in self.taken]
        _lead(begun, target)

    def _add(self, steps: Sequence[Step]) -> bool:
        hours = sum(step.hours for step in steps)
        if len(self.taken) + len(steps) > MAX_STEPS:
            return False
        if self.left is not None:
            if hours > self.left:
                return False
            self.left -= hours
        self.taken.update((step.key, step) for step in steps)
        return True


def _lead(before: Iterable[Step], target: _Target) -> None:
    """Tell steps that they lead to a target, and which gaps they serve by it."""
    for step in before:
        _serve(step, target)
        step.prepares.append(target.steps[-1].skill)


def _serve(step: Step, target: _Target) -> None:
    step.gaps.extend(gap for gap in target.gaps if gap not in step.gaps)
