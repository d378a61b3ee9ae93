"""What a posting asks, item by item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from feedback.checks.sentences import split
from feedback.matching.levels import Degree, Mark, degree_of, mark_of, months_of
from feedback.matching.nouns import nouns
from feedback.orders import is_order
from gaechwi.skills.folding import fold
from gaechwi.skills.negation import is_negated
from gaechwi.skills.vocabulary import Mention, Skill, mentions

# Nobody reads more; a hostile posting is not matched any longer.
MAX_ITEMS = 60


@dataclass(frozen=True)
class Option:
    """What would do. Of each group of skills one is enough; `words` are the other nouns."""

    groups: tuple[tuple[Skill, ...], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """One thing asked, by one or more options of which one is enough.

    `months` is the work experience it names, `degree` the lowest degree, `mark` the lowest grade or
    points in a test. `of_study` is one that asks what was studied.
    """

    text: str
    options: tuple[Option, ...] = (Option(),)
    months: int | None = None
    degree: Degree | None = None
    mark: Mark | None = None
    of_study: bool = False

    @property
    def groups(self) -> tuple[tuple[Skill, ...], ...]:
        """The groups of skills of all options."""
        return tuple(group for option in self.options for group in option.groups)

    @property
    def words(self) -> tuple[str, ...]:
        """The nouns of all options."""
        return tuple(word for option in self.options for word in option.words)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it to compare with a résumé."""
        return not (self.groups or self.words or self.months or self.degree)


# What an applicant declares, does or promises when applying: no résumé shows it.
_NOT_IN_RESUMES = re.compile(
    r"결격|범죄|징계|거주|출퇴근|제출|기숙사|입소|출근|외근|출장|해외여행|국가유공자|보훈"
    r"|장애인(?! ?복지)|취업(?:지원|보호)대상|즉시 ?(?:근무|입사)|입사 ?가능|병역|군필|신체|동의"
    r"|나이(?!스)|연령|성별|인근|무관"
    r"|eligible|relocat|visa|authori[sz]ed"
)
# What its reader is asked to do: "포트폴리오를 함께 올려 주세요".
_REQUEST = re.compile(r"(?:[하시]세요|[하시]십시오|주세요|주십시오|바랍니다|부탁드립니다)[\s.!~]*$")


def wanted_in(text: str, *, told: bool = False) -> tuple[list[Wanted], list[str]]:
    """Return what the lines of a text ask, and those of them that no résumé can show.

    A line that tells the reviewer what to do asks nothing. Duties are `told` in whole statements,
    which ask nothing elsewhere.
    """
    asked: list[Wanted] = []
    unchecked: list[str] = []
    for line in islice(lines_of(text), MAX_ITEMS):
        wanted = wanted_of(line)
        if not wanted.groups and _no_resume_shows(wanted.text):
            unchecked.append(wanted.text)
        elif not wanted.is_empty and _asks(wanted, told):
            asked.append(wanted)
    return asked, unchecked


# "영업 경험자, 차량 소지자" are two things asked of one person.
_PERSON_ENDS = re.compile(
    r"(?<=경험자|경력자|소지자|보유자|가능자|이수자|취득자|졸업자|전공자|능통자|숙련자|자격자)\s?,\s?"
)


def lines_of(text: str) -> Iterator[str]:
    """Yield what a text asks, line by line; what tells the reviewer what to do is left out."""
    for sentence in split(text):
        if not is_order(sentence.text):
            yield from _PERSON_ENDS.split(sentence.text)


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
    if wanted.groups or wanted.months or wanted.degree:
        return True
    folded = fold(wanted.text).text
    if not _HANGUL.search(folded):
        return _ASKED_IN_ENGLISH.search(folded) is not None
    return told or not _STATEMENT.search(folded)


# "내과 또는 중환자실", where not both sides are skills: of these the groups take care.
_EITHER = re.compile(r"\s?(?:또는|혹은|내지)\s|\sor\s", re.IGNORECASE)
_STUDY = re.compile(r"학과|전공|학부(?!모)")


