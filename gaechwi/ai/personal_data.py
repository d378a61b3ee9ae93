"""Takes personal data out of text before it leaves for a model, and puts it back afterwards.

Two kinds are found: what the user's own fields say, in whatever spelling the text has it, and what
looks like a telephone number, an e-mail address, a resident registration number or a date of birth.
Figures that are none of these (periods, amounts, scores) stay, and so do links.

Every pattern is bounded in length, so that the time it takes grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from unicodedata import normalize

NAME = "이름"
PHONE = "전화번호"
EMAIL = "이메일"
ADDRESS = "주소"
BIRTH = "생년월일"
RESIDENT = "주민등록번호"
LITERAL = "원문"

_PLACEHOLDER = (
    rf"\[(?:{NAME}|{PHONE}|{EMAIL}|{ADDRESS}|{BIRTH}|{RESIDENT}|{LITERAL})(?: \d{{1,6}})?\]"
)

# One character for one, so that what is found in the folded text lies at the same place in the
# original: full-width forms and typographic dashes and spaces are common in Korean documents.
_FOLDED = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u3000", " ")
    | dict.fromkeys("\u00b7\u2022\u2219\u2024\u318d", ".")
)

_END = r"(?!\d)"
_GAP = r"[ \t]{0,2}[-.)]{0,2}[ \t]{0,2}"

# "git@" begins the address of a repository, not of a mailbox.
_URL = r"(?:https?://|www\.|(?<![\w.+-])git@)[^\s<>\"'(){}\[\],|]{1,2000}"
_EMAIL = r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}"

_COUNTRY = rf"\(?(?:\+|00)82{_GAP}(?:\(0\)|0)?{_GAP}"
_MOBILE = (
    rf"(?<!\d)(?:{_COUNTRY}|82-?|\(?0)"
    rf"(?:10{_GAP}\d{{4}}|1[16-9]{_GAP}\d{{3,4}}){_GAP}\d{{4}}{_END}"
)
# "02" is a month more often than the area code of Seoul where a year stands before it.
_LANDLINE = (
    rf"(?<!\d)(?<!\d[-./])(?:{_COUNTRY}|82-|\(?0)(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|50[2-8]?|70|80)"
    rf"{_GAP}\d{{3,4}}{_GAP}\d{{4}}{_END}"
)
_MOBILE_IN_URL = rf"(?<!\d)01[016-9]-\d{{3,4}}-\d{{4}}{_END}"

_YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_FULL_DATE = (
    rf"(?:(?:{_YEAR}|'?\d{{2}})[ \t]?[-./년][ \t]{{0,2}}"
    rf"{_MONTH}[ \t]?[-./월][ \t]{{0,2}}{_DAY}{_END}(?:[ \t]?일)?"
    rf"|(?:{_YEAR}|\d{{2}}){_MONTH_DAY}{_END})"
)
_YEAR_OR_MORE = (
    rf"(?:{_FULL_DATE}|(?:{_YEAR}|'?\d{{2}})[ \t]?년(?:[ \t]?{_MONTH}[ \t]?월)?"
    rf"|{_YEAR}(?:[-./]{_MONTH})?{_END})"
)
_RESIDENT = (
    rf"(?<!\d)\d{{2}}{_MONTH_DAY}[ \t]?-?[ \t]?"
    rf"(?:\d{{7}}|(?:\d|(?<=[- ])[*xX●○])[*xX●○]{{6}}){_END}"
)
_LABEL_GAP = r"[은는이]?[\s:;=|/(\[\"'.,-]{0,6}(?:(?:양력|음력)[\s:)\]]{0,4})?"
_BIRTH_AFTER_LABEL = (
    rf"(?:생년월일|생년|출생일|출생연도|출생년도){_LABEL_GAP}(?P<birth_after>{_YEAR_OR_MORE})"
)
# These words stand before other periods too ("생일 이벤트 2019.03 ~"), hence the full date.
_DATE_AFTER_LABEL = (
    r"(?:생일|출생|(?i:date of birth|birth[ _-]?(?:day|date)|\bd\.?o\.?b))"
    rf"{_LABEL_GAP}(?P<birth_date_after>{_FULL_DATE})"
)
# "1995년생", "1995.03.02 출생", but not "2019년 생산".
_BIRTH_BEFORE_LABEL = (
    rf"(?<!\d)(?<!\d[-./])(?P<birth_before>{_YEAR_OR_MORE})"
    r"(?=[ \t]?(?:출생|생)(?![가-힣])|[ \t]?(?:출생|생)(?:입니다|이며|이고|으로))"
)

_BEFORE_NAME = r"(?:(?<![가-힣])|(?<=이름)|(?<=성명)|(?<=저는)|(?<=지원자)|(?<=작성자))"
# What may follow a name without making it another word: "정지원은", but not "정지원금".
_AFTER_NAME = (
    r"(?=(?:씨|님|군|양)?(?:은|는|이|가|을|를|의|에|와|과|도|만|께|올림|드림|에게|한테|으로|로|"
    r"으로서|로서|이란|라는|이라는|라고|이라고|입니다|이다|이며|이고|이에요|예요)?(?![가-힣]))"
)

_LONG_PROVINCES = {
    "충북": "충청북",
    "충남": "충청남",
    "전북": "전라북",
    "전남": "전라남",
    "경북": "경상북",
    "경남": "경상남",
}
_SHORT_PROVINCES = {long: short for short, long in _LONG_PROVINCES.items()}
_PROVINCE_SUFFIX = r"(?:특별자치시|특별자치도|특별시|광역시|시|도)"
_ADDRESS_GAP = r"[\s,]{0,3}"

_KINDS = {
    "literal": LITERAL,
    "resident": RESIDENT,
    "email_known": EMAIL,
    "email": EMAIL,
    "birth_known": BIRTH,
    "birth_after": BIRTH,
    "birth_date_after": BIRTH,
    "birth_before": BIRTH,
    "phone_known": PHONE,
    "phone_mobile": PHONE,
    "phone_landline": PHONE,
    "address": ADDRESS,
    "name": NAME,
}


class Redaction:
    """Replaces personal data by placeholders ("[전화번호 1]") and remembers what they stand for.

    One instance serves all texts of one task, so that the same words get the same placeholder.
    Values that are not known may be left out. Not for use by several threads at once.
    """

    def __init__(
        self,
        *,
        name: str = "",
        email: str = "",
        phone: str = "",
        address: str = "",
        birth_date: date | None = None,
    ) -> None:
        self._placeholders: dict[tuple[str, str], str] = {}
        self._originals: dict[str, str] = {}
        email_known = _group("email_known", _email_pattern(email))
        birth_known = _group("birth_known", _birth_pattern(birth_date) if birth_date else "")
        phone_known = _group("phone_known", _phone_pattern(phone))
        # Where two begin at the same place, the earlier one wins.
        self._pattern = _any_of(
            # A placeholder that the text came with must come back as itself.
            _group("literal", _PLACEHOLDER),
            _group("url", _URL),
            _group("resident", _RESIDENT),
            email_known,
            birth_known,
            phone_known,
            _group("email", _EMAIL),
            _BIRTH_AFTER_LABEL,
            _DATE_AFTER_LABEL,
            _BIRTH_BEFORE_LABEL,
            _group("phone_mobile", _MOBILE),
            _group("phone_landline", _LANDLINE),
            _group("address", _address_pattern(address)),
            _group("name", _name_pattern(name)),
        )
        # The bare digits of a link are no telephone number, unless they are this user's.
        self._pattern_in_url = _any_of(
            email_known,
            birth_known,
            phone_known,
            _group("email", _EMAIL.replace("{1,64}@", "{1,64}(?<!git)@")),
            _group("phone_mobile", _MOBILE_IN_URL),
        )

    def redact(self, text: str) -> str:
        """Return the text with placeholders in place of personal data.

        Placeholders that this instance has given stay as they are.
        """
        return self._replace(self._pattern, text)

    def redact_all(self, value: Any) -> Any:
        """Return a value of JSON with every text in it redacted; the keys stay."""
        return _with_texts(self.redact, value)

    def restore(self, text: str) -> str:
        """Return the text with every placeholder that `redact` gave put back, word for word."""
        return re.sub(_PLACEHOLDER, lambda match: self._originals.get(match[0], match[0]), text)

    def restore_all(self, value: Any) -> Any:
        """Return a value of JSON with every text in it restored; the keys stay."""
        return _with_texts(self.restore, value)

    def _replace(self, pattern: re.Pattern[str], text: str) -> str:
        parts = []
        done = 0
        for match in pattern.finditer(_folded(text)):
            group = match.lastgroup or ""
            start, end = match.span(group)
            words = text[start:end]
            parts.append(text[done:start])
            if group == "url":
                parts.append(self._replace(self._pattern_in_url, words))
            else:
                parts.append(self._placeholder(_KINDS[group], words))
            done = end
        parts.append(text[done:])
        return "".join(parts)

    def _placeholder(self, kind: str, words: str) -> str:
        # Each spelling has a placeholder of its own, so that it comes back as it was.
        key = (kind, words)
        if key not in self._placeholders:
            if kind == LITERAL and words in self._originals:
                return words
            number = 1 + sum(known_kind == kind for known_kind, _ in self._placeholders)
            placeholder = f"[{kind}]" if kind == NAME and number == 1 else f"[{kind} {number}]"
            self._placeholders[key] = placeholder
            self._originals[placeholder] = words
        return self._placeholders[key]


def _with_texts(change: Callable[[str], str], value: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_with_texts(change, item) for item in value]
    if isinstance(value, dict):
        return {key: _with_texts(change, item) for key, item in value.items()}
    return value


def _folded(text: str) -> str:
    return text.translate(_FOLDED)


def _group(name: str, pattern: str) -> str:
    return f"(?P<{name}>{pattern})" if pattern else ""


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(filter(None, patterns)))


def _email_pattern(email: str) -> str:
    email = _folded(email).strip()
    return rf"(?i:(?<![\w.%+-]){re.escape(email)}(?![A-Za-z0-9-]))" if email else ""


def _phone_pattern(phone: str) -> str:
    """Match the digits of a number in any grouping, with the country code or without."""
    digits = re.sub(r"\D", "", _folded(phone).replace("(0)", ""))
    if len(digits) < 7:
        return ""
    local = digits.removeprefix("0082").removeprefix("82")
    if local == digits and not digits.startswith("0"):
        return rf"(?<!\d)\+?{_GAP.join(digits)}{_END}"
    return rf"(?<!\d)(?:{_COUNTRY}|82-?|\(?0){_GAP.join(local.removeprefix('0'))}{_END}"


def _birth_pattern(birth: date) -> str:
    year, month, day = f"'?(?:{birth:%Y}|{birth:%y})", f"0?{birth.month}", f"0?{birth.day}"
    named, ordinal = rf"(?:{birth:%B}|{birth:%b}\.?)", rf"{day}(?:st|nd|rd|th)?"
    return (
        r"(?<!\d)(?<!\d[-.])(?:"
        rf"{year}[ \t]?[-./년][ \t]{{0,2}}{month}[ \t]?[-./월][ \t]{{0,2}}{day}{_END}(?:[ \t]?일)?"
        # The first digit of a resident registration number tells the gender.
        rf"|{year}{birth:%m%d}(?:-[1-8])?{_END}"
        rf"|(?:{month}[-./]{day}|{day}[-./]{month})[-./]{birth:%Y}{_END}"
        rf"|(?i:{named} {ordinal},? {birth:%Y}|{ordinal} {named},? {birth:%Y}){_END})"
    )


def _name_pattern(name: str) -> str:
    words = normalize("NFC", _folded(name)).split()
    letters = "".join(words)
    if len(letters) < 2:
        return ""
    if re.fullmatch(r"[가-힣]+", letters):
        # Two syllables apart are two other words more often than a name.
        gap = r"[ \t]{0,2}" if len(letters) > 2 or len(words) > 1 else ""
        # Files from a Mac spell syllables in their parts.
        spelled = rf"(?:{gap.join(letters)}|{normalize('NFD', letters)})"
        return _BEFORE_NAME + spelled + _AFTER_NAME
    spelled = r"[ \t]{0,2}".join(map(re.escape, words))
    # One Latin word may be an ordinary one in lower case ("will").
    flags = "i" if len(words) > 1 else ""
    return rf"(?<![A-Za-z])(?{flags}:{spelled})(?![A-Za-z])"


def _address_pattern(address: str) -> str:
    """Match an address from its street and number on, with as much of the rest as is there.

    A region alone is no address: "서울시 마포구" stays.
    """
    address = normalize("NFC", _folded(address))
    # "월드컵로12" is a street and a number, "월드컵로12길" a street.
    address = re.sub(r"(?<=[로길동리가])(?=\d{1,5}(?:-\d{1,5})?(?:번지)?(?:[\s,]|$))", " ", address)
    words = [word for word in re.split(r"[\s,]+", address) if word]
    postcode = words.pop(0) if words and re.fullmatch(r"\D{0,2}\d{5}\D?", words[0]) else ""
    spelled = [re.escape(word) for word in words]
    if spelled:
        spelled[0] = _province_pattern(words[0])
    numbers = [i for i, word in enumerate(words) if re.fullmatch(r"\d+(?:-\d+)?(?:번지)?", word)]
    number = next(filter(None, numbers), None)
    if number is None:
        return _ADDRESS_GAP.join(spelled) if len(words) > 2 else ""
    street = number - 1
    while street > 0 and len(words[street]) < 3:
        street -= 1
    lead = f"(?:{re.escape(postcode)}{_ADDRESS_GAP})?" if postcode else ""
    for word in spelled[:street]:
        lead = f"(?:{lead}{word}{_ADDRESS_GAP})?"
    tail = ""
    for word in reversed(spelled[number + 1 :]):
        tail = f"(?:{_ADDRESS_GAP}{word}{tail})?"
    return lead + _ADDRESS_GAP.join(spelled[street : number + 1]) + r"(?!\d|-\d)" + tail


def _province_pattern(word: str) -> str:
    """Match a province or city in its long and short names: 서울특별시, 서울시, 서울."""
    stem = re.sub(f"{_PROVINCE_SUFFIX}$", "", word) or word
    short = _SHORT_PROVINCES.get(stem, stem)
    names = {re.escape(name) for name in (short, _LONG_PROVINCES.get(short, short))}
    return f"(?:{'|'.join(sorted(names))}){_PROVINCE_SUFFIX}?"
