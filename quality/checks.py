"""How much of what was planted in résumés the offline rules find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils import translation

from feedback.checks.finding import Finding
from quality.corpus import HELD_OUT, RESUMES, PlantedFlaw, load
from quality.hits import Hits, Praise, assess, findings_of, praise
from quality.markdown import percent, quoted, table

# These judge what the words say; the others ask what is there, and when it was.
OF_WORDS = frozenset(
    {
        "vague_phrase",
        "cliche",
        "vague_amount",
        "missing_figure",
        "duties_only",
        "own_part_unclear",
    }
)


@dataclass(frozen=True)
class Count:
    """Hits added up over résumés."""

    planted: int
    found: int
    false_alarms: int
    duplicates: int
    found_leniently: int
    alarms_leniently: int

    @property
    def recall(self) -> float:
        """Return the share of the planted flaws that were found."""
        return self.found / self.planted

    def row(self) -> list[object]:
        """Return the cells of a table of totals.

        Recall is found / planted and precision found / (found + false alarms): Manning, Raghavan,
        Schütze, Introduction to Information Retrieval, 8.3. Duplicates count in neither.
        """
        return [
            self.planted,
            self.found,
            self.planted - self.found,
            self.false_alarms,
            self.duplicates,
            percent(self.found, self.planted),
            percent(self.found, self.found + self.false_alarms),
            percent(self.found_leniently, self.planted),
            percent(self.found_leniently, self.found_leniently + self.alarms_leniently),
        ]


# What the ten résumés gave before any rule was changed because of them. Kept, not computed.
FIRST_SIGHT = Count(110, 82, 0, 0, 84, 0)
FIRST_SIGHT_STRENGTHS = (31, 28)
FIRST_SIGHT_PRAISED_FLAWS = 6
# What the held-out résumés gave when they were measured for the first time, by rules version 2.
HELD_OUT_FIRST = Count(55, 33, 2, 0, 33, 2)


@dataclass(frozen=True)
class Measured:
    """What the rules say of a folder of résumés: all of it, and what of it is shown."""

    hits: list[Hits]
    hits_shown: list[Hits]
    praise: list[Praise]
    praise_shown: list[Praise]


@cache
def measured(folder: Path) -> Measured:
    """Return what the rules find in every résumé of a folder."""
    result = Measured([], [], [], [])
    # Some quotes hold words of the page's language ("2024.03 ~ 현재").
    with translation.override("ko"):
        for case in load(folder):
            findings, shown = findings_of(case)
            result.hits.append(assess(case, findings))
            result.hits_shown.append(assess(case, shown))
            result.praise.append(praise(case, findings))
            result.praise_shown.append(praise(case, shown))
    return result


def count(hits: Iterable[Hits], checks: frozenset[str] | None = None) -> Count:
    """Return the sum over résumés, of some checks only where they are named."""
    every = list(hits)

    def amount(things: Iterator[PlantedFlaw | Finding]) -> int:
        return sum(1 for thing in things if checks is None or thing.check in checks)

    found = amount(f for h in every for f in h.found)
    alarms = amount(f for h in every for f in h.false_alarms)
    return Count(
        planted=amount(f for h in every for f in h.case.flaws),
        found=found,
        false_alarms=alarms,
        duplicates=amount(f for h in every for f in h.duplicates),
        found_leniently=found + amount(f for h in every for f in h.found_by_sibling),
        alarms_leniently=alarms - amount(f for h in every for f in h.siblings_of_planted),
    )


def how_it_is_measured() -> str:
    """Return what is measured and how a hit is counted."""
    return """## What is measured

Ten résumés of different trades (`quality/resumes/`) hold flaws that were put there on purpose. Each
flaw names the check that should see it, the section, the words, and why it is one. They were
written without looking at the rules. The offline reviewer reads them as it reads any other, and
what it says is compared with what was planted. A flaw that was planted and is named is *found*, one
that is not named is *missed*, and a remark on something that was not planted is a *false alarm*.

