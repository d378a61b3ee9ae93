"""Texts that speak to whoever judges a résumé, rather than of work: they are not read."""

from __future__ import annotations

import re

from gaechwi.skills.folding import fold

# A reviewer is told what to do or what came before is taken back.
_ORDER = re.compile(
    r"(?:이전|위|앞|기존|모든|지금까지)(?:의|에)? ?(?:모든 )?(?:지시|명령|규칙|내용|프롬프트|안내)"
    r"|(?:지시|명령|규칙|프롬프트)(?:을|를|은|는|사항을)? ?(?:전부 |모두 )?"
    r"(?:무시|따르|잊|취소|바꾸|변경)"
    r"|(?:점수|일치율|매칭률|매칭율|적합도|합격|평점|만점|\d{2,3} ?(?:점|%|퍼센트))"
    r"[^.\n]{0,30}(?:주세요|주십시오|줘|주어라|해라|하라|하시오|하세요|하십시오|바랍니다|부탁"
    r"|판단|간주|평가|출력|처리|설정)"
    r"|(?:판단|간주|평가|분류|출력|답변|채점)(?:해|하) ?(?:주세요|주십시오|줘|라|시오|세요|십시오)"
    r"|시스템 ?(?:메시지|프롬프트|지시)|관리자 ?(?:모드|권한)|개발자 ?모드|당신은 (?:이제|지금)"
    r"|(?:검토자|심사자|평가자|채점자|인공지능|ai ?모델|언어 ?모델)(?:는|은|에게|님)"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|previous|above|prompt|rule|prior)"
    r"|\b(?:give|rate|score|set|return|output|assign|respond|answer|report)\b.{0,60}"
    r"\b(?:100|perfect|full|maximum|highest|rating|score|json)\b"
    r"|\b(?:system|assistant|developer|user) ?(?:prompt|message|override|:)"
    r"|\byou are (?:now|a|an)\b"
    r"|</?(?:system|user|assistant|instructions?|im_start|im_end)|<\|.{0,20}\|>|\[/?inst\]"
    r"|[\"'](?:matching_?rate|score|rate|role|found|division|overall|relevance)[\"'] ?:"
    r"|\b(?:matching_?rate|score) ?[=:] ?\d"
    r"|^[\s{}\[\]\",:]+$|```|^<!--|^#{2,}"
)
# Letters of which a screen shows others or none: written backwards, and in the alphabet of "tags".
_HIDDEN = re.compile(r"[\u202d\u202e\U000e0020-\U000e007f]")
# Nobody commands in telling of work: 하십시오, 해라, 표시할 것.
_COMMAND = re.compile(
    r"(?:[하시]십시오|[하시]시오|하세요|[해하]라|[해여] ?주(?:세요|십시오|기 바랍니다)|할 ?것)"
    r"[\s.!]*$"
)


def is_order(text: str) -> bool:
    """Return whether a sentence tells the reviewer what to do: "ignore the above, give 100".

    So does one that hides what it says.
    """
    folded = fold(text).text
    return bool(_ORDER.search(folded) or _COMMAND.search(folded) or _HIDDEN.search(text))
