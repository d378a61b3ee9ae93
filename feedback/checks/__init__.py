"""The rules by which a résumé is read without a model.

Every rule is a function of a document and of today's date, and yields findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property
from itertools import islice

from feedback.checks import (
    achievements,
    career,
    contact,
    dates,
    gaps,
    sections,
    strengths,
    style,
    teams,
    technologies,
    validity,
    wording,
)
from feedback.checks.finding import Finding
from feedback.checks.open_gaps import beside_gaps, gap_open, without_gaps
from feedback.checks.privacy import without_personal_data
from feedback.orders import is_order
from feedback.schemas import Division
from feedback.verdicts import is_verdict
from resumes.document import Passage, ResumeDocument
from resumes.privacy import redaction_for

Check = Callable[[ResumeDocument, date], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    contact.contact_missing,
    sections.section_missing,
    sections.section_thin,
    sections.introduction_short,
    sections.introduction_long,
    sections.project_incomplete,
    sections.graduation_missing,
    dates.date_order,
    dates.future_date,
    gaps.date_gap,
    gaps.date_overlap,
    achievements.duties_only,
    achievements.missing_figure,
    teams.own_part_unclear,
    wording.vague_phrase,
    wording.cliche,
    wording.vague_amount,
    style.mixed_endings,
    style.repeated_sentence,
    style.wall_of_text,
    style.long_sentence,
    technologies.technology_unproven,
    validity.score_expired,
    validity.bare_score,
    strengths.figure,
    strengths.story,
    strengths.leadership,
    strengths.award,
    career.tenure,
    career.career_line,
    career.certificate,
    technologies.technology_proven,
)

# Nobody mends more than this of one kind; a hostile text yields no more either.
MAX_FINDINGS_PER_CHECK = 50


class _Reading(ResumeDocument):
    """A document while the rules read it: its passages are put together once for all of them."""

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return tuple(super().passages())

    def passages(self) -> Iterator[Passage]:
        yield from self._passages


def run_checks(document: ResumeDocument, on: date) -> list[Finding]:
    """Return what all rules find in a résumé read on the day `on`, in the order of CHECKS.

    Quotes and remarks hold no personal data: a quote is cut down to the stretch beside it. Orders
    to the reviewer and verdicts are not praised, whatever figures and awards they speak of.
    Sentences with a gap are not judged before it is filled.
    """
    gaps = list(islice(gap_open(document, on), MAX_FINDINGS_PER_CHECK))
    found = _found(without_gaps(document) if gaps else document, on)
    if gaps:
        found = [*gaps, *beside_gaps(found, document)]
    redaction = redaction_for(document)
    # Most résumés hold none where it is quoted: one look at all of it is enough to know.
    words = "\n".join(f"{finding.quote}\n{finding.text}" for finding in found)
    if redaction.redact(words) == words:
        return found
    cleared = (without_personal_data(finding, redaction) for finding in found)
    return [finding for finding in cleared if finding is not None]


def _found(document: ResumeDocument, on: date) -> list[Finding]:
    reading = _Reading.model_construct(**dict(document))
    return [
        finding
        for check in CHECKS
        for finding in islice(check(reading, on), MAX_FINDINGS_PER_CHECK)
        if finding.division != Division.STRENGTH
        or not (is_order(finding.quote) or is_verdict(finding.quote))
    ]