A remark counts as a hit of a planted flaw when

- it comes from the check that the flaw names, and speaks of the same section, and
- the words agree: one text contains the other, white space aside, or either has no words. Checks
  that judge an entry as a whole (`duties_only`, `section_thin`, `project_incomplete`,
  `graduation_missing`, `mixed_endings`, the length of the introduction) may quote other words of
  the same entry. A gap, an overlap or a wrong order of dates may be quoted at either of its two
  entries.

Every remark is counted for one flaw. A second remark on words that were found already is a
*duplicate*, neither a hit nor a false alarm. Standing in the same paragraph is not enough: a remark
on another sentence of it is a false alarm.

*Recall* is found / planted, *precision* is found / (found + false alarms). They are strict. The
*lenient* ones let `vague_phrase` stand for `cliche` and `vague_amount` for `missing_figure` on the
same words, and the other way round, because a person would accept either name.

Both are taken of all findings, and of what the applicant is shown: a review holds a limited number
of remarks, and joins those on the same words into one.

What this does not say: the planted flaws are what the authors thought of. That no false alarm is
counted means that in these texts every remark agreed with their author, not that every applicant
would agree."""


def first_sight() -> str:
    """Return the line that remembers the result before the rules saw the résumés."""
    seen = FIRST_SIGHT
    strengths, named = FIRST_SIGHT_STRENGTHS
    held_out = HELD_OUT_FIRST
    return f"""## Before and after

- At first sight, before any rule was changed: recall {percent(seen.found, seen.planted)},
  false alarms {seen.false_alarms}. That is {seen.found} of {seen.planted} flaws
  ({percent(seen.found_leniently, seen.planted)} leniently), {named} of {strengths} planted
  strengths named, {FIRST_SIGHT_PRAISED_FLAWS} flaws praised.
- Then the rules were improved by what they had missed. The tables of the ten résumés below
  therefore show how well the rules fit texts they have been fitted to.
