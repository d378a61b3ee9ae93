"""Knows what one sentence of an answer tells, and whether it speaks of the matter at all.

Korean sentences are read here, others by `interviews.english`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.checks.claims import claim
from feedback.checks.figures import has_figure
from feedback.checks.phrases import TERMS, VAGUE, VAGUE_AMOUNT, any_of, cliche_in
from feedback.checks.sentences import is_future, is_past
from feedback.orders import is_order
from interviews import english
from interviews.demands import Element

# As many letters of English take as long to say as one of Korean.
_ENGLISH_LETTERS = 2


@dataclass(frozen=True)
class Said:
    """One sentence of an answer; `text` stands in it, literally.

    `plain` is the same without what cannot be seen. `verbs` are the ways of acting that it names.
    """

    text: str
    plain: str
    elements: frozenset[Element]
    verbs: frozenset[str]
    is_vague: bool

    @property
    def is_korean(self) -> bool:
        """Whether it is Korean, and not English."""
        return _is_korean(self.plain)

    @property
    def letters(self) -> int:
        """How many letters and digits of Korean take as long to say."""
        letters = sum(character.isalnum() for character in self.plain)
        return letters if self.is_korean else letters // _ENGLISH_LETTERS


_HANGUL = re.compile(r"[가-힣]")
_TO_THE_JUDGE = any_of(
    r"^(?i:system|assistant|user|developer|시스템|사용자) ?[:：]",
    r"면접관|심사 ?위원|평가자|검토자|채점자|^위 (?:사람|지원자)|우수 ?사례로",
    r"(?:이|위|본|제) ?답변|시스템 ?메시지",
    r"(?:이전|위의?|앞의?|기존) ?(?:지시|명령|프롬프트|규칙)",
    r"지원자(?:는|의|에게|를)? .{0,20}(?:점|합격|평가|우수|훌륭)",
    r"(?:\d ?점|만점|최고점|합격)(?:으로|을|를)? ?(?:기록|처리|채점|평가|부여|확정|판정)",
)
_REQUEST = re.compile(
    r"(?:세요|시오|십시요|바랍니다|바란다|부탁(?:드립니다|드려요|해요|합니다)|주라|하라|해라|달라"
    r"|줘요?|할 ?것|요망|바람|주시겠어요|주실래요|주시면 (?:됩니다|좋겠습니다|감사하겠습니다))"
    r"[^가-힣A-Za-z\d]*$"
)
_ENDING = 60


def is_said(text: str, plain: str) -> bool:
    """Return whether a sentence speaks of the matter, rather than to whoever judges it.

    `plain` is the sentence without what cannot be seen.
    """
    if is_order(text) or _TO_THE_JUDGE.search(plain):
        return False
    if not _is_korean(plain):
        return english.is_said(plain)
    return _REQUEST.search(plain[-_ENDING:]) is None


def _is_korean(plain: str) -> bool:
    return len(_HANGUL.findall(plain)) >= 2


def is_unknown(plain: str) -> bool:
    """Return whether a sentence says that one does not know."""
    return (_UNKNOWN if _is_korean(plain) else english.UNKNOWN).search(plain) is not None


_UNKNOWN = any_of(
    r"모르겠|모릅니다|모르는데|잘 몰라",
    r"(?:생각|기억)(?:이|은)? ?(?:잘 )?(?:안 ?[나납]|나지 않|떠오르지 않)|떠오르지 않",
    r"^(?:아직 )?(?:없습니다|없어요|패스|다음 질문)\W*$",
)
_TROUBLE = any_of(
    r"문제(?:가|는|점|였|이었|를 (?:발견|알))|어려[움웠]|불만|부족|지연|갈등|민원|실수|오류",
    r"장애가|사고가|위기|고장|항의|반대|느[렸려렷]|걸리[던는]|걸렸|몰[렸리려]|떨어[졌지]",
    r"반복[되됐]|잦[았은]|많았|컸습|달랐|쌓[였여]",
)
_SCENE = any_of(
    r"당시|그때|무렵|시절|상황(?:이|에서|은|이었|인데)|[는은던인]데(?=[\s,.])|때(?:는|에|였|[,\s])",
    r"입사|처음에?는|(?:19|20)\d\d년|\d+(?:년|개월|학년) ?(?:차|때|전)",
    r"에서 (?:\d+\s?(?:년|개월)[가-힣]* )?(?:일|근무|인턴|실습)|로 (?:일하|일했|근무)",
    r"맡(?:고 있|았|아 |은 |게)|담당(?:하|했)",
)
_VERBS = any_of(
    r"분석|제안|만들|만든|도입|바꾸|바꿔|바꿨|바꾼|설계|조사|정리|기획|작성|설득|시도|적용",
    r"개발|배치|공유|교육|개편|구축|나누|나눠|나눴|점검|기록|확인|측정|비교|요청|협의|조율",
    r"대화|듣고|들었|들어 보|물었|물어|찾아|찾았|연습|공부|준비|보고|수정|고쳤|고쳐|고치|테스트",
    r"시험|실험|배포|자동화|추가|제거|분리|관찰|세웠|세워|정했|정해|가르|알려|안내|사과|설명",
    r"회의|모았|모아|뽑았|뽑아|조정|교체|손질|개선|옮겼|옮겨|연결|줄였|줄여|붙였|붙여|썼|써서",
    r"계산|집계|검토|검증|이끌|챙겼|챙겨|막았|막아|연락|협력|도왔|도와|재현|추적|튜닝|리팩터",
    r"리팩토|합쳤|합쳐|묶어|묶었|돌려|돌렸|수강|들으며|이수|실습|복습|운영|관리|담당했|조리",
    r"간호",
)
_NOT_DONE = re.compile(r"(?:지(?:는|도|를)? ?(?:않|못)|못 ?[했하합])[가-힣]{0,8}[^가-힣A-Za-z\d]*$")
_OUTCOME = any_of(
    r"줄었|줄어들었|줄어|줄였|줄일 수 있었|늘었|늘어났|늘렸|높아졌|높였|올랐|올라갔|올렸",
    r"빨라졌|짧아졌|낮아졌|낮췄|내려갔|내렸|사라졌|없어졌|없었습니다|없었어요|한 건도|감소",
    r"증가|향상|개선(?:했|됐|되었)|단축|절감|달성|수상|선정|해결(?:했|됐|되었)|성공|마쳤",
    r"마칠 수|끝냈|끝났|완료|통과|인정받|칭찬|채택|정착|나아졌|좋아졌|회복|재계약|막았|막을 수",
    r"풀렸|풀 수|지킬 수|지켰|맞출 수|맞췄|받아들여|받게 되|출시|오픈|합격|취득",
)
_CHANGED = re.compile(r"에서\s?\d[\d,.]{0,12}[^\s]{0,8}(?:으로|로)")
# What grew or fell against one's will is the situation.
_UNWELCOME = any_of(
    r"(?:불만|오류|업무량|문의|민원|비용|이탈|대기|결함|사고|불량|부담|지연|시간|실수)"
    r"[가-힣]{0,3}[이가은는도] [가-힣 ]{0,8}(?:늘|증가|길어|많|쌓)",
    r"(?:매출|고객|손님|신뢰|만족도?|성적|점수|회원)[이가은는도] "
    r"[가-힣 ]{0,8}(?:줄|감소|떨어|하락|낮아)",
)
_REASON = any_of(
    r"때문|이유|까닭|왜냐|판단|생각했|생각해|보았기|봤기|고려|대신|보다 |비교|장단점|위해|려고",
    r"기준으로|우선순위|위험|근거|따져|확인해 보니|분석해 보니|살펴보니|[았었했]으므로",
    r"[았었했]기에",
)
_PLAN = any_of(
    r"계획|예정|목표|[하되보가]려고 합니다|(?<!알)(?<!드리)겠습니다|겠어요",
    r"[할될갈볼울칠을] ?것입니다",
    r"[할될갈볼울칠] ?(?:겁니다|거예요)|(?:준비|공부|학습|연습|수강|진행|실습)하고 있",
    r"(?:배우|듣|읽|익히|풀|만들|쓰)고 있",
)
_GOING_ON = re.compile(r"고 있")
_DATED = any_of(
    r"\d+\s?(?:일|주|개월|달|시간|분|년|월|장|번|회|권|개|강)|매일|매주|매달|주말",
    r"첫 ?(?:주|달|번째)|[한두세석] ?달|까지|강의|교재|책을|시험|자격|과정",
)
_LESSON = any_of(
    r"배웠|배우게|배운 (?:점|것)|깨달|알게 (?:됐|되었)|느꼈|느끼게|(?:그|이) ?(?:뒤|후|이후)로",
    r"지금도|습관|원칙(?:으로|이|을)|생겼",
)


def said_in(text: str, plain: str) -> Said:
    """Return what a sentence of an answer tells; `plain` is it without what cannot be seen."""
    if not _is_korean(plain):
        told = frozenset(english.elements(plain))
        return Said(text, plain, told, english.verbs(plain), english.is_vague(plain))
    measured = has_figure(plain)
    words = TERMS.sub("", plain)
    is_cliche = cliche_in(plain) is not None
    praise = is_cliche or (not measured and any(vague.search(words) for vague, _advice in VAGUE))
    elements = set() if is_cliche else set(_elements(plain, measured=measured, praise=praise))
    verbs = frozenset(_VERBS.findall(plain)) if Element.ACTION in elements else frozenset()
    # Somebody may well be greatly surprised: only a result should be measured.
    sized = measured or Element.RESULT not in elements or not VAGUE_AMOUNT.search(plain)
    return Said(text, plain, frozenset(elements), verbs, is_vague=praise or not sized)


def _elements(plain: str, *, measured: bool, praise: bool) -> Iterator[Element]:
    """Yield what a sentence tells. Praise in general terms tells of no result and no plan."""
    past = is_past(plain) and not is_future(plain)
    done = past and not _NOT_DONE.search(plain[-_ENDING:])
    result = done and not praise and not _UNWELCOME.search(plain) and _is_result(plain)
    # Of a trouble that is over one hears in the result, too.
    if _SCENE.search(plain) or (_TROUBLE.search(plain) and not result):
        yield Element.SITUATION
    if done and _VERBS.search(plain):
        yield Element.ACTION
    if praise:
        return
    if _REASON.search(plain):
        yield Element.REASON
    if result:
        yield Element.RESULT
        if measured:
            yield Element.FIGURE
    if _LESSON.search(plain):
        yield Element.LESSON
    if _PLAN.search(plain) and (not past or _GOING_ON.search(plain)):
        yield Element.PLAN
        if _DATED.search(plain):
            yield Element.FIGURE


def _is_result(plain: str) -> bool:
    return bool(_OUTCOME.search(plain) or _CHANGED.search(plain) or claim(plain, told=True))