def wanted_of(text: str) -> Wanted:
    """Return what one line asks."""
    of_study = _STUDY.search(text) is not None
    options = dict.fromkeys(_option(part, of_study) for part in _alternatives(text))
    return Wanted(
        text,
        tuple(option for option in options if option != Option()) or (Option(),),
        months_of(text),
        degree_of(text),
        mark_of(text),
        of_study,
    )


def _alternatives(text: str) -> Iterator[str]:
    found = mentions(text)
    begins, ends = {m.start for m in found}, {m.end for m in found}
    start = 0
    for either in _EITHER.finditer(text):
        if not (either.start() in ends and either.end() in begins):
            yield text[start : either.start()]
            start = either.end()
    yield text[start:]


def _option(text: str, of_study: bool) -> Option:
    # Who asks for a degree in cookery means no kitchen: there it is a noun of the major.
    found = [m for m in mentions(text) if not (of_study and m.skill.kind == "job_skill")]
    folded = fold(text)
    taken = [(mention.start, mention.end) for mention in found]
    words = dict.fromkeys(
        noun.form
        for noun in nouns(text)
        if not _overlaps(folded.original(noun.start, noun.end), taken)
        and not is_negated(folded.text, noun.start, noun.end)
    )
    named = [mention for mention in found if not mention.negated]
    return Option(_groups(text, named), tuple(words))


def _overlaps(place: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    start, end = place
    return any(start < other_end and other_start < end for other_start, other_end in taken)


_OR = re.compile(r"\s?(?:(?:,\s?)?(?:또는|혹은|or|내지)\s|이?나 |/|\|)")
_LIST = re.compile(r"\s?(?:,|·|/|와|과|및|ㆍ)\s?")
_AND_SO_ON = re.compile(r"\s?(?:등|중 하나|중 1개|기타|etc)")
_OPENS = re.compile(r"\s?\(")


def _groups(text: str, named: list[Mention]) -> tuple[tuple[Skill, ...], ...]:
    """Return the skills asked, those together of which one is enough.

    That are "A 또는 B", "A, B 등", "A 등 B" where B names what A is one of, and "B(A, C 등)".
    """
    groups: list[list[Mention]] = []
    for place, mention in enumerate(named):
        before = named[place - 1] if place else None
        between = text[before.end : mention.start] if before else ""
        if before and (
            _OR.match(between) or _is_kind_of(between) or _is_example(text, named, place)
        ):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    joined = _join_lists(text, groups)
    return tuple(tuple(dict.fromkeys(m.skill for m in group)) for group in joined)


def _is_kind_of(between: str) -> bool:
    return _AND_SO_ON.match(between) is not None and "," not in between


def _is_example(text: str, named: list[Mention], place: int) -> bool:
    """Return whether a name is one of the examples in brackets: "CRM(세일즈포스, 허브스팟 등)"."""
    before, mention = named[place - 1], named[place]
    opened = text.rfind("(", 0, mention.start)
    if opened < 0 or ")" in text[opened : mention.start]:
        return False
    if opened >= before.end and text[before.end : opened].strip():
        return False
    return _AND_SO_ON.search(text[mention.end :].partition(")")[0]) is not None


def _join_lists(text: str, groups: list[list[Mention]]) -> list[list[Mention]]:
    """Join the groups of a list that ends in "등": of "A, B 등" one is enough."""
    joined: list[list[Mention]] = []
    for group in groups:
        ends = any(_AND_SO_ON.match(text[mention.end : mention.end + 8]) for mention in group)
        joined.append(group)
        while (
            ends
            and len(joined) > 1
            and _LIST.fullmatch(text[joined[-2][-1].end : joined[-1][0].start])
        ):
            joined[-2:] = [joined[-2] + joined[-1]]
    return joined
