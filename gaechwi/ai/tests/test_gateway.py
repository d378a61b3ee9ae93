from __future__ import annotations

import json
import logging
import socket
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

import pytest
from pydantic import BaseModel, Field
from pytest_django import Settings

from gaechwi.ai.calls import _token_limit_name
from gaechwi.ai.errors import (
    AIError,
    ModelAnswerInvalid,
    ModelBusy,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
)
from gaechwi.ai.gateway import Completion, Usage, complete, is_configured
from gaechwi.ai.prompts import Message, Prompt
from tests.model_server import (
    Behaviour,
    Exchange,
    ModelServer,
    breaks_off,
    busy,
    drips,
    drips_headers,
    failing,
    prose,
    refuses,
    slow,
    truncated,
    well,
)

SECRET = "sk-only-known-here"
WORDS = "결제 시스템을 설계했습니다"


class Remark(BaseModel):
    quote: Annotated[str, Field(min_length=1, max_length=20)]
    kind: str = "praise"


class Answer(BaseModel):
    text: Annotated[str, Field(description="What to say.", max_length=50)]
    score: Annotated[int, Field(ge=0, le=100)]
    remarks: list[Remark]


PROMPT = Prompt(
    name="review",
    version="3",
    messages=(Message("system", "Review the résumé."), Message("user", WORDS)),
    max_tokens=700,
)


@pytest.fixture
def server(settings: Settings) -> Iterator[ModelServer]:
    with ModelServer() as running:
        settings.OPENAI_API_KEY = ""
        settings.OPENAI_BASE_URL = running.url
        settings.OPENAI_MODEL = "test-model"
        settings.OPENAI_TIME_LIMIT = 20.0
        settings.OPENAI_MAX_RETRIES = 1
        settings.OPENAI_ANSWER_RETRIES = 1
        yield running


def failure_of(prompt: Prompt = PROMPT) -> AIError:
    with pytest.raises(AIError) as caught:
        complete(prompt, Answer)
    return caught.value


def outcome_of(prompt: Prompt) -> Completion[Answer] | AIError:
    try:
        return complete(prompt, Answer)
    except AIError as error:
        return error


def seconds(started: float) -> float:
    return time.monotonic() - started


