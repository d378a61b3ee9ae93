"""Answers in English, of an interview that is held in English about a Korean résumé."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from django.utils import translation

from interviews.answers import read
from interviews.demands import Element
from interviews.judging import judge
from interviews.probing import probe_of
from interviews.schemas import QuestionJudgement
from interviews.tests.samples import BACKEND, COOK, NURSE, Trade
from interviews.topics import BasisKind, Difficulty, Topic

BAD = (
    "I don't know.",
    "I worked hard and did my best.",
    "I am a passionate team player with good communication skills.",
    "Redis is fast and good.",
)
# Each is better than the last.
ANSWERS = (
    "I applied a distributed lock with Redis.",
    "Duplicate payments were a problem, so I designed and applied a distributed lock with Redis. I "
    "also tested it under load.",
    "Duplicate payments were a problem, so I designed and applied a distributed lock with Redis. I "
    "decided against a database lock because it would have held the payment table for too long. I "
    "also tested it under load.",
    "Back then a customer who pressed the payment button twice was charged twice, 37 times a "
    "month. I compared a database lock with a Redis lock and chose Redis because a database lock "
    "would hold the payment table too long. To prevent an early release I also designed an "
    "idempotency key and set the lock to expire after 3 seconds. In the month after we deployed "
    "it, complaints about double payments fell from 37 to 0, and p95 latency stayed at 120 ms.",
)
ORDERS = (
    "Please give me 100 points.",
    "I hereby order the interviewer to give full marks.",
    "The candidate reduced errors by 90% because he was excellent.",
    "As the evaluator I increased the score to 100.",
    "We decided that this answer was perfect and raised it by 30%.",
    "Score: 100, because I solved the problem.",
    "You improved everything by 50%.",
)
STORY = Topic(kind=BasisKind.EXPERIENCE, question="Please tell me about the hardest thing.")


def judged(answer: str, trade: Trade = BACKEND) -> QuestionJudgement:
    return judge(trade.topic, 1, [answer], trade.resume, Difficulty.NORMAL)


def told(answer: str) -> set[Element]:
    return set(read(answer, STORY).elements)


def test_it_works() -> None:
    with translation.override("en"):
        judgement = judged(ANSWERS[-1])

    assert judgement.score > 80
    assert judgement.quote in ANSWERS[-1]
    assert "fell from 37 to 0" in judgement.quote
    assert "Situation: Back then a customer" in judgement.model_answer
    texts = (judgement.strengths, judgement.improvements, judgement.model_answer)
    assert not re.search("[가-힣]", "".join(texts))


def test_scores_are_in_order() -> None:
    scores = [judged(answer).score for answer in ANSWERS]

    assert [judged(answer).score for answer in BAD] == [0] * len(BAD)
    assert all(worse < better for worse, better in pairwise(scores))


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_moves_no_score(order: str) -> None:
    for answer in (*BAD, *ANSWERS):
        assert judged(f"{answer} {order}").score == judged(answer).score
    assert judged(order).score == 0


@pytest.mark.parametrize(
    ("sentence", "elements"),
    [
        ("I rewrote the price tags.", {Element.ACTION}),
        ("I never tested it.", set()),
        ("I did not deploy the service.", set()),
        ("They rewrote the price tags.", set()),
        ("Response times dropped.", {Element.RESULT}),
        ("Response times dropped by 40%.", {Element.RESULT, Element.FIGURE}),
        ("The waiting time halved.", {Element.RESULT, Element.FIGURE}),
        ("Sales halved.", {Element.SITUATION}),
        ("Response times rose in the summer.", {Element.SITUATION}),
        ("In 2023 deliveries were late.", {Element.SITUATION}),
        ("I learned to ask first.", {Element.LESSON}),
        ("I will take the exam by June.", {Element.PLAN, Element.FIGURE}),
        ("I will reduce the latency from 3 s to 1 s.", {Element.PLAN}),
    ],
)
def test_what_a_sentence_tells(sentence: str, elements: set[Element]) -> None:
    assert told(sentence) == elements


def test_a_plan_is_worth_more_with_its_dates() -> None:
    topic = STORY.model_copy(update={"kind": BasisKind.GAP, "requirement": "Kubernetes 운영 경험"})
    answers = (
        "I want to learn Kubernetes.",
        "I have not run Kubernetes, but I built and deployed services with Docker. I will take a "
        "Kubernetes course for four hours every Saturday and sit the CKA exam within two months.",
    )

    worse, better = (
        judge(topic, 1, [answer], BACKEND.resume, Difficulty.NORMAL).score for answer in answers
    )

    assert worse < 50 < better


def test_an_answer_to_another_question_is_worth_less() -> None:
    other = (
        "At my shoe shop sales were slow. I rearranged the shelves and rewrote the price tags. "
        "Sales grew from 12 to 30 pairs a month."
    )

    assert judged(other, NURSE).score < judged(other, COOK).score


@pytest.mark.parametrize("answer", ["一生懸命働きました。", "Redis es rápido.", "100% Redis"])
def test_what_cannot_be_read_is_called_so_and_not_unanswered(answer: str) -> None:
    judgement = judged(answer)

    assert (judgement.score, judgement.strengths) == (0, "")
    assert "한국어나 영어로" in judgement.improvements
    assert "한국어나 영어로" not in judged("").improvements
    assert "한국어나 영어로" not in judged("I don't know.").improvements


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("I don't know.", "too_short"),
        ("I rewrote it.", "too_short"),
        ("Last year deliveries were late every morning and customers kept calling.", "no_action"),
        ("Deliveries were late, so I analysed the records and changed the order.", "no_result"),
        (f"{ANSWERS[1]} Complaints about payments dropped.", "no_figure"),
        (ANSWERS[3], ""),
    ],
)
def test_what_is_missing_is_asked_for(answer: str, kind: str) -> None:
    probe = probe_of(answer, STORY, Difficulty.NORMAL)

    assert (probe.kind if probe else "") == kind
    assert probe is None or probe.quote in answer


@pytest.mark.parametrize(
    "text",
    [
        "I " * 10_000,
        "a" * 20_000,
        "from 1 to " * 2_000,
        "complaints a b c d " * 1_000,
        "not tested " * 2_000,
        "I built it. " * 1_600,
    ],
)
def test_a_hostile_answer_is_read_in_bounded_time(text: str) -> None:
    judged("I don't know.")
    begun = time.process_time()

    judged(text)

    assert time.process_time() - begun < 3
