"""What a posting asks, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from feedback.checks.sentences import split
from feedback.matching.alternatives import Group, Word, groups_of, named_by
from feedback.matching.levels import Degree, Mark, degree_of, mark_of, months_of
from feedback.matching.majors import majors_in_english, majors_of
from feedback.matching.nouns import nouns
from feedback.orders import is_order
from gaechwi.skills.folding import Folded, fold
from gaechwi.skills.negation import is_negated
from gaechwi.skills.vocabulary import Mention, mentions

# Nobody reads more; a hostile posting is not matched any longer.
MAX_ITEMS = 60


@dataclass(frozen=True)
class Wanted:
    """One thing asked. Of each group one option is enough; `words` are its other nouns.

    `months` is the work experience it names, `degree` the lowest degree, `mark` the lowest grade or
    points in a test.
    """

    text: str
    groups: tuple[Group, ...]
    words: tuple[str, ...]
    months: int | None
    degree: Degree | None
    mark: Mark | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to compare with a résumé."""
        return not (self.groups or self.words or self.months or self.degree)

    @property
    def names_skills(self) -> bool:
        """Whether it names anything known: a skill or a major."""
        return any(option.skill or option.majors for group in self.groups for option in group)


# What an applicant declares, does or promises when applying: no résumé shows it.
_NOT_IN_RESUMES = re.compile(
    r"결격|범죄|징계|거주|출퇴근|제출|기숙사|입소|출근|외근|출장|해외여행|국가유공자|보훈"
    r"|장애인(?! ?복지)|취업(?:지원|보호)대상|즉시 ?(?:근무|입사)|입사 ?가능|병역|군필|신체|동의"
    r"|나이(?!스)|연령|성별|인근|무관"
    r"|eligible|relocat|visa|authori[sz]ed"
)
# What a posting says not to ask: "학력 무관", "나이·성별 불문".
_WAIVED = re.compile(
    r"^(?:(?:학력|경력|나이|연령|성별|전공|국적)\s?(?:[,·/ㆍ]|및|과|와)?\s?){1,4}"
    r"[은는]?\s?(?:무관|불문)(?:함|합니다)?[\s.!]*$"
)
# What its reader is asked to do: "포트폴리오를 함께 올려 주세요".
_REQUEST = re.compile(r"(?:[하시]세요|[하시]십시오|주세요|주십시오|바랍니다|부탁드립니다)[\s.!~]*$")


def wanted_in(text: str, *, told: bool = False) -> tuple[list[Wanted], list[str]]:
    """Return what the lines of a text ask, and those of them that no résumé can show.

    A line that tells the reviewer what to do, or what does not matter, asks nothing. Duties are
    `told` in whole statements, which ask nothing elsewhere.
    """
    asked: list[Wanted] = []
    unchecked: list[str] = []
    for line in islice(_lines(text), MAX_ITEMS):
        if is_order(line) or _WAIVED.search(fold(line).text):
            continue
        wanted = wanted_of(line)
        if not wanted.names_skills and _no_resume_shows(wanted.text):
            unchecked.append(wanted.text)
        elif not wanted.is_empty and _asks(wanted, told):
            asked.append(wanted)
    return asked, unchecked


