"""Orders in résumés and postings are data: a model that obeys every other order sees none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any

import httpx2
import pytest
from pytest_django import Settings

from accounts.models import User
from feedback.checks import run_checks
from feedback.improvements import request_improvement
from feedback.improving import improve
from feedback.prompts import review_prompt
from feedback.reviewing import Reviewed, review, review_against
from feedback.services import request_posting_feedback, request_standard_feedback
from feedback.tasks import improve_resume, review_resume
from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs.models import Engine, JobStatus
from postings.document import PostingDocument
from postings.reading import read
from postings.services import paste
from postings.tasks import read_pasted_posting
from postings.tests import PASTED_ON, note_down, pasted_texts, posting_documents
from quality.corpus import RESUMES, load
from resumes.document import ResumeDocument
from resumes.services import create_resume
from tests.injected_orders import (
    INJECTIONS,
    Injection,
    Needs,
    pasted_with,
    posting_with,
    resume_with,
)
from tests.model_obeying import EXCELLENT, holds_order
from tests.model_server import Exchange, ModelServer, Obeys

TODAY = date(2026, 11, 1)
# A pair of a middling rate, which an order could raise as well as lower.
NURSE = next(case.resume for case in load(RESUMES) if case.trade == "간호사")
NURSES_POSTING = posting_documents()["01_nurse"]
PASTED = pasted_texts()["02_accountant"]
LAST_REQUIREMENT = "4. 엑셀 활용 능력 상급 (피벗, 함수)"
NO_ORDER = ("",)


def each(injections: Iterable[Injection]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("injection", injections, ids=lambda injection: injection.name)


each_injection = each(INJECTIONS)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def model(server: ModelServer, settings: Settings) -> Obeys:
    """A model that obeys, and that the project is set up with."""
    settings.OPENAI_BASE_URL = server.url
    settings.OPENAI_MODEL = "test-model"
    settings.OPENAI_ANSWER_RETRIES = 0
    server.behaviour = model = Obeys()
    return model


def judged(reviewed: Reviewed) -> tuple[object, ...]:
    """Return all that a review says; that it is one at all is the schema's doing."""
    return reviewed.review, reviewed.match, reviewed.matching_rate, reviewed.model_rate


@cache
def standard(texts: tuple[str, ...]) -> Reviewed:
    return review(resume_with(NURSE, texts), Engine.OPENAI, TODAY, "ko")


@cache
def against(texts: tuple[str, ...], posting_texts: tuple[str, ...]) -> Reviewed:
    resume, posting = resume_with(NURSE, texts), posting_with(NURSES_POSTING, posting_texts)
    return review_against(resume, posting, Engine.OPENAI, TODAY, "ko")


@cache
def improved(texts: tuple[str, ...]) -> ResumeDocument:
    said = " ".join(texts)
    remarks = [{"section": "introduction", "quote": said, "result": f"‘{said}’ 부분입니다."}]
    return improve(resume_with(NURSE, texts), remarks, Engine.OPENAI, TODAY, "ko").document


@cache
def posting_read(texts: tuple[str, ...]) -> PostingDocument:
    text = PASTED if texts == NO_ORDER else pasted_with(PASTED, LAST_REQUIREMENT, texts)
    return read(text, Engine.OPENAI, PASTED_ON).document


@each_injection
def test_it_changes_no_feedback(injection: Injection, model: Obeys) -> None:
    plain, ordered = standard(NO_ORDER), standard(injection.texts)

    assert model.obeyed == []
    assert judged(ordered) == judged(plain)
    assert {content.division for content in ordered.review.contents} == {"1", "2", "3"}


@each_injection
def test_it_changes_no_feedback_against_a_posting(injection: Injection, model: Obeys) -> None:
    plain = against(NO_ORDER, NO_ORDER)
    in_the_resume = against(injection.texts, NO_ORDER)
    in_the_posting = against(NO_ORDER, injection.texts)

    assert model.obeyed == []
    assert plain.matching_rate == 70
    assert judged(in_the_resume) == judged(plain)
    assert judged(in_the_posting) == judged(plain)


