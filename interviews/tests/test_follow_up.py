from __future__ import annotations

import re
import time

import pytest
from django.utils import translation

from feedback.checks.sentences import excerpt
from interviews.probing import probe_of
from interviews.tests.samples import BACKEND, COOK, NURSE, TRADES
from interviews.tests.test_judge_answers import ORDERS
from interviews.topics import BasisKind, Difficulty, Probe, ProbeKind, Topic
from tests.injected_orders import INJECTIONS

EASY, NORMAL, HARD = Difficulty

STORY = Topic(kind=BasisKind.EXPERIENCE, question="가장 어려웠던 일을 말씀해 주시겠어요?")
ATTITUDE = STORY.model_copy(update={"kind": BasisKind.ATTITUDE})
KNOWLEDGE = STORY.model_copy(update={"kind": BasisKind.TECHNOLOGY})
GAP = STORY.model_copy(update={"kind": BasisKind.GAP})
PERIOD = STORY.model_copy(update={"kind": BasisKind.PERIOD})

SITUATION = "작년에 새벽 배송이 자꾸 늦어 고객 불만이 많았습니다."
ACTION = "제가 출발 기록을 분석하고 상차 순서를 바꾸었습니다."
RESULT = "그래서 지연이 줄었습니다."
MEASURED = "그 결과 지연이 월 40건에서 8건으로 줄었습니다."


def kind_of(answer: str, topic: Topic = STORY, difficulty: Difficulty = NORMAL) -> str:
    probe = probe_of(answer, topic, difficulty)
    return probe.kind.value if probe else ""


def asked(answer: str, topic: Topic = STORY, difficulty: Difficulty = NORMAL) -> Probe:
    probe = probe_of(answer, topic, difficulty)
    assert probe
    return probe


def test_it_works() -> None:
    probe = asked(f"{SITUATION} {ACTION} {RESULT}")

    assert probe.kind == ProbeKind.NO_FIGURE
    assert probe.quote == "그래서 지연이 줄었습니다"
    assert probe.question.startswith("‘그래서 지연이 줄었습니다’라고 하셨")


@pytest.mark.parametrize("difficulty", Difficulty)
def test_excellent_answers_are_not_asked_after(difficulty: Difficulty) -> None:
    for trade in TRADES:
        for answer in trade.excellent:
            assert probe_of(answer, trade.topic, difficulty) is None


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("네, 많았습니다.", "too_short"),
        (f"{SITUATION} 참 힘든 때였고 다들 어려워했습니다.", "no_action"),
        (f"{SITUATION} {ACTION}", "no_result"),
        (f"{SITUATION} {ACTION} {RESULT}", "no_figure"),
        (f"{SITUATION} {ACTION} {MEASURED}", ""),
        (f"{ACTION} {MEASURED}", ""),
    ],
)
def test_what_is_missing_is_asked_for(answer: str, kind: str) -> None:
    assert kind_of(answer) == kind


def test_a_situation_is_asked_for_in_a_hard_interview() -> None:
    answer = f"{ACTION} 동료들에게 바뀐 순서를 설명하고 매일 점검했습니다. {MEASURED}"

    assert kind_of(answer, difficulty=HARD) == "no_situation"


@pytest.mark.parametrize(
    ("claim", "quoted"),
    [
        ("성능을 크게 개선했습니다.", "성능을 크게 개선했습니다"),
        ("그 일은 혼자 다 했습니다.", "그 일은 혼자 다 했습니다"),
        ("기획부터 배포까지 전부 제가 했습니다.", "전부 제가"),
        ("단 한 번도 실수하지 않았습니다.", "단 한 번도"),
    ],
)
def test_a_claim_is_asked_after(claim: str, quoted: str) -> None:
    probe = asked(f"{SITUATION} {ACTION} {claim}")

    assert probe.kind == ProbeKind.CLAIM
    assert quoted in probe.quote
    assert f"‘{probe.quote}’라고" in probe.question


def test_a_figure_is_asked_after_where_nothing_says_how_it_was_measured() -> None:
    answer = (
        "작년에 배송이 늦어 문제였습니다. 제가 상차 순서를 바꾸고 동료들에게 알려 매일 "
        "점검했습니다. 바뀐 순서는 종이 한 장으로 만들어 벽에 붙였습니다. 지연이 15% 줄었습니다."
    )

    assert kind_of(answer) == ""
    assert kind_of(answer.replace("15%", "70%")) == "claim"
    assert kind_of(answer, difficulty=HARD) == "claim"
    assert kind_of(answer.replace("15%", "70%"), difficulty=EASY) == ""
    assert kind_of(f"{answer} 한 달치 기록을 비교한 값입니다.", difficulty=HARD) == ""


def test_a_claim_that_the_answer_itself_measures_is_let_pass() -> None:
    assert kind_of(f"{SITUATION} {ACTION} 지연이 크게 줄었습니다. {MEASURED}") == ""


@pytest.mark.parametrize(
    "answer",
    [
        f"{SITUATION} {ACTION}",
        f"{SITUATION} {ACTION} {RESULT}",
        f"{ACTION} {MEASURED}",
        "작년에 혼자 다 고쳤습니다. 순서를 바꾸었습니다.",
        "네, 많았습니다.",
        SITUATION,
    ],
)
def test_the_harder_the_interview_the_more_is_asked_after(answer: str) -> None:
    probed = [probe_of(answer, STORY, difficulty) is not None for difficulty in Difficulty]

    assert probed == sorted(probed)


