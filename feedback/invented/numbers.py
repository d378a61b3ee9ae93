"""Reads numbers as Koreans write them: 1,200만, 9만 4천, 이천만, 열두, 사흘."""

from __future__ import annotations

import re
from fractions import Fraction

# Every repetition is bounded, so that a long run of digits is read in linear time.
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,15})(?:\.\d{1,6})?"
_MAGNITUDES = r"[십백천만억조]{1,3}"
# "1만 8,500원": what stands behind the last magnitude belongs to it where a unit follows.
_REST = r"(?:\s?(?:\d{1,3},\d{3}|\d{1,4})(?=\s?(?:원|명|건|개|회|대|장|인|곳)))"
DIGITS = rf"{_DIGITS}(?:{_MAGNITUDES}(?:\s?{_DIGITS}{_MAGNITUDES}){{0,4}}{_REST}?)?"
_PIECE = re.compile(rf"({_DIGITS})({_MAGNITUDES})?")

_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
SINO_DIGITS = "일이삼사오육칠팔구"
_VALUES = {digit: value for value, digit in enumerate(SINO_DIGITS, start=1)}
SINO = rf"[{SINO_DIGITS}]?[십백천만억](?:[{SINO_DIGITS}십백천만억]{{0,8}})"

_ONES = {
    "하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "석": 3, "셋": 3, "네": 4, "넉": 4, "넷": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_TENS = {
    "열": 10, "스무": 20, "스물": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
_ones = "|".join(sorted(_ONES, key=len, reverse=True))
_tens = "|".join(sorted(_TENS, key=len, reverse=True))
NATIVE = rf"(?:{_tens})(?:{_ones})|{_tens}|{_ones}"
# As they stand before a noun ("세 개"), and as they stand alone ("별 셋").
_BEFORE_A_NOUN = "한|두|세|석|네|넉"
STANDING_ALONE = "|".join(one for one in _ONES if one not in _BEFORE_A_NOUN.split("|"))

# Numbers of days that are words of their own.
DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip


def of_digits(text: str) -> Fraction:
    """Return the value of what DIGITS matched: "9만 4천" is 94,000."""
    total = section = Fraction(0)
    for digits, magnitudes in _PIECE.findall(text):
        value = Fraction(digits.replace(",", ""))
        for magnitude in magnitudes:
            if magnitude in _SMALL:
                value *= _SMALL[magnitude]
            else:
                total += (section + value) * _LARGE[magnitude]
                section = value = Fraction(0)
        section += value
    return total + section


def of_sino(text: str) -> Fraction:
    """Return the value of what SINO matched, or one of SINO_DIGITS: "이천만" is 20,000,000."""
    total = section = digit = 0
    for letter in text:
        if letter in _VALUES:
            digit = _VALUES[letter]
        elif letter in _SMALL:
            section += (digit or 1) * _SMALL[letter]
            digit = 0
        else:
            total += ((section + digit) or 1) * _LARGE[letter]
            section = digit = 0
    return Fraction(total + section + digit)


def of_native(text: str) -> Fraction:
    """Return the value of what NATIVE matched: "열두" is 12."""
    for tens, value in _TENS.items():
        if text.startswith(tens):
            return Fraction(value + _ONES.get(text.removeprefix(tens), 0))
    return Fraction(_ONES[text])
