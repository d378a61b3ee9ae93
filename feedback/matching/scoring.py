"""How much of one thing asked a résumé shows, and the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feedback.checks.sentences import clip
from feedback.matching.alternatives import Group, Option
from feedback.matching.evidence import Evidence, Statement
from feedback.matching.levels import Mark
from feedback.matching.requirements import Wanted
from feedback.matching.result import Found, Item
from gaechwi.skills.vocabulary import Skill

# What one thing counts within an item: a named skill, years and degrees are checked by people one
# by one; soft skills are claimed by everybody; further nouns say what the skills are for.
SKILL_WEIGHT = 2.0
SOFT_SKILL_WEIGHT = 1.0
WORDS_WEIGHT = 1.0
# Fewer nouns than this weigh in proportion: one alone is rarely what an item is about.
MANY_WORDS = 3
# Different people tell the same thing in different words: half of the nouns are the whole.
ENOUGH_WORDS = 0.5
# The nouns of one sentence belong together, those of an entry nearly, those of a résumé hardly.
ENTRY_SHARE = 0.9
RESUME_SHARE = 0.6

# What is only listed or claimed is no proof of work, and more than nothing. A posting's own words
# pasted into an introduction, or its skills as a bare list, get this share of all but the years:
# under half, so that they are never taken for a fit, and over PARTLY_FROM, so that each is told
# what it lacks.
LISTED_SHARE = 0.4

# The test was taken, and the grade or the points asked are not told to be reached.
UNMARKED_SHARE = 0.5

FOUND_FROM = 0.75
PARTLY_FROM = 0.25


@dataclass(frozen=True)
class Applicant:
    """What is compared with a posting: statements, months of such work, the highest degree."""

    evidence: Evidence
    months: int
    degree: int
    longest_job: Statement | None
    best_school: Statement | None


@dataclass(frozen=True)
class _Component:
    """One of the things that make up an item."""

    weight: float
    score: float
    proof: Statement | None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


def judge(wanted: Wanted, applicant: Applicant) -> Item:
    """Return what a résumé shows of one thing asked.

    The score never gets less by adding statements: it is a mean of components, each of which is the
    best that any statement, entry or the whole of the résumé gives.
    """
    components = list(_components(wanted, applicant))
    weight = sum(component.weight for component in components)
    score = sum(component.weight * component.score for component in components) / weight
    found = _found(score)
    # Beside "not found" the little that was found would read as its proof.
    proof = None if found == Found.MISSING else next(_proofs(components), None)
    return Item(
        text=wanted.text,
        found=found,
        score=round(score, 4),
        quote=clip(proof.text) if proof else "",
        section=proof.section if proof else None,
        has=_each_once(component.has for component in components),
        lacks=_each_once(component.lacks for component in components),
    )


def _found(score: float) -> Found:
    if score >= FOUND_FROM:
        return Found.FOUND
    return Found.PARTLY if score >= PARTLY_FROM else Found.MISSING


def _each_once(names: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for of_component in names for name in of_component))


def _proofs(components: Iterable[_Component]) -> Iterator[Statement]:
    for component in sorted(components, key=lambda component: -component.weight * component.score):
        if component.proof and component.score:
            yield component.proof


def _components(wanted: Wanted, applicant: Applicant) -> Iterator[_Component]:
    for group in wanted.groups:
        yield _of_group(group, applicant.evidence, wanted.mark)
    if wanted.months:
        share = min(1.0, applicant.months / wanted.months)
        yield _Component(SKILL_WEIGHT, share, applicant.longest_job)
    if wanted.degree:
        reached = applicant.degree >= wanted.degree
        yield _Component(SKILL_WEIGHT, float(reached), applicant.best_school)
    if wanted.words:
        yield _of_words(wanted, applicant.evidence)


@dataclass(frozen=True)
class _Shown:
    """How much of an option is shown, from 0 to 1, by what, and what of it is not reached."""

    score: float
    proof: Statement | None = None
    unreached: str = ""


def _of_group(group: Group, evidence: Evidence, mark: Mark | None) -> _Component:
    """Return how far one of the options of a group is shown: the best counts, the first of many."""
    shown = [(_of_option(option, evidence, mark), option) for option in group]
    best, option = max(shown, key=lambda pair: pair[0].score)
    weight = _weight_of(group)
    if not best.score:
        lacks = " / ".join(dict.fromkeys(option.name for option in group))
        return _Component(weight, 0.0, None, lacks=(lacks,))
    lacks_of_it = (best.unreached,) if best.unreached else ()
    return _Component(weight, best.score, best.proof, has=(option.name,), lacks=lacks_of_it)


def first_shown(wanted: Wanted, evidence: Evidence) -> int | None:
    """Return the place of the first thing of an item that some statements show, None without one.

    What is merely listed is shown, too, and soft skills are not: everybody claims them.
    """
    for place, group in enumerate(wanted.groups):
        if _weight_of(group) == SOFT_SKILL_WEIGHT and not any(option.nouns for option in group):
            continue
        if _of_group(group, evidence, wanted.mark).score >= LISTED_SHARE * FOUND_FROM:
            return place
    if wanted.groups or not wanted.words:
        return None
    return 0 if _of_words(wanted, evidence).score >= FOUND_FROM else None


def _weight_of(group: Group) -> float:
    return max(_weight(option) for option in group)


def _weight(option: Option) -> float:
    if option.nouns:
        return WORDS_WEIGHT
    soft = option.skill is not None and option.skill.kind == "soft_skill"
    return SOFT_SKILL_WEIGHT if soft else SKILL_WEIGHT


def _of_option(option: Option, evidence: Evidence, mark: Mark | None) -> _Shown:
    if option.majors:
        school = evidence.school_of(option.majors)
        return _Shown(1.0, school) if school else _Shown(0.0)
    if option.skill:
        return _of_skill(option.skill, evidence, mark)
    return _of_nouns(option.nouns, evidence, enough=1.0)


def _of_skill(skill: Skill, evidence: Evidence, mark: Mark | None) -> _Shown:
    # Whoever says that they are careful, or drive, can hardly show it in another way.
    in_use = evidence if skill.is_anybodys else evidence.of_work
    for statements, share in ((in_use, 1.0), (evidence, LISTED_SHARE)):
        reached = statements.statement_of(skill, mark)
        if reached:
            return _Shown(share, reached)
        if mark and (unmarked := statements.statement_of(skill)):
            return _Shown(share * UNMARKED_SHARE, unmarked, mark.text)
    return _Shown(0.0)


def _of_nouns(asked: tuple[str, ...], evidence: Evidence, enough: float) -> _Shown:
    """Return how much of some nouns is shown, of which the share `enough` is the whole."""

    def shown_in(statements: Evidence) -> _Shown:
        def share(found: frozenset[str]) -> float:
            return min(1.0, len(found.intersection(asked)) / (enough * len(asked)))

        best = statements.statement_with(asked)
        if best is None:
            return _Shown(0.0)
        of_entries = max(share(reading.words) for reading in statements.by_entry.values())
        return _Shown(
            max(
                share(best.reading.words),
                ENTRY_SHARE * of_entries,
                RESUME_SHARE * share(statements.whole.words),
            ),
            best,
        )

    in_use, anywhere = shown_in(evidence.of_work), shown_in(evidence)
    if in_use.score >= LISTED_SHARE * anywhere.score:
        return in_use
    return _Shown(LISTED_SHARE * anywhere.score, anywhere.proof)


def _of_words(wanted: Wanted, evidence: Evidence) -> _Component:
    shown = _of_nouns(wanted.words, evidence, ENOUGH_WORDS)
    weight = WORDS_WEIGHT * min(1.0, len(wanted.words) / MANY_WORDS)
    if wanted.groups or wanted.months or wanted.degree:
        return _Component(weight, shown.score, shown.proof)
    found = evidence.whole.words
    lacks = tuple(word for word in wanted.words if word not in found)
    return _Component(
        weight,
        shown.score,
        shown.proof,
        has=tuple(word for word in wanted.words if word in found),
        # Other words tell the same: what was shown well enough lacks none of them.
        lacks=lacks if shown.score < FOUND_FROM else (),
    )