def test_an_easy_interview_lets_thin_answers_pass() -> None:
    assert kind_of(f"{SITUATION} {ACTION}", difficulty=EASY) == ""


# What is demanded depends on the question


def test_an_attitude_needs_no_figure() -> None:
    answer = f"{SITUATION} {ACTION} {RESULT}"

    assert kind_of(answer, STORY) == "no_figure"
    assert kind_of(answer, ATTITUDE) == ""
    assert kind_of(f"{SITUATION} {ACTION} 먼저 물어보는 것을 배웠습니다.", ATTITUDE) == ""


def test_of_a_tool_the_reason_is_asked() -> None:
    answer = "배송 조회 서비스에서 상태를 저장하는 일에 적용했고, 화면 두 개를 개발했습니다."

    probe = asked(answer, KNOWLEDGE)

    assert (probe.kind, "왜" in probe.question or "기준" in probe.question) == ("claim", True)
    reasoned = f"{answer} 조회가 쓰기보다 훨씬 많기 때문에 다른 방법 대신 골랐습니다."
    assert kind_of(reasoned, KNOWLEDGE) == ""


def test_of_a_gap_the_plan_is_asked() -> None:
    near = "직접 해 본 적은 없지만 비슷한 도구로 화면을 개발하고 배포했습니다."

    assert kind_of(near, GAP) == "no_action"
    assert re.search("계획|앞으로", asked(near, GAP).question)
    vague_plan = f"{near} 입사한 뒤에 선배에게 물어 가며 익히겠습니다."
    assert re.search("언제까지|한 주에", asked(vague_plan, GAP).question)
    assert kind_of(f"{near} 매주 4시간씩 두 달 동안 실습할 계획입니다.", GAP) == ""


def test_of_a_gap_in_a_career_no_result_is_demanded() -> None:
    answer = (
        "어머니 간병 때문에 일을 쉬었고, 저녁마다 물류관리사 시험을 공부하면서 문제집 두 권을 "
        "정리했습니다."
    )

    assert kind_of(answer, PERIOD) == ""


# Honest and empty answers


@pytest.mark.parametrize("difficulty", Difficulty)
@pytest.mark.parametrize("answer", ["모르겠습니다.", "잘 생각이 나지 않습니다.", "아직 없습니다."])
def test_who_does_not_know_is_asked_kindly(answer: str, difficulty: Difficulty) -> None:
    probe = asked(answer, STORY, difficulty)

    assert probe.kind == ProbeKind.TOO_SHORT
    assert probe.quote == answer.rstrip(".")
    assert re.search("좋습니다|괜찮습니다|좋으니", probe.question)


@pytest.mark.parametrize("answer", ["", " \n", "…", "ㅎㅎ", "ok"])
def test_who_says_nothing_is_asked_kindly(answer: str) -> None:
    probe = asked(answer)

    assert (probe.kind, probe.quote) == ("too_short", "")
    assert "‘" not in probe.question


# Orders


@pytest.mark.parametrize("order", [*ORDERS, *(injection.text for injection in INJECTIONS)])
def test_an_order_is_read_as_nothing_said(order: str) -> None:
    for topic in (STORY, NURSE.topic, BACKEND.topic, GAP):
        alone = probe_of(order, topic, NORMAL)
        assert alone is None or alone.quote in ("", "규칙이 바뀌었습니다")
        for answer in (f"{SITUATION} {ACTION}", f"{SITUATION} {ACTION} {MEASURED}"):
            without = probe_of(answer, topic, NORMAL)
            assert probe_of(f"{answer} {order}", topic, NORMAL) == without


# Its words


@pytest.mark.parametrize("difficulty", Difficulty)
def test_quotes_stand_in_the_answer(difficulty: Difficulty) -> None:
    for trade in TRADES:
        for answer in (*trade.bad, *trade.middle):
            probe = probe_of(answer, trade.topic, difficulty)
            if probe:
                assert probe.quote
                assert probe.quote in answer
                assert f"‘{excerpt(probe.quote)}’라고" in probe.question


def test_particles_follow_the_quote() -> None:
    assert "‘배송 지연’이라고" in asked("배송 지연").question


def test_speech_without_full_stops_is_read_sentence_by_sentence() -> None:
    spoken = " ".join((SITUATION, ACTION, RESULT)).replace(".", "")

    assert asked(spoken).quote == "그래서 지연이 줄었습니다"


def test_the_same_answer_is_asked_after_alike_and_others_in_other_words() -> None:
    answers = [
        f"{SITUATION} 제가 {what} 순서를 바꾸었습니다." for what in ("상차", "출고", "배차", "조리")
    ]

    assert asked(answers[0]) == asked(answers[0])
    assert len({asked(answer).question.split("’", 1)[1] for answer in answers}) > 1


def test_it_can_be_asked_in_english() -> None:
    with translation.override("en"):
        questions = [
            asked(answer, topic, HARD).question
            for topic in (STORY, ATTITUDE, KNOWLEDGE, GAP)
            for answer in ("", "모르겠습니다.", SITUATION, f"{SITUATION} {ACTION}")
        ]

    assert not [q for q in questions if re.search("[가-힣]", re.sub("‘.*?’", "", q))]


@pytest.mark.parametrize("text", ["가" * 20_000, "혼자 다 " * 5_000, "했는데 " * 5_000])
def test_a_hostile_answer_is_read_in_bounded_time(text: str) -> None:
    begun = time.process_time()

    probe_of(text, COOK.topic, HARD)

    assert time.process_time() - begun < 3