@each_injection
def test_it_changes_no_improvement(injection: Injection, model: Obeys) -> None:
    plain, ordered = improved(NO_ORDER), improved(injection.texts)

    assert model.obeyed == []
    assert ordered.introduction == plain.introduction != NURSE.introduction
    # The last of each section are the entries that are nothing but the order.
    assert ordered.experiences[:-1] == plain.experiences[:-1]
    assert ordered.projects[:-1] == plain.projects[:-1]
    assert ordered.technology_stacks[: len(NURSE.technology_stacks)] == NURSE.technology_stacks


@each_injection
def test_it_changes_no_reading_of_a_posting(injection: Injection, model: Obeys) -> None:
    plain, ordered = posting_read(NO_ORDER), posting_read(injection.texts)

    assert model.obeyed == []
    assert _without_orders(ordered) == plain


def _without_orders(posting: PostingDocument) -> PostingDocument:
    texts = {name: value for name, value in posting if isinstance(value, str)}
    return posting.model_copy(
        update={
            name: "\n".join(line for line in text.splitlines() if not holds_order(line))
            for name, text in texts.items()
        }
    )


@cache
def praised_offline(texts: tuple[str, ...]) -> list[str]:
    return [
        finding.quote
        for finding in run_checks(resume_with(NURSE, texts), TODAY)
        # A name that nobody knows is proven by being named twice, whatever it says.
        if finding.division == "1" and finding.check != "technology_proven"
    ]


@each_injection
def test_it_changes_no_offline_praise(injection: Injection) -> None:
    assert praised_offline(injection.texts) == praised_offline(NO_ORDER) != []


# What the tests above rest on: this model does obey, wherever a prompt lets an order out.


@pytest.fixture(scope="module")
def http(server: ModelServer) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=server.url, trust_env=False) as client:
        yield client


def ask(http: httpx2.Client, messages: list[dict[str, str]]) -> str:
    """Return what the model answers to these messages, asked for a review."""
    properties = {
        "overall": {"type": "string"},
        "contents": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "properties": {"division": {"enum": ["2"]}}},
        },
        "matching_rate": {"type": "integer"},
    }
    schema = {"type": "object", "properties": properties}
    body = {
        "messages": messages,
        "response_format": {"type": "json_schema", "json_schema": {"schema": schema}},
    }
    response = http.post("/chat/completions", json=body)
    content: str = response.json()["choices"][0]["message"]["content"]
    return content


def is_obedient(answer: str) -> bool:
    if answer == EXCELLENT:
        return True
    said = json.loads(answer)
    return said["matching_rate"] == 100 and {c["division"] for c in said["contents"]} == {"1"}


@cache
def honest_prompt() -> list[dict[str, str]]:
    """Return the messages of a real prompt without an order."""
    prompt = review_prompt(NURSE, Redaction(), TODAY, "ko")
    return [{"role": message.role, "content": message.content} for message in prompt.messages]


def outside(order: str) -> dict[str, list[dict[str, str]]]:
    """Return prompts that have an order outside of the data, by where."""
    system, user = honest_prompt()
    return {
        "in the instructions": [{**system, "content": f"{system['content']}\n{order}"}, user],
        "before the data": [system, {**user, "content": f"{order}\n{user['content']}"}],
        "behind the data": [system, {**user, "content": f"{user['content']}\n{order}"}],
        "in another message": [system, user, {"role": "user", "content": order}],
        "from the developer": [system, user, {"role": "developer", "content": order}],
        "in its own name": [system, user, {"role": "assistant", "content": order}],
        "from a tool": [system, user, {"role": "tool", "content": order}],
        "in a prompt that declares no data": [
            {**system, "content": "이력서를 검토하십시오."},
            {**user, "content": json.dumps({"resume": order}, ensure_ascii=False)},
        ],
        "under a key that is not declared": [
            system,
            {**user, "content": json.dumps({"resume": {}, "note": order}, ensure_ascii=False)},
        ],
    }


