from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from feedback.models import ResumeFeedback
from feedback.quotes import locate
from feedback.services import request_standard_feedback
from feedback.tasks import review_resume
from gaechwi.jobs.models import Engine, JobError, JobStatus
from resumes.models import Resume
from tests.model_server import (
    Behaviour,
    Exchange,
    ModelServer,
    breaks_off,
    busy,
    drips,
    failing,
    good_answer,
    invents_quotes,
    prose,
    refuses,
    slow,
    truncated,
    well,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """An OpenAI-compatible server that the project is set up with."""
    with ModelServer() as server:
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = "test-key"
        settings.OPENAI_MODEL = "test-model"
        yield server


def make(resume: Resume) -> ResumeFeedback:
    feedback = request_standard_feedback(resume)
    review_resume(feedback.pk)
    feedback.refresh_from_db()
    return feedback


def assert_sound(feedback: ResumeFeedback) -> None:
    """Assert that it is done and that every remark rests on the résumé."""
    assert (feedback.status, feedback.error) == (JobStatus.DONE, "")
    assert feedback.parent_content
    contents = list(feedback.contents.all())
    assert contents
    for content in contents:
        passages = [p for p in feedback.document.passages() if p.section == content.section]
        assert not passages or not content.quote or locate(content.quote, passages)


def test_it_works_offline(resume: Resume) -> None:
    feedback = make(resume)

    assert_sound(feedback)
    assert feedback.engine == Engine.OFFLINE
    assert (feedback.model, feedback.model_calls, feedback.dropped_quotes) == ("", 0, 0)
    assert {content.feedback_division for content in feedback.contents.all()} == {"1", "2", "3"}


def test_offline_it_answers_the_same_every_time(resume: Resume) -> None:
    def remarks(feedback: ResumeFeedback) -> list[tuple[str, str, str]]:
        return list(feedback.contents.values_list("section", "quote", "feedback_result"))

    first, second = make(resume), make(resume)

    assert first.parent_content == second.parent_content
    assert remarks(first) == remarks(second)


def test_it_works_with_a_model(resume: Resume, model: ModelServer) -> None:
    feedback = make(resume)

    assert_sound(feedback)
    assert (feedback.engine, feedback.model) == (Engine.OPENAI, "test-model")
    assert feedback.prompt_version == "review-3"
    assert feedback.model_calls == 1
    assert feedback.prompt_tokens > 0
    assert feedback.completion_tokens > 0


@pytest.mark.parametrize(
    ("behaviour", "calls"),
    [
        (well, 1),
        (slow(1), 1),
        (busy(2, retry_after=0.05), 3),
        (failing(1), 2),
        (breaks_off(1), 2),
        (prose(1), 2),
        (truncated(1), 2),
    ],
    ids=["well", "slow", "429 then well", "500 then well", "breaks off", "prose", "truncated"],
)
def test_it_gets_over_a_bad_moment(
    resume: Resume, model: ModelServer, behaviour: Behaviour, calls: int
) -> None:
    model.behaviour = behaviour

    feedback = make(resume)

    assert_sound(feedback)
    assert feedback.model_calls == calls


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (busy(99, retry_after=0.05), JobError.MODEL_BUSY),
        (failing(99), JobError.MODEL_UNAVAILABLE),
        (breaks_off(99), JobError.MODEL_UNAVAILABLE),
        (failing(99, status=401), JobError.MODEL_REJECTED),
        (prose(99), JobError.MODEL_ANSWER_INVALID),
        (refuses, JobError.MODEL_ANSWER_INVALID),
        (invents_quotes(99), None),
        (drips, JobError.MODEL_TIMEOUT),
    ],
    ids=["429", "500", "broken off", "401", "prose", "refusal", "inventions", "drips"],
)
def test_what_a_model_that_never_gets_well_leads_to(
    resume: Resume,
    model: ModelServer,
    settings: Settings,
    behaviour: Behaviour,
    error: JobError | None,
) -> None:
    settings.OPENAI_MAX_RETRIES = 1
    settings.OPENAI_TIME_LIMIT = 4.0
    model.behaviour = behaviour

    feedback = make(resume)

    if error is None:
        assert_sound(feedback)
    else:
        assert (feedback.status, feedback.error) == (JobStatus.FAILED, error)
        assert not feedback.contents.exists()
        assert feedback.model_calls > 0


def test_made_up_quotes_are_asked_for_again_once(resume: Resume, model: ModelServer) -> None:
    model.behaviour = invents_quotes(1)

    feedback = make(resume)

    assert_sound(feedback)
    assert feedback.model_calls == 2
    assert feedback.dropped_quotes == 0
    correction = model.requests[1].body["messages"][-1]["content"]
    assert "그대로 있지 않습니다" in correction


