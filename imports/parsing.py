"""Reads the text of a résumé by rules: the reader that needs no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from imports.basics import read_basics
from imports.entries import Group, each_line, groups_in, is_anchor
from imports.headings import BASICS, is_column_head
from imports.lines import Part, Row, apart, divided, joined_lines, parts_of
from imports.naming import (
    activity_type_of,
    employment_type_of,
    ends_in_school,
    goes_with_certificate,
    grade_in,
    graduation_status_of,
    is_agency,
    is_school,
    level_of,
    link_in,
    opened,
    score_in,
    sorted_names,
)
from resumes.document import (
    ActivityEntry,
    EducationEntry,
    Entry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
)
from resumes.fields import TECHNOLOGY_MAX_LENGTH

# Raised whenever the rules read differently, so that a stored import tells what it rests on.
RULES_VERSION = "resume-rules-2"

_LEVEL = re.compile(
    r"\s?[(\[](?:상|중|하|고급|중급|초급|능숙|숙련|\d{1,3}%?|[★☆●○]{1,10})[)\]]\Z|[★☆●○■□]{2,10}\Z"
)
_TECHNOLOGY_BREAK = re.compile(r"(?<!\d),|,(?!\d)|[、，;|\t]|\s[·•∙ㆍ/]\s|\s{3,}")
_TECHNOLOGY_LABEL = re.compile(r"[^:：]{1,24}[:：]\s?")
_MOST_WORDS = 4
# "경영학과 졸업", "산업공학 석사 수료".
_STATUS_BEHIND = re.compile(
    r"\s?(?:학사|석사|박사|전공)?\s?(?:졸업|재학|수료|중퇴|휴학)(?:\s?예정)?\Z"
)


def parse(text: str) -> ResumeDocument:
    """Return what the text of a résumé says. It never raises.

    It may say what does not stand in the text so: `imports.grounding` looks at that.
    """
    head, parts = divided(text)
    basics = [row for part in parts if part.section == BASICS for row in part.rows]
    said: dict[str, object] = read_basics(head, basics)
    sections: dict[str, list[Entry]] = {}
    technologies: list[str] = []
    introduction: list[Row] = []
    for part in parts:
        if part.section in _READERS:
            sections.setdefault(part.section, []).extend(_READERS[part.section](part))
        elif part.section == "technology_stacks":
            technologies += [title for row in part.rows for title in technologies_in(row.body)]
        elif part.section == "introduction":
            introduction += part.rows
    return ResumeDocument(
        **{
            **said,
            **sections,
            "technology_stacks": technologies,
            "introduction": joined_lines(introduction),
        }
    )


def technologies_in(words: str) -> list[str]:
    """Return the technologies that a line lists; none where it tells of them."""
    listed = _TECHNOLOGY_LABEL.sub("", words, count=1)
    titles = [
        title.strip(" -·•.()")
        for piece in _TECHNOLOGY_BREAK.split(listed)
        for title in apart(_LEVEL.sub("", piece.strip()))
    ]
    return [
        title
        for title in titles
        if title and len(title) <= TECHNOLOGY_MAX_LENGTH and len(title.split()) <= _MOST_WORDS
    ]


def _read(groups: Iterable[Group], entry_of: Callable[[Group], Entry | None]) -> list[Entry]:
    """Return the entries of groups. The head of a column names none of them."""
    entries = (entry_of(group) for group in groups)
    return [entry for entry in entries if entry and not is_column_head(_name_of(entry))]


def _name_of(entry: Entry) -> str:
    names = (getattr(entry, name, "") for name in ("company", "school", "title"))
    return next(filter(None, names), "")


def _experiences(part: Part) -> list[Entry]:
    fields = frozenset(ExperienceEntry.model_fields)
    return _read(groups_in(part.rows, fields), experience_of)


def experience_of(group: Group) -> ExperienceEntry | None:
    """Return the job that some lines are about."""
    found = sorted_names(group.names, group.lines)
    said = {**found, **group.labelled}
    if not said.get("company") or group.period is None or not group.period.is_range:
        return None
    return ExperienceEntry(
        company=said["company"],
        position=said.get("position", ""),
        department=said.get("department", ""),
        employment_type=employment_type_of(said.get("employment_type", "")),
        start_date=group.period.start,
        end_date=group.period.end,
        description=_description(group),
    )


def _educations(part: Part) -> list[Entry]:
    fields = frozenset(EducationEntry.model_fields)
    rows = part.rows
    groups = groups_in(rows, fields)
    if not any(group.period for group in groups):
        groups = each_line(rows, fields)
    return _read(groups, _education_of)


def _education_of(group: Group) -> EducationEntry | None:
    every = [*group.names, *(row.body for row in group.told)]
    every = [
        word for name in every for word in parts_of(name.replace("(", "\t").replace(")", "\t"))
    ]
    said = dict(group.labelled)
    whole = "\n".join([*every, *said.values()])
    lines = "\n".join([*group.lines, *(row.body for row in group.told)])
    school = said.get("school") or next((name for name in every if is_school(name)), "")
    if not school:
        return None
    # "한다솜대학교 컴퓨터공학과": the school ends where its kind does.
    major = said.get("major", "")
    match = re.match(
        r"(.{1,40}?(?:대학교(?:\s\S{0,8}대학원)?|고등학교|대학원|전문학교|대학|여고|학교))\s(.{2,40})\Z",
        school,
    )
    if match and "school" not in said:
        school = match[1]
        major = major or match[2]
    if not major:
        named = (_STATUS_BEHIND.sub("", name).strip() for name in every if name != school)
        major = next(filter(is_major, named), "")
    major = _STATUS_BEHIND.sub("", major).strip()
    period = group.period
    start = end = None
    if period:
        start, end = (period.start, period.end) if period.is_range else (None, period.start)
    return EducationEntry(
        school=school,
        major=major,
        education_level=level_of("\n".join([said.get("school", ""), school, whole])),
        graduation_status=graduation_status_of(said.get("graduation_status", "") or whole),
        grade=grade_in(said.get("grade", ""), labelled=True) or grade_in(lines, labelled=False),
        start_date=start,
        end_date=end,
    )


def is_major(words: str) -> bool:
    """Return whether some words name what somebody studied."""
    return bool(
        re.search(
            r"(?:과|학부|전공|학|계열|major|science|engineering|arts|studies)\Z",
            words,
            re.IGNORECASE,
        )
    ) and not re.search(r"졸업|재학|휴학|수료|학교|대학", words)


def _projects(part: Part) -> list[Entry]:
    fields = frozenset(ProjectEntry.model_fields)
    return _read(groups_in(part.rows, fields), project_of)


def project_of(group: Group) -> ProjectEntry | None:
    """Return the project that some lines are about."""
    said = group.labelled
    names = [name for name in group.names if not link_in(name)]
    title = said.get("title") or (names[0] if names else "")
    if not title:
        return None
    link = link_in(said.get("link", "")) or link_in(
        "\n".join([*group.names, *(r.body for r in group.told)])
    )
    told = [row for row in group.told if link_in(row.body) != row.body.strip()]
    begins, ends = _activity_period(group)
    return ProjectEntry(
        title=title,
        role=said.get("role", "") or (names[1] if len(names) > 1 and "title" not in said else ""),
        start_date=begins,
        end_date=ends,
        description=said.get("description") or joined_lines(told),
        link=link,
        technology_stacks=technologies_in(said.get("technology_stacks", "")),
    )


def _activities(part: Part) -> list[Entry]:
    fields = frozenset(ActivityEntry.model_fields)
    groups = groups_in(part.rows, fields)
    if not any(is_anchor(row) for row in part.rows):
        groups = each_line(part.rows, fields)

    def activity_of(group: Group) -> ActivityEntry | None:
        said = group.labelled
        names = [part for name in group.names for part in opened(name)]
        title = said.get("title") or (names[0] if names else "")
        if not title:
            return None
        others = names[1:] if "title" not in said else names
        start, end = _activity_period(group)
        return ActivityEntry(
            title=title,
            activity_type=activity_type_of(title, part.heading),
            organization=said.get("organization", "") or (others[0] if others else ""),
            start_date=start,
            end_date=end,
            description=_description(group) or "\n".join(others[1:2]),
        )

    return _read(groups, activity_of)


def _activity_period(group: Group) -> tuple[object, object]:
    period = group.period
    if period is None:
        return None, None
    # A day alone is the whole of it: without an end it would go on.
    return (period.start, period.end) if period.is_range else (period.start, period.start)


def _qualifications(part: Part) -> list[Entry]:
    fields = frozenset(QualificationEntry.model_fields)
    return _read(each_line(part.rows, fields), qualification_of)


def qualification_of(group: Group) -> QualificationEntry | None:
    """Return the certificate or score that a line is about."""
    said = group.labelled
    names = [part for name in group.names for part in opened(name)]
    title = said.get("title") or (names[0] if names else "")
    if not title or ends_in_school(title) or goes_with_certificate(title):
        return None
    others = names[1:] if "title" not in said else names
    score = said.get("score") or next((found for name in others if (found := score_in(name))), "")
    # "TOEIC 845" has a score behind it, "전산회계 1급" is a name as a whole.
    behind = re.match(r"(.{2,40}?)\s((?!\d급)\S{1,12}(?:\s?점)?)\Z", title)
    if not score and behind and score_in(behind[2]):
        title, score = behind[1], behind[2]
    agency = said.get("agency") or next((name for name in others if is_agency(name)), "")
    if not agency:
        agency = next((n for n in others if n != score and not score_in(n) and len(n) > 2), "")
    return QualificationEntry(
        title=title,
        agency=agency,
        acquired_date=group.period.start if group.period else None,
        score=score,
    )


def _description(group: Group) -> str:
    said = group.labelled.get("description", "")
    return "\n".join(filter(None, [said, group.description]))


_READERS: dict[str, Callable[[Part], list[Entry]]] = {
    "experiences": _experiences,
    "educations": _educations,
    "projects": _projects,
    "activities": _activities,
    "qualifications": _qualifications,
}
