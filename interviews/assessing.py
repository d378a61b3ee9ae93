"""Asking for the judgement of an interview, making it and keeping it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from feedback.invented import find_inventions
from feedback.rates import bounded
from gaechwi.ai import gateway
from gaechwi.ai.errors import ModelAnswerInvalid
from gaechwi.ai.gateway import Usage
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from gaechwi.jobs.services import RequestRefusedError
from interviews import judging
from interviews.conversing import finish
from interviews.models import (
    Interview,
    InterviewFeedback,
    InterviewQuestion,
    QuestionFeedback,
    Speaker,
)
from interviews.prompts import judge_prompt
from interviews.schemas import InterviewJudgement, QuestionJudgement
from interviews.topics import Difficulty, Topic
from resumes.document import ResumeDocument
from resumes.privacy import redaction_for


class NothingAnsweredError(RequestRefusedError):
    """Not one question was answered."""

    message = gettext_lazy("아직 답한 질문이 없어 평가할 수 없습니다.")


@dataclass(frozen=True)
class Asked:
    """A question that was asked, by which words, and how it was answered."""

    question: InterviewQuestion
    words: str
    answers: tuple[str, ...]

    @property
    def topic(self) -> Topic:
        """What it is about."""
        return self.question.topic


@dataclass(frozen=True)
class Judged:
    """A judgement; `by_rules` holds that of the rules for the same questions, in their order."""

    overall_score: int
    overall_review: str
    questions: tuple[QuestionJudgement, ...]
    by_rules: tuple[QuestionJudgement, ...]
    asked: tuple[Asked, ...]
    model: str
    prompt_version: str
    usage: Usage


def request_judgement(interview: Interview) -> InterviewFeedback:
    """End an interview and return its judgement, queued, or the one that there is already.

    One that failed is queued again. Raises NothingAnsweredError and TooManyJobs, which leave the
    interview as it was.
    """
    with transaction.atomic():
        Interview.objects.select_for_update().get(pk=interview.pk)
        if not interview.conversations.filter(speaker=Speaker.CANDIDATE).exists():
            raise NothingAnsweredError
        finish(interview)
        feedback, is_new = InterviewFeedback.objects.get_or_create(
            interview=interview,
            defaults={
                "engine": jobs.configured_engine(),
                "language": translation.get_language(),
            },
        )
        if is_new:
            jobs.enqueue(feedback)
        else:
            judge_again(feedback)
    return feedback


def judge_again(feedback: InterviewFeedback) -> None:
    """Put a judgement that failed back into the queue. Raises TooManyJobs."""
    jobs.retry(InterviewFeedback.objects.all(), feedback, jobs.configured_engine())


def make_judgement(feedback: InterviewFeedback) -> Judged:
    """Return the judgement of an interview. Raises AIError."""
    interview = feedback.interview
    asked = asked_in(interview)
    document = interview.document
    by_rules = tuple(
        judging.judge(
            one.topic,
            one.question.number,
            one.answers,
            document,
            Difficulty(interview.difficulty),
        )
        for one in asked
    )
    topics = [one.topic for one in asked]
    if feedback.engine == Engine.OFFLINE:
        score, review = judging.overall(by_rules, topics)
        version = judging.RULES_VERSION
        return Judged(score, review, by_rules, by_rules, asked, "", version, Usage())
    return _by_model(feedback, document, asked, by_rules)


def save_judgement(feedback: InterviewFeedback, judged: Judged) -> None:
    """Write a judgement."""
    InterviewFeedback.objects.filter(pk=feedback.pk).update(
        overall_score=judged.overall_score,
        overall_review=judged.overall_review,
        model=judged.model,
        prompt_version=judged.prompt_version,
        **jobs.usage_fields(judged.usage),
    )
    QuestionFeedback.objects.bulk_create(
        QuestionFeedback(
            feedback=feedback,
            question=one.question,
            rules_score=rules.score,
            **judgement.model_dump(exclude={"number"}),
        )
        for one, judgement, rules in zip(
            judged.asked, judged.questions, judged.by_rules, strict=True
        )
    )


def asked_in(interview: Interview) -> tuple[Asked, ...]:
    """Return the questions that were answered; read the interview with questions and conversation.

    Who ends an interview early owes no answer to the question that was asked last.
    """
    said = list(interview.conversations.all())
    asked = []
    for question in interview.questions.all():
        of_it = [one for one in said if one.question_id == question.pk]
        words = [one.text for one in of_it if one.speaker == Speaker.INTERVIEWER]
        answers = tuple(one.text for one in of_it if one.speaker == Speaker.CANDIDATE)
        if answers:
            asked.append(Asked(question, "\n".join(words), answers))
    return tuple(asked)


def _by_model(
    feedback: InterviewFeedback,
    document: ResumeDocument,
    asked: Sequence[Asked],
    by_rules: tuple[QuestionJudgement, ...],
) -> Judged:
    redaction = redaction_for(document)
    prompt = judge_prompt(
        document,
        feedback.interview.posting_document,
        redaction,
        [
            {
                "number": rules.number,
                "question": one.words,
                "answers": list(one.answers),
                "rules": rules.model_dump(include={"score", "improvements"}),
            }
            for one, rules in zip(asked, by_rules, strict=True)
        ],
        feedback.language,
    )
    completion = gateway.complete(prompt, InterviewJudgement)
    answer = completion.restored(redaction)
    said = {judgement.number: judgement for judgement in answer.questions}
    if not said.keys() & {rules.number for rules in by_rules}:
        raise ModelAnswerInvalid(usage=completion.usage)
    questions = tuple(
        _held_to_facts(said[rules.number], rules, one, document) if rules.number in said else rules
        for one, rules in zip(asked, by_rules, strict=True)
    )
    score, _review = judging.overall(questions, [one.topic for one in asked])
    return Judged(
        score,
        answer.overall_review,
        questions,
        by_rules,
        tuple(asked),
        completion.model,
        prompt.version,
        completion.usage,
    )


def _held_to_facts(
    judgement: QuestionJudgement, rules: QuestionJudgement, asked: Asked, document: ResumeDocument
) -> QuestionJudgement:
    """Return a model's judgement with what holds of it; the rules say the rest."""
    said = "\n".join(asked.answers)
    # Nothing said is worth nothing, whatever a model thinks.
    score = bounded(judgement.score, rules.score) if rules.score else 0
    changes: dict[str, object] = {"score": score}
    if not score:
        changes |= {"quote": "", "strengths": ""}
    elif not judgement.quote.strip() or " ".join(judgement.quote.split()) not in " ".join(
        said.split()
    ):
        changes |= {"quote": rules.quote, "strengths": rules.strengths}
    if _invents(judgement.model_answer, said, document):
        changes["model_answer"] = rules.model_answer
    return judgement.model_copy(update=changes)


def _invents(model_answer: str, said: str, document: ResumeDocument) -> bool:
    """Return whether an answer states what neither the résumé nor the applicant has said."""
    source = document.model_copy(update={"introduction": f"{document.introduction}\n{said}"})
    rewritten = source.model_copy(update={"introduction": model_answer})
    return bool(find_inventions(source, rewritten))
