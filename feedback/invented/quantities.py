"""Figures with their units, and what the words around them make of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from feedback.checks.sentences import is_future
from feedback.invented.numbers import (
    DAYS,
    DIGITS,
    NATIVE,
    SINO,
    SINO_DIGITS,
    STANDING_ALONE,
    of_digits,
    of_native,
    of_sino,
)
from feedback.invented.plain import sentences
from feedback.invented.units import AFTER, MONTHS, RATING, SECONDS, UNIT, UNITS


@dataclass(frozen=True)
class Quantity:
    """One figure of a text.

    `value` and `unit` are canonical (90분 is 5400 초). `rate` says per what it is counted ("월").
    `implied` tells that this rate was taken over from the figure that it is compared with.
    `over` is a figure said to be exceeded, `about` a rounded one, `most` an upper limit, `wished`
    one that is a goal or a promise. `start` and `end` are its place in the plain text.
    """

    value: Fraction
    unit: str
    rate: str
    start: int
    end: int
    implied: bool = False
    over: bool = False
    about: bool = False
    most: bool = False
    wished: bool = False
    native_one: bool = False


_NATIVE_UNITS = (
    r"명|사람|개월|개(?![발선인])|가지|건|곳|군데|달|해|시간|번|차례|배|대(?![학])|장|권|팀|단계|문제|라인|살"
    r"|편|통|종|쪽|주(?=[ 일간동째에마])|품목|항목"
)
_OF_SINO = "명|원|건|개|배|퍼센트|프로|회|점|년|곳|대|장"
# 일 is work, 이 건 "this matter" and 구 페이지 "the former page".
_NO_OTHER_WORDS = "삼사오육칠팔"
_COUNTERS = "명|건|개|회|곳|대|팀|주|시간|분|배|편|권|단계"
_CURRENCIES = {"$": "달러", "₩": "원", "€": "유로"}
_SCALES = {"K": 10**3, "k": 10**3, "M": 10**6, "B": 10**9}
_HALF = r"반(?=으로|[을이만에]|[^가-힣]|$)"
_FIGURE = re.compile(
    rf"""
      (?P<half_year>반\s?년)
    | (?P<fraction>(?P<below>\d{{1,4}})\s?분의\s?(?P<above>\d{{1,4}}))
    | (?<![A-Za-z\u0370-\u03ff\d.,])(?:(?P<currency>[{"".join(_CURRENCIES)}])\s?)?
      (?P<digits>{DIGITS})(?:\s?(?P<scale>[{"".join(_SCALES)}])(?![A-Za-z\d]))?(?P<more>\+(?!\d))?
      (?:\s?(?P<odd>여)(?=\s?[가-힣]))?
      (?:\s?(?P<unit>{UNIT})(?P<half>\s?{_HALF})?|\s?(?P<times>[xX])(?![A-Za-z])(?!\s?\d))?
    | (?<![가-힣])(?P<several>수|몇)\s?(?P<several_of>십|백|천|만|억)(?=\s?(?:만|억|여)?\s?[가-힣])
    | (?<![가-힣A-Za-z\d])
      (?P<sino>{SINO}(?=\s?(?:{_OF_SINO}))|[{SINO_DIGITS}](?=\s?(?:년|개월|학년|퍼센트){AFTER})
      |[{_NO_OTHER_WORDS}](?=\s(?:{_COUNTERS}){AFTER}))\s?(?P<sino_unit>{UNIT}|{_OF_SINO})
    | (?<![가-힣])별점?[이가은는을를도]?\s?
      (?P<star_words>{NATIVE}(?=\s?개)|(?:{STANDING_ALONE})(?=[이가은는을를도로과와에만]|[^가-힣]|$))
      (?:\s?개)?(?P<star_half>\s{_HALF})?
    | (?<![가-힣])(?P<native>{NATIVE})(?P<odd_native>여)?
      (?:\s?(?P<native_unit>{_NATIVE_UNITS})(?P<native_half>\s?{_HALF})?|(?=\s[가-힣]))
    | (?<![가-힣])(?P<days>{"|".join(DAYS)})(?P<day_half>\s{_HALF})?(?=\s|[가-힣]|$)
    | (?P<share>절반|반으로|반토막|갑절)
    | (?P<stars>★{{2,10}})
    """,
    re.VERBOSE,
)
# Native numerals that are other words as often, unless a unit follows: 열 is heat, too.
_NEED_A_UNIT = frozenset({"한", "하나", "열", "둘", "셋", "넷", "석", "넉", "쉰"})

_MEAN = r"\s?(?:평균|총|약|최대|최소)?\s?"
_RATES = {
    "일": "하루|매일|일평균|일일|일(?=\\s?평균|\\s?$)|날마다",
    "주": "매주|주당|주간|주평균|주",
    "월": "매월|매달|월간|월평균|달마다|한 달에|한 달|월",
    "분기": "매 ?분기|분기별?",
    "연": "매년|매해|연간|연평균|해마다|한 해|연",
}
_RATE = re.compile(
    r"(?<![가-힣\d])(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _RATES.items())
    + rf")(?:에|에는)?{_MEAN}(?:(?<=\s)(?:[가-힣]{{1,7}}\s){{0,3}})?{_MEAN}$"
)
_PER = re.compile(rf"(?<![가-힣\d,])(?:(?P<number>{DIGITS})\s?)?(?P<per>[가-힣]{{1,4}})당{_MEAN}$")
_AFTER_RATE = re.compile(r"\s?/\s?(일|주|월|년|연)")
_RATE_NAMES = {"년": "연"}
# "별점 4.9", "★4.9", "별 다섯", "별 네 개 반" and ★★★★★ are ratings; one star alone is a bullet as
# often.
_RATED = re.compile(
    r"(?:(?:별점|평점|평가\s?점수|(?<![가-힣])별)(?:[이가은는을를도])?\s?(?:평균|최고|무려|약)?|[★☆⭐])\s?$"
)
# Of 5점 만점 the first figure says how much that is.
FULL_MARKS, _OF_POINTS = "만점", re.compile(r"\d\s?점\s?$")
_MOST = re.compile(r"최대\s?$")
_WISH = re.compile(r"목표[가는를인치]?\s?(?:[가-힣]{1,4}\s)?$")
_WISH_AFTER = re.compile(r"\s?(?:을|를)?\s?목표")
_ABOUT = re.compile(r"(?:약|대략|거의|무려)\s?$")
_OVER_AFTER = re.compile(r"[가-힣]{0,2}\s?(?:이상|초과|넘|웃도|웃돌)|\+(?!\d)")
_COMPARED = re.compile(
    r"\s?(?:이던|이었던)?\s?[가-힣]{0,6}\s?(?:에서|→|->|=>|~|-|부터)\s?(?:약|평균|최대)?\s?$"
)

# How far words before a figure can say per what it is counted.
_BEFORE = 28


def quantities(text: str) -> list[Quantity]:
    """Return the figures of a plain text from which dates and links were taken out."""
    found: list[Quantity] = []
    for start, sentence in sentences(text):
        wished = is_future(sentence)
        before: Quantity | None = None
        for match in _FIGURE.finditer(sentence):
            rated = _is_rated(sentence, match, before)
            read = _value(match, rated=rated)
            if read is None:
                continue
            value, unit = read
            quantity = _in_its_words(sentence, match, value, unit, wished, before)
            # 하루 평균 14명: what is said per day is the figure that follows.
            before = before if quantity.native_one else quantity
            found.append(replace(quantity, start=start + match.start(), end=start + match.end()))
    return found


def _is_rated(sentence: str, match: re.Match[str], previous: Quantity | None) -> bool:
    """Return whether a figure is a rating: by its words, or compared with one that is."""
    if previous and previous.unit == RATING:
        between = sentence[previous.end : match.start()]
        if len(between) <= _BEFORE and _COMPARED.search(between):
            return True
    return _RATED.search(sentence[max(0, match.start() - _BEFORE) : match.start()]) is not None


def _value(match: re.Match[str], *, rated: bool) -> tuple[Fraction, str] | None:
    """Return a figure's value and unit; None where its words are other ones."""
    if match["stars"]:
        return Fraction(len(match["stars"])), RATING
    if match["star_words"]:
        return of_native(match["star_words"]) + (
            Fraction(1, 2) if match["star_half"] else 0
        ), RATING
    if match.group() == FULL_MARKS and _OF_POINTS.search(match.string[: match.start()]):
        return None
    found = _counted(match, rated=rated)
    return (found[0], RATING) if found and rated and found[1] in ("", "점", "개") else found