def test_it_works(server: ModelServer) -> None:
    completion = complete(PROMPT, Answer)

    assert completion.answer == Answer.model_validate_json(completion.text)
    assert completion.model == "test-model"
    usage = completion.usage
    assert (usage.calls, usage.completion_tokens) == (1, len(completion.text) // 2)
    assert usage.prompt_tokens == sum(len(m.content) for m in PROMPT.messages) // 2
    assert 0 < usage.latency_ms < 20_000


def test_it_sends_the_prompt_the_model_and_the_token_limit(server: ModelServer) -> None:
    complete(PROMPT, Answer)

    body = server.requests[0].body
    assert body["model"] == "test-model"
    assert body["messages"] == [
        {"role": "system", "content": "Review the résumé."},
        {"role": "user", "content": WORDS},
    ]
    assert body["max_tokens"] == 700


def test_it_sends_a_strict_schema_that_every_server_takes(server: ModelServer) -> None:
    complete(PROMPT, Answer)

    response_format = server.requests[0].body["response_format"]
    assert response_format["type"] == "json_schema"
    assert response_format["json_schema"]["strict"] is True
    schema = response_format["json_schema"]["schema"]
    assert schema["required"] == ["text", "score", "remarks"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["text"]["description"] == "What to say. At most 50 characters."
    assert schema["properties"]["score"]["maximum"] == 100
    remark = schema["$defs"]["Remark"]
    assert remark["required"] == ["quote", "kind"]
    for absent in ("maxLength", "minLength", "default"):
        assert absent not in json.dumps(schema)


@pytest.mark.parametrize(
    ("base_url", "name"),
    [
        ("https://api.openai.com/v1", "max_completion_tokens"),
        ("https://eu.api.openai.com/v1", "max_completion_tokens"),
        ("https://mine.openai.azure.com/openai/v1", "max_completion_tokens"),
        ("http://localhost:11434/v1", "max_tokens"),
        ("https://openai.com.example.org/v1", "max_tokens"),
    ],
)
def test_it_calls_the_token_limit_as_the_server_does(base_url: str, name: str) -> None:
    assert _token_limit_name(base_url) == name


def test_it_sends_the_key(server: ModelServer, settings: Settings) -> None:
    settings.OPENAI_API_KEY = SECRET
    complete(PROMPT, Answer)
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"


def test_a_server_without_keys_gets_a_placeholder(server: ModelServer) -> None:
    complete(PROMPT, Answer)
    assert server.requests[0].headers["authorization"] == "Bearer -"


def test_it_sees_changed_settings(server: ModelServer, settings: Settings) -> None:
    complete(PROMPT, Answer)
    with ModelServer() as other:
        settings.OPENAI_BASE_URL = other.url
        complete(PROMPT, Answer)
        assert (len(server.requests), len(other.requests)) == (1, 1)


@pytest.mark.parametrize(
    ("key", "url", "configured"),
    [("", "", False), (SECRET, "", True), ("", "http://localhost:11434/v1", True)],
)
def test_a_key_or_an_address_configures_it(
    settings: Settings, key: str, url: str, configured: bool
) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_BASE_URL = key, url
    assert is_configured() is configured


def test_nothing_is_sent_without_a_key_or_an_address(settings: Settings) -> None:
    settings.OPENAI_API_KEY = settings.OPENAI_BASE_URL = ""
    assert isinstance(failure_of(), ModelRejected)


def test_a_correction_follows_the_answer(server: ModelServer) -> None:
    corrected = PROMPT.corrected("{}", "Quote words that stand in the résumé.")
    complete(corrected, Answer)

    assert server.requests[0].body["messages"][2:] == [
        {"role": "assistant", "content": "{}"},
        {"role": "user", "content": "Quote words that stand in the résumé."},
    ]
    assert len(PROMPT.messages) == 2
    assert (corrected.name, corrected.version, corrected.max_tokens) == ("review", "3", 700)


def test_usages_add_up() -> None:
    assert Usage(1, 2, 3, 4) + Usage(10, 20, 30, 40) == Usage(11, 22, 33, 44)


@pytest.mark.parametrize("behaviour", [busy(1, retry_after=0.05), failing(1), breaks_off(1)])
def test_a_passing_failure_is_tried_again(server: ModelServer, behaviour: Behaviour) -> None:
    server.behaviour = behaviour
    assert complete(PROMPT, Answer).usage.calls == 2
    assert len(server.requests) == 2


def test_it_waits_as_long_as_the_server_asks(server: ModelServer) -> None:
    server.behaviour = busy(1, retry_after=1)
    started = time.monotonic()
    complete(PROMPT, Answer)
    assert 1 <= seconds(started) < 5


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (busy(99, retry_after=0.05), ModelBusy),
        (failing(99), ModelUnavailable),
        (failing(99, status=503), ModelUnavailable),
        (breaks_off(99), ModelUnavailable),
    ],
)
def test_a_lasting_failure_is_told(
    server: ModelServer, behaviour: Behaviour, kind: type[AIError]
) -> None:
    server.behaviour = behaviour
    error = failure_of()
    assert type(error) is kind
    assert error.usage is not None
    assert error.usage.calls == 2


def test_a_server_that_is_not_there_is_told(settings: Settings, server: ModelServer) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        settings.OPENAI_BASE_URL = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        assert isinstance(failure_of(), ModelUnavailable)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_rejected_request_is_not_tried_again(server: ModelServer, status: int) -> None:
    server.behaviour = failing(99, status=status)
    assert isinstance(failure_of(), ModelRejected)
    assert len(server.requests) == 1


def test_a_key_that_cannot_be_sent_is_told(server: ModelServer, settings: Settings) -> None:
    settings.OPENAI_API_KEY = "열쇠"
    assert isinstance(failure_of(), ModelRejected)
    assert server.requests == []


