"""Knows a figure when it sees one, and tells it from dates, versions and names with digits."""

from __future__ import annotations

import re
from functools import lru_cache

# Digits that measure nothing. Every repetition is bounded, so that a long run of digits or
# letters is read in linear time.
_NOT_FIGURES = re.compile(
    r"""
      (?:19|20)\d{2}\s?(?:년도?|[./-]\s?\d{1,2}(?:[./-]\s?\d{1,2})?)
    | (?:19|20)\d{2}(?=\s?[~–])
    | ['’]\d{2}년
    | \d{1,2}월(?:\s?\d{1,2}일)?
    | \d{1,2}년\s?\d{1,2}개월\s?(?:간|동안)
    | \d{1,3}여?\s?(?:년|개월|주|달|일)\s?(?:간|동안|차|째)(?!격)
    | \d\s?분기
    | 제?\d{1,3}\s?(?:차(?!례)|회차|기(?!간|업|관|술)|층|팀(?!원)
      |반(?!기)|공장|교대|학년|학기|세대|교시)
    | 365일
    | (?:오전|오후|새벽|아침|점심|저녁|밤|낮)\s?\d{1,2}시(?!간)(?:\s?\d{1,2}분)?
    | \d{1,2}시(?=에(?!서)|부터|마다|쯤|경)
    | 4대\s?(?:사회\s?)?보험
    | 24시간\s?(?:운영|영업|근무|교대|상주|상담|대기|체제)
    | [1-4]급(?!에서|으로)
    | [1-9]\s?:\s?[1-9](?!\d)
    | (?<![A-Za-z\d])[2-5][DGK](?![A-Za-z])
    | (?<![A-Za-z\d])(?:Java|Python|Vue|Boot|Angular|Node|PHP|iOS|Android|ISO|IFRS|Windows|v|버전)
      \s?\d[\d.]{0,8}(?![\d%만천억배건명점원])
    | (?<![A-Za-z\d])[A-Za-z]{1,10}[-.]?\d[A-Za-z\d.]{0,10}
    """,
    re.VERBOSE,
)
_NUMBER_WORDS = re.compile(
    r"(?<![가-힣])(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|스무)\s?(?:배|명|건|곳"
    r"|개(?![발선인])|달|주(?![로요도])|시간)"
    r"|절반|반으로|반토막|갑절|제로|무사고|무재해|무결점|무결석|전원"
    r"|(?<![가-힣])[일이삼사오육칠팔구]?[십백천만억](?:만|억)?여?\s?(?:명|원|건|개|배|퍼센트"
    r"|프로|회|점)"
)


@lru_cache(maxsize=2048)
def has_figure(text: str) -> bool:
    """Return whether a sentence measures something: "30%", "12건", "두 배", "무사고"."""
    if any(character.isdecimal() for character in text):
        measured = _NOT_FIGURES.sub(" ", text)
        if any(character.isdecimal() for character in measured):
            return True
    return _NUMBER_WORDS.search(text) is not None