def _counted(match: re.Match[str], *, rated: bool) -> tuple[Fraction, str] | None:
    if match["half_year"]:
        return Fraction(6), MONTHS
    if match["fraction"]:
        return (
            (Fraction(int(match["above"]), int(match["below"])), "분율")
            if int(match["below"])
            else None
        )
    if match["days"]:
        unit, size = UNITS["일"]
        return (DAYS[match["days"]] + Fraction(1 if match["day_half"] else 0, 2)) * size, unit
    if match["share"]:
        return (Fraction(2), "배") if match["share"] == "갑절" else (Fraction(1, 2), "분율")
    if match["several"]:
        return of_sino(match["several_of"]), "수"
    if match["sino"]:
        return _sized(of_sino(match["sino"]), match["sino_unit"], half=False)
    if match["native"]:
        if not (match["native_unit"] or rated) and match["native"] in _NEED_A_UNIT:
            return None
        half = match["native_half"] is not None
        return _sized(of_native(match["native"]), match["native_unit"] or "", half=half)
    unit = (
        match["unit"] or ("배" if match["times"] else "") or _CURRENCIES.get(match["currency"], "")
    )
    following = match.string[match.end() : match.end() + 1]
    if not unit and following.isascii() and following.isalpha():
        # 8D and 3D are names.
        return None
    value = of_digits(match["digits"]) * _SCALES.get(match["scale"], 1)
    return _sized(value, unit, half=match["half"] is not None)