def test_what_is_made_up_again_is_dropped_and_counted(resume: Resume, model: ModelServer) -> None:
    model.behaviour = invents_quotes(99)

    feedback = make(resume)

    assert_sound(feedback)
    assert feedback.model_calls == 2
    assert feedback.dropped_quotes > 0


def test_what_a_review_cost_of_which_nothing_holds_is_counted(
    resume: Resume, model: ModelServer
) -> None:
    def invents_all(exchange: Exchange) -> None:
        answer = json.loads(good_answer(exchange.body))
        for content in answer["contents"]:
            content["quote"] = "어디에도 없는 말"
        exchange.answer(json.dumps(answer, ensure_ascii=False))

    model.behaviour = invents_all

    feedback = make(resume)

    assert (feedback.status, feedback.error) == (JobStatus.FAILED, JobError.MODEL_ANSWER_INVALID)
    assert feedback.model_calls == 2
    assert feedback.prompt_tokens > 0
    assert feedback.completion_tokens > 0


def test_personal_data_does_not_leave(resume: Resume, model: ModelServer) -> None:
    resume.introduction += (
        f"\n{resume.name}입니다. 연락은 {resume.phone}, {resume.email}로 주세요."
        f" {resume.address}에 삽니다. 주민등록번호는 900101-1234567입니다."
    )
    resume.save()
    model.behaviour = invents_quotes(1)

    make(resume)

    sent = json.dumps([request.body for request in model.requests], ensure_ascii=False)
    assert resume.birth_date is not None
    for secret in (
        resume.name,
        resume.email,
        resume.phone,
        resume.phone.replace("-", ""),
        resume.address,
        resume.birth_date.isoformat(),
        "900101-1234567",
    ):
        assert secret not in sent
    assert len(model.requests) == 2
    assert resume.experiences.all()[0].company in sent


@pytest.mark.parametrize(
    ("words", "secrets"),
    [
        # Recognised by the label on the line before, which no quote of a rule holds.
        ("생년월일:\n1995.03.02 그리고 언제나 최선을 다해 열심히 일합니다.", ["1995.03.02"]),
        # In the middle of where a long quote is cut.
        (
            f"{'긴 문장을 쓰며 ' * 21}문의 010 9876 5432 {'로 이어지고 ' * 20}끝납니다.",
            ["9876", "5432"],
        ),
    ],
    ids=["label on another line", "cut by a quote"],
)
def test_no_fact_cuts_personal_data_out_of_its_context(
    resume: Resume, model: ModelServer, words: str, secrets: list[str]
) -> None:
    resume.birth_date = None
    resume.introduction = words
    resume.save()

    make(resume)

    sent = json.dumps([request.body for request in model.requests], ensure_ascii=False)
    assert not [secret for secret in secrets if secret in sent]


def test_a_correction_does_not_spell_out_placeholders(resume: Resume, model: ModelServer) -> None:
    resume.birth_date = None
    resume.introduction = "제 생년월일은 1995.03.02이고 늘 꾸준히 기록하며 일했습니다."
    resume.save()

    def quotes_placeholder(exchange: Exchange) -> None:
        answer = json.loads(good_answer(exchange.body))
        answer["contents"][0]["quote"] = "[생년월일 1]에 태어나 열심히"
        exchange.answer(json.dumps(answer, ensure_ascii=False))

    model.behaviour = quotes_placeholder
    make(resume)

    sent = json.dumps([request.body for request in model.requests], ensure_ascii=False)
    assert len(model.requests) == 2
    assert "[생년월일 1]에 태어나" in sent
    assert "1995" not in sent


def test_what_was_right_is_kept_where_the_correction_fails(
    resume: Resume, model: ModelServer
) -> None:
    def invents_and_dies(exchange: Exchange) -> None:
        behaviour = invents_quotes(1) if len(model.requests) == 1 else failing(99)
        behaviour(exchange)

    model.behaviour = invents_and_dies
    feedback = make(resume)

    assert_sound(feedback)
    assert feedback.dropped_quotes > 0
    assert feedback.model_calls > 2


def test_the_model_gets_the_rules_findings_as_facts(resume: Resume, model: ModelServer) -> None:
    make(resume)

    material = json.loads(model.requests[0].body["messages"][1]["content"])
    assert {"missing_figure", "date_gap"} <= {fact["check"] for fact in material["facts"]}


def test_no_word_of_the_resume_reaches_a_log(
    resume: Resume, model: ModelServer, caplog: pytest.LogCaptureFixture
) -> None:
    model.behaviour = prose(99)
    with caplog.at_level(logging.DEBUG):
        make(resume)

    assert "model_answer_invalid" in caplog.text
    for words in (resume.introduction[:20], resume.experiences.all()[0].company, resume.email):
        assert words not in caplog.text
    assert "test-key" not in caplog.text
