"""What a line asks by name, and of which names one is enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from feedback.matching.majors import Majors
from feedback.matching.morphology import morphemes
from gaechwi.skills.folding import fold
from gaechwi.skills.vocabulary import Mention, Skill


@dataclass(frozen=True)
class Option:
    """One thing that a line names: a skill, nouns that are none, or majors."""

    name: str
    skill: Skill | None = None
    nouns: tuple[str, ...] = ()
    majors: Majors | None = None


# Of the options of a group one is enough.
Group = tuple[Option, ...]


@dataclass(frozen=True)
class Named:
    """An option, and where a text names it."""

    option: Option
    start: int
    end: int


@dataclass(frozen=True)
class Word:
    """A noun, and where it stands in a text."""

    form: str
    start: int
    end: int


# "보육교사 자격 또는", "산업기사 2급 혹은"
_OF_IT = (
    r"(?:\s?(?:\d\s?급|자격증?|면허증?|경험|경력|개발|사용|활용|전공|졸업|이상)자?"
    r"|\s?(?:보유|소지|취득)자?){0,3}"
)
_OR = re.compile(rf"{_OF_IT}\s?(?:,\s?)?(?:또는|혹은|or|내지)\s|\s?(?:이?나 |/|\|)")
_ONLY_OF_IT = re.compile(rf"{_OF_IT}\s*,?\s*")
_LIST = re.compile(r"\s?(?:,|·|/|와|과|및|ㆍ)\s?")
_AND_SO_ON = re.compile(r"\s?(?:등|중 하나|중 1개|기타|etc)")


def named_by(
    text: str, mentions: Iterable[Mention], majors: Majors | None, words: list[Word]
) -> list[Named]:
    """Return what a text names, in its order: skills, majors, and nouns joined by "or"."""
    named = [Named(Option(m.skill.name, skill=m.skill), m.start, m.end) for m in mentions]
    if majors:
        name = text[majors.start : majors.end]
        named.append(Named(Option(name, majors=majors), majors.start, majors.end))
    others = [w for w in words if not any(w.start < n.end and n.start < w.end for n in named)]
    named.extend(_nouns_joined(text, named, others))
    return sorted(named, key=lambda one: one.start)


def _nouns_joined(text: str, named: list[Named], words: list[Word]) -> Iterator[Named]:
    """Yield the nouns on both sides of an "or", where neither side says nothing."""
    for start, end in _connectives(text):
        before = (n for n in named if n.end <= start and _ONLY_OF_IT.fullmatch(text, n.end, start))
        left = next(before, None)
        following = next((n for n in named if n.start >= end), None)
        if left and following and _is_certificate(left) and _is_certificate(following):
            continue
        right = following if following and following.start <= _word_end(text, end) else None
        of_left = None if left else _of(text, words, _word_start(text, start), start)
        of_right = None if right else _of(text, words, end, _word_end(text, end))
        if (left or of_left) and (right or of_right):
            yield from (one for one in (of_left, of_right) if one)


def _is_certificate(named: Named) -> bool:
    return named.option.skill is not None and named.option.skill.kind == "certificate"


def _connectives(text: str) -> Iterator[tuple[int, int]]:
    folded = fold(text)
    for token in morphemes(text):
        if token.form in ("또는", "혹은", "내지", "or") or (
            token.tag == "JC" and token.form in ("이나", "나")
        ):
            yield folded.original(token.start, token.start + token.len)


def _word_start(text: str, end: int) -> int:
    end = len(text[:end].rstrip())
    return max(text.rfind(mark, 0, end) for mark in " ,·/(") + 1


def _word_end(text: str, start: int) -> int:
    start += len(text[start:]) - len(text[start:].lstrip())
    ends = [text.find(mark, start) for mark in " ,·/()"]
    return min((end for end in ends if end >= 0), default=len(text))


def _of(text: str, words: list[Word], start: int, end: int) -> Named | None:
    inside = [word for word in words if start <= word.start and word.end <= end]
    if not inside:
        return None
    start, end = inside[0].start, inside[-1].end
    nouns = tuple(dict.fromkeys(word.form for word in inside))
    return Named(Option(text[start:end], nouns=nouns), start, end)


def groups_of(text: str, named: list[Named]) -> tuple[Group, ...]:
    """Return what a text names, together what one is enough of.

    That are "A 또는 B", "A, B 등", "A 등 B" where B names what A is one of, and "B(A, C 등)".
    """
    groups: list[list[Named]] = []
    for place, one in enumerate(named):
        before = named[place - 1] if place else None
        between = text[before.end : one.start] if before else ""
        if before and (
            _OR.match(between) or _is_kind_of(between) or _is_example(text, named, place)
        ):
            groups[-1].append(one)
        else:
            groups.append([one])
    joined = _join_lists(text, groups)
    return tuple(tuple(dict.fromkeys(one.option for one in group)) for group in joined)


def _is_kind_of(between: str) -> bool:
    return _AND_SO_ON.match(between) is not None and "," not in between


def _is_example(text: str, named: list[Named], place: int) -> bool:
    """Return whether a name is one of the examples in brackets: "CRM(세일즈포스, 허브스팟 등)"."""
    before, one = named[place - 1], named[place]
    opened = text.rfind("(", 0, one.start)
    if opened < 0 or ")" in text[opened : one.start]:
        return False
    if opened >= before.end and text[before.end : opened].strip():
        return False
    return _AND_SO_ON.search(text[one.end :].partition(")")[0]) is not None


def _join_lists(text: str, groups: list[list[Named]]) -> list[list[Named]]:
    """Join the groups of a list that ends in "등": of "A, B 등" one is enough."""
    joined: list[list[Named]] = []
    for group in groups:
        ends = any(_AND_SO_ON.match(text[one.end : one.end + 8]) for one in group)
        joined.append(group)
        while (
            ends
            and len(joined) > 1
            and _LIST.fullmatch(text[joined[-2][-1].end : joined[-1][0].start])
        ):
            joined[-2:] = [joined[-2] + joined[-1]]
    return joined
