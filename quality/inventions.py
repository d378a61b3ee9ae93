"""How many of the facts that were planted in rewritten résumés are told from honest rewriting."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict

from feedback.invented import Invention, InventionKind, find_inventions
from feedback.invented.plain import compact
from quality.corpus import FOLDER, RESUMES, Case
from quality.markdown import percent, quoted, table
from resumes.document import ResumeDocument, Section
from resumes.sample import sample_document

REWRITES = FOLDER / "rewrites"
# The detector was improved by what it got wrong here …
TUNED = "tuned"
# … and not by these, which were written afterwards and measured once.
HELD_OUT = "held_out"
# Awards, ratings and names of tools: written before the detector was taught these kinds, and
# measured before and after.
HELD_OUT_NAMES = "held_out_names"
# More of these kinds, each written after the detector was taught by the ones before it, and
# measured once: ratings in words, honours by trade, Korean tools and platforms …
HELD_OUT_TRADES = "held_out_trades"
# … the same again, its tools as pages about the trade name them …
HELD_OUT_AGAIN = "held_out_again"
# … and names alone that the vocabulary was not made for, beside honest rewriting in loanwords.
HELD_OUT_UNLISTED = "held_out_unlisted"
OF_NAMES = (HELD_OUT_NAMES, HELD_OUT_TRADES, HELD_OUT_AGAIN, HELD_OUT_UNLISTED)
FILES = (TUNED, HELD_OUT, *OF_NAMES)


class Edit(BaseModel):
    """One change of a field: `old` words become `new` ones, or the whole field where old is None.

    Without a field, `new` is an entry added to its section.
    """

    model_config = ConfigDict(extra="forbid")

    section: Section
    index: int | None
    field: str
    old: str | None
    new: Any


class PlantedInvention(BaseModel):
    """One fact that the source does not state."""

    model_config = ConfigDict(extra="forbid")

    kind: InventionKind
    text: str


class Rewrite(BaseModel):
    """A résumé as a model might have rewritten it. Without anything planted it is honest."""

    model_config = ConfigDict(extra="forbid")

    resume: str
    why: str
    edits: list[Edit]
    planted: list[PlantedInvention]


@dataclass(frozen=True)
class Assessed:
    """What the detector says of one rewrite; what is `named` is found under its own kind."""

    rewrite: Rewrite
    found: list[PlantedInvention]
    named: list[PlantedInvention]
    missed: list[PlantedInvention]
    false_alarms: list[Invention]


# Found, planted and false alarms when rewrites were measured for the first time: those that the
# detector was improved by afterwards, and those held out. Kept, not computed.
FIRST_SIGHT = (78, 84, 17)
HELD_OUT_FIRST = (36, 37, 1)
# The same of OF_NAMES; of the first before the detector knew these kinds.
NAMES_FIRST = {
    HELD_OUT_NAMES: (12, 33, 3),
    HELD_OUT_TRADES: (30, 32, 1),
    HELD_OUT_AGAIN: (21, 24, 0),
    HELD_OUT_UNLISTED: (7, 12, 1),
}


def source_of(rewrite: Rewrite) -> ResumeDocument:
    """Return the résumé that was rewritten."""
    if rewrite.resume == "sample":
        return sample_document()
    text = (RESUMES / f"{rewrite.resume}.json").read_text(encoding="utf-8")
    return Case.model_validate_json(text).resume


def rewritten(rewrite: Rewrite, source: ResumeDocument) -> ResumeDocument:
    """Return the résumé after the edits. Raises ValueError for words that do not stand in it."""
    fields = source.model_dump(mode="json")
    for edit in rewrite.edits:
        if not edit.field:
            fields[edit.section].append(edit.new)
            continue
        place = fields if edit.index is None else fields[edit.section][edit.index]
        if edit.old and edit.old not in place[edit.field]:
            raise ValueError(f"{rewrite.resume}: {edit.old}")
        place[edit.field] = place[edit.field].replace(edit.old, edit.new) if edit.old else edit.new
    return ResumeDocument.model_validate(fields)


def load(name: str) -> list[Rewrite]:
    """Return the rewrites of a file."""
    content = json.loads((REWRITES / f"{name}.json").read_text(encoding="utf-8"))
    return [Rewrite.model_validate(case) for case in content]


def assess(rewrite: Rewrite) -> Assessed:
    """Return what is found, missed and wrongly suspected in a rewrite."""
    source = source_of(rewrite)
    said = find_inventions(source, rewritten(rewrite, source))
    hits = [
        (invention, planted)
        for planted in rewrite.planted
        for edit, index in _placed_edits(rewrite, source)
        for invention in said
        if _meets(invention, planted, edit, index)
    ]
    found = [planted for planted in rewrite.planted if planted in [p for _i, p in hits]]
    return Assessed(
        rewrite=rewrite,
        found=found,
        named=[p for p in found if p.kind in [i.kind for i, met in hits if met == p]],
        missed=[planted for planted in rewrite.planted if planted not in found],
        false_alarms=[i for i in said if i not in [hit for hit, _p in hits]],
    )


def _placed_edits(rewrite: Rewrite, source: ResumeDocument) -> Iterator[tuple[Edit, int | None]]:
    """Yield the edits with the places of their entries in the rewritten résumé."""
    added: Counter[Section] = Counter()
    for edit in rewrite.edits:
        if edit.field:
            yield edit, edit.index
        else:
            yield edit, len(getattr(source, edit.section)) + added[edit.section]
            added[edit.section] += 1


def _meets(invention: Invention, planted: PlantedInvention, edit: Edit, index: int | None) -> bool:
    """Return whether an invention names words of a planted one where an edit has put it."""
    said, sought = compact(invention.text), compact(planted.text)
    return (
        (invention.section, invention.index) == (edit.section, index)
        and edit.field in ("", invention.field)
        and sought in compact(str(edit.new))
        and (said in sought or sought in said)
    )


@cache
def measured(name: str) -> list[Assessed]:
    """Return what is said of every rewrite of a file."""
    return [assess(rewrite) for rewrite in load(name)]


def totals(name: str) -> tuple[int, int, int]:
    """Return how many inventions were found, how many planted, and how many false alarms."""
    results = measured(name)
    return (
        sum(len(result.found) for result in results),
        sum(len(result.rewrite.planted) for result in results),
        sum(len(result.false_alarms) for result in results),
    )


def _at_first_sight() -> str:
    rows = []
    for name, (found, planted, alarms) in NAMES_FIRST.items():
        now, _planted, alarms_now = totals(name)
        seen = [f"{found} ({percent(found, planted)})", alarms]
        rows.append([f"`{name}`", planted, *seen, f"{now} ({percent(now, planted)})", alarms_now])
    columns = ("rewrites", "planted", "at first sight", "false alarms", "now", "false alarms now")
    return table(columns, rows)


def _all_of(names: Iterable[str]) -> list[Assessed]:
    return [result for name in names for result in measured(name)]


def _by_kind(*names: str) -> str:
    rows, results = [], _all_of(names)
    for kind in InventionKind:
        planted = [p for r in results for p in r.rewrite.planted if p.kind == kind]
        found = [p for r in results for p in r.found if p.kind == kind]
        named = [p for r in results for p in r.named if p.kind == kind]
        alarms = [i for r in results for i in r.false_alarms if i.kind == kind]
        if planted or alarms:
            counts = len(planted), len(found), len(named), len(alarms)
            rows.append(_row(f"`{kind.value}`", *counts))
    found_all, planted_all, alarms_all = map(sum, zip(*map(totals, names), strict=True))
    named_all = sum(len(result.named) for result in results)
    rows.append(_row("all", planted_all, found_all, named_all, alarms_all))
    columns = ("kind", "planted", "found", "recall", "named", "recall as named", "false alarms")
    return table(columns, rows)


def _row(name: str, planted: int, found: int, named: int, alarms: int) -> list[object]:
    shares = percent(found, planted), percent(named, planted)
    return [name, planted, found, shares[0], named, shares[1], alarms]


def _errors(*names: str) -> str:
    lines = [
        f"- Missed in {result.rewrite.resume}, `{planted.kind.value}`: {quoted(planted.text)}. "
        f"{result.rewrite.why}"
        for result in _all_of(names)
        for planted in result.missed
    ]
    lines += [
        f"- False alarm in {result.rewrite.resume}, `{alarm.kind.value}`, {alarm.section.value} "
        f"{alarm.field}: {quoted(alarm.text)}. {result.rewrite.why}"
        for result in _all_of(names)
        for alarm in result.false_alarms
    ]
    return "\n".join(lines) or "No errors."


def invented_facts() -> str:
    """Return how well invented facts are told from honest rewriting."""
    found, planted, alarms = FIRST_SIGHT
    unseen, unseen_planted, unseen_alarms = HELD_OUT_FIRST
    honest = {
        name: [result for result in measured(name) if not result.rewrite.planted] for name in FILES
    }
    per_resume = "; ".join(
        f"{name.replace('_', ' ')}: "
        f"{sum(len(r.false_alarms) for r in results)} in {len(results)} honest rewrites"
        for name, results in honest.items()
    )
    return f"""## Invented facts