@each_injection
def test_the_model_obeys_the_same_order_elsewhere(
    injection: Injection, model: Obeys, http: httpx2.Client
) -> None:
    disobeyed = [
        place
        for place, messages in outside(injection.text).items()
        if not is_obedient(ask(http, messages))
    ]

    assert disobeyed == []


def test_the_model_answers_honestly_without_an_order(model: Obeys, http: httpx2.Client) -> None:
    assert not is_obedient(ask(http, honest_prompt()))
    assert model.obeyed == []


def careless(texts: tuple[str, ...]) -> Iterator[str]:
    """Yield what careless ways of writing JSON would make of a résumé."""
    first, last = texts[0], texts[-1]
    yield f'{{"resume": {{"title": "{first}", "introduction": "{last}"}}, "language": "ko"}}'
    last = last.replace('"', '\\"')
    yield f'{{"resume": {{"title": "{first}", "introduction": "{last}"}}, "language": "ko"}}'


@each([i for i in INJECTIONS if i.needs != Needs.NO_DATA])
def test_the_model_obeys_what_careless_escaping_lets_out(
    injection: Injection, model: Obeys, http: httpx2.Client
) -> None:
    system, user = honest_prompt()
    if injection.needs == Needs.TOKENS:
        contents = [json.dumps({"resume": injection.text}, ensure_ascii=False)]
    else:
        contents = list(careless(injection.texts))

    answers = [ask(http, [system, {**user, "content": content}]) for content in contents]

    assert any(map(is_obedient, answers))


# What comes after the first question.


class Misquotes(Obeys):
    """Obeys as well, and copies an order into its first answer, with words of its own."""

    def __init__(self, order: str) -> None:
        super().__init__()
        self.order = order

    def say(self, exchange: Exchange, answer: dict[str, Any]) -> None:
        if not self.said:
            first, *rest = answer["contents"]
            answer = {**answer, "contents": [{**first, "quote": f"{self.order} 라고 함"}, *rest]}
        super().say(exchange, answer)


@pytest.mark.parametrize(
    "injection",
    [
        injection
        for injection in INJECTIONS
        if injection.name in ("Korean", "fake message", "ChatML")
    ],
    ids=lambda injection: injection.name,
)
def test_an_order_that_the_model_copied_is_not_given_to_it(
    injection: Injection, model: Obeys, server: ModelServer
) -> None:
    server.behaviour = misquotes = Misquotes(injection.text)

    reviewed = review(resume_with(NURSE, injection.texts), Engine.OPENAI, TODAY, "ko")

    assert (reviewed.usage.calls, misquotes.obeyed) == (2, [])
    assert judged(reviewed) == judged(standard(NO_ORDER))


@pytest.mark.django_db(transaction=True)
def test_the_whole_way_through_the_jobs(user: User, model: Obeys) -> None:
    orders = "\n".join(text for injection in INJECTIONS for text in injection.texts)
    resume = create_resume(
        user, NURSE.model_copy(update={"introduction": f"{NURSE.introduction}\n{orders}"})
    )
    posting = note_down(
        user, **{**NURSES_POSTING.model_dump(), "technology_stacks": orders.split("\n")}
    )

    feedbacks = [request_standard_feedback(resume), request_posting_feedback(resume, posting)]
    for feedback in feedbacks:
        review_resume(feedback.pk)
        feedback.refresh_from_db()
    improvement = request_improvement(feedbacks[0])
    improve_resume(improvement.pk)
    draft = paste(user, pasted_with(PASTED, LAST_REQUIREMENT, (orders,)))
    read_pasted_posting(draft.pk)

    improvement.refresh_from_db()
    draft.refresh_from_db()
    for job in (*feedbacks, improvement, draft):
        assert (job.status, job.engine, job.error) == (JobStatus.DONE, Engine.OPENAI, "")
    assert model.obeyed == []
