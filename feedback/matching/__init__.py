"""How well a résumé fits a posting, by rules that need no model.

The rate never falls when something is added to a résumé: every step from its words to the rate
takes the best of what is there or counts what is there, and nothing is taken away for a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from feedback.checks.privacy import quotable
from feedback.matching.alternatives import Group
from feedback.matching.calling import Calling
from feedback.matching.copies import Posted
from feedback.matching.evidence import Evidence, Statement
from feedback.matching.levels import asked_level, highest_degree, months_worked
from feedback.matching.requirements import MAX_ITEMS, Wanted, wanted_in, wanted_of
from feedback.matching.result import Item, Match, Part, PartKind
from feedback.matching.scoring import Applicant, judge
from feedback.orders import is_order
from gaechwi.ai.personal_data import Redaction
from gaechwi.skills.vocabulary import Skill, find
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section
from resumes.periods import period_text
from resumes.privacy import redaction_for

# What a part counts. Who lacks must-haves is not invited, so they are half of the rate; years are
# what recruiters look at next; the rest decides among those who pass. Parts that a posting does
# not have fall away, and the others keep their proportions.
WEIGHTS = {
    PartKind.MUST_HAVE: 0.5,
    PartKind.PREFERRED: 0.15,
    PartKind.TECHNOLOGIES: 0.15,
    PartKind.EXPERIENCE: 0.2,
}


# A technology of more words than "Amazon Elastic Kubernetes Service" is a sentence.
MAX_NAME_WORDS = 4


def match(resume: ResumeDocument, posting: PostingDocument, on: date) -> Match:
    """Return how well a résumé fits a posting on the day `on`.

    Duties stand in for must-haves that a posting does not name. Where it asks nothing that can be
    compared there are no parts, and no rate.
    """
    asked, unchecked = asked_by(posting)
    calling = Calling.of(posting)
    applicant = _applicant(resume, posting, calling, on)
    weights = in_hundredths({kind: WEIGHTS[kind] for kind, wanted in asked.items() if wanted})
    redaction = redaction_for(resume)
    parts = tuple(
        _part(
            kind,
            weight,
            [_quoting_no_secret(judge(item, applicant), redaction) for item in asked[kind]],
        )
        for kind, weight in weights.items()
    )
    relevance = calling.relevance(applicant.evidence)
    rate = relevance * sum(part.weight * part.score for part in parts)
    return Match(
        # Rounded first to a number of digits that sums of the same parts agree on.
        rate=round(round(100 * rate, 6)) if parts else None,
        relevance=round(relevance, 4),
        parts=parts,
        unchecked=unchecked,
    )


def asked_by(posting: PostingDocument) -> tuple[dict[PartKind, list[Wanted]], tuple[str, ...]]:
    """Return what each part of a posting asks, and what of it no résumé can show."""
    must, unchecked = wanted_in(posting.requirements)
    if not must:
        must, _unchecked_duties = wanted_in(posting.duties, told=True)
    preferred, unchecked_wishes = wanted_in(posting.preferred)
    level = _level(posting, must)
    asked = {
        PartKind.MUST_HAVE: must,
        PartKind.PREFERRED: preferred,
        PartKind.TECHNOLOGIES: _technologies(posting, [*must, *preferred]),
        PartKind.EXPERIENCE: [level] if level else [],
    }
    return asked, (*unchecked, *unchecked_wishes)


def in_hundredths(weights: Mapping[PartKind, float]) -> dict[PartKind, float]:
    """Return weights in proportion to these, in whole hundredths that add up to 1.

    By largest remainder: what rounding down leaves goes to those that lost most by it.
    """
    exact = {kind: 100 * weight / sum(weights.values()) for kind, weight in weights.items()}
    whole = {kind: int(share) for kind, share in exact.items()}
    by_loss = sorted(exact, key=lambda kind: whole[kind] - exact[kind])
    for kind in by_loss[: 100 - sum(whole.values())]:
        whole[kind] += 1
    return {kind: hundredths / 100 for kind, hundredths in whole.items()}


def _technologies(posting: PostingDocument, asked: Iterable[Wanted]) -> list[Wanted]:
    """Return the technologies a posting lists, together those of which it says that one is enough.

    "Java 또는 Kotlin" among the must-haves is what a list of both means.
    """
    groups = [group for wanted in asked for group in wanted.groups]
    alternatives: dict[Skill | None, Group] = {}
    # What is asked alone as well is asked alone.
    for group in sorted(groups, key=len, reverse=True):
        alternatives.update({option.skill: group for option in group if option.skill})
    listed: dict[Group | str, Wanted] = {}
    for name in posting.technology_stacks[:MAX_ITEMS]:
        if len(name.split()) > MAX_NAME_WORDS or is_order(name):
            continue
        wanted = wanted_of(name)
        key: Group | str = name
        if (skill := find(name)) in alternatives:
            key = alternatives[skill]
            text = f"{listed[key].text} / {name}" if key in listed else name
            wanted = replace(wanted, text=text, groups=(key,))
        listed[key] = wanted
    return [wanted for wanted in listed.values() if not wanted.is_empty]


def _part(kind: PartKind, weight: float, items: Sequence[Item]) -> Part:
    score = sum(item.score for item in items) / len(items)
    return Part(kind=kind, weight=weight, score=round(score, 4), items=tuple(items))


def _quoting_no_secret(item: Item, redaction: Redaction) -> Item:
    quote = quotable(item.quote, redaction) if item.quote else ""
    if quote == item.quote:
        return item
    return item.model_copy(update={"quote": quote, "section": item.section if quote else None})


def _level(posting: PostingDocument, must: Sequence[Wanted]) -> Wanted | None:
    """Return what the posting asks of work experience: its own field, else of its must-haves."""
    if months := asked_level(posting.experience_level):
        return Wanted(posting.experience_level, (), (), months, None)
    if posting.experience_level:
        return None
    longest = max((w for w in must if w.months), key=lambda w: w.months or 0, default=None)
    return Wanted(longest.text, (), (), longest.months, None) if longest else None


def _applicant(
    resume: ResumeDocument, posting: PostingDocument, calling: Calling, on: date
) -> Applicant:
    evidence = Evidence.of(resume, Posted.of(posting))
    jobs = [resume.experiences[index] for index in calling.jobs(resume, evidence)]
    longest = max(jobs, key=lambda job: months_worked([job], on), default=None)
    school = max(resume.educations, key=lambda school: highest_degree([school]), default=None)
    period = period_text(longest.start_date, longest.end_date) if longest else ""
    return Applicant(
        evidence=evidence,
        months=months_worked(jobs, on),
        degree=highest_degree(resume.educations),
        longest_job=_said(Section.EXPERIENCES, period),
        best_school=_said(Section.EDUCATIONS, school.school if school else ""),
    )


def _said(section: Section, text: str) -> Statement | None:
    return Statement.of(section, None, text) if text else None
