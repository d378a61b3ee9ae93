"""Gaps that were left for the applicant to fill: to be filled first, and not judged as words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.checks.sentences import WRITTEN_FIELDS, clip, excerpt, written_texts
from feedback.placeholders import holds_placeholder, without_placeholders
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section


def gap_open(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences in which a gap is still open."""
    for section, sentence in _of_gaps(document):
        quote = clip(sentence)
        yield Finding(
            "gap_open",
            Division.IMPROVEMENT,
            section,
            quote,
            _(
                "‘%(quote)s’ 부분에 아직 채우지 않은 자리가 있습니다. 먼저 이 자리에 실제 값이나 "
                "사례를 적고, 적을 것이 없으면 대괄호째 지워 주십시오. 채운 뒤에 다시 피드백을 "
                "받으면 이 문장도 검토합니다."
            )
            % {"quote": excerpt(quote)},
            96,
        )


def _of_gaps(document: ResumeDocument) -> Iterator[tuple[Section, str]]:
    """Yield the sentences with a gap: one that stands alone belongs to the sentence before it."""
    for written in written_texts(document):
        for place, sentence in enumerate(written.sentences):
            if holds_placeholder(sentence.text):
                before = written.sentences[place - 1] if place else None
                alone = not _letters(without_placeholders(sentence.text))
                owner = before if alone and before and before.line == sentence.line else sentence
                yield written.section, owner.text


def without_gaps(document: ResumeDocument) -> ResumeDocument:
    """Return a résumé as it would read without its gaps."""
    fields = document.model_dump()
    for holder in [fields, *(entry for part in fields.values() for entry in _entries(part))]:
        for name in WRITTEN_FIELDS & holder.keys():
            holder[name] = without_placeholders(holder[name])
    return ResumeDocument.model_validate(fields)


def _entries(part: object) -> list[dict[str, str]]:
    return [entry for entry in part if isinstance(entry, dict)] if isinstance(part, list) else []


def beside_gaps(findings: Iterable[Finding], document: ResumeDocument) -> Iterator[Finding]:
    """Yield what was found in a résumé without its gaps, but for the sentences that hold them."""
    of_gaps = {
        (section, _letters(clip(without_placeholders(sentence))))
        for section, sentence in _of_gaps(document)
    }
    passages = list(document.passages())
    for finding in findings:
        stands = not finding.quote or any(
            finding.quote in passage.text
            for passage in passages
            if passage.section == finding.section
        )
        if stands and (finding.section, _letters(finding.quote)) not in of_gaps:
            yield finding


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
