"""What is counted and measured, under one name for each thing."""

from __future__ import annotations

import re
from fractions import Fraction

_DAY = 86_400

# Canonical unit: its spellings. People write these for each other without a change of meaning.
_COUNTED = {
    "%": "%|퍼센트|프로",
    "%p": "%p|%P|퍼센트포인트|%포인트|포인트",
    "배": "배|곱절|갑절",
    "원": "원",
    "달러": "달러|불",
    "유로": "유로",
    "명": "명|인|사람",
    "개": "개|가지|종|종류|항목|품목",
    "곳": "곳|군데|개소|개사|개점",
    "건": "건",
    "회": "회|번|차례|회차",
    "위": "위|등",
    "점": "점",
    "대": "대",
    "장": "장",
    "쪽": "쪽|페이지",
    "편": "편",
    "권": "권",
    "통": "통",
    "팀": "팀|개팀",
    "급": "급",
    "종면허": "종 보통|종 대형",
    "병상": "병상",
    "석": "석",
    "인분": "인분",
    "단계": "단계",
    "학기": "학기",
    "학년": "학년",
    "학점": "학점",
    "분기": "분기",
    "층": "층",
    "평": "평",
    "문제": "문제",
    "문항": "문항",
    "라인": "라인",
    "국": "개국",
    "도": "도|℃",
    "세": "세|살",
    "ppm": "ppm",
    "km": "km|킬로미터",
    "m": "m|미터",
    "kg": "kg|킬로그램",
    "g": "g|그램",
    "톤": "t|톤",
    "㎡": "m2|제곱미터",
    "gb": "GB|기가",
    "tb": "TB|테라",
    "tps": "TPS|tps",
}
# Seconds; months are apart, because a month has no fixed number of days.
_SECONDS = {
    "ms|밀리초": Fraction(1, 1000),
    "초|s": Fraction(1),
    "분": Fraction(60),
    "시간": Fraction(3600),
    "일": Fraction(_DAY),
    "주일|주": Fraction(7 * _DAY),
}
_MONTHS = {"개월|달": Fraction(1), "년|해": Fraction(12)}

SECONDS, MONTHS = "초", "개월"
# What a rating is told in: its points may be told as such, and as points of any kind.
RATING = "별점"

UNITS: dict[str, tuple[str, Fraction]] = {
    **{word: (unit, Fraction(1)) for unit, words in _COUNTED.items() for word in words.split("|")},
    **{word: (SECONDS, size) for words, size in _SECONDS.items() for word in words.split("|")},
    **{word: (MONTHS, size) for words, size in _MONTHS.items() for word in words.split("|")},
}
# A figure that names no unit may be told with one of these, and the other way round.
_PLAIN_COUNTS = frozenset(
    {"점", RATING, "개", "명", "곳", "건", "회", "단계", "급", "문제", "반", "라인", "팀"}
)
# 협력사 27곳 and 27개 협력사.
_NAMED_BY_NOUNS = {"개", "곳"}
_POINTS = {"점", RATING}

# What may follow a unit of one syllable without making it another word: 3개를, but not 3 개발자.
AFTER = (
    r"(?:(?![가-힣A-Za-z])|(?=[에은는이가을를의로으와과도만씩당째며인까밖보간동짜뿐및였입미초여하내쯤]"
    r"|가량|정도|차|대로|대의|대를|이상|이하|중|치|반|연속|부터|부(?![가-힣])|남짓|넘|만에))"
)
_LONG = "|".join(re.escape(word) for word in sorted(UNITS, key=len, reverse=True) if len(word) > 1)
_SHORT = "|".join(re.escape(word) for word in sorted(UNITS) if len(word) == 1)
UNIT = rf"(?:{_LONG})(?![A-Za-z])|(?:{_SHORT})(?:{AFTER})"


def agree(rewritten: str, source: str) -> bool:
    """Return whether a figure told in one unit may have been told in the other."""
    if (
        rewritten == source
        or not rewritten
        or {rewritten, source}
        in (
            _NAMED_BY_NOUNS,
            _POINTS,
        )
    ):
        return True
    return not source and rewritten in _PLAIN_COUNTS
