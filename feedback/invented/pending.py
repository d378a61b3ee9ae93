"""Whether a certificate, a degree or a rank is one that somebody has, or only works towards."""

from __future__ import annotations

import re

_PENDING = re.compile(
    r"준비|예정|공부|응시|도전|목표|학습\s?중|취득하고자|따고자|필기|1차|수강|과정\s?중|진학|희망"
    r"|지원\s?중|되고\s?싶|싶"
)
# What makes it certain that the applicant has it, whatever was prepared for it before.
_ATTAINED = re.compile(
    r"(?:취득|획득|합격|보유|소지|수료)"
    r"(?:\s?(?:했|하였|함|한(?=\s)|하[고며여](?!\s?싶|자)|해(?:서)?(?=[\s,])|중)|자(?![가-힣])"
    r"|(?=\s?(?:[,.;()/]|$)))"
    r"|땄|땀(?![가-힣])|딴(?=\s)|따(?:고(?!\s?싶|자)|서|냄|냈)"
)
# In a sentence that ends as a promise, only these are no part of it.
_PAST = re.compile(r"(?:했|하였|함|한|땄|땀|딴|냄|냈|보유|소지|자)$")
_CLAUSE_END = re.compile(r"[,;]|(?<=[가-힣])(?:고(?!\s?싶|\s?있)|며|면서|지만|서)\s|(?:후|뒤)에?\s")
_OTHER_OBJECT = re.compile(r"(?<=[가-힣])(?<!자격)(?<!자격증)(?<!면허)(?<!시험)(?<!실기)[을를]\s")
_FIRST_STAGE = re.compile(r"필기|1차|서류")
_LAST_STAGE = re.compile(r"실기|최종|2차|3차|면접")

# How many letters before and behind a word can tell of it, and how near its own clause ends.
BEFORE, BEHIND = 6, 60
_NEAR = 20


def is_pending(before: str, behind: str, *, promised: bool) -> bool:
    """Return whether a word is told as not come about yet, by the words around it in its sentence.

    `before` and `behind` are no longer than BEFORE and BEHIND; `promised` is whether the sentence
    ends as a promise or a wish.
    """
    if _is_attained(behind, promised=promised):
        return False
    clauses = (
        _CLAUSE_END.split(before)[-1],
        _CLAUSE_END.split(behind[:_NEAR], maxsplit=1)[0],
    )
    return promised or any(_PENDING.search(clause) for clause in clauses)


def _is_attained(behind: str, *, promised: bool) -> bool:
    for match in _ATTAINED.finditer(behind):
        clause = _CLAUSE_END.split(behind[: match.start()])[-1]
        first_stage = _FIRST_STAGE.search(clause) and not _LAST_STAGE.search(clause)
        of_something_else = _OTHER_OBJECT.search(clause)
        if not (first_stage or of_something_else) and (not promised or _PAST.search(match.group())):
            return True
    return False
