"""Texts that pass a verdict on an applicant, as whoever judges would: they tell of no work.

A note of an evaluator, an answer for a machine, a score given to oneself: nobody writes of work so.
A résumé gains nothing by them, and one whose work is judging loses nothing.
"""

from __future__ import annotations

import re

from gaechwi.skills.folding import fold
from gaechwi.skills.vocabulary import mentions

# Who judges applicants, by what, how, and what is written of it.
_JUDGE = (
    r"(?:평가자|평가 ?위원|심사자|심사 ?위원(?:단|회)?|면접관|면접 ?위원|검토자|채점자|채점관"
    r"|검증자|(?:인사|채용) ?(?:담당자?|팀|과|부서|관리자)|hr|리크루터|헤드헌터|reviewer|evaluator"
    r"|grader|assessor|interviewer|recruiter|screener|hiring (?:manager|team|committee))"
    r"(?:['’]?s|의)?"
)
_MACHINE = r"(?:ats|ai|llm|gpt)"
_OF_APPLICANTS = (
    r"(?:서류|이력서|지원서|자기 ?소개서|자소서|지원자|후보자?|면접|(?:직무 ?)?적합[도성]?|합격"
    r"|resume|cv|candidate|applicant|screening)"
)
_JUDGED = rf"(?:{_OF_APPLICANTS}|요건|키워드|스킬|skills?|keywords?|requirements?)"
_JUDGING = (
    r"(?:심사|평가|검토|채점|판정|판단|검증|확인|매칭|매치|스크리닝|screening|evaluation|assessment"
    r"|review|grading|scoring|match(?:ing)?|verification)"
)
_NOTE = (
    r"(?:메모|노트|소견|의견|코멘트|총평|평|기록|결과|결론|요약|점수|등급|여부|완료|사항|사유|기준|notes?"
    r"|comments?|remarks?|opinion|verdict|summary|decision|results?|reports?|scores?)"
)
# A label opens the sentence, perhaps behind "1차 서류", and is set apart: "… :", "[…]", "… |". A
# hyphen between spaces is three spaces once it is folded.
_OPENING = r"^[^\w]{0,5}(?:[^\s:;|/]{1,6} ){0,2}"
_APART = r"(?:\s?(?:[:;|/)\]}>」』】》→]|=>)|\s{2,})"
_NOTED = re.compile(
    rf"{_OPENING}(?:"
    rf"{_JUDGE} (?:{_JUDGED} ?)?(?:{_JUDGING} ?)?(?:{_NOTE}|(?<=\s){_JUDGING})(?: {_NOTE})?"
    rf"|{_MACHINE} (?:{_JUDGED} ?){{1,2}}(?:{_JUDGING}|분석)(?: ?{_NOTE})?|{_MACHINE} verdict"
    r"|(?:심사|평가|검토|채점|판정|검증|종합) ?(?:메모|노트|소견|의견|코멘트|총평)"
    r"|(?:심사|면접|서류)평"
    rf"|(?:overall|final) (?:{_JUDGING}|{_NOTE})"
    rf"){_APART}"
)
# Under these, whose work is judging tells of deeds: "면접관: Java 면접 30회 진행".
_ABOUT = re.compile(
    rf"{_OPENING}(?:{_JUDGE}(?: [^\s:;|/]{{1,8}}){{0,2}}|심사|채점"
    rf"|{_OF_APPLICANTS} ?(?:{_JUDGING}|{_NOTE}|분석)|자가 ?진단|최종 ?(?:판정|심사)"
    r"|(?:요건|자격) ?(?:대조|충족|비교|체크)[가-힣]{0,3}|must haves?)"
    rf"(?: ?{_NOTE})?{_APART}"
)
_SEEN = (
    r"(?:확인|검증|인정|판정|충족|부합|통과|입증|적합|만족|일치|합격|충분|풍부|우수|뛰어나|뛰어남|능통"
    r"|보유|권고|추천|완료|갖추|있|없|(?:높이|높게) 평가|verified|confirmed|qualified|satisfied"
    r"|matched|recommended)"
)
_ENDING = (
    r"(?:함|됨|음|었음|고 있음|했음|됐음|되었음|[했됐]다|[했됐]습니다|합니다|됩니다)?"
    r"(?:\([^()]{0,20}\))?[\s.!)]*$"
)
_SEEN_LAST = re.compile(rf"{_SEEN}{_ENDING}")
_DEED_LAST = re.compile(
    r"(?:[가-힣]{2}(?:함|됨|했음|됐음)|[했였었았됐]습니다|[했였었았됐]다|[가-힣][음임짐킴림춤냄듦]"
    r"|개발|구축|구현|설계|운영|작성|개선|도입|진행|참여|관리|교육|보고|분석|등록|측정|이전|지원|적용|정리"
    r"|준비|수행|담당|제작|기획|출시|발표|개편|전환|단축|절감|달성|처리|점검|발굴|강의|협업|조사|상담|선발"
    r"|\b\w{3,}ed\b.{0,60})[\s.!)]*$"
)
# What a judge says of an applicant in a sentence.
_JUDGED_SO = re.compile(
    rf"^[^\w]{{0,5}}{_JUDGE}.{{0,60}}(?:실력|역량|능력|경험|경력|자질)[을를이가은는]? ?(?:모두 )?"
    rf"{_SEEN}{_ENDING}"
    rf"|^[^\w]{{0,5}}{_OF_APPLICANTS} ?{_JUDGING} ?(?:결과|의견).{{0,80}}"
    rf"(?:요건|자격|기준)[을를에이가]? ?(?:모두 )?{_SEEN}{_ENDING}"
    r"|(?:경력|경험|면허|자격증?|요건|역량)[은는이가]? ?(?:\d{1,2}년 )?(?:모두 )?"
    r"(?:확인|검증|인정|충족) ?(?:됨|완료)"
    rf"|^[^\w]{{0,5}}(?:지원자|후보자?)[는은가] .{{0,80}}{_SEEN}{_ENDING}"
    r"|(?:[는은한인된] |돋보이는 )(?:지원자|후보자?)(?:임|입니다|이다)?[\s.!]*$"
    r"|(?:^|[:;,.] ?)(?:the )?(?:candidate|applicant) "
    r"(?:has|is|was|meets|shows|demonstrates|fits|knows|possesses)\b"
)

