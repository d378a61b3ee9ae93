"""Tells claims of an achievement from duties, wishes and problems."""

from __future__ import annotations

import re

from feedback.checks.phrases import any_of
from feedback.checks.sentences import is_future, is_past

_NOUNS = (
    "개선|향상|증가|증대|절감|단축|달성|성장|신장|확대|감소|상승|축소|최소화|극대화|제고|절약"
    "|기여|일조|이바지"
)
# How a noun becomes a claim: something was done (개선했다), …
_DONE = "|".join(
    (
        "했|하였|함|하며|하면서|하여|할 수 있었",
        r"하고(?!자|\s?싶)|해(?!야|\s?달|\s?주시)|한(?=\s)|하는 (?:데|성과|효과|결과)",
        r"됐|되었|됨|된(?=\s)|되어|돼",
        r"시켰|시킴|시키고(?!자|\s?싶)|시키며|시키는\s?데|시켜|시킬 수 있었",
        "이뤘|이루|이룸|이끌|거뒀|거두|거둠|성공|가져|보였|보임|견인|기여|일조|이바지|도움",
    )
)
_PARTICLE = r"(?:에도|을|를|에|이|가|은|는|도)?\s?(?:크게 |대폭 |많이 |적극 )?"
# … or it is merely named, at the end of a bullet or in an enumeration (매출 증대, …).
_NAMED = r"(?P<named>\s?(?:$|[,.;)·/&]|및\s))"
_NOUN_CLAIM = re.compile(rf"(?P<noun>{_NOUNS})(?:{_PARTICLE}(?:{_DONE})|{_NAMED})")

_VERB_CLAIM = any_of(
    r"높였|높임|높여\s|높일 수 있었|높이는 (?:데|성과|효과)",
    r"줄였|줄임|줄여\s|줄일 수 있었|줄이(?:는 (?:데|성과|효과)|고\s(?!싶))",
    r"늘렸|늘림|늘려\s|늘릴 수 있었|늘리는 (?:데|성과|효과)",
    r"낮췄|낮춤|낮출 수 있었|낮추는 (?:데|성과|효과)",
    r"끌어올|앞당겼|앞당김|올라섰|올라섬",
    # How others took it: a success that could be counted (되찾은 손님, 후기, 점수).
    r"(?:호응|호평|인기|(?:좋은|높은|우수한|긍정적인?|뜨거운) (?:반응|평가))[을를]?\s?"
    r"(?:크게 |많이 )?(?:얻었|얻음|받았|받음|끌었)",
    r"(?:매출|율|률|실적|수익|효율|만족도|판매량|점수|성적)[을를]?\s?(?:올렸|올림|올려\s"
    r"|올릴 수 있었)",
)
_SHRANK = "줄었|줄어들었|줄어듦|짧아졌|짧아짐|낮아졌|낮아짐|사라졌"
_GREW = "늘었|늘어났|늘어남|올랐|오름|높아졌|높아짐|빨라졌|빨라짐|좋아졌|좋아짐"
_BETTER_LESS = (
    "시간|기간|비용|오류|오차|불량률?|불만|민원|클레임|사고|대기|손실|폐기량?|누락|반품|이직률|"
    "이탈률"
)
_BETTER_MORE = (
    "매출|판매량?|만족도|회원|가입|등록|고객|손님|예약|구독|팔로워|조회수|점유율|방문자?|이용률?|"
    "재구매율?|생산성|효율|속도|참여율|점수|성적|전환율"
    "|가동률|수율|정확도"
)
_MOVED = any_of(
    rf"(?:{_BETTER_LESS})[이가은는도]\s?[가-힣\s]{{0,8}}(?:{_SHRANK})",
    rf"(?:{_BETTER_MORE})[이가은는도]\s?[가-힣\s]{{0,8}}(?:{_GREW})",
)

