"""The majors that a line asks for, which only the schools of a résumé show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gaechwi.skills.folding import fold
from gaechwi.skills.vocabulary import mentions

# Where a major is named: "간호학 전공", "조리 관련 학과", "컴퓨터공학과 졸업"; but 전공의 is a
# doctor, and 수학과 before another noun says "mathematics and".
_NAMED = re.compile(
    r"(?:학과|학부|[가-힣]{2,}(?:학부|학과(?=\s?(?:우대|이상|$)))"
    r"|[가-힣]{2,}과(?=\s?(?:졸업|출신|재학|전공|학사|석사))|[가-힣]{2,}학(?=\s(?:학사|석사|박사))"
    r"|(?<![비부])전공|[가-힣]{2,}전공)"
    r"(?!의(?:\s|$|사)|\s?(?:지식|서적|과목|수업|용어|기초))(?:자|생)?"
    r"(?![은는이]?\s?(?:무관|불문|상관|제한))"
)
# What stands around the name of a major without being one.
_GENERIC = frozenset(
    [
        "관련",
        "유사",
        "동일",
        "해당",
        "계열",
        "학과",
        "학부",
        "전공",
        "전공자",
        "대학",
        "대학교",
        "대학원",
        "전문대",
        "전문대학",
        "년제",
        "졸업",
        "이상",
        "정규",
        "복수",
        "부",
        "비",
        "세부",
        "및",
        "또는",
        "혹은",
        "우대",
        "학사",
        "석사",
        "박사",
        "학위",
    ]
)
_SKIPPED = frozenset({"관련", "유사", "동일", "해당", "계열", "학과"})
_SUFFIX = re.compile(
    r"(?:공?학)?(?:과|부)?(?:관련|유사|계열|학과|학부|전공(?:자|생)?|졸업(?:자|생)?)*$"
)
_PARTICLE = re.compile(r"(?<=[학과])[을를]$")
_KIND_OF_SCHOOL = re.compile(r"(?<=학)(?:과|부|계열|전공(?:자|생)?)*$")
# Of "유아 교육과" and "산업 디자인" the last word is no major of its own.
_TOO_WIDE = frozenset({"교육", "정보", "디자인", "산업", "시스템"})
_WORD_BEFORE = re.compile(r"([가-힣]{2,}|[a-z]{2,})\s?\Z")
_OR_BEFORE = re.compile(
    r"(?:\s?[,·/ㆍ]\s?|\s(?:또는|혹은|및|or)\s|(?<=[가-힣])(?:이나|나|와|과)\s)\Z"
)
_NO_MAJOR = re.compile(r"(?:경험|경력|[험력지유능발]자|능력|이상|가능|이해|우대|졸업|보유|소지)$")
# Fields of which each has many majors, none of which bears its name.
_FIELDS = {
    "이공": ("공학", "과학", "수학", "물리", "화학", "생물", "통계", "컴퓨터", "소프트웨어"),
    "상경": ("경영", "경제", "회계", "무역", "통상", "금융", "세무", "통계"),
}

# "Bachelor's degree in mechanical engineering": schools here have Korean majors, which cannot be
# held against it.
_IN_ENGLISH = re.compile(r"\b(?:degree|bachelor'?s?|master'?s?|majored|major) in [a-z ,&/]+")


@dataclass(frozen=True)
class Majors:
    """The stems of the majors that a text names, from `start` to `end`: 간호학과 has 간호."""

    stems: tuple[str, ...]
    start: int
    end: int

    def are_in(self, major: str) -> bool:
        """Return whether the major of a school is one of these."""
        return any(stem in _closed_up(major) for stem in self.stems)


def majors_of(text: str) -> Majors | None:
    """Return the majors of which a text asks one, None where it asks for none."""
    folded = fold(text)
    taken = [
        mention.start
        for mention in mentions(text)
        if mention.skill.kind in ("technology", "tool", "certificate")
    ]
    for named in _NAMED.finditer(folded.text):
        found = list(_names(folded.text, named))
        names = [(name, at) for name, at in found if folded.places[at] not in taken]
        if names:
            start, _end = folded.original(names[-1][1], names[-1][1] + 1)
            _start, end = folded.original(named.start(), named.end())
            stems = dict.fromkeys(stem for name, _at in names for stem in _stems(name))
            return Majors(tuple(stems), start, end)
    return None


def majors_in_english(text: str) -> list[tuple[int, int]]:
    """Return where a text names majors in English, which nothing is compared with."""
    folded = fold(text)
    return [folded.original(*found.span()) for found in _IN_ENGLISH.finditer(folded.text)]


def _names(text: str, named: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Yield the names of majors with their places, from the last one to the first."""
    at = named.start()
    name = named[0]
    while not (stem := _stem(name)) or stem in _TOO_WIDE:
        before = _WORD_BEFORE.search(text, max(0, at - 40), at)
        if before is None or (before[1] in _GENERIC and before[1] not in _SKIPPED):
            if not stem:
                return
            break
        name, at = before[1] + stem, before.start()
    yield name, at
    while (
        (joined := _OR_BEFORE.search(text, max(0, at - 8), at))
        and (before := _WORD_BEFORE.search(text, max(0, joined.start() - 40), joined.start()))
        and before[1] not in _GENERIC
        and not _NO_MAJOR.search(before[1])
    ):
        at = before.start()
        yield before[1], at


def _stems(name: str) -> tuple[str, ...]:
    stem = _stem(name)
    return _FIELDS.get(stem.removesuffix("계"), (stem,))


def _stem(name: str) -> str:
    """Return what tells a major from others: 컴퓨터 of 컴퓨터공학과, but 법학 of 법학과."""
    name = _PARTICLE.sub("", name)
    stem = "" if name in _GENERIC else _SUFFIX.sub("", name)
    if len(stem) != 1:
        return stem
    return _KIND_OF_SCHOOL.sub("", name)


def _closed_up(major: str) -> str:
    return "".join(fold(major).text.split())
