"""How well a résumé fits a posting, by rules that need no model.

The rate never falls when something is added to a résumé: every step from its words to the rate
takes the best of what is there or counts what is there, and nothing is taken away for a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from feedback.checks.privacy import quotable, redaction_for
from feedback.matching.calling import Calling
from feedback.matching.evidence import Evidence, Lines, Statement, letters_of
from feedback.matching.levels import asked_level, highest_degree, months_worked
from feedback.matching.requirements import MAX_ITEMS, Wanted, lines_of, wanted_in, wanted_of
from feedback.matching.result import Item, Match, Part, PartKind
from feedback.matching.scoring import Applicant, judge
from feedback.orders import is_order
from gaechwi.ai.personal_data import Redaction
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section
from resumes.periods import period_text

# What a part counts. Who lacks must-haves is not invited, so they are half of the rate; years are
# what recruiters look at next; the rest decides among those who pass. Parts that a posting does
# not have fall away, and the others keep their proportions.
WEIGHTS = {
    PartKind.MUST_HAVE: 0.5,
    PartKind.PREFERRED: 0.15,
    PartKind.TECHNOLOGIES: 0.15,
    PartKind.EXPERIENCE: 0.2,
}


# Shorter lines of a posting ("정보처리기사 자격증") are those of an honest résumé, too.
MIN_LETTERS = 12
# A technology of more words than "Amazon Elastic Kubernetes Service" is a sentence.
MAX_NAME_WORDS = 4


def match(resume: ResumeDocument, posting: PostingDocument, on: date) -> Match:
    """Return how well a résumé fits a posting on the day `on`.

    Duties stand in for must-haves that a posting does not name. Where it asks nothing that can be
    compared there are no parts, and no rate.
    """
    must, unchecked = wanted_in(posting.requirements)
    if not must:
        must, _unchecked_duties = wanted_in(posting.duties, told=True)
    preferred, unchecked_wishes = wanted_in(posting.preferred)
    technologies = [
        wanted_of(name)
        for name in posting.technology_stacks[:MAX_ITEMS]
        if len(name.split()) <= MAX_NAME_WORDS and not is_order(name)
    ]
    level = _level(posting, must)
    calling = Calling.of(posting)
    applicant = _applicant(resume, calling, _lines(posting), on)
    asked = {
        PartKind.MUST_HAVE: must,
        PartKind.PREFERRED: preferred,
        PartKind.TECHNOLOGIES: [wanted for wanted in technologies if not wanted.is_empty],
        PartKind.EXPERIENCE: [level] if level else [],
    }
    weights = _weights([kind for kind, wanted in asked.items() if wanted])
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
        unchecked=(*unchecked, *unchecked_wishes),
    )


def _weights(kinds: Sequence[PartKind]) -> dict[PartKind, float]:
    """Return what the parts count, in whole percents that add up to a hundred.

    What rounding down leaves goes to those that lost most by it (the method of largest remainders).
    """
    total = sum(WEIGHTS[kind] for kind in kinds)
    exact = {kind: round(100 * WEIGHTS[kind] / total, 6) for kind in kinds}
    percents = {kind: int(percent) for kind, percent in exact.items()}
    most_lost = sorted(kinds, key=lambda kind: percents[kind] - exact[kind])
    for kind in most_lost[: 100 - sum(percents.values())]:
        percents[kind] += 1
    return {kind: percent / 100 for kind, percent in percents.items()}


def _lines(posting: PostingDocument) -> frozenset[str]:
    """Return the lines by which a posting asks, to know them again where they are only repeated."""
    texts = (posting.requirements, posting.preferred, posting.duties)
    lines = (line for text in texts for line in lines_of(text))
    return frozenset(letters for line in lines if len(letters := letters_of(line)) >= MIN_LETTERS)


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
        return Wanted(posting.experience_level, months=months)
    if posting.experience_level:
        return None
    longest = max((w for w in must if w.months), key=lambda w: w.months or 0, default=None)
    return Wanted(longest.text, months=longest.months) if longest else None


def _applicant(resume: ResumeDocument, calling: Calling, asked: Lines, on: date) -> Applicant:
    evidence = Evidence.of(resume, asked)
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
    return Statement.of(section, None, text, frozenset()) if text else None
