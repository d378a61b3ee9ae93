"""What a judgement says of an answer: what was good in it, and what was missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.checks.sentences import excerpt
from gaechwi.particles import with_particle
from interviews.answers import Reading
from interviews.demands import Element, Shape
from interviews.telling import Said

# More advice than this is not followed.
MAX_ADVICE = 3

# The parts of an answer, the best of them first, and why they are good.
_GOOD: Mapping[Element, Promise] = {
    Element.RESULT: gettext_lazy("%(quoted)s 결과까지 말해 이야기가 끝을 맺습니다."),
    Element.ACTION: gettext_lazy("%(quoted)s 본인이 실제로 한 일을 말한 점이 좋습니다."),
    Element.PLAN: gettext_lazy("%(quoted)s 앞으로 할 일을 밝힌 점이 좋습니다."),
    Element.LESSON: gettext_lazy("%(quoted)s 겪은 일에서 배운 것을 말한 점이 좋습니다."),
    Element.REASON: gettext_lazy("%(quoted)s 판단의 이유를 밝혀 생각하는 방식이 드러납니다."),
    Element.SITUATION: gettext_lazy("%(quoted)s 어떤 상황이었는지부터 짚어 알아듣기 쉽습니다."),
}
_GOOD_FIGURE = gettext_lazy("%(quoted)s 결과를 수치로 말해 크기가 분명하고 믿음이 갑니다.")
_GOOD_DATED_PLAN = gettext_lazy("%(quoted)s 무엇을 얼마 동안 할지까지 밝혀 계획에 믿음이 갑니다.")
_ALSO: Mapping[Element, Promise] = {
    Element.SITUATION: gettext_lazy("상황"),
    Element.ACTION: gettext_lazy("한 일"),
    Element.RESULT: gettext_lazy("결과"),
    Element.REASON: gettext_lazy("판단한 이유"),
    Element.PLAN: gettext_lazy("계획"),
    Element.LESSON: gettext_lazy("배운 점"),
}

_MISSING: Mapping[Element, Promise] = {
    Element.ACTION: gettext_lazy(
        "본인이 직접 한 일이 드러나지 않습니다. ‘저는 ○○을 확인하고 ○○을 바꾸었습니다’처럼 "
        "행동을 순서대로 두세 가지 말해 보십시오."
    ),
    Element.RESULT: gettext_lazy(
        "그래서 어떻게 되었는지가 없습니다. ‘그 결과 ○○이 ○○으로 바뀌었습니다’로 이야기를 "
        "맺으십시오."
    ),
    Element.FIGURE: gettext_lazy(
        "결과의 크기를 알 수 있는 수치가 없습니다. ‘○에서 ○로’, ‘○개월 동안 ○건’처럼 전과 후를 "
        "견주어 말하고, 무엇으로 쟀는지도 덧붙이십시오."
    ),
    Element.SITUATION: gettext_lazy(
        "어떤 상황이었는지가 없습니다. 언제, 어디서, 무엇이 문제였는지를 첫 문장에서 짧게 "
        "말하십시오."
    ),
    Element.REASON: gettext_lazy(
        "왜 그렇게 했는지가 없습니다. ‘○○ 때문에 ○○ 대신 ○○을 골랐습니다’처럼 판단의 이유를 한 "
        "문장으로 밝히십시오."
    ),
    Element.PLAN: gettext_lazy(
        "앞으로 어떻게 할지가 없습니다. ‘○월까지 ○○으로 ○○을 익히겠습니다’처럼 할 일과 기한을 "
        "말하십시오."
    ),
    Element.LESSON: gettext_lazy(
        "그 시간에서 무엇을 얻었는지가 없습니다. 배운 것과, 그 뒤로 달라진 행동을 한 문장으로 "
        "맺으십시오."
    ),
}
_MISSING_OF_A_PLAN: Mapping[Element, Promise] = {
    Element.FIGURE: gettext_lazy(
        "계획에 기한과 분량이 없습니다. ‘매주 ○시간씩 ○개월 동안 ○○까지’처럼 확인할 수 있게 "
        "말하십시오."
    ),
    Element.ACTION: gettext_lazy(
        "지금까지 해 본 가장 가까운 일이 없습니다. 비슷한 경험이나 이미 시작한 공부를 먼저 "
        "말하면 계획에 힘이 실립니다."
    ),
}


def strengths(reading: Reading) -> tuple[str, str]:
    """Return the best words of an answer and why they are good; both "" where nothing is told."""
    best = next((said[0] for said in _by_worth(reading) if said), None)
    if best is None:
        return "", ""
    quoted = f"‘{with_particle(f'{excerpt(best.text)}’', '이라고/라고')}"
    text = str(_why(best)) % {"quoted": quoted}
    others = [
        str(label)
        for element, label in _ALSO.items()
        if element in reading.elements - best.elements
    ]
    if others:
        text += " " + _("답 전체에서는 %(parts)s도 들을 수 있었습니다.") % {
            "parts": ", ".join(others)
        }
    return best.text, text


def _by_worth(reading: Reading) -> Iterator[list[Said]]:
    measured = [
        said
        for element in (Element.RESULT, Element.PLAN)
        for said in reading.with_any(element)
        if Element.FIGURE in said.elements
    ]
    yield measured
    for element in _GOOD:
        yield sorted(reading.with_any(element), key=lambda said: -len(said.verbs))


def _why(said: Said) -> Promise:
    if Element.FIGURE in said.elements:
        return _GOOD_FIGURE if Element.RESULT in said.elements else _GOOD_DATED_PLAN
    return next(text for element, text in _GOOD.items() if element in said.elements)


def improvements(reading: Reading, shape: Shape, *, off_topic: bool, short: bool) -> str:
    """Return what was missing in an answer, the weightiest first, and how to say it."""
    return " ".join(_advice(reading, shape, off_topic=off_topic, short=short))


def _advice(reading: Reading, shape: Shape, *, off_topic: bool, short: bool) -> list[str]:
    if not reading.said and reading.has_unread and not reading.admitted:
        return [
            _(
                "평가할 수 있는 말을 찾지 못했습니다. 규칙은 한국어나 영어로 말한 경험만 읽습니다. "
                "아래 뼈대에 가장 가까운 경험 하나를 채워 문장으로 말해 보십시오."
            )
        ]
    if not reading.said:
        return [
            _(
                "답하지 못한 질문입니다. 모르는 것을 물었을 때는 가장 가까운 경험을 말하고, 어떻게 "
                "알아볼지를 덧붙이면 충분합니다. 아래 뼈대에 경험 하나를 채워 소리 내어 연습해 "
                "보십시오."
            )
        ]
    advice = []
    if off_topic:
        advice.append(
            _(
                "질문이 짚은 대목과 이어지는 말이 거의 없습니다. 질문에 나온 일의 이름을 넣어 첫 "
                "문장을 시작하십시오."
            )
        )
    of_plan = _MISSING_OF_A_PLAN if shape is Shape.PLAN else {}
    for demand in reading.missing(shape):
        element = demand.elements[0]
        advice.append(str(of_plan.get(element) or _MISSING[element]))
    vague = next((said for said in reading.said if said.is_vague), None)
    if vague:
        advice.append(
            _(
                "‘%(quote)s’ 같은 말은 누구나 할 수 있습니다. 그것이 드러난 장면이나 수치로 바꾸어 "
                "말하십시오."
            )
            % {"quote": excerpt(vague.text)}
        )
    if short and not advice:
        advice.append(
            _("내용은 갖추었지만 짧습니다. 한 일을 한 단계 더 풀어 1분 정도로 말해 보십시오.")
        )
    return advice[:MAX_ADVICE] or [
        _(
            "규칙으로 찾을 수 있는 빠진 것은 없습니다. 결과를 첫 문장으로 옮겨 1분 안에 말하는 "
            "연습을 해 두십시오."
        )
    ]
