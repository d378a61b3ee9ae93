"""The two reviewers behind one interface: a language model, and rules that need no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from feedback import offline
from feedback.checks import run_checks
from feedback.checks.privacy import redaction_for
from feedback.prompts import REVIEW_VERSION, correction_of, review_prompt
from feedback.quotes import split_by_support
from feedback.schemas import Review
from gaechwi.ai import gateway
from gaechwi.ai.errors import AIError, ModelAnswerInvalid
from gaechwi.ai.gateway import Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs.models import Engine
from resumes.document import ResumeDocument


@dataclass(frozen=True)
class Reviewed:
    """A review whose every quote stands in the résumé, and how it came about."""

    review: Review
    model: str
    prompt_version: str
    usage: Usage
    dropped_quotes: int


def review(document: ResumeDocument, engine: Engine, on: date, language: str) -> Reviewed:
    """Return a verified review of a résumé.

    `on` is the day it is judged on (scores expire), `language` the language code to answer in.

    Raises AIError where the model gives none.
    """
    if engine == Engine.OFFLINE:
        answer = offline.review(document, on)
        supported, unsupported = split_by_support(answer.contents, document)
        return Reviewed(
            review=answer.model_copy(update={"contents": supported}),
            model="",
            prompt_version=offline.RULES_VERSION,
            usage=Usage(),
            dropped_quotes=len(unsupported),
        )
    return _review_by_model(document, on, language)


def _review_by_model(document: ResumeDocument, on: date, language: str) -> Reviewed:
    redaction = redaction_for(document)
    prompt = review_prompt(document, run_checks(document, on), redaction, on, language)
    completion = gateway.complete(prompt, Review)
    answer, usage = _restored(completion.answer, redaction), completion.usage
    supported, unsupported = split_by_support(answer.contents, document)
    if unsupported:
        correction = redaction.redact(correction_of(unsupported))
        try:
            again = gateway.complete(prompt.corrected(completion.text, correction), Review)
        except AIError as error:
            # What the first answer got right is better than nothing.
            usage += error.usage or Usage()
        else:
            answer, usage = _restored(again.answer, redaction), usage + again.usage
            supported, unsupported = split_by_support(answer.contents, document)
    if not supported:
        raise ModelAnswerInvalid
    return Reviewed(
        review=answer.model_copy(update={"contents": supported}),
        model=completion.model,
        prompt_version=REVIEW_VERSION,
        usage=usage,
        dropped_quotes=len(unsupported),
    )


def _restored(answer: Review, redaction: Redaction) -> Review:
    return Review(
        overall=redaction.restore(answer.overall),
        contents=[
            content.model_copy(
                update={
                    "quote": redaction.restore(content.quote),
                    "result": redaction.restore(content.result),
                }
            )
            for content in answer.contents
        ],
    )
