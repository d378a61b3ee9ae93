"""Which of the listed technologies the work of a résumé shows in use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt
from feedback.orders import is_order
from feedback.schemas import Division
from gaechwi.skills.vocabulary import Skill, mentions, proven_by
from resumes.document import ResumeDocument, Section

# More technologies than this are not read by anybody.
MAX_TECHNOLOGIES = 60
# What a single technology may be called; longer entries are sentences.
MAX_NAME_LENGTH = 80
# One technology may have come by chance; two show a pattern.
MIN_PROVEN = 2

_LATIN = re.compile(r"[a-z0-9.+#]+")
_HANGUL = re.compile(r"[가-힣]{2,}")


@dataclass(frozen=True)
class Evidence:
    """The words of work: the skills they prove, and the words themselves for unknown names."""

    skills: frozenset[Skill]
    latin: str
    compact: str

    @classmethod
    def of(cls, text: str) -> Evidence:
        """Make the evidence of a text."""
        named = {mention.skill for mention in mentions(text) if not mention.negated}
        return cls(
            frozenset().union(*(proven_by(skill) for skill in named)),
            f" {_latin(text)} ",
            "".join(text.lower().split()),
        )

    def shows(self, technology: str) -> bool:
        """Return whether a listed technology was used in the work."""
        listed = technology[:MAX_NAME_LENGTH]
        known = _skills_of(listed)
        if not known.isdisjoint(self.skills):
            return True
        words = _HANGUL.findall(listed)
        if words and (len(words) > 1 or not known):
            return all(word in self.compact for word in words)
        latin = _latin(listed)
        return bool(latin) and not known and f" {latin} " in self.latin


def _skills_of(listed: str) -> frozenset[Skill]:
    return frozenset(mention.skill for mention in mentions(listed))


def _latin(text: str) -> str:
    """Return the latin words of a text in lower case, without versions."""
    words = (token.strip(".") for token in _LATIN.findall(text.lower()))
    return " ".join(word for word in words if word and not word.replace(".", "").isdigit())


def _is_everyday(technology: str) -> bool:
    """Return whether a listed technology is a tool of every desk: its use needs no proof."""
    known = _skills_of(technology[:MAX_NAME_LENGTH])
    return bool(known) and all(skill.everyday for skill in known)


def _work(document: ResumeDocument) -> dict[str, str]:
    """Return the words of every job and project, by its name."""
    work: dict[str, str] = {}
    for project in document.projects:
        used = ", ".join(project.technology_stacks)
        words = f"{project.title}\n{project.role}\n{project.description}\n{used}"
        work[project.title] = f"{work.get(project.title, '')}\n{words}"
    for job in document.experiences:
        words = f"{job.position}\n{job.department}\n{job.description}"
        work[job.company] = f"{work.get(job.company, '')}\n{words}"
    return work


def technology_unproven(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the listed technologies that no job, project, activity or certificate shows in use.

    The introduction counts only where there is no job and no project: liking is not using.
    """
    words = [*_work(document).values()]
    words += (f"{activity.title}\n{activity.description}" for activity in document.activities)
    words += (qualification.title for qualification in document.qualifications)
    if not document.experiences and not document.projects:
        words.append(document.introduction)
    evidence = Evidence.of("\n".join(words))
    for technology in islice(document.technology_stacks, MAX_TECHNOLOGIES):
        if not technology or _is_everyday(technology) or evidence.shows(technology):
            continue
        yield Finding(
            "technology_unproven",
            Division.RECOMMENDATION,
            Section.TECHNOLOGY_STACKS,
            clip(technology),
            _(
                "‘%(name)s’ 기술은 목록에만 있고 경력이나 프로젝트에서 쓴 흔적이 없습니다. "
                "어디에 어떻게 썼는지 한 줄을 "
                "해당 경력이나 프로젝트에 더하고, 써 본 적이 적다면 목록에서 빼는 편이 면접에서 "
                "안전합니다."
            )
            % {"name": excerpt(technology)},
            55,
        )


def technology_proven(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield one strength for the listed technologies that jobs or projects show in use."""
    work = _work(document)
    evidence = Evidence.of("\n".join(work.values()))
    listed = islice(document.technology_stacks, MAX_TECHNOLOGIES)
    proven = [name for name in listed if name and not is_order(name) and evidence.shows(name)]
    if len(proven) < MIN_PROVEN:
        return
    place = next((name for name, words in work.items() if Evidence.of(words).shows(proven[0])), "")
    yield Finding(
        "technology_proven",
        Division.STRENGTH,
        Section.TECHNOLOGY_STACKS,
        clip(proven[0]),
        _(
            "목록의 기술 %(count)d개(%(names)s)를 실제로 쓴 일이 경력과 프로젝트에서 확인됩니다. "
            "예를 들어 ‘%(name)s’ 기술은 ‘%(place)s’ 항목에 나옵니다."
        )
        % {
            "count": len(proven),
            "names": ", ".join(excerpt(name) for name in proven[:5]),
            "name": excerpt(proven[0]),
            "place": excerpt(place),
        },
        62,
    )