Rewritten résumés as a model might give them (`quality/rewrites/`), with facts planted that the
source does not state, and honest ones in which nothing is invented. `feedback.invented` compares
each with its source. A planted fact is *found* when words that overlap it are marked in the field
it was planted in: then its user is asked. It is *named* when they are marked as its kind, too; a
language score, say, is planted as a certificate and marked as a figure. Whatever else is marked is
a *false alarm*, in rewrites with planted facts too.

- At first sight, the detector in its first shape: {found} of {planted}
  ({percent(found, planted)}), {alarms} false alarms. Then it was improved by what it got wrong.
- More rewrites were written after that and measured once: {unseen} of {unseen_planted}
  ({percent(unseen, unseen_planted)}), false alarms {unseen_alarms}. **This is the number to
  expect.**
- Then awards, ratings and tools of other trades were planted in rewrites of their own, before the
  detector knew these kinds (`held_out_names`); it was taught them, and others were planted that it
  had not seen. *At first sight* is what to expect of each sort, *now* is what it was taught.
- Detector and rewrites have one author, who knew the rules while writing: models will find other
  ways to invent. A name that no list knows is seen where it stands in no Korean dictionary; one
  that is made of words ("온길") is not.

{_at_first_sight()}

False alarms in honest rewrites: {per_resume}.

### Held out

{_by_kind(HELD_OUT)}

{_errors(HELD_OUT)}

### Awards, ratings, tools and other names

{_by_kind(*OF_NAMES)}

{_errors(*OF_NAMES)}

### Used to improve the detector

{_by_kind(TUNED)}

{_errors(TUNED)}"""
