"""What of a résumé and a posting an interviewer can ask about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from django.utils.translation import gettext as _

from feedback.checks import run_checks
from feedback.checks.finding import Finding
from feedback.checks.gaps import GapKind, career_gaps
from feedback.checks.sentences import clip, split
from feedback.checks.trades import is_it
from feedback.matching import MAX_NAME_WORDS, match
from feedback.matching.evidence import LISTED, Evidence, Statement
from feedback.matching.result import Found, Item, PartKind
from feedback.matching.telling import tells_of_work
from feedback.orders import is_order
from gaechwi.skills.vocabulary import Skill, find, mentions
from interviews.questions import Form
from interviews.topics import BasisKind
from postings.document import PostingDocument
from resumes.document import ExperienceEntry, ProjectEntry, ResumeDocument, Section
from resumes.periods import months_between, period_text

# Where a résumé gives names of what one has, and tells of nothing done.
_NAMES_ONLY = frozenset({Section.EDUCATIONS, Section.QUALIFICATIONS})


@dataclass(frozen=True)
class Material:
    """One thing that can be asked about.

    `quote`, `section` and `requirement` are those of a topic. `name` is what the question calls it,
    `told` the words of the résumé that the question quotes: `quote` unless said otherwise.
    """

    form: Form
    kind: BasisKind
    section: Section | None = None
    quote: str = ""
    requirement: str = ""
    name: str = ""
    told: str = ""
    company: str = ""
    months: int = 0

    @property
    def speaks_to_interviewer(self) -> bool:
        """Whether something in it is no matter of work but an order, or a wish."""
        own = (self.quote, self.name, self.told, self.company)
        return not all(map(tells_of_work, filter(None, own))) or is_order(self.requirement)


def gather(
    document: ResumeDocument, posting: PostingDocument | None, on: date
) -> dict[Form, list[Material]]:
    """Return what can be asked on the day `on`, by form, of each the weightiest first."""
    materials: dict[Form, list[Material]] = {form: [] for form in Form}
    for material in _all(document, posting, on):
        materials[material.form].append(material)
    return materials


def _all(document: ResumeDocument, posting: PostingDocument | None, on: date) -> Iterator[Material]:
    findings = sorted(run_checks(document, on), key=lambda finding: -finding.weight)
    yield from _achievements(document, findings)
    yield from _work(document, {finding.quote for finding in findings if finding.check in _FORMS})
    for project in document.projects:
        if project.title:
            quote = clip(project.title)
            yield Material(
                Form.PROJECT, BasisKind.PROJECT, Section.PROJECTS, quote, name=project.title
            )
    yield from _activities(document)
    yield from _tools(document)
    yield from _certificates(document)
    yield from _periods(document, on)
    for school in document.educations:
        if school.major:
            yield Material(
                Form.MAJOR,
                BasisKind.INTRODUCTION,
                Section.EDUCATIONS,
                clip(school.major),
                name=school.major,
            )
    if posting:
        yield from _asked(document, posting, on)


# The findings that are worth a question, and the form of it.
_FORMS = {
    "figure": Form.MEASURED,
    "missing_figure": Form.UNMEASURED,
    "leadership": Form.LEADERSHIP,
}


def _achievements(document: ResumeDocument, findings: list[Finding]) -> Iterator[Material]:
    for finding in findings:
        if finding.check in _FORMS:
            yield Material(
                _FORMS[finding.check], BasisKind.ACHIEVEMENT, finding.section, finding.quote
            )
        elif finding.check == "award" and finding.section == Section.ACTIVITIES:
            yield Material(
                Form.AWARD,
                BasisKind.ACHIEVEMENT,
                finding.section,
                finding.quote,
                name=finding.quote,
            )


# A bullet of fewer letters says too little to ask about.
_MIN_LETTERS = 8


def _work(document: ResumeDocument, achievements: set[str]) -> Iterator[Material]:
    """Yield what was done in each job, one thing of every job before a second of any."""
    jobs = sorted(document.experiences, key=lambda job: job.end_date or date.max, reverse=True)
    done = [
        [
            Material(
                Form.WORK,
                BasisKind.EXPERIENCE,
                Section.EXPERIENCES,
                clip(sentence.text),
                company=_company(job),
            )
            for sentence in split(job.description)
            if len(sentence.text) >= _MIN_LETTERS and clip(sentence.text) not in achievements
        ]
        for job in jobs
    ]
    for one_of_each in zip_longest(*done):
        yield from (material for material in one_of_each if material)
    for job in jobs:
        if name := job.company or job.position:
            yield Material(
                Form.JOB, BasisKind.EXPERIENCE, Section.EXPERIENCES, clip(name), name=name
            )


def _company(job: ExperienceEntry) -> str:
    return job.company or job.position or _("이전 직장")


# Id of the code division activity_type: 수상.
_AWARD_TYPE = "3"


def _activities(document: ResumeDocument) -> Iterator[Material]:
    for activity in document.activities:
        if activity.title and activity.activity_type != _AWARD_TYPE:
            yield Material(
                Form.ACTIVITY,
                BasisKind.EXPERIENCE,
                Section.ACTIVITIES,
                clip(activity.title),
                name=activity.title,
            )


@dataclass(frozen=True)
class _Tool:
    name: str
    section: Section
    project: ProjectEntry | None = None


def _listed_tools(document: ResumeDocument) -> Iterator[_Tool]:
    for title in document.technology_stacks:
        yield _Tool(title, Section.TECHNOLOGY_STACKS)
    for project in document.projects:
        for title in project.technology_stacks:
            yield _Tool(title, Section.PROJECTS, project)


def _tools(document: ResumeDocument) -> Iterator[Material]:
    """Yield the tools that work shows, with that work, then those that are listed only."""
    shown = _shown_tools(document)
    listed = []
    known = set()
    for tool in _listed_tools(document):
        skill = find(tool.name)
        key = skill or tool.name.lower()
        if key in known or len(tool.name.split()) > MAX_NAME_WORDS or (skill and skill.everyday):
            continue
        known.add(key)
        if skill and skill in shown:
            yield _used(tool.name, shown[skill][1])
        elif tool.project and tool.project.title:
            yield Material(
                Form.TOOL_USED,
                BasisKind.TECHNOLOGY,
                Section.PROJECTS,
                tool.name,
                name=tool.name,
                told=tool.project.title,
            )
        else:
            listed.append(tool)
    # Others sell and order what people of the IT trades work with.
    kinds = ("technology", "tool") if is_it(document) else ("tool",)
    for skill, (name, statement) in shown.items():
        if skill.kind in kinds and skill not in known:
            yield _used(name, statement)
    for tool in listed:
        yield Material(
            Form.TOOL_LISTED,
            BasisKind.TECHNOLOGY,
            tool.section,
            clip(tool.name),
            name=tool.name,
        )


def _shown_tools(document: ResumeDocument) -> dict[Skill, tuple[str, Statement]]:
    """Return the skills that sentences of work name, each as it is written in the first of them."""
    shown: dict[Skill, tuple[str, Statement]] = {}
    for statement in Evidence.of(document).of_work.statements:
        if statement.section in _NAMES_ONLY or len(statement.text.split()) <= MAX_NAME_WORDS:
            continue
        for mention in mentions(statement.text):
            if not (mention.negated or mention.skill.everyday):
                name = statement.text[mention.start : mention.end]
                shown.setdefault(mention.skill, (name, statement))
    return shown


def _used(name: str, shown: Statement) -> Material:
    quote = clip(shown.text)
    return Material(Form.TOOL_USED, BasisKind.TECHNOLOGY, shown.section, quote, name=name)


# Scores that anybody has, and nobody asks about.
_EVERYBODYS = re.compile(
    r"toe[ifc]|토익|토플|텝스|teps|opic|오픽|ielts|jlpt|jpt|hsk|운전면허|[12]종 ?보통|한국사",
    re.IGNORECASE,
)


def _certificates(document: ResumeDocument) -> Iterator[Material]:
    for qualification in document.qualifications:
        if qualification.title and not _EVERYBODYS.search(qualification.title):
            yield Material(
                Form.CERTIFICATE,
                BasisKind.TECHNOLOGY,
                Section.QUALIFICATIONS,
                clip(qualification.title),
                name=qualification.title,
            )


_GAPS = {
    GapKind.BEFORE_JOB: Form.GAP_BEFORE_JOB,
    GapKind.SINCE_JOB: Form.GAP_SINCE_JOB,
    GapKind.AFTER_SCHOOL: Form.GAP_AFTER_SCHOOL,
}
# Who leaves before a year is asked why, unless the job was meant to be short.
_SHORT_MONTHS = 12
_LASTING_TYPES = frozenset({"", "1"})
_MEANT_TO_BE_SHORT = re.compile(r"인턴|계약|파견|단기|아르바이트|알바|프리랜서|실습|조교|시간제")


def _periods(document: ResumeDocument, on: date) -> Iterator[Material]:
    for gap in career_gaps(document, on):
        yield Material(
            _GAPS[gap.kind],
            BasisKind.PERIOD,
            gap.section,
            clip(gap.period),
            months=gap.months,
        )
    for job in document.experiences:
        if job.start_date is None or job.end_date is None or job.end_date < job.start_date:
            continue
        months = months_between(job.start_date, job.end_date)
        lasting = job.employment_type in _LASTING_TYPES and not _MEANT_TO_BE_SHORT.search(
            f"{job.company} {job.position} {job.department}"
        )
        if 0 < months < _SHORT_MONTHS and job.end_date <= on and lasting:
            yield Material(
                Form.SHORT_STAY,
                BasisKind.PERIOD,
                Section.EXPERIENCES,
                period_text(job.start_date, job.end_date),
                company=_company(job),
                months=months,
            )


def _asked(document: ResumeDocument, posting: PostingDocument, on: date) -> Iterator[Material]:
    asked = [
        (part.kind, item) for part in match(document, posting, on).parts for item in part.items
    ]
    # A line tells more of what is asked than a name in a list, and work more than a claim.
    asked.sort(key=lambda one: (one[0] == PartKind.TECHNOLOGIES, one[1].section in LISTED))
    named: set[str] = set()
    for kind, item in asked:
        if item.found == Found.MISSING:
            # What lacks nothing that was not lacking before is the same gap.
            if not item.lacks or set(item.lacks) - named:
                yield _of_posting(Form.LACKED, BasisKind.GAP, item)
            named.update(item.lacks)
        elif item.found == Found.FOUND and item.quote and _is_told(kind, item):
            yield _of_posting(Form.SHOWN, BasisKind.REQUIREMENT, item)
    position = posting.position or posting.title
    if position:
        alone = posting.company in position or not tells_of_work(posting.company)
        name = position if alone else f"{posting.company} {position}"
        yield Material(Form.MOTIVE, BasisKind.INTRODUCTION, requirement=clip(position), name=name)


def _is_told(kind: PartKind, item: Item) -> bool:
    return kind != PartKind.EXPERIENCE and item.section not in _NAMES_ONLY


def _of_posting(form: Form, kind: BasisKind, item: Item) -> Material:
    shown = form is Form.SHOWN
    return Material(
        form,
        kind,
        item.section if shown else None,
        clip(item.quote) if shown else "",
        requirement=clip(item.text),
    )