- Five more résumés were written after that and measured once: recall
  {percent(held_out.found, held_out.planted)}, {held_out.found} of {held_out.planted} flaws, with
  {held_out.false_alarms} false alarms. **This is the number to expect of a résumé that the rules
  have not seen.** What is there and when, the rules see reliably; of empty words they know the ones
  they have met. The author of these five knew the rules, which may bend the number either way."""


_TOTALS = (
    "",
    "planted",
    "found",
    "missed",
    "false alarms",
    "duplicates",
    "recall",
    "precision",
    "lenient recall",
    "lenient precision",
)


def _totals(folder: Path) -> str:
    result = measured(folder)
    rest = frozenset(f.check for h in result.hits for f in _all_of(h)) - OF_WORDS
    return table(
        _TOTALS,
        [
            ["all findings", *count(result.hits).row()],
            ["– what the words say", *count(result.hits, OF_WORDS).row()],
            ["– what is there, and when", *count(result.hits, rest).row()],
            ["what the applicant is shown", *count(result.hits_shown).row()],
        ],
    )


def _all_of(hits: Hits) -> list[PlantedFlaw | Finding]:
    return [*hits.case.flaws, *hits.false_alarms, *hits.duplicates]


def _by_check(folder: Path) -> str:
    hits = measured(folder).hits
    checks = sorted({thing.check for h in hits for thing in _all_of(h)})
    sums = {check: count(hits, frozenset({check})) for check in checks}
    return table(
        ("check", "planted", "found", "missed", "false alarms", "recall"),
        [
            [
                f"`{check}`",
                c.planted,
                c.found,
                c.planted - c.found,
                c.false_alarms,
                percent(c.found, c.planted),
            ]
            for check, c in sums.items()
        ],
    )


def _by_resume(folder: Path) -> str:
    result = measured(folder)
    return table(
        (
            "trade",
            "read on",
            "flaws",
            "found",
            "false alarms",
            "strengths",
            "named",
            "named as shown",
        ),
        [
            [
                hits.case.trade,
                hits.case.reviewed_on,
                len(hits.case.flaws),
                len(hits.found),
                len(hits.false_alarms),
                len(hits.case.strengths),
                len(praised.named),
                len(shown.named),
            ]
            for hits, praised, shown in zip(
                result.hits, result.praise, result.praise_shown, strict=True
            )
        ],
        texts=2,
    )


def _strengths(folder: Path) -> str:
    result = measured(folder)
    rows = [
        [
            name,
            sum(len(p.case.strengths) for p in praises),
            sum(len(p.named) for p in praises),
            sum(len(p.told_in_story) for p in praises),
            sum(len(p.unnamed) for p in praises),
            sum(p.remarks for p in praises),
            sum(len(p.praised_flaws) for p in praises),
        ]
        for name, praises in (
            ("all findings", result.praise),
            ("what the applicant is shown", result.praise_shown),
        )
    ]
    head = ("", "planted", "named", "in a story", "not named", "remarks of praise", "flaws praised")
    lines = [table(head, rows), ""]
    for praised in result.praise:
        trade = praised.case.trade
        lines += [
            f"- Not named ({trade}, {strength.section.value}): {quoted(strength.words)}. "
            f"{strength.why}"
            for strength in praised.unnamed
        ]
        lines += [
            f"- Praised as `{finding.check}` ({trade}, {flaw.section.value}): "
            f"{quoted(flaw.words)}, planted as `{flaw.check}`. {flaw.why}"
            for flaw, finding in praised.praised_flaws
        ]
    return "\n".join(lines)


def _misses(folder: Path) -> str:
    lines = [
        f"- {hits.case.trade}, `{flaw.check}`, {flaw.section.value}: {quoted(flaw.words)}. "
        f"{flaw.why}"
        for hits in measured(folder).hits
        for flaw in hits.missed
    ]
    return "\n".join(lines) or "None."


def _alarms(folder: Path) -> str:
    lines = [
        f"- {hits.case.trade}, `{finding.check}`, {finding.section.value}: "
        f"{quoted(finding.quote)}. The remark: {quoted(finding.text, 300)}"
        for hits in measured(folder).hits
        for finding in hits.false_alarms
    ]
    return "\n".join(lines) or "None."


_STRENGTHS_TOLD = """A planted strength is *named* when a remark of praise quotes its words or words
that hold them, and *in a story* when a remark praises the paragraph it stands in. Praise that was
not planted is no error: nobody listed all that is good. A flaw is *praised* when the words of a
planted flaw are quoted as a strength, flaws of form (length, endings, repetition) and of dates
between two entries aside."""


def ten_resumes() -> str:
    """Return the measurement of the résumés by which the rules were improved."""
    return "\n\n".join(
        (
            "## The ten résumés",
            "### Totals",
            _totals(RESUMES),
            "### By check",
            _by_check(RESUMES),
            "### By résumé",
            _by_resume(RESUMES),
            "### Strengths",
            _STRENGTHS_TOLD,
            _strengths(RESUMES),
            "### Every miss",
            _misses(RESUMES),
            "### Every false alarm",
            _alarms(RESUMES),
        )
    )


_HELD_OUT_TOLD = """Five résumés of other trades (`quality/holdout/`), written after the rules were
done and not used to improve them. Once a rule is changed because of a miss in this list, they are
held out no longer, and new ones have to be written."""


def held_out() -> str:
    """Return the measurement of the résumés that no rule was fitted to."""
    return "\n\n".join(
        (
            "## Held out",
            _HELD_OUT_TOLD,
            _totals(HELD_OUT),
            _by_check(HELD_OUT),
            _by_resume(HELD_OUT),
            "### Strengths of the held out",
            _strengths(HELD_OUT),
            "### Every miss in the held out",
            _misses(HELD_OUT),
            "### Every false alarm in the held out",
            _alarms(HELD_OUT),
        )
    )
