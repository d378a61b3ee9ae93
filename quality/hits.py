"""When a finding counts as a hit of what was planted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from feedback.checks import run_checks
from feedback.checks.finding import Finding
from feedback.offline import review
from feedback.schemas import Division
from quality.corpus import Case, PlantedFlaw, PlantedStrength, folded, passages_with
from resumes.document import ResumeDocument, Section

# A gap or an overlap lies between two entries; either may be quoted.
OF_TWO_ENTRIES = frozenset({"date_gap", "date_overlap", "date_order"})
# These speak of an entry or a text as a whole, whichever of its words they quote.
OF_WHOLE_ENTRY = frozenset(
    {
        "duties_only",
        "section_thin",
        "project_incomplete",
        "graduation_missing",
        "mixed_endings",
        "introduction_short",
        "introduction_long",
    }
)
# Two names for one weakness, where a strict reader would use either.
SIBLINGS = {
    "vague_phrase": "cliche",
    "cliche": "vague_phrase",
    "vague_amount": "missing_figure",
    "missing_figure": "vague_amount",
}
# Flaws of form: what is told so badly may still be good.
OF_FORM = frozenset(
    {
        "long_sentence",
        "wall_of_text",
        "mixed_endings",
        "repeated_sentence",
        "introduction_short",
        "introduction_long",
    }
)


@dataclass(frozen=True)
class Hits:
    """What a reviewer found of the flaws planted in one résumé."""

    case: Case
    found: list[PlantedFlaw]
    missed: list[PlantedFlaw]
    found_by_sibling: list[PlantedFlaw]
    duplicates: list[Finding]
    false_alarms: list[Finding]
    siblings_of_planted: list[Finding]


@dataclass(frozen=True)
class Praise:
    """What a reviewer praised of the strengths planted in one résumé."""

    case: Case
    named: list[PlantedStrength]
    told_in_story: list[PlantedStrength]
    unnamed: list[PlantedStrength]
    praised_flaws: list[tuple[PlantedFlaw, Finding]]
    remarks: int


def shown(document: ResumeDocument, findings: Iterable[Finding], case: Case) -> list[Finding]:
    """Return the findings of which the applicant reads in the review, after its limits."""
    contents = review(document, case.reviewed_on).contents
    return [
        finding
        for finding in findings
        if any(
            finding.section == content.section
            and finding.quote == content.quote
            and finding.text in content.result
            for content in contents
        )
    ]


def findings_of(case: Case) -> tuple[list[Finding], list[Finding]]:
    """Return all findings in a résumé, and those of them that the applicant is shown."""
    findings = run_checks(case.resume, case.reviewed_on)
    return findings, shown(case.resume, findings, case)


def assess(case: Case, findings: Iterable[Finding]) -> Hits:
    """Return which planted flaws the findings hit, and which findings hit nothing.

    A finding and a flaw of one check and section are first brought together by their words; what
    is left then by its place, each finding for one flaw only.
    """
    remarks = [finding for finding in findings if finding.division != Division.STRENGTH]
    unused = list(remarks)
    found: list[PlantedFlaw] = []
    for flaw in case.flaws:
        same = [f for f in remarks if _is_of(f, flaw) and overlap(f.quote, flaw.words)]
        if same:
            found.append(flaw)
            first = next((f for f in same if f in unused), None)
            if first:
                unused.remove(first)
    for flaw in case.flaws:
        if flaw in found:
            continue
        near = next((f for f in unused if _is_of(f, flaw) and _same_place(f, flaw, case)), None)
        if near:
            found.append(flaw)
            unused.remove(near)
    missed = [flaw for flaw in case.flaws if flaw not in found]
    duplicates = [f for f in unused if any(_repeats(f, flaw, case) for flaw in found)]
    false_alarms = [f for f in unused if f not in duplicates]
    return Hits(
        case,
        found,
        missed,
        [flaw for flaw in missed if any(_is_sibling(f, flaw) for f in remarks)],
        duplicates,
        false_alarms,
        [f for f in false_alarms if any(_is_sibling(f, flaw) for flaw in case.flaws)],
    )


def praise(case: Case, findings: Iterable[Finding]) -> Praise:
    """Return which planted strengths the findings name, and which flaws they praise."""
    remarks = [finding for finding in findings if finding.division == Division.STRENGTH]
    named = [s for s in case.strengths if any(_names(finding, s) for finding in remarks)]
    told = [
        s
        for s in case.strengths
        if s not in named and any(_tells(finding, s, case.resume) for finding in remarks)
    ]
    return Praise(
        case,
        named,
        told,
        [s for s in case.strengths if s not in named and s not in told],
        [
            (flaw, finding)
            for flaw in case.flaws
            if flaw.words and flaw.check not in OF_FORM | OF_TWO_ENTRIES
            for finding in remarks
            if finding.section == flaw.section and overlap(finding.quote, flaw.words)
        ],
        len(remarks),
    )


def overlap(one: str, other: str) -> bool:
    """Return whether one text contains the other, or either is empty; white space is folded."""
    first, second = folded(one), folded(other)
    return first in second or second in first


def _is_of(finding: Finding, flaw: PlantedFlaw) -> bool:
    return finding.check == flaw.check and finding.section == flaw.section


def _is_sibling(finding: Finding, flaw: PlantedFlaw) -> bool:
    return (
        SIBLINGS.get(flaw.check) == finding.check
        and finding.section == flaw.section
        and overlap(finding.quote, flaw.words)
    )


def _same_place(finding: Finding, flaw: PlantedFlaw, case: Case) -> bool:
    if flaw.check in OF_TWO_ENTRIES:
        return True
    if flaw.check not in OF_WHOLE_ENTRY:
        return False
    entries = _entries(finding.quote, finding.section, case.resume)
    return bool(entries & _entries(flaw.words, flaw.section, case.resume))


def _repeats(finding: Finding, flaw: PlantedFlaw, case: Case) -> bool:
    if not _is_of(finding, flaw):
        return False
    if overlap(finding.quote, flaw.words):
        return True
    return flaw.check not in OF_TWO_ENTRIES and _same_place(finding, flaw, case)


def _entries(words: str, section: Section, document: ResumeDocument) -> set[int | None]:
    return {passage.index for passage in passages_with(words, section, document)}


def _names(finding: Finding, strength: PlantedStrength) -> bool:
    return finding.section == strength.section and overlap(finding.quote, strength.words)


def _tells(finding: Finding, strength: PlantedStrength, document: ResumeDocument) -> bool:
    """Return whether a finding praises the paragraph in which a strength stands as a story."""
    if finding.check != "story" or finding.section != strength.section:
        return False
    return any(
        folded(finding.quote) in folded(paragraph) and folded(strength.words) in folded(paragraph)
        for passage in passages_with(strength.words, strength.section, document)
        for paragraph in passage.text.splitlines()
    )