def _sized(value: Fraction, spelled: str, *, half: bool) -> tuple[Fraction, str]:
    unit, size = UNITS.get(spelled, (spelled, Fraction(1)))
    # 한 시간 반 is a half more, 네 개 반 is four classes.
    half = half and unit in (SECONDS, MONTHS)
    return (value + (Fraction(1, 2) if half else 0)) * size, unit


def _in_its_words(
    sentence: str,
    match: re.Match[str],
    value: Fraction,
    unit: str,
    wished: bool,
    previous: Quantity | None,
) -> Quantity:
    known = previous.end if previous else 0
    before = sentence[max(known, match.start() - _BEFORE) : match.start()]
    after = sentence[match.end() : match.end() + 10]
    rate, implied = _rate(before, after), False
    if not rate and previous and previous.unit == unit and _COMPARED.search(before):
        rate, implied = previous.rate, True
    odd = bool(match["odd"] or match["odd_native"])
    return Quantity(
        value=value,
        unit=unit,
        rate=rate,
        start=match.start(),
        end=match.end(),
        implied=implied,
        over=odd or match["more"] is not None or _OVER_AFTER.match(after) is not None,
        about=odd or _ABOUT.search(before) is not None,
        most=_MOST.search(before) is not None,
        wished=wished or bool(_WISH.search(before) or _WISH_AFTER.match(after)),
        native_one=(match["native"] in ("한", "하나") and unit != RATING)
        or match.group() == "하루"
        or (value == 1 and after.startswith("당")),
    )


def _rate(before: str, after: str) -> str:
    if found := _AFTER_RATE.match(after):
        return _RATE_NAMES.get(found[1], found[1])
    if found := _RATE.search(before):
        return found.lastgroup or ""
    if found := _PER.search(before):
        number = of_digits(found["number"]) if found["number"] else 1
        return found["per"] if number == 1 else f"{number}{found['per']}"
    return ""


def joined(found: list[Quantity]) -> Iterator[Quantity]:
    """Yield 1년 6개월 and 1시간 30분 as one figure; what stands alone as it is."""
    pending: Quantity | None = None
    for quantity in found:
        if (
            pending is not None
            and quantity.unit == pending.unit
            and quantity.unit in (SECONDS, MONTHS)
            and 0 <= quantity.start - pending.end <= 1
            and quantity.value < pending.value
        ):
            value = pending.value + quantity.value
            pending = replace(pending, value=value, end=quantity.end)
            continue
        if pending is not None:
            yield pending
        pending = quantity
    if pending is not None:
        yield pending
