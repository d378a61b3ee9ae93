"""What an interviewer asks of everybody: questions that rest on no words of a résumé."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from interviews.questions import Texts
from interviews.topics import Difficulty, InterviewType

SELF_INTRODUCTION: Mapping[Difficulty, Texts] = {
    Difficulty.EASY: (
        _("먼저 긴장도 풀 겸, 본인을 1분 정도로 편하게 소개해 주시겠어요?"),
        _("어떤 일을 해 오셨는지 짧게 소개해 주시겠어요?"),
    ),
    Difficulty.NORMAL: (
        _("먼저 1분 정도로, 지금까지 해 온 일을 중심으로 본인을 소개해 주시겠어요?"),
        _("본인을 가장 잘 보여 주는 경험 하나를 들어 짧게 자기소개를 해 주세요."),
    ),
    Difficulty.HARD: (
        _(
            "1분 안에 본인을 소개해 주세요. 강점 하나와 그것을 증명하는 사례, 그리고 아직 모자란 "
            "점까지 담아 주시면 됩니다."
        ),
        _("함께 일한 동료가 본인을 소개한다면 뭐라고 할지, 근거가 되는 일을 들어 말씀해 주세요."),
    ),
}

MOTIVATION: Mapping[Difficulty, Texts] = {
    Difficulty.EASY: (_("이 일을 하고 싶다고 생각하신 계기를 편하게 말씀해 주세요."),),
    Difficulty.NORMAL: (
        _("이 직무를 선택하신 이유와, 본인의 어떤 경험이 여기에 맞는지 말씀해 주시겠어요?"),
    ),
    Difficulty.HARD: (
        _(
            "이 직무에서 3년 뒤 어떤 사람이 되고 싶으신가요? 그러려고 지금 하고 있는 일을 들어 "
            "말씀해 주세요."
        ),
    ),
}

_PERSONALITY: Texts = (
    _("함께 일하던 사람과 의견이 부딪힌 경험이 있다면, 어떻게 풀어 가셨는지 말씀해 주시겠어요?"),
    _("지금까지 겪은 실패 가운데 가장 많이 배운 것은 무엇이었나요?"),
    _("약속한 기한을 지키기 어려웠던 때가 있다면, 무엇부터 하셨는지 말씀해 주세요."),
    _("받아들이기 어려운 지적을 들은 적이 있다면, 그 뒤에 무엇을 바꾸셨나요?"),
    _("시키지 않은 일을 스스로 찾아서 해 본 경험을 말씀해 주시겠어요?"),
    _("동료가 실수한 것을 먼저 알게 되었을 때 어떻게 하셨나요?"),
    _("원칙을 지키면 손해를 보는 상황에서 어떤 선택을 하셨는지 경험을 들어 말씀해 주세요."),
    _("화가 난 고객이나 상대를 마주한 경험이 있다면, 어떻게 대응하셨나요?"),
    _("갑자기 계획이 바뀌어 곤란했던 때를 떠올려, 그때 하신 행동을 말씀해 주시겠어요?"),
    _("맡은 일이 한꺼번에 몰렸을 때 무엇을 기준으로 순서를 정하셨나요?"),
    _("본인의 약점 때문에 일이 어려워진 적이 있다면, 어떻게 보완하고 계신가요?"),
    _("팀을 위해 본인의 몫보다 더 많은 일을 한 경험이 있다면 말씀해 주세요."),
)

_TECHNICAL: Texts = (
    _("처음 보는 문제의 원인을 찾아낸 경험을, 좁혀 간 순서대로 말씀해 주시겠어요?"),
    _("새로운 도구나 방법을 익혀 실제 일에 써 본 경험을 말씀해 주세요."),
    _("여러 방법 가운데 하나를 골라야 했던 때, 무엇을 기준으로 고르셨나요?"),
    _("결과물의 품질을 확인하려고 하신 일을 실제 사례로 말씀해 주시겠어요?"),
    _("일을 하다가 낸 가장 큰 실수는 무엇이었고, 다시 일어나지 않게 무엇을 하셨나요?"),
    _("어려운 내용을 그 분야를 모르는 사람에게 설명해 본 경험을 말씀해 주세요."),
    _("반복되는 일을 더 빠르거나 정확하게 바꾼 경험이 있다면 말씀해 주시겠어요?"),
    _("다른 사람이 해 둔 일을 이어받았을 때, 어떻게 파악하고 고쳐 나가셨나요?"),
    _("급한 일과 제대로 하는 일 사이에서 고민한 경험과 그때의 판단을 말씀해 주세요."),
    _("최근에 배운 것 가운데 일하는 방식을 바꾼 것은 무엇이고, 어떻게 적용하셨나요?"),
)

_OF_THE_JOB: Texts = (
    _("이 직무에서 가장 중요하다고 보는 능력은 무엇이고, 그것을 보여 준 경험이 있으신가요?"),
    _("일의 목표를 스스로 세우고 이루어 본 경험을 말씀해 주시겠어요?"),
    _("자료나 수치를 근거로 판단을 바꾼 경험이 있다면 말씀해 주세요."),
    _("일이 끝난 뒤 잘되었는지를 어떻게 확인하시는지, 실제 사례로 말씀해 주시겠어요?"),
    _("다른 부서나 외부 사람과 일을 맞춰 본 경험에서 가장 어려웠던 점은 무엇이었나요?"),
    _("정해진 절차대로 할 수 없었던 상황에서 어떻게 판단하셨나요?"),
    _("비용이나 시간을 줄여 본 경험이 있다면, 어떻게 하셨고 무엇이 달라졌나요?"),
    _("일을 맡은 첫 주에 무엇부터 파악하시는지, 지난 경험을 들어 말씀해 주세요."),
    _("고객이나 이용자의 요구를 잘못 이해했던 경험과, 그 뒤에 바꾼 것을 말씀해 주시겠어요?"),
    _("맡은 일의 문제를 먼저 발견해 고친 경험을 말씀해 주세요."),
)

# Each holds enough for the longest interview, so that a thin résumé never runs out of questions.
POOLS: Mapping[InterviewType, Texts] = {
    InterviewType.TECHNICAL: _TECHNICAL,
    InterviewType.PERSONALITY: _PERSONALITY,
    InterviewType.JOB: _OF_THE_JOB,
    InterviewType.GENERAL: tuple(
        text for three in zip(_PERSONALITY, _OF_THE_JOB, _TECHNICAL, strict=False) for text in three
    ),
}

# What is added to such a question, one after the other; "" leaves it as it is.
TAILS: Mapping[Difficulty, Texts] = {
    Difficulty.EASY: (
        _("작은 일이라도 괜찮습니다."),
        _("떠오르는 대로 편하게 말씀해 주셔도 됩니다."),
    ),
    Difficulty.NORMAL: (),
    Difficulty.HARD: (
        _("지금 다시 겪으신다면 무엇을 다르게 하실지도 함께 말씀해 주세요."),
        _("그 뒤로 일하는 방식에서 실제로 달라진 점까지 들려주세요."),
        _("그때 고르지 않은 다른 방법과 그 이유도 말씀해 주세요."),
    ),
}