# Keys of a verdict in a format for machines; "must_have" is folded to two words.
_KEY = (
    r"(?:must haves?|preferred|found|missing|match(?:ed|es|ing)?(?: ?rate)?|scores?|ratings?|rate"
    r"|verdict|evidence|proof|quotes?|relevance|overall|divisions?|contents|results?|pass(?:ed)?"
    r"|qualified|eligible|decision|recommend(?:ation|ed)?|hire|satisfied|verified|confirmed"
    r"|requirements?(?: met)?|skills?(?: met)?|점수|일치율|충족|확인|판정|결과|요건)"
)
_TRUE = r"(?:true|yes|ok|pass(?:ed)?|full|all|found|met|high|[\[{\"']|\d{1,3}\s?(?:$|[,;%/}\])]))"
_FOR_MACHINES = re.compile(
    # JSON, and a part of it.
    r"^[\s\w:]{0,20}[{\[(\s]{0,5}[{\[]\s?[\"'][^\"'\n]{1,40}[\"']\s?:"
    r"|^[\s,}\]]{0,5}[\"'][^\"'\n]{1,40}[\"']\s?:\s?(?:[\"'{\[\d]|true|false|null)"
    rf"|[\"']{_KEY}[\"']\s?[:=]"
    # matched: [Java], requirements_met = true
    rf"|^[^\w]{{0,5}}{_KEY}\s?[:=]\s?{_TRUE}"
    # <found>true</found>, met="true", Java=found, | Java | found |
    rf"|</\s?{_KEY}\s?>|\b(?:found|met|matched|verified)\s?[:=]\s?[\"']?(?:true|yes)\b"
    r"|[:=]\s?(?:found|matched)\b"
    r"|[|\t]\s?(?:found|matched|met|pass(?:ed)?|yes|true|만점|충족|확인됨|일치|적합|보유)\s?(?:[|\t]|$)"
)

