"""What study guides cover of what postings ask: by items, by name, or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from feedback.matching import match
from feedback.matching.levels import highest_degree
from feedback.matching.result import Found
from gaechwi.skills.vocabulary import find
from postings.document import PostingDocument
from quality.markdown import percent, table
from quality.matching import fitting, postings
from quality.sample import READ_ON
from resumes.document import ResumeDocument
from studyguides.gaps import known_of, missing_in
from studyguides.lessons import reviewed
from studyguides.materials import AskedBy, GapSource, Material
from studyguides.planning import Plan, plan

# A line of a posting, and the part of the posting that it stands in.
Requirement = tuple[GapSource, str]


@dataclass(frozen=True)
class Guide:
    """The plan for a résumé and a posting, and what is missing, item by item of the match.

    `lacking` holds, with its requirement, each group of skills of which one is asked.
    """

    plan: Plan
    known: frozenset[str]
    missing: tuple[Requirement, ...]
    lacking: tuple[tuple[Requirement, tuple[str, ...]], ...]
    found: int

    @property
    def by_items(self) -> frozenset[Requirement]:
        """What an item closes, in whole or in part."""
        return frozenset(
            (gap.source, gap.text) for step in self.plan.steps if step.is_asked for gap in step.gaps
        )

    @property
    def by_name(self) -> frozenset[Requirement]:
        """What is named as no item of the guide, with its reason."""
        return frozenset((aside.gap.source, aside.gap.text) for aside in self.plan.set_aside)

    @property
    def silent(self) -> list[Requirement]:
        """What is missing and said nothing of, in whole or in one skill: there should be none."""
        learnt = {step.skill or step.topic for step in self.plan.steps}
        lost = [one for one in self.missing if one not in self.by_items | self.by_name]
        lost += [
            one
            for one, options in self.lacking
            if one not in self.by_name and not learnt.intersection(options)
        ]
        return lost

    @property
    def superfluous(self) -> list[str]:
        """Skills that are learnt though the résumé has them: there should be none."""
        return [
            step.skill for step in self.plan.steps if step.skill in self.known and not step.mark
        ]


@cache
def guides() -> dict[tuple[str, str], Guide]:
    """Return the guides of ten postings with each of ten résumés, by the names of both."""
    return {
        (posting, resume): _guide(documents, document)
        for posting, documents in postings().items()
        for resume, document in fitting().items()
    }


def _guide(posting: PostingDocument, resume: ResumeDocument) -> Guide:
    found = match(resume, posting, READ_ON)
    items = [(part.kind, item) for part in found.parts for item in part.items]
    asked = AskedBy(posting=posting, parts=found.parts, unchecked=found.unchecked)
    material = Material(resume=resume, asked=(asked,))
    known = known_of(resume)
    return Guide(
        plan=plan(
            missing_in(material, READ_ON),
            known,
            reviewed(),
            degree=highest_degree(resume.educations),
            # Time is not what is measured: all that is missing has to be covered.
            hours_available=None,
        ),
        known=known,
        missing=tuple(
            (GapSource(kind.value), item.text) for kind, item in items if item.found != Found.FOUND
        ),
        lacking=tuple(
            ((GapSource(kind.value), item.text), options)
            for kind, item in items
            if item.found != Found.FOUND
            for lack in item.lacks
            if (options := tuple(s.name for name in lack.split(" / ") if (s := find(name))))
        ),
        found=sum(item.found == Found.FOUND for _kind, item in items),
    )


def unfitting(posting: str) -> str:
    """Return whose résumé is the unfitting one: the next posting's, which is of another trade."""
    names = list(postings())
    return names[(names.index(posting) + 1) % len(names)]


def coverage() -> str:
    """Return the tables."""
    head = (
        *("posting", "résumé", "asked", "missing", "by an item", "by name", "not covered"),
        *("items", "hours", "had already"),
    )
    rows = [
        _row(posting.title, label, guides()[name, resume])
        for name, posting in postings().items()
        for label, resume in (("fitting", name), ("unfitting", unfitting(name)))
    ]
    every = list(guides().values())
    lessons = reviewed()
    told = _TOLD.format(
        lessons=len(lessons.lessons),
        barred=len(lessons.barred),
        pairs=len(every),
        missing=sum(len(one.missing) for one in every),
        silent=sum(len(one.silent) for one in every),
        superfluous=sum(len(one.superfluous) for one in every),
    )
    return "\n\n".join(
        (
            "## Study guides",
            told,
            table(head, rows, texts=2),
            "### Why something is no item",
            "Of all pairs, by the reason that the guide gives.",
            table(("reason", "for example", "times", "share"), _reasons(every), texts=2),
        )
    )


def _row(title: str, label: str, guide: Guide) -> list[object]:
    return [
        title,
        label,
        len(guide.missing) + guide.found,
        len(guide.missing),
        sum(one in guide.by_items for one in guide.missing),
        sum(one in guide.by_name for one in guide.missing),
        len(guide.silent),
        len(guide.plan.steps),
        guide.plan.total_hours,
        len(guide.superfluous),
    ]


def _reasons(every: list[Guide]) -> Iterator[list[object]]:
    asides = [aside for guide in every for aside in guide.plan.set_aside]
    counts = Counter(aside.reason for aside in asides)
    for reason, count in counts.most_common():
        example = next(aside.gap.text for aside in asides if aside.reason == reason)
        yield [f"`{reason.value}`", example, count, percent(count, len(asides))]


_TOLD = """For each of the ten postings above, a guide is planned for the résumé that fits it and
for one that does not: that of the next posting, which is of another trade. Each requirement that
the match does not find whole has to be closed *by an item* of the guide, or be named in it *by
name* as something that no study gives, with the reason; a requirement such as “Java, 3 years” is
both. *Not covered* is what the guide says nothing of, if only one of several skills of a line, and
*had already* are items for skills that the résumé shows; both have to be 0. Hours are those of the
lessons, with all that has to be learnt before, and without a deadline. The map has {lessons}
lessons; {barred} skills are named as what no study gives.

Over all {pairs} pairs of the ten postings and the ten résumés, {missing} requirements are missing;
{silent} of them are not covered, and {superfluous} items are for what a résumé has.

The rules were written with these postings at hand. That a requirement is covered says that its item
is about it, not that whoever works through the item is hired."""