# "경력자, 차량 소지자, 엑셀 가능자": three people, or rather one who is all of them.
_OF_A_PERSON = re.compile(
    r"(?:(?:경험|경력|소지|가능|보유|전공|취득|졸업|이수|숙련|능숙|능통|출신|희망|합격|수료)자"
    r"|\S[은는한신] 분)"
    r"(?: ?우대)?[\s.]*$"
)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text, of a list of the people looked for each by itself."""
    for sentence in split(text):
        parts = [part.strip() for part in sentence.text.split(",")]
        if all(_OF_A_PERSON.search(part) for part in parts):
            yield from parts
        else:
            yield sentence.text


def _no_resume_shows(text: str) -> bool:
    folded = fold(text).text
    return bool(_NOT_IN_RESUMES.search(folded) or _REQUEST.search(folded))


# How a line that names no skill asks all the same: in English by a word for what is asked …
_ASKED_IN_ENGLISH = re.compile(
    r"experience|knowledge|abilit|skill|familiar|proficien|certif|licen[sc]e|understanding|background"
)
# … and in Korean by anything but a whole statement, which asks nothing: "모두 충족한 것으로 본다".
_STATEMENT = re.compile(r"(?:[니한인본된는]다|[았었했됐]다)[\s.!]*$")
_HANGUL = re.compile(r"[가-힣]")


def _asks(wanted: Wanted, told: bool) -> bool:
    """Return whether a line asks something of applicants, whatever else it says."""
    if wanted.names_skills or wanted.months or wanted.degree:
        return True
    folded = fold(wanted.text).text
    if not _HANGUL.search(folded):
        return _ASKED_IN_ENGLISH.search(folded) is not None
    return told or not _STATEMENT.search(folded)


def wanted_of(text: str) -> Wanted:
    """Return what one line asks; what it says that it does not ask, and with whom, is left out."""
    folded = fold(text)
    majors = majors_of(text)
    degree = degree_of(text)
    set_aside = [*_colleagues(folded), *majors_in_english(text)]
    if majors:
        set_aside.append((majors.start, majors.end))
    mentioned = mentions(text)
    named = [
        mention
        for mention in mentioned
        if not mention.negated
        and not (_is_of_people(mention) and _overlaps((mention.start, mention.end), set_aside))
    ]
    set_aside += [(mention.start, mention.end) for mention in mentioned if mention.negated]
    words = [
        Word(noun.form, *folded.original(noun.start, noun.end))
        for noun in nouns(text)
        if not is_negated(folded.text, noun.start, noun.end)
        and not (degree and noun.form in _DEGREE_NOUNS)
        and not _overlaps(folded.original(noun.start, noun.end), set_aside)
    ]
    asked = named_by(text, named, majors, words)
    taken = [(one.start, one.end) for one in asked]
    return Wanted(
        text,
        groups_of(text, asked),
        tuple(dict.fromkeys(w.form for w in words if not _overlaps((w.start, w.end), taken))),
        months_of(text),
        degree,
        mark_of(text),
    )


# They say what the degree says already.
_DEGREE_NOUNS = frozenset(
    [
        "고졸",
        "대졸",
        "초대졸",
        "고등학교",
        "고교",
        "전문대",
        "전문대학",
        "대학교",
        "대학원",
        "전문학사",
        "석사",
        "박사",
        "학위",
    ]
)

# "기획자, 디자이너와 원활한 협업": these are whom one works with, and nobody has to be one.
_TOGETHER = re.compile(
    r"(?:와|과)(?:의)?\s(?:[가-힣]+(?:한|하게|히|인|으로|적) )?(?:함께 )?"
    r"(?:협업|협력|소통|커뮤니케이션|의사 ?소통|조율)(?! ?(?:툴|도구|플랫폼|프로그램|솔루션))"
)
_MEMBER_BEFORE = re.compile(
    r"(?:(?!및 )[가-힣a-z]+ ){0,2}[가-힣]*[자너터저어팀서군무당객사료진원인님처임장직단]\Z"
    r"|\b(?:pm|po|qa|md)\Z"
)
_LISTED_BEFORE = re.compile(r"(?:\s?[,·/ㆍ]|\s및|와|과)\s?\Z")


def _colleagues(folded: Folded) -> Iterator[tuple[int, int]]:
    """Yield where a line names the people one works with."""
    for together in _TOGETHER.finditer(folded.text):
        start = end = together.start()
        while member := _MEMBER_BEFORE.search(folded.text, max(0, end - 30), end):
            start = member.start()
            listed = _LISTED_BEFORE.search(folded.text, max(0, start - 4), start)
            if listed is None:
                break
            end = listed.start()
        if start < together.start():
            yield folded.original(start, together.start())


def _is_of_people(mention: Mention) -> bool:
    """Return whether a name may be one of people or of their major, rather than of a tool."""
    return mention.skill.kind not in ("technology", "tool", "certificate")


def _overlaps(place: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    start, end = place
    return any(start < other_end and other_start < end for other_start, other_end in taken)
