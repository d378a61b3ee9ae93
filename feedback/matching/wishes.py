"""Sentences of a résumé that want something of its reader, and so tell of no work.

Korean says it at the end of a sentence, by endings of which there are few, whatever the words are.
A posting wants something by its nature, so this is asked of résumés alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from feedback.matching.morphology import morphemes
from gaechwi.skills.folding import fold

# The last morphemes of a sentence, each with its tag. The past tense would stand before the ending:
# who writes 해야 했습니다 tells what was.
_WISH = re.compile(
    # 적어라, 하라, 하세요, 하시오, 하십시오
    r" (?:[아어여거너으]?라|으?시?오|으?세요|ᆸ시오)/EF$"
    # 적을 것, 볼 것입니다; but 만든 것
    r"| (?:ᆯ|을)/ETM 것/NNB(?: 이/VCP \S+/EF)?$"
    # 처리 바람, 기재 요망, 검토 부탁
    r"| (?:바람|요망|부탁)/NNG$"
    r"| (?:부탁/NNG(?: 을/JKO)? (?:드리/VV|하/XSV)|요망/NNG 하/XSV|요청/NNG 드리/VV) \S+/E\w+$"
    # 하기 바랍니다, 하기를 희망함
    r"| 기/ETN(?: \S+/J\w+)? (?:바라/VV|원하/VV|희망/NNG 하/XSV) \S+/E\w+$"
    # 해야 합니다, 되어야 함, 보면 됩니다
    r"| (?:[아어여]?야/EC [하되]/V\w+|으?면/EC 되/VV) \S+/E\w+$"
)
# More morphemes than any of these has.
_TAIL = 6
# What the résumé itself and its applicant are called by those who judge them, not by the applicant.
_JUDGED = re.compile(
    r"(?:이|본|위|해당) ?(?:이력서|자기소개서|자소서|지원서)|[이위] ?(?:문단|단락)"
    r"|(?:이|해당) (?:지원자|후보자?)(?![가-힣]{2})"
    r"|\bthis (?:resume|résumé|cv|candidate|applicant)\b"
    r"|\bthe (?:candidate|applicant)(?:['’]s| (?:is|was|has|had|does|did|can|must|should|already"
    r"|knows|meets|fits|matches|satisfies|fulfils|fulfills|qualifies|possesses))\b"
)
# English commands look like what a résumé says of present work ("Manage a team"), but for these.
_ENGLISH = re.compile(
    r"(?:^|[.;:,!] )(?:please|kindly|do not|don['’]t|pretend|(?:assume|suppose|imagine) that)\b"
    r"|\b(?:must|shall|should) be\b"
)


@lru_cache(maxsize=8192)
def wants_something(text: str) -> bool:
    """Return whether a sentence commands, asks or speaks of who is judged: "적합으로 기록 요망"."""
    folded = fold(text).text
    if _JUDGED.search(folded) or _ENGLISH.search(folded):
        return True
    words = [token for token in morphemes(text) if token.tag[0] != "S" or token.tag == "SL"]
    tail = "".join(f" {token.form}/{token.tag}" for token in words[-_TAIL:])
    return _WISH.search(tail) is not None
