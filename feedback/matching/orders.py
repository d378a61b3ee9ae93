"""Texts that speak to whoever judges a résumé, rather than of work: they are not read.

What is missed here does no more than its words would as a claim; a line of work taken for an order
costs its writer everything. So a line is an order only where it commands, or speaks to a machine.
"""

from __future__ import annotations

import re

from feedback.placeholders import without_placeholders
from gaechwi.skills.folding import fold

# What a reviewer gives …
_VERDICT = r"(?:점수|일치율|매칭률|매칭율|적합도|합격|평점|만점|최고 ?등급|\d{2,3} ?점)"
# … and what it does. Work is judged, printed and handled too: these count in the imperative only.
_JUDGING = (
    r"(?:판단|간주|평가|분류|출력|답변|채점|처리|설정|표시|추천|기록|인정|반영|부여|통과|수정)"
)
_PLEASE = r"(?:주세요|주십시오|주시기|줘|주어라)"
_IMPERATIVE = (
    rf"(?:(?:하|해) ?(?:{_PLEASE}|라(?![가-힣])|세요|시오|십시오)|할 ?것(?![가-힣])|바랍니다)"
)
_PERFECT = r"(?:100|perfect|full|max(?:imum)?|highest|top|excellent)"
_SCORE = r"(?:scores?|rat(?:e|ing)|marks?|match|grade)"

_ORDER = re.compile(
    # What came before is taken back.
    r"(?:이전|위|앞|기존|모든|지금까지|앞서)[^.\n]{0,12}(?:지시|명령|규칙|내용|프롬프트|안내|기준)"
    r"[^.\n]{0,12}(?:무시|잊(?:고|어|으)|취소|폐기)"
    r"|(?:지시|명령|규칙|프롬프트)(?:을|를)? ?(?:전부 |모두 )?무시"
    r"|채점 ?기준[^.\n]{0,6}바[꿔꾸]|충족한 것으로 [본간]"
    r"|\b(?:ignore|disregard|forget)\b.{0,40}\b(?:instructions?|previous|above|prompts?|prior|rules)"
    # A verdict is asked for.
    rf"|{_VERDICT}[^.\n]{{0,30}}(?:{_PLEASE}|{_IMPERATIVE})"
    rf"|{_JUDGING}{_IMPERATIVE}"
    rf"|\b{_SCORE} ?(?:of|to|as|=|:|is)? ?{_PERFECT}\b(?! ?[%a-z.])"
    r"|^\W*(?:please |now )?(?:give|rate|mark|treat|approve|consider|count)\b.{0,40}"
    r"\b(?:100|perfect|resume|candidate|applicant|requirements?|items?)\b"
    r"|^\W*(?:from now on|new task)\b|\btreat (?:every|all|the) \w+ as\b"
    r"|\b(?:return|print|output) (?:only|the (?:word|highest))\b"
    r"|\bcandidate meets (?:all|every)\b|\boverride ?: ?approve\b"
    # Somebody is spoken to who is no reader of résumés, or in another role.
    r"|^\W*(?:system|assistant|developer|user|시스템)"
    r"(?: ?(?:메시지|프롬프트|지시|prompt|message|override))? ?:"
    r"|(?:관리자|개발자) ?모드(?:로 전환|입니다| ?:)|\b(?:developer|admin) (?:mode|override)\b"
    r"|^\W*당신은 (?:이제|지금)"
    r"|(?:^\W*|[.,] ?)(?:검토자|심사자|평가자|채점자|채점관|인공지능|ai ?모델|언어 ?모델)"
    r"(?:에게|께|님)"
    r"|문서를 읽는 ai|\bnote to (?:the )?(?:evaluator|reviewer|grader|ai)\b"
    r"|^\W*you are (?:now|a|an)\b"
    # Marks of a prompt or of a model's answer.
    r"|</?(?:system|user|assistant|instructions?|im_start|im_end)|<\|.{0,20}\|>|\[/?inst\]"
    r"|[\"'](?:matching_?rate|score|rate|role|found|division|overall|relevance)[\"'] ?:"
    r"|\bmatching_?rate ?[=:]? ?(?:to )?\d|^[\s{}\[\]\",:]+$|```|^<!--"
    r"|^#{2,} ?(?:instruction|system)"
)


def is_order(text: str) -> bool:
    """Return whether a sentence tells the reviewer what to do: "ignore the above, give 100"."""
    return _ORDER.search(fold(without_placeholders(text)).text) is not None
