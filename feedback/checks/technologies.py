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
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section

# More technologies than this are not read by anybody.
MAX_TECHNOLOGIES = 60
# What a single technology may be called; longer entries are sentences.
MAX_NAME_LENGTH = 80
# One technology may have come by chance; two show a pattern.
MIN_PROVEN = 2

# Names of the same thing, in lower case and without spaces.
_SAME: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split("|"))
    for group in (
        "javascript|js|자바스크립트|es6",
        "typescript|ts|타입스크립트",
        "react|리액트",
        "react native|리액트네이티브",
        "vue|뷰",
        "next|넥스트",
        "node|노드",
        "java|자바",
        "python|파이썬",
        "kotlin|코틀린",
        "spring|스프링",
        "spring boot|springboot|스프링부트",
        "django|장고",
        "flutter|플러터",
        "unity|유니티",
        "docker|도커",
        "kubernetes|k8s|쿠버네티스",
        "jenkins|젠킨스",
        "kafka|카프카",
        "redis|레디스",
        "postgresql|postgres",
        "mongodb|mongo|몽고db",
        "mssql|ms sql|sql server",
        "elasticsearch|elastic search|엘라스틱서치",
        "aws|amazon web services|아마존웹서비스",
        "gcp|google cloud|google cloud platform",
        "terraform|테라폼",
        "photoshop|포토샵",
        "illustrator|일러스트레이터|일러스트",
        "premiere pro|premiere|프리미어",
        "after effects|애프터이펙트",
        "indesign|인디자인",
        "figma|피그마",
        "sketchup|스케치업",
        "autocad|auto cad|cad|오토캐드|캐드",
        "google analytics|ga|ga4|구글애널리틱스",
        "tableau|태블로",
        "sap|sap erp",
        "erp|더존|douzone|icube",
        "wms|창고관리시스템",
        "emr|전자의무기록",
        "linux|리눅스",
        "tensorflow|텐서플로",
        "pytorch|파이토치",
    )
)
# Who used the right has used the left.
_IMPLIED: dict[str, str] = {
    "javascript": "react|vue|node|next|jquery|typescript|angular|svelte|리액트",
    "typescript": "angular|nestjs|nest",
    "html": "react|vue|jsp|thymeleaf|css|next|웹퍼블리싱|퍼블리싱",
    "css": "react|vue|scss|sass|tailwind|html|next|퍼블리싱",
    "java": "spring|spring boot|jsp|jpa|servlet",
    "spring": "spring boot|jpa",
    "python": "django|fastapi|flask|pandas|numpy|pytorch|tensorflow|airflow",
    "sql": "mysql|postgresql|oracle|mariadb|mssql|쿼리|sqld|sqlp|bigquery|hive",
    "react": "react native|next|redux",
    "linux": "ubuntu|centos|우분투|rocky",
    "aws": "ec2|s3|rds|lambda|ecs|eks|cloudfront|route53",
    "gcp": "bigquery|gke|firebase",
    "docker": "kubernetes|k8s|ecs|eks|docker compose",
    "kubernetes": "eks|gke|helm|argocd",
    "rest": "api",
    "rest api": "api",
    "restful api": "api",
    "ci/cd": "jenkins|github actions|gitlab ci|circleci|argocd|배포자동화|자동배포",
    "erp": "sap|더존|영림원|oracle",
    "jpa": "hibernate|querydsl",
}
# Tools of every desk: that they were used needs no proof.
_EVERYDAY = re.compile(
    r"git|github|gitlab|slack|슬랙|jira|지라|notion|노션|confluence|excel|엑셀|word|워드"
    r"|powerpoint|ppt"
    r"|파워포인트|hwp|한글|(?:ms ?)?office|오피스|google (?:workspace|docs|sheets)"
    r"|구글스프레드시트|zoom"
    r"|trello|vs ?code|intellij(?: idea)?|eclipse|windows|outlook|한컴오피스|teams|postman"
    r"|mac(?:os)?"
)
_VENDORS = ("adobe ", "apache ", "amazon ", "microsoft ", "ms ", "google ", "oracle ")

_LATIN = re.compile(r"[A-Za-z0-9.+#]+")
_HANGUL = re.compile(r"[가-힣]{2,}")
_PARTS = re.compile(r"[()\[\]]")


@dataclass(frozen=True)
class Evidence:
    """The words of work, ready to be searched: latin tokens in a row, and all without spaces."""

    latin: str
    compact: str

    @classmethod
    def of(cls, text: str) -> Evidence:
        """Make the evidence of a text."""
        return cls(f" {_latin(text)} ", "".join(text.lower().split()))

    def shows(self, name: str) -> bool:
        """Return whether a name in lower case stands in the work as a name of its own."""
        if _HANGUL.search(name):
            return name.replace(" ", "") in self.compact
        return bool(name) and f" {name} " in self.latin


def _latin(text: str) -> str:
    """Return the latin words of a text in lower case, without versions and ".js" endings."""
    words = []
    for token in _LATIN.findall(text):
        word = token.lower().strip(".")
        for suffix in (".js", "js"):
            if word.endswith(suffix) and len(word) > len(suffix) + 1:
                word = word.removesuffix(suffix)
        if word and not word.replace(".", "").isdigit():
            words.append(word)
    return " ".join(words)


def _names(technology: str) -> set[str]:
    """Return every name, in lower case, by which the work could show a listed technology."""
    names: set[str] = set()
    for part in _PARTS.split(technology[:MAX_NAME_LENGTH]):
        lowered = part.strip().lower()
        # C, R and Go-like names of one letter survive; "상" and "중" (levels) do not.
        for piece in [lowered, *re.split(r"[/,·&]", lowered)]:
            latin = _latin(piece)
            hangul = "".join(_HANGUL.findall(piece))
            names.update(name for name in (latin, hangul) if name)
            names.update(
                latin.removeprefix(vendor) for vendor in _VENDORS if latin.startswith(vendor)
            )
    if "ci/cd" in technology.lower():
        names.add("ci/cd")
    for group in _SAME:
        if names & group:
            names |= group
    return names


def _is_shown(technology: str, evidence: Evidence) -> bool:
    names = _names(technology)
    implied = {other for name in names for other in _IMPLIED.get(name, "").split("|") if other}
    if any(evidence.shows(name) for name in names | implied):
        return True
    words = _HANGUL.findall(technology[:MAX_NAME_LENGTH])
    return len(words) > 1 and all(word in evidence.compact for word in words)


def _is_everyday(technology: str) -> bool:
    return any(_EVERYDAY.fullmatch(name) for name in _names(technology))


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
        if not technology or _is_everyday(technology) or _is_shown(technology, evidence):
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
    proven = [name for name in listed if name and _is_shown(name, evidence)]
    if len(proven) < MIN_PROVEN:
        return
    place = next(
        (name for name, words in work.items() if _is_shown(proven[0], Evidence.of(words))), ""
    )
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
