"""Whether an answer is asked after, and how: once, at its weakest point, with its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zlib import crc32

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.checks.claims import claim
from feedback.checks.figures import has_figure
from feedback.checks.phrases import VAGUE_AMOUNT, any_of
from feedback.checks.sentences import clip, excerpt
from gaechwi.particles import with_particle
from interviews.answers import Reading, read
from interviews.demands import Element, Shape, shape_of
from interviews.telling import Said
from interviews.topics import Difficulty, Probe, ProbeKind, Topic

# An answer of fewer letters is asked after, whatever it says: some four, eight and fourteen seconds
# of speech.
_MIN_LETTERS = {Difficulty.EASY: 20, Difficulty.NORMAL: 40, Difficulty.HARD: 70}
_RANKS = {level: rank for rank, level in enumerate(Difficulty)}

_NOTHING_SAID: tuple[Promise, ...] = (
    _("괜찮습니다. 비슷한 경험이나 지금 떠오르는 생각만이라도 들려주시겠어요?"),
    _("천천히 생각하셔도 됩니다. 작은 경험이라도 하나 말씀해 주시겠어요?"),
)
_ADMITTED: tuple[Promise, ...] = (
    _(
        "%(quoted)s 솔직하게 말씀해 주셔서 좋습니다. 그렇다면 가장 가까운 경험이나, 모를 때 "
        "어떻게 알아 가시는지를 들려주시겠어요?"
    ),
    _(
        "%(quoted)s 하셔도 괜찮습니다. 똑같은 일이 아니어도 좋으니, 비슷했던 경험을 하나 "
        "떠올려 말씀해 주시겠어요?"
    ),
)
_BY_KIND: Mapping[ProbeKind, tuple[Promise, ...]] = {
    ProbeKind.TOO_SHORT: (
        _("%(quoted)s 하셨는데, 어떤 일이었는지 조금 더 자세히 들려주시겠어요?"),
        _("%(quoted)s 하셨습니다. 실제로 있었던 일을 하나 들어 설명해 주시겠어요?"),
    ),
    ProbeKind.NO_SITUATION: (
        _("%(quoted)s 하셨는데, 그때는 어떤 상황이었고 무엇이 문제였나요?"),
        _("%(quoted)s 하셨습니다. 언제 어디서 있었던 일인지부터 말씀해 주시겠어요?"),
    ),
    ProbeKind.NO_ACTION: (
        _("%(quoted)s 하셨는데, 그때 본인이 직접 하신 일은 무엇이었나요?"),
        _("%(quoted)s 하셨습니다. 구체적으로 어떤 행동을 하셨는지 순서대로 말씀해 주시겠어요?"),
    ),
    ProbeKind.NO_RESULT: (
        _("%(quoted)s 하셨는데, 그래서 무엇이 어떻게 달라졌나요?"),
        _("%(quoted)s 하셨습니다. 그 결과는 어땠는지 들려주시겠어요?"),
    ),
    ProbeKind.NO_FIGURE: (
        _("%(quoted)s 하셨는데, 얼마나 달라졌는지 숫자로 말씀해 주실 수 있나요?"),
        _("%(quoted)s 하셨습니다. 전과 후를 비교하면 어느 정도 차이였나요?"),
    ),
}
_OF_A_PLAN: Mapping[ProbeKind, tuple[Promise, ...]] = {
    ProbeKind.NO_ACTION: (
        _("%(quoted)s 하셨는데, 그 부분을 메우려고 무엇을 하실 계획인가요?"),
        _("%(quoted)s 하셨습니다. 그럼 앞으로 무엇부터 시작하시겠어요?"),
    ),
    ProbeKind.NO_FIGURE: (
        _("%(quoted)s 하셨는데, 언제까지 어느 정도를 해내실 생각인가요?"),
        _("%(quoted)s 하셨습니다. 한 주에 얼마씩, 무엇으로 하실지 말씀해 주시겠어요?"),
    ),
}
_OF_A_REASON: tuple[Promise, ...] = (
    _("%(quoted)s 하셨는데, 다른 방법도 있었을 텐데 왜 그렇게 하셨나요?"),
    _("%(quoted)s 하셨습니다. 그렇게 판단하신 기준은 무엇이었나요?"),
)

# Claims that an interviewer does not let pass, and what is asked of them; the first that is found.
_ALONE = any_of(
    r"혼자(?:서)? ?(?:다|전부|모두|모든|도맡)",
    r"(?:전부|모두|다) (?:제가|저 혼자|혼자)",
    r"제가 (?:전부|모두|다 했)",
)
_PERFECT = any_of(
    r"완벽(?:하게|히|했)|단 한 번도|한 번도 (?:실수|문제|빠)|누구나|모든 사람[이들]|최고였|제일 잘"
)
_IF_ALONE: tuple[Promise, ...] = (
    _("%(quoted)s 하셨는데, 함께한 분들은 어떤 일을 했고 본인의 몫은 어디까지였나요?"),
    _("%(quoted)s 하셨습니다. 혼자 감당하기 어려운 부분은 어떻게 해결하셨나요?"),
)
_IF_PERFECT: tuple[Promise, ...] = (
    _("%(quoted)s 하셨는데, 그렇게 보시는 근거를 하나 들어 주시겠어요?"),
    _("%(quoted)s 하셨습니다. 그래도 아쉬웠던 점이 있다면 무엇이었나요?"),
)
_IF_LARGE: tuple[Promise, ...] = (
    _("%(quoted)s 하셨는데, 얼마나 달라졌고 그것을 무엇으로 확인하셨나요?"),
    _("%(quoted)s 하셨습니다. 전과 후를 견주면 어느 정도였는지 말씀해 주시겠어요?"),
)
_IF_UNPROVEN: tuple[Promise, ...] = (
    _("%(quoted)s 하셨는데, 그 숫자는 무엇을 어떻게 재어 나온 값인가요?"),
    _("%(quoted)s 하셨습니다. 그 수치를 어떻게 확인하셨는지 말씀해 주시겠어요?"),
)
_HOW_MEASURED = any_of(
    r"측정|집계|[쟀잰]|재[어었서]|기준|비교|대비|조사|설문|로그|모니터링|통계|기록|지표|평균",
    r"에서.{1,20}로|였[고는던]|이던|명 중|건 중|가운데",
    r"(?i:measured|counted|compared|benchmark|load test|survey|\blogs?\b|average|from \D{0,12}\d)",
)
# A share this large is asked after at any difficulty but the easy one.
_LARGE_SHARE = re.compile(r"[5-9]\d(?:\.\d)?\s?(?:%|퍼센트|프로)|\d{3,}\s?%|\d\s?배")


def probe_of(answer: str, topic: Topic, difficulty: Difficulty) -> Probe | None:
    """Return what to ask after an answer to a question, None where it is good enough.

    The harder the interview, the more is asked after. What of the answer is an order to the
    interviewer counts as not said, and is never quoted.
    """
    reading = read(answer, topic)
    if not reading.said:
        texts = _ADMITTED if reading.admitted else _NOTHING_SAID
        return _probe(ProbeKind.TOO_SHORT, texts, reading.admitted)
    claimed = _claim(reading, topic, difficulty)
    if difficulty != Difficulty.EASY and claimed:
        return claimed
    # What is missing is the better question, but for an answer of a few words.
    return (
        _thin(reading, _MIN_LETTERS[Difficulty.EASY])
        or _missing(reading, topic, difficulty)
        or _thin(reading, _MIN_LETTERS[difficulty])
        or claimed
    )


def _claim(reading: Reading, topic: Topic, difficulty: Difficulty) -> Probe | None:
    """Return the question after the first claim that is worth one."""
    for said in reading.said:
        if _ALONE.search(said.plain):
            return _probe(ProbeKind.CLAIM, _IF_ALONE, said.text)
        if _PERFECT.search(said.plain) and not has_figure(said.plain):
            return _probe(ProbeKind.CLAIM, _IF_PERFECT, said.text)
        if _is_large_amount(said, reading):
            return _probe(ProbeKind.CLAIM, _IF_LARGE, said.text)
        if shape_of(topic) is Shape.STORY and _is_unproven(said, reading, difficulty):
            return _probe(ProbeKind.CLAIM, _IF_UNPROVEN, said.text)
    return None


def _is_large_amount(said: Said, reading: Reading) -> bool:
    """Return whether a result is called large, and nothing in the answer says how large it was."""
    if Element.FIGURE in reading.elements or has_figure(said.plain):
        return False
    result = Element.RESULT in said.elements or claim(said.plain, told=True)
    return bool(result and VAGUE_AMOUNT.search(said.plain))


def _is_unproven(said: Said, reading: Reading, difficulty: Difficulty) -> bool:
    """Return whether the figure of a result comes without how it was measured."""
    if not {Element.RESULT, Element.FIGURE} <= said.elements or difficulty == Difficulty.EASY:
        return False
    if any(_HOW_MEASURED.search(other.plain) for other in reading.said):
        return False
    return difficulty == Difficulty.HARD or _LARGE_SHARE.search(said.plain) is not None


def _thin(reading: Reading, enough: int) -> Probe | None:
    if sum(said.letters for said in reading.said) >= enough:
        return None
    return _probe(ProbeKind.TOO_SHORT, _BY_KIND[ProbeKind.TOO_SHORT], reading.said[0].text)


# What is quoted to ask for something: the words that lead to it.
_LEADING = {
    ProbeKind.NO_SITUATION: (Element.ACTION, Element.RESULT),
    ProbeKind.NO_ACTION: (Element.RESULT, Element.PLAN, Element.SITUATION),
    ProbeKind.NO_RESULT: (Element.ACTION, Element.PLAN),
    ProbeKind.NO_FIGURE: (Element.RESULT, Element.PLAN),
    ProbeKind.CLAIM: (Element.ACTION, Element.RESULT),
}


def _missing(reading: Reading, topic: Topic, difficulty: Difficulty) -> Probe | None:
    """Return the question after the weightiest thing that the answer should tell and does not."""
    shape = shape_of(topic)
    for demand in reading.missing(shape):
        if demand.probe is None or _RANKS[demand.since] > _RANKS[difficulty]:
            continue
        if demand.probe is ProbeKind.CLAIM:
            texts = _OF_A_REASON
        elif shape is Shape.PLAN:
            texts = _OF_A_PLAN[demand.probe]
        else:
            texts = _BY_KIND[demand.probe]
        leading = [said for element in _LEADING[demand.probe] for said in reading.with_any(element)]
        return _probe(demand.probe, texts, (leading or reading.said)[0].text)
    return None


def _probe(kind: ProbeKind, texts: tuple[Promise, ...], said: str) -> Probe:
    quote = clip(said).rstrip(" .!?。")
    text = texts[crc32(quote.encode()) % len(texts)]
    quoted = f"‘{with_particle(f'{excerpt(quote)}’', '이라고/라고')}"
    return Probe(kind=kind, quote=quote, question=str(text) % {"quoted": quoted})
