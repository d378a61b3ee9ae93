"""The skills that the site knows, by all their names, and where a text names them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from gaechwi.skills.folding import Folded, fold
from gaechwi.skills.negation import is_negated

FILE = Path(__file__).with_name("skills.json")

# Names of one or two letters count as they are written: "Go" is a language, "go" a word.
CASED_LENGTH = 2


@dataclass(frozen=True)
class Skill:
    """Something a person can do or know.

    `kind` is technology, tool, certificate, job_skill or soft_skill. `shows` names the skills whose
    use this one proves: who used Spring Boot used Java. An `everyday` one belongs to every trade
    (Excel, a driving licence): that somebody has it says nothing of their calling.
    """

    name: str
    aliases: tuple[str, ...]
    kind: str
    shows: tuple[str, ...]
    everyday: bool = False

    @property
    def is_anybodys(self) -> bool:
        """Whether people of every calling have it, so that it tells none from another."""
        return self.everyday or self.kind == "soft_skill"


@dataclass(frozen=True)
class Mention:
    """A skill named by the characters `start` to `end` of a text; `negated` where it is denied."""

    skill: Skill
    start: int
    end: int
    negated: bool


@cache
def skills() -> dict[str, Skill]:
    """Return all skills by their names."""
    entries: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        entry["name"]: Skill(
            entry["name"],
            tuple(entry["aliases"]),
            entry["kind"],
            tuple(entry["shows"]),
            entry.get("everyday", False),
        )
        for entry in entries
    }


def find(name: str) -> Skill | None:
    """Return the skill that a name or an alias stands for, None where there is none."""
    return _by_alias().get(fold(name).text.strip())


def shown_by(text: str) -> frozenset[Skill]:
    """Return the skills that one statement shows: those it names, and what they prove.

    What it denies, it does not show, whatever would prove it: "Spring Boot는 써 봤지만 Java는
    모릅니다".
    """
    found = mentions(text)
    named = {mention.skill for mention in found if not mention.negated}
    denied = {mention.skill for mention in found if mention.negated}
    proven = frozenset().union(*(proven_by(skill) for skill in named))
    return proven - (denied - named)


def proven_by(skill: Skill) -> frozenset[Skill]:
    """Return a skill with all that its use proves, directly or through others."""
    return _proven()[skill.name]


@cache
def _proven() -> dict[str, frozenset[Skill]]:
    known = skills()

    def reach(name: str, seen: set[str]) -> set[str]:
        for other in known[name].shows:
            if other not in seen:
                seen.add(other)
                reach(other, seen)
        return seen

    return {
        name: frozenset({known[name]} | {known[other] for other in reach(name, set())})
        for name in known
    }


@cache
def _by_alias() -> dict[str, Skill]:
    return {
        spelling: skill
        for skill in skills().values()
        for alias in (skill.name, *skill.aliases)
        for spelling in _spellings(fold(alias).text)
    }


def _spellings(alias: str) -> Iterator[str]:
    """Yield an alias with each of its spaces and without: "spring boot", "springboot"."""
    words = alias.split(" ")
    for joiners in product((" ", ""), repeat=len(words) - 1):
        yield words[0] + "".join(j + word for j, word in zip(joiners, words[1:], strict=True))


class _Node(dict[str, "_Node"]):
    """A place in the tree of all names; `skill` where a name ends, `cased` as it is written."""

    skill: Skill | None = None
    cased: frozenset[str] = frozenset()


@cache
def _tree() -> _Node:
    root = _Node()
    written: dict[str, set[str]] = {}
    for skill in skills().values():
        for alias in (skill.name, *skill.aliases):
            written.setdefault(fold(alias).text, set()).add(alias)
    for spelling, skill in _by_alias().items():
        node = root
        for character in spelling:
            node = node.setdefault(character, _Node())
        node.skill = skill
        if len(spelling) <= CASED_LENGTH and spelling.isascii():
            node.cased = frozenset(written[spelling])
    return root


def mentions(text: str) -> list[Mention]:
    """Return where a text names skills, in its order; of names that overlap, the longest first one.

    A name has to stand on its own: "Java" is not in "JavaScript". Korean particles and endings may
    follow it. The time is linear in the length of the text, as names are short.
    """
    folded = fold(text)
    found: list[Mention] = []
    at = 0
    while at < len(folded.text):
        match = _longest(text, folded, at)
        if match is None:
            at += 1
            continue
        skill, end = match
        negated = is_negated(folded.text, at, end)
        found.append(Mention(skill, *folded.original(at, end), negated))
        at = end
    return found


def _longest(text: str, folded: Folded, start: int) -> tuple[Skill, int] | None:
    node, longest = _tree(), None
    for place in range(start, len(folded.text)):
        following = node.get(folded.text[place])
        if following is None:
            break
        node = following
        if node.skill is None:
            continue
        begin, stop = folded.original(start, place + 1)
        if node.cased and text[begin:stop] not in node.cased:
            continue
        if _stands_alone(folded.text, start, place + 1, node.skill):
            longest = (node.skill, place + 1)
    return longest


_LATIN_BEFORE = re.compile(r"[a-z0-9][.&'’+#]?\Z|[.@]\Z")
_LATIN_AFTER = re.compile(r"\d{0,4}(?:\.\d+){0,3}[a-z]|[+#]|[&'’@]\w|\.(?!js\b)[a-z]")
# "R&D", "비타민 C", "A, B, C 등급", "C-level" name no language.
_LETTER_BEFORE = re.compile(r"[가-힣a-z0-9&'’.+#]\Z|\b[abd-qs-z]\s?[,/·]\s?\Z|비타민 \Z")
_LETTER_AFTER = re.compile(
    r"[a-z0-9&'’.+#(]|\s?[,/·]\s?[abd-qs-z]\b|\s?(?:등급|급|레벨|레이어|형|학점|클래스|반|동|사|社|level\b)"
)
_WORD_AFTER_GO = re.compile(r"\s?[a-z!]")
_TAIL = re.compile(
    r"(?:을|를|이|가|은|는|와|과|의|도|만|로|으로|에|에서|에게|부터|까지|보다|처럼|나|이나|며|이며|고|이고|하고"
    r"|등|및|상|내|간|용|별|식|팀|부|실|과정|분야|부문|관련|기반|환경|업무|직무|직|담당|담당자|전담|경력|경험|자|사"
    r"|전문가|개발|개발자|엔지니어|프로그래밍|프로그램|언어|코드|서버|앱|활용|사용|실무|능력|능력자|가능자|소지|소지자|보유"
    r"|보유자|자격증|자격|면허|급|점|분석|설계|구축|운영|관리|적용|도입|튜닝|최적화|제작|작성|기술|도구|툴|시스템)"
    r"{0,4}(?![가-힣])"
    # A noun that becomes a verb: 설계하고, 튜닝했다, 관리되는; and one that "is": 마케터입니다.
    r"|[하한할했해함합되된됐됨될돼시이입인였]"
)


def _stands_alone(text: str, start: int, end: int, skill: Skill) -> bool:
    before, after = text[max(0, start - 4) : start], text[end : end + 24]
    name = text[start:end]
    if _is_hangul(name[0]):
        compound = skill.kind in ("job_skill", "soft_skill", "certificate") and len(name) > 2
        if before and _is_hangul(before[-1]) and not compound:
            return False
    elif len(name) == 1:
        return not _LETTER_BEFORE.search(before) and not _LETTER_AFTER.match(after)
    elif name[0].isalnum() and _LATIN_BEFORE.search(before):
        return False
    if _is_hangul(name[-1]):
        return _TAIL.match(after) is not None
    if name == "go" and _WORD_AFTER_GO.match(after):
        return False
    return not (name[-1].isalnum() and _LATIN_AFTER.match(after))


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"