@pytest.mark.parametrize("behaviour", [prose(1), truncated(1)])
def test_an_answer_that_breaks_the_schema_is_asked_for_again(
    server: ModelServer, behaviour: Behaviour
) -> None:
    server.behaviour = behaviour
    usage = complete(PROMPT, Answer).usage
    assert usage.calls == 2
    assert usage.prompt_tokens == 2 * (sum(len(m.content) for m in PROMPT.messages) // 2)


def scored(exchange: Exchange) -> None:
    exchange.answer('{"text": "a", "score": 101, "remarks": []}')


def too_long(exchange: Exchange) -> None:
    exchange.answer(json.dumps({"text": "a" * 51, "score": 1, "remarks": []}))


def html(exchange: Exchange) -> None:
    page = b"<html>Welcome to the hotel's network</html>"
    exchange.handler.send_head(200, {"Content-Type": "text/html", "Content-Length": str(len(page))})
    exchange.handler.wfile.write(page)


def half_json(exchange: Exchange) -> None:
    exchange.handler.send_head(200, {"Content-Length": "2"})
    exchange.handler.wfile.write(b'{"')


def empty_choice(exchange: Exchange) -> None:
    exchange.handler.send_json(200, {"choices": [{}]})


def no_choice(exchange: Exchange) -> None:
    exchange.handler.send_json(200, {"error": None})


@pytest.mark.parametrize(
    "behaviour",
    [prose(99), truncated(99), scored, too_long, html, half_json, empty_choice, no_choice],
)
def test_an_answer_that_never_fits_is_told(server: ModelServer, behaviour: Behaviour) -> None:
    server.behaviour = behaviour
    error = failure_of()
    assert isinstance(error, ModelAnswerInvalid)
    assert error.usage is not None
    assert error.usage.calls == len(server.requests) == 2


def test_a_refusal_is_told_at_once(server: ModelServer) -> None:
    server.behaviour = refuses
    error = failure_of()
    assert isinstance(error, ModelAnswerInvalid)
    assert len(server.requests) == 1
    assert error.usage is not None
    assert error.usage.completion_tokens > 0


def test_a_silent_server_is_asked_a_second_time(server: ModelServer, settings: Settings) -> None:
    settings.OPENAI_TIME_LIMIT = 3.0
    server.behaviour = silent_once()
    started = time.monotonic()
    assert complete(PROMPT, Answer).usage.calls == 2
    assert 1.5 <= seconds(started) < 3


def silent_once() -> Behaviour:
    behaviours = iter([slow(60)])
    return lambda exchange: next(behaviours, well)(exchange)


@pytest.mark.parametrize("behaviour", [slow(60), drips, drips_headers])
def test_the_time_limit_holds(
    server: ModelServer, settings: Settings, behaviour: Behaviour
) -> None:
    settings.OPENAI_TIME_LIMIT = 1.5
    server.behaviour = behaviour
    started = time.monotonic()
    assert isinstance(failure_of(), ModelTimeout)
    assert 1.4 <= seconds(started) < 2.5


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [(busy(99, retry_after=60), ModelBusy), (prose(99), ModelAnswerInvalid)],
)
def test_the_time_limit_covers_pauses_too(
    server: ModelServer, settings: Settings, behaviour: Behaviour, kind: type[AIError]
) -> None:
    settings.OPENAI_TIME_LIMIT = 1.5
    server.behaviour = behaviour
    started = time.monotonic()
    assert isinstance(failure_of(), kind)
    assert seconds(started) < 2.5


def test_a_hundred_threads_at_once(server: ModelServer) -> None:
    def echo(exchange: Exchange) -> None:
        if exchange.wait(0.5):
            text = exchange.body["messages"][0]["content"]
            exchange.answer(json.dumps({"text": text, "score": 1, "remarks": []}))

    def ask(number: int) -> str:
        prompt = Prompt("echo", "1", (Message("user", f"number {number}"),), 10)
        return complete(prompt, Answer).answer.text

    server.behaviour = echo
    started = time.monotonic()
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(ask, range(100)))
    assert answers == [f"number {number}" for number in range(100)]
    assert seconds(started) < 10


def test_it_logs_one_line_per_call(server: ModelServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "gaechwi.ai.gateway")
    server.behaviour = failing(1)
    complete(PROMPT, Answer)
    server.behaviour = refuses
    failure_of()

    good, bad = (r for r in caplog.records if r.name == "gaechwi.ai.gateway")
    assert "prompt=review version=3 model=test-model outcome=ok calls=2" in good.getMessage()
    assert "outcome=model_answer_invalid calls=1" in bad.getMessage()
    assert (good.levelno, bad.levelno) == (logging.INFO, logging.WARNING)


def tells_everything(status: int) -> Behaviour:
    def behave(exchange: Exchange) -> None:
        key = exchange.handler.headers["Authorization"]
        exchange.fail(status, f"{key}: {exchange.body['messages']}")

    return behave


def echoes(exchange: Exchange) -> None:
    exchange.answer(json.dumps({"text": WORDS, "score": "high", "remarks": []}))


@pytest.mark.parametrize(
    "behaviour",
    [well, echoes, tells_everything(400), tells_everything(500), html, half_json, drips],
)
def test_no_words_and_no_key_get_out(
    server: ModelServer,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    behaviour: Behaviour,
) -> None:
    settings.OPENAI_API_KEY = SECRET
    settings.OPENAI_TIME_LIMIT = 1.0
    caplog.set_level(logging.DEBUG)
    server.behaviour = behaviour
    outcome = outcome_of(PROMPT)

    everything = caplog.text + repr([PROMPT, outcome])
    if isinstance(outcome, AIError):
        assert outcome.__cause__ is outcome.__context__ is None
        everything += "".join(traceback.format_exception(outcome))
    assert "prompt=review" in everything
    for hidden in (SECRET, WORDS, "Review the résumé", "hotel"):
        assert hidden not in everything
