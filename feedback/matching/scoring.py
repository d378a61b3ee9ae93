"""How much of one thing asked a résumé shows, and the words that prove it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from feedback.checks.sentences import clip
from feedback.matching.evidence import SAID_SHARE, Evidence, Statement
from feedback.matching.levels import Mark
from feedback.matching.requirements import Option, Wanted
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
    names: tuple[str, ...]
    proof: Statement | None


def judge(wanted: Wanted, applicant: Applicant) -> Item:
    """Return what a résumé shows of one thing asked.

    The score never gets less by adding statements: it is that of the best option, a mean of
    components, each of which is the best that any statement, any entry or the whole gives.
    """
    items = [_judged(wanted, option, applicant) for option in wanted.options]
    return max(items, key=lambda item: item.score)


def _judged(wanted: Wanted, option: Option, applicant: Applicant) -> Item:
    components = list(_components(wanted, option, applicant))
    weight = sum(component.weight for component in components)
    score = sum(component.weight * component.score for component in components) / weight
    proof = next(_proofs(components), None)
    return Item(
        text=wanted.text,
        found=_found(score),
        score=round(score, 4),
        quote=clip(proof.text) if proof else "",
        section=proof.section if proof else None,
        has=_names(component for component in components if component.score >= SAID_SHARE),
        lacks=_names(component for component in components if component.score < SAID_SHARE),
    )


def _found(score: float) -> Found:
    if score >= FOUND_FROM:
        return Found.FOUND
    return Found.PARTLY if score >= PARTLY_FROM else Found.MISSING


def _names(components: Iterable[_Component]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for component in components for name in component.names))


def _proofs(components: Iterable[_Component]) -> Iterator[Statement]:
    for component in sorted(components, key=lambda component: -component.weight * component.score):
        if component.proof and component.score:
            yield component.proof


def _components(wanted: Wanted, option: Option, applicant: Applicant) -> Iterator[_Component]:
    evidence = applicant.evidence
    for group in option.groups:
        yield _of_skills(group, evidence, wanted.mark)
    if wanted.months:
        share = min(1.0, applicant.months / wanted.months)
        yield _Component(SKILL_WEIGHT, share, (), applicant.longest_job)
    if wanted.degree:
        reached = applicant.degree >= wanted.degree
        yield _Component(SKILL_WEIGHT, float(reached), (), applicant.best_school)
    if option.words:
        alone = not (option.groups or wanted.months or wanted.degree)
        told = evidence.studies if wanted.of_study else evidence
        yield _of_words(option.words, told, names=alone)


def _of_skills(group: tuple[Skill, ...], evidence: Evidence, mark: Mark | None) -> _Component:
    soft = all(skill.kind == "soft_skill" for skill in group)
    best = _Component(0.0, 0.0, (" / ".join(skill.name for skill in group),), None)
    for reached in dict.fromkeys((mark, None)):
        share = 1.0 if reached == mark else UNMARKED_SHARE
        for skill in group:
            proof = evidence.statement_of(skill, reached)
            # Nobody's work shows a soft skill; it can only be said.
            score = share * (1.0 if soft else proof.worth) if proof else 0.0
            if score > best.score:
                best = _Component(0.0, score, (skill.name,), proof)
    return replace(best, weight=SOFT_SKILL_WEIGHT if soft else SKILL_WEIGHT)


def _of_words(words: tuple[str, ...], evidence: Evidence, *, names: bool) -> _Component:
    asked = frozenset(words)
    enough = ENOUGH_WORDS * len(asked)

    def share(found: frozenset[str]) -> float:
        return min(1.0, len(asked & found) / enough)

    best = evidence.statement_with(words, enough)
    score = max(
        best.worth * share(best.reading.words) if best else 0.0,
        ENTRY_SHARE * max((share(r.words) for r in evidence.by_entry.values()), default=0.0),
        RESUME_SHARE * share(evidence.told.words),
        RESUME_SHARE * SAID_SHARE * share(evidence.whole.words),
    )
    weight = WORDS_WEIGHT * min(1.0, len(words) / MANY_WORDS)
    return _Component(weight, score, words if names else (), best)
