"""Whether the clause in which a skill is named says that there is none of it."""

from __future__ import annotations

import re

# A clause that says "no" does so within this many characters.
REACH = 60

# 없는, 없던: what follows was without it, not the applicant ("경험이 없는 동료를 가르쳤다").
_NONE = r"(?:없(?!던|는(?! (?:상태|편|점|분야|수준)))|전무|全無)"
_OF_IT = r"(?:은|는|이|가|도|을|를|과|와)?"
_NOT_YET = r"(?:아직|거의|전혀|따로|별로|한 ?번도)?"
_AFTER = re.compile(
    rf"(?:경험|경력|이력|지식|실무|자격|[본한운용] ?적|적){_OF_IT}\s?{_NOT_YET}\s?{_NONE}"
    rf"|(?:사용|활용|이용|경험|학습|운용|취득|보유)하지{_OF_IT}\s?(?:않(?!던)|못)"
    r"|(?:쓰|다루|배우|익히|알|(?:써|해|다뤄|다루어|접해|배워) ?보)지(?:는|도|를)?\s?"
    r"(?:않(?!던)|못)"
    r"|못 ?(?:합니다|함|해 ?[봤보]|써 ?[봤보]|다[룹룬])|할 줄 모|모릅니다|모름"
    r"|미경험|미보유|미숙|경험 무(?![가-힣])|필요(?:는|가)?\s?없|불필요|해당 없음"
    # What is 무관 may be another thing asked: "Java 개발자 (학력 무관)".
    r"|제외|(?<!학력)(?<!전공)(?<!경력)(?<!나이)(?<!연령)(?<!성별)"
    r"(?<!학력 )(?<!전공 )(?<!경력 )(?<!나이 )(?<!연령 )(?<!성별 )무관|몰라도"
    # Asked of nobody: "필수가 아닙니다", "있으면 좋지만 필수는 아닙니다".
    r"|(?:있으면 (?:더 )?좋[가-힣]{1,3},? (?:꼭 |반드시 )?)?"
    r"필수(?: ?(?:요건|조건|사항))?(?:이|가|는|은)? ?아[니닙님닌]"
    r"|\bnot (?:required|necessary|mandatory|needed|a must)\b"
    # Meant for later, or not mastered: neither is there yet.
    r"|(?:배우|익히|공부하|써 ?보|다뤄 ?보|도전하)고 ?싶|(?:배울|익힐|공부할|학습할|배워 ?[갈나])"
    r"|(?:공부|학습|취득|응시)(?:할|을|를)? ?(?:예정|계획)|[을할쓸될] (?:예정|계획)"
    r"|관심(?:이|은|도|을)? ?(?:있습니다|있음|있다|많습니다|많음|많다|갖고 있)|서[툽툴투]"
    r"|(?:\b|_)(?:no|without|zero) (?:experience|knowledge|background)|\bnone\b"
)
# Right behind the name: "Kafka는 없음", "운전면허 없음", "JavaScript가 아닌 Java".
_AT_ONCE = re.compile(
    rf"\s?{_OF_IT}\s?[:：]?\s?{_NOT_YET}\s?"
    rf"(?:{_NONE}|x(?![a-z])|아(?:닌|님|닙니|니[라고며])|말고)"
)
_BEFORE = re.compile(
    r"(?:\b(?:no|without|zero|lack of|little or no) (?:any )?(?:\w+ )?"
    r"(?:experience|knowledge|background)(?: (?:with|in|of|using))?"
    r"|\b(?:never|not|haven't|havent|don't|didn't) (?:yet )?"
    r"(?:used|use|worked with|know|learned|familiar with|experienced in))"
    r" (?:[\w.+#/]+(?:,| or| and|/) ?){0,4}\Z"
    # "Java, not JavaScript", "no Kafka experience required", "필수는 아니지만 Docker"
    r"|(?<!or )\b(?:not|no) \Z|필수(?:는|가) 아니지만,? \Z"
)
# Where a clause ends: a full stop, or an ending that links it to the next.
_END = re.compile(
    r"[\n;!?。]|\.(?:\s|$)|[가-힣](?:지만|으나|는데|은데|면서)(?=[\s,])"
    r"|[했았었였쓰하되썼봤고으며]+(?:고|며)(?=[\s,])|이고(?=[\s,])|\bbut\b"
)
# … or a comma and another topic, "Java 3년 이상, Docker는 …", unless the two are a list.
_NEXT_TOPIC = re.compile(
    r",\s(?!(?:(?:실무|사용|운영|개발|활용|업무|관련) )?(?:경험|경력|적|지식|자격)[은는]\s)"
    r"(?:[^\s,]+\s){0,2}[^\s,]+[은는]\s"
)
_IN_A_LIST = re.compile(rf"{_OF_IT}\s?[,/·]")
# Brackets deny what stands before them where they do nothing else: "Java(사용 경험 없음)", but
# not "Java (JavaScript 제외)".
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_SAYING = re.compile(r"(?:사용|개발|실무|활용|운영|관련) ?")


def is_negated(text: str, start: int, end: int) -> bool:
    """Return whether the name at `start` to `end` of a folded text is denied in its clause.

    "Java는 사용해 본 적이 없지만 Kotlin은 3년 썼습니다" denies Java alone.
    """
    rest = _BRACKETS.sub(_kept_if_denying, text[end : end + REACH])
    denial = _AT_ONCE.match(rest) or _AFTER.search(rest)
    if denial and denial.start() <= _clause_end(rest):
        return True
    before = text[max(0, start - REACH) : start]
    return _BEFORE.search(before) is not None


def _kept_if_denying(brackets: re.Match[str]) -> str:
    inside = brackets[1]
    saying = _SAYING.match(inside)
    denies = _AT_ONCE.match(inside) or _AFTER.match(inside, saying.end() if saying else 0)
    return f" {inside} " if denies else " " * len(brackets[0])


def _clause_end(rest: str) -> int:
    ends = [_END.search(rest)]
    if not _IN_A_LIST.match(rest):
        ends.append(_NEXT_TOPIC.search(rest))
    return min((end.start() for end in ends if end), default=REACH)