# What grows against the applicant's will, or shrinks so: the problem of a story, not its result.
_UNWELCOME_RISE = re.compile(
    r"(?:불만|오류|업무량|문의|민원|비용|이탈|대기|결함|사고|불량|부담|경쟁|환자|수요|지연)"
    r"[가-힣\s]{0,8}$"
)
_UNWELCOME_FALL = re.compile(
    r"(?:매출|고객|방문|신뢰|만족|수익|이익|참여|주문|회원|학생)"
    r"[가-힣\s]{0,6}[이가은는도]\s?[가-힣\s]{0,6}$"
)
_SUBJECT = re.compile(r"[가-힣][이가은는도]\s?$")
_RISING = frozenset({"증가", "상승", "증대", "확대"})
_FALLING = frozenset({"감소", "축소"})
# Growth of the applicant's own abilities is not something a recruiter expects to see measured.
_PERSONAL = re.compile(
    r"(?:실력|역량|능력|이해도?|전문성|시야|자신감|회화|체력|지식|성장)"
    r"[을를이의도]?\s?(?:크게|대폭|많이|함께)?\s?$"
)
_BUSINESS = any_of(
    "매출|사업|서비스|실적|사용자|거래|시장|점유율|트래픽|브랜드|구독|회원|매장|고객|조직|수익|지점"
)

_DUTY_TAIL = re.compile(
    r"(?:업무|담당|보조|지원|활동|업무 ?수행|업무를? ?진행|담당함|담당했습니다|수행했습니다|수행함"
    r"|맡음|맡았습니다)$"
)
_RESULTS = "|".join(
    (
        "수상|선정|표창|입상|우승|승진|합격|최초|1위|무사고|채택|등재|통과|인증|특허",
        "해결|성공|출시|런칭|론칭|오픈|배포|개점|완성|완료|납품|회복|예방|방지|정상화",
        "도입|구축|자동화|표준화|효율화|정착|유치|수주|체결|재계약|확보",
    )
)
_RESULT = re.compile(
    rf"(?:{_RESULTS})(?!\s?(?:업무|지원|담당|보조|관리|준비|활동|방안|대응|계획|교육|규정|과제|문의"
    r"|여부|관련|예정|시스템|목표))"
)


def claim(text: str, *, told: bool = False) -> str | None:
    """Return the word by which a sentence claims an achievement, None where it claims none.

    `told` says that the sentence stands in a story (the introduction), where only what is told in
    the past is a claim; in a list of work a bare noun ("매출 증대") claims too.
    """
    if is_future(text) or (told and not is_past(text)):
        return None
    for match in _NOUN_CLAIM.finditer(text):
        if _is_claim(text, match, told=told):
            return match["noun"]
    verb = _VERB_CLAIM.search(text) or _MOVED.search(text)
    return verb.group().strip() if verb else None


def _is_claim(text: str, match: re.Match[str], *, told: bool) -> bool:
    before = text[max(0, match.start() - 16) : match.start()]
    noun = match["noun"]
    clause = text[match.end("noun") :].split(",", 1)[0]
    if match["named"] is not None and (told or _is_duty(text) or _is_duty(clause)):
        return False
    if noun in _RISING and (_UNWELCOME_RISE.search(before) or _grows_by_itself(before)):
        return False
    if noun in _FALLING and _UNWELCOME_FALL.search(before):
        return False
    if _PERSONAL.search(before):
        return False
    if noun == "성장":
        grown_together = before.rstrip().endswith(("함께", "같이"))
        return not grown_together and _BUSINESS.search(text) is not None
    return True


def _grows_by_itself(before: str) -> bool:
    """Return whether the subject of a growth is one that growth does not make better."""
    return _SUBJECT.search(before) is not None and not re.search(_BETTER_MORE, before)


def has_result(text: str) -> bool:
    """Return whether a sentence names something brought about: 수상, 출시, 구축, 해결 …"""
    return _RESULT.search(text) is not None and not _is_duty(text)


def _is_duty(words: str) -> bool:
    return _DUTY_TAIL.search(words.rstrip(" .")[-12:]) is not None