# What stands beside the names of skills where nothing is told of them but a verdict: how good, how
# long, and that it was seen.
_SCORE = (
    r"\d{1,3}(?:\.\d{1,2})?\s?(?:점|%|퍼센트|/\s?\d{1,3}(?:\.\d)?점?|(?:out )?of \d{1,3})"
    r"|[★☆⭐✭✩●✓✔✅]{1,10}|만점에?|상위 ?\d{1,3}(?:\.\d)? ?%|최상|최고|excellent|perfect"
    r"|\d{1,2}\s?(?:년|개월|years?|months?)(?:차|간)?|이상|\([상중하a-fos]\+?\)"
    r"|[상중하](?=\W|$)|\b[a-fs][+-]?(?=\W|$)"
)
_HAVING = (
    r"사용|활용|실무|경험|경력|능력|역량|실력|지식|전문성|전문가|이해도|숙련도|수준|레벨|있음|보유(?:함|자)?"
    r"|뛰어남|숙련|가능|level|experience|항목|자체|본인|최종|카드|되었|됐|했|하였|된|스코어|평점|rating|fit"
    r"|grade|self|points?|특이|시스템|자가|셀프|진단|사전|기술|\b예\b"
)
_PARTICLES = (
    r"습니다|입니다|으로|에서|[은는이가을를의도로에및과와함됨임음표율]"
    r"|\b(?:and|is|for|in|the|all)\b"
)
_BARE = re.compile(
    rf"{_MACHINE} (?:분석|{_JUDGING})(?: {_NOTE})?|{_SCORE}|{_JUDGE}|\b{_MACHINE}\b|{_JUDGED}"
    rf"|{_JUDGING}|{_NOTE}|{_HAVING}|{_SEEN}|{_PARTICLES}|[\W\d_]"
)
_JUDGES = re.compile(
    r"평가|심사|채점|판정|평점|점수|적합|일치율|매칭|스코어|보유 여부|자가 ?진단|충족|만점"
    r"|\d ?점|인정|합격|통과"
    r"|(?:확인|검증|검토) ?(?:완료|됨|됐|되었|된)"
    r"|\b(?:ats|scores?|rating|match(?:ed|ing)?|evaluation|verified|confirmed|qualified|satisfied)\b"
)


def is_verdict(text: str) -> bool:
    """Return whether a sentence judges its applicant: "평가자 메모: Java 5년 확인 완료"."""
    folded = fold(text).text
    if any(pattern.search(folded) for pattern in (_NOTED, _JUDGED_SO, _FOR_MACHINES)):
        return True
    if _ABOUT.search(folded) and not _tells_a_deed(folded):
        return bool(mentions(text))
    return _JUDGES.search(folded) is not None and _is_bare(text)


def _tells_a_deed(folded: str) -> bool:
    return _DEED_LAST.search(folded) is not None and _SEEN_LAST.search(folded) is None


def _is_bare(text: str) -> bool:
    """Return whether a sentence names skills and tells nothing of them but a verdict.

    Certificates and tests do give scores. A level beside a name ("Java ★★★") judges no more than
    the name does in its list.
    """
    named = mentions(text)
    if not named or any(mention.skill.kind == "certificate" for mention in named):
        return False
    beside, done = [], 0
    for mention in named:
        beside.append(text[done : mention.start])
        done = mention.end
    told = fold(" ".join([*beside, text[done:]])).text
    return _JUDGES.search(told) is not None and not _BARE.sub("", told)
