"""Judges answers by rules that need no model: the same answer is judged alike every time.

A score never falls when something is told in addition, and nothing that is not told moves it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from feedback.checks.sentences import excerpt
from feedback.matching.evidence import read as words_of
from gaechwi.particles import with_particle
from interviews.advice import improvements, strengths
from interviews.answers import Reading, read
from interviews.demands import DEMANDS, ELEMENTS_WEIGHT, Element, shape_of
from interviews.model_answers import model_answer
from interviews.schemas import QuestionJudgement
from interviews.topics import Difficulty, Topic
from resumes.document import ResumeDocument

# Raised whenever the rules judge differently, so that a stored judgement tells what it rests on.
RULES_VERSION = "interview-2"

# What a whole answer counts beside its elements: how much it tells, and how plainly.
_LENGTH_WEIGHT, _PLAIN_WEIGHT = 18, 10
# Letters of an answer that tells enough: about half a minute of speech.
_ENOUGH_LETTERS = {Difficulty.EASY: 120, Difficulty.NORMAL: 150, Difficulty.HARD: 200}
# Who names one thing done says that something was done; two begin to show how.
_ENOUGH_VERBS = 2
# What an answer is worth that never touches what was asked, and one that does so in one word.
_OFF_TOPIC, _NEARLY_OFF_TOPIC = 0.6, 0.85

# From this score on an answer is good, and under the other one it has to be practised first.
GOOD, WEAK = 75, 50

MAX_TEXT_LENGTH = 1000
MAX_MODEL_LENGTH = 2000


def judge(
    topic: Topic,
    number: int,
    answers: Sequence[str],
    document: ResumeDocument,
    difficulty: Difficulty,
) -> QuestionJudgement:
    """Return how a question was answered; `answers` are the first and those to its follow-up.

    What follows adds to the first answer and never takes from it.
    """
    reading = read("", topic)
    score = 0
    for count in range(1, len(answers) + 1):
        following = read("\n".join(answers[:count]), topic)
        worth = _score(following, topic, document, difficulty)
        if worth >= score:
            reading, score = following, worth
    shape = shape_of(topic)
    quote, why = strengths(reading) if score else ("", "")
    relevance = _relevance(reading, topic, document)
    return QuestionJudgement(
        number=number,
        score=score,
        quote=quote[:500],
        strengths=why,
        improvements=improvements(
            reading,
            shape,
            off_topic=bool(reading.told) and relevance == _OFF_TOPIC,
            short=_told_letters(reading) < _ENOUGH_LETTERS[difficulty],
        )[:MAX_TEXT_LENGTH],
        model_answer=model_answer(topic, reading, document)[:MAX_MODEL_LENGTH],
    )


def _score(reading: Reading, topic: Topic, document: ResumeDocument, difficulty: Difficulty) -> int:
    told = reading.told
    if not told:
        return 0
    elements = sum(
        demand.weight * _share(reading, demand.elements)
        for demand in DEMANDS[shape_of(topic)]
        if reading.elements & {*demand.elements}
    )
    elements *= _relevance(reading, topic, document)
    length = min(1.0, _told_letters(reading) / _ENOUGH_LETTERS[difficulty])
    plain = 1 - sum(said.is_vague for said in reading.said) / len(reading.said)
    # Many words and plain ones are worth what they tell.
    worth = elements / ELEMENTS_WEIGHT
    return round(elements + worth * (_LENGTH_WEIGHT * length + _PLAIN_WEIGHT * plain))


def _share(reading: Reading, elements: Sequence[Element]) -> float:
    """Return how far a demand is met, from 0 to 1, by an answer that tells any of its elements."""
    if Element.ACTION not in elements:
        return 1.0
    return min(1.0, len(reading.verbs) / _ENOUGH_VERBS) if reading.verbs else 1.0


def _told_letters(reading: Reading) -> int:
    return sum(said.letters for said in reading.told)


def _relevance(reading: Reading, topic: Topic, document: ResumeDocument) -> float:
    """Return how far an answer speaks of what the question rests on: 1 where it does."""
    basis = "\n".join(filter(None, (topic.quote, topic.requirement)))
    if not basis:
        return 1.0
    sought = [words_of(basis)]
    if topic.quote:
        entries = {(p.section, p.index) for p in document.passages() if topic.quote in p.text}
        sought += [
            words_of(p.text)
            for p in document.passages()
            if (p.section, p.index) in entries and p.section == topic.section
        ]
    skills = frozenset().union(*(one.skills for one in sought))
    nouns = frozenset().union(*(one.words for one in sought))
    if not (skills or nouns):
        return 1.0
    told = [words_of(said.plain) for said in reading.told]
    if any(one.skills & skills for one in told):
        return 1.0
    shared = len(frozenset().union(*(one.words for one in told)) & nouns)
    if not shared and any(not said.is_korean for said in reading.told):
        # A Korean résumé and an English answer share the names of tools, and no nouns.
        return _NEARLY_OFF_TOPIC
    return (_OFF_TOPIC, _NEARLY_OFF_TOPIC, 1.0)[min(shared, 2)]


def overall(judgements: Sequence[QuestionJudgement], topics: Sequence[Topic]) -> tuple[int, str]:
    """Return the score of a whole interview, the mean of its questions, and a short review.

    `topics` are those of the judgements, in their order. Raises ValueError without judgements.
    """
    if not judgements:
        raise ValueError(judgements)
    score = round(sum(judgement.score for judgement in judgements) / len(judgements))
    kinds = {j.number: str(t.kind.label) for j, t in zip(judgements, topics, strict=True)}
    best = max(judgements, key=lambda judgement: (judgement.score, -judgement.number))
    worst = min(judgements, key=lambda judgement: (judgement.score, judgement.number))
    sentences = [_summary(score, len(judgements))]
    if best.score >= WEAK:
        sentences.append(_best(best, kinds[best.number]))
    elif unanswered := sum(judgement.score == 0 for judgement in judgements):
        sentences.append(
            _(
                "평가할 만한 답을 듣지 못한 질문이 %(count)d개 있습니다. "
                "짧게라도 모두 답해 보십시오."
            )
            % {"count": unanswered}
        )
    else:
        sentences.append(
            _("아직 뚜렷하게 돋보이는 답은 없으니 서두르지 말고 하나씩 채워 가십시오.")
        )
    if worst.score < GOOD:
        sentences.append(
            _("먼저 연습할 것은 %(number)d번 질문(%(kind)s, %(score)d점)입니다.")
            % {"number": worst.number, "kind": kinds[worst.number], "score": worst.score}
        )
        sentences.append(_first_sentence(worst.improvements))
    else:
        sentences.append(
            _("모든 답이 고르게 좋으니, 같은 내용을 1분 안에 말하는 연습만 남았습니다.")
        )
    return score, " ".join(sentences)


def _summary(score: int, count: int) -> str:
    values = {"count": count, "score": score}
    if score >= GOOD:
        return (
            _("질문 %(count)d개의 평균은 %(score)d점으로, 상황과 한 일과 결과를 갖추었습니다.")
            % values
        )
    if score >= WEAK:
        return (
            _("질문 %(count)d개의 평균은 %(score)d점으로, 내용은 있으나 몇 가지가 빠져 있습니다.")
            % values
        )
    return (
        _("질문 %(count)d개의 평균은 %(score)d점으로, 아직 경험이 구체적으로 전해지지 않습니다.")
        % values
    )


def _best(best: QuestionJudgement, kind: str) -> str:
    return _(
        "가장 좋은 답은 %(number)d번 질문(%(kind)s, %(score)d점)의 %(quoted)s 한 대목입니다."
    ) % {
        "number": best.number,
        "kind": kind,
        "score": best.score,
        "quoted": f"‘{with_particle(f'{excerpt(best.quote)}’', '이라고/라고')}",
    }


def _first_sentence(text: str) -> str:
    first, stop, _rest = text.partition(". ")
    return f"{first}{stop.strip()}"
