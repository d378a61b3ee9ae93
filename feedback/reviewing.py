"""The two reviewers behind one interface: a language model, and rules that need no network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from feedback import against_posting, offline
from feedback.matching import match
from feedback.matching.result import Match
from feedback.prompts import correction_of, posting_review_prompt, review_prompt
from feedback.quotes import split_by_support
from feedback.rates import bounded
from feedback.schemas import PostingReview, Review
from gaechwi.ai import gateway
from gaechwi.ai.errors import AIError, ModelAnswerInvalid
from gaechwi.ai.gateway import Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.ai.prompts import Prompt
from gaechwi.jobs.models import Engine
from postings.document import PostingDocument
from resumes.document import ResumeDocument
from resumes.privacy import redaction_for

ReviewT = TypeVar("ReviewT", bound=Review)


@dataclass(frozen=True)
class Reviewed:
    """A review whose every quote stands in the résumé, and how it came about.

    `match` is what the rules found of a posting's wishes, `matching_rate` what counts for the rate,
    and `model_rate` what a model would have given; all None in a standard review, both rates also
    where the posting asks nothing that can be compared.
    """

    review: Review
    model: str
    prompt_version: str
    usage: Usage
    dropped_quotes: int
    match: Match | None = None
    matching_rate: int | None = None
    model_rate: int | None = None


def review(document: ResumeDocument, engine: Engine, on: date, language: str) -> Reviewed:
    """Return a verified review of a résumé.

    `on` is the day it is judged on (scores expire), `language` the language code to answer in.

    Raises AIError where the model gives none.
    """
    if engine == Engine.OFFLINE:
        return _by_rules(offline.review(document, on), offline.RULES_VERSION, document)
    redaction = redaction_for(document)
    prompt = review_prompt(document, redaction, on, language)
    return _by_model(prompt, Review, document, redaction)[0]


def review_against(
    document: ResumeDocument, posting: PostingDocument, engine: Engine, on: date, language: str
) -> Reviewed:
    """Return a verified review of a résumé against a posting, with its matching rate.

    Raises AIError where the model gives none.
    """
    found = match(document, posting, on)
    if engine == Engine.OFFLINE:
        answer = against_posting.review(document, posting, found, on)
        reviewed = _by_rules(answer, against_posting.RULES_VERSION, document)
        return replace(reviewed, match=found, matching_rate=found.rate)
    redaction = redaction_for(document)
    prompt = posting_review_prompt(document, posting, redaction, on, language)
    reviewed, said = _by_model(prompt, PostingReview, document, redaction)
    if found.rate is None:
        return replace(reviewed, match=found)
    rate = said.matching_rate
    return replace(reviewed, match=found, matching_rate=bounded(rate, found.rate), model_rate=rate)


def _by_rules(answer: Review, version: str, document: ResumeDocument) -> Reviewed:
    supported, unsupported = split_by_support(answer.contents, document)
    return Reviewed(
        review=answer.model_copy(update={"contents": supported}),
        model="",
        prompt_version=version,
        usage=Usage(),
        dropped_quotes=len(unsupported),
    )


def _by_model(
    prompt: Prompt, schema: type[ReviewT], document: ResumeDocument, redaction: Redaction
) -> tuple[Reviewed, ReviewT]:
    """Return a model's verified review, and its answer with the personal data put back."""
    completion = gateway.complete(prompt, schema)
    answer, usage = _restored(completion.answer, redaction), completion.usage
    supported, unsupported = split_by_support(answer.contents, document)
    if unsupported:
        places = [n for n, content in enumerate(answer.contents, 1) if content in unsupported]
        # With the model's own text: what was put back in ours must not leave again.
        corrected = prompt.corrected(completion.text, correction_of(places))
        try:
            again = gateway.complete(corrected, schema)
        except AIError as error:
            # What the first answer got right is better than nothing.
            usage += error.usage or Usage()
        else:
            answer, usage = _restored(again.answer, redaction), usage + again.usage
            supported, unsupported = split_by_support(answer.contents, document)
    if not supported:
        raise ModelAnswerInvalid(usage=usage)
    reviewed = Reviewed(
        review=answer.model_copy(update={"contents": supported}),
        model=completion.model,
        prompt_version=prompt.version,
        usage=usage,
        dropped_quotes=len(unsupported),
    )
    return reviewed, answer


def _restored(answer: ReviewT, redaction: Redaction) -> ReviewT:
    return answer.model_copy(
        update={
            "overall": redaction.restore(answer.overall),
            "contents": [
                content.model_copy(
                    update=redaction.restore_all({"quote": content.quote, "result": content.result})
                )
                for content in answer.contents
            ],
        }
    )
