"""Calls of a model server: the only code that knows the openai client."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from json import JSONDecodeError
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx2
import openai
from django.conf import settings
from openai.types import CompletionUsage
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from gaechwi.ai.errors import (
    AIError,
    ModelAnswerInvalid,
    ModelBusy,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
)
from gaechwi.ai.gateway import Usage, is_configured
from gaechwi.ai.loop import shared_loop
from gaechwi.ai.prompts import Prompt

# The name that the lines of the log go by.
logger = logging.getLogger("gaechwi.ai.gateway")

T = TypeVar("T", bound=BaseModel)
R = TypeVar("R")

OPENAI_URL = "https://api.openai.com/v1"
CONNECT_SECONDS = 5.0
ANSWER_PAUSE_SECONDS = (0.1, 0.5)


@dataclass(frozen=True)
class Call:
    """A request on its way to the model, and what it has cost so far."""

    prompt: Prompt
    client: openai.AsyncOpenAI
    loop: asyncio.AbstractEventLoop
    request: dict[str, Any]
    tally: _Tally

    @classmethod
    def of(cls, prompt: Prompt, **options: Any) -> Call:
        """Return a call with a prompt. Raises ModelRejected where no model is configured."""
        if not is_configured():
            raise ModelRejected("neither OPENAI_API_KEY nor OPENAI_BASE_URL is set")
        base_url = settings.OPENAI_BASE_URL or OPENAI_URL
        client, loop = _shared(
            # Servers that need no key still get a header, and the client insists on one.
            api_key=settings.OPENAI_API_KEY or "-",
            base_url=base_url,
            limit=float(settings.OPENAI_TIME_LIMIT),
            max_retries=settings.OPENAI_MAX_RETRIES,
        )
        request = {
            "model": settings.OPENAI_MODEL,
            "messages": [{"role": m.role, "content": m.content} for m in prompt.messages],
            _token_limit_name(base_url): prompt.max_tokens,
            **options,
        }
        return cls(prompt, client, loop, request, _Tally())

    def start(self, work: Coroutine[Any, Any, R]) -> Future[R]:
        """Begin what it consists of; the future raises an AIError, or gives what it comes to."""
        return asyncio.run_coroutine_threadsafe(
            _in_time(work, self.tally, float(settings.OPENAI_TIME_LIMIT)), self.loop
        )

    def failed(self, error: AIError) -> None:
        """Note that it failed, in the log and with what it has cost."""
        error.usage = self.tally.usage()
        _log(logging.WARNING, self.prompt, self.request["model"], error.code, error.usage)

    def succeeded(self, model: str) -> Usage:
        """Note that a model has answered; return what it has cost."""
        usage = self.tally.usage()
        _log(logging.INFO, self.prompt, model, "ok", usage)
        return usage


def _log(level: int, prompt: Prompt, model: str, outcome: str, usage: Usage) -> None:
    logger.log(
        level,
        "model call prompt=%s version=%s model=%s outcome=%s calls=%d prompt_tokens=%d "
        "completion_tokens=%d latency_ms=%d",
        prompt.name,
        prompt.version,
        model,
        outcome,
        usage.calls,
        usage.prompt_tokens,
        usage.completion_tokens,
        usage.latency_ms,
    )


class _Tally:
    """What one call of `complete` has cost so far, and what it is waiting for."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.calls = 0
        self.prompt_tokens = 0
        self.completion_tokens = 0
        # A time limit that ends the pause after a 429 means "busy", not "slow".
        self.if_time_is_up: type[AIError] = ModelTimeout

    def add(self, usage: CompletionUsage | None) -> None:
        if usage:
            self.prompt_tokens += usage.prompt_tokens or 0
            self.completion_tokens += usage.completion_tokens or 0

    def usage(self) -> Usage:
        latency_ms = round((time.monotonic() - self.started) * 1000)
        return Usage(self.calls, self.prompt_tokens, self.completion_tokens, latency_ms)


_tally: ContextVar[_Tally] = ContextVar("_tally")


class _CountingClient(openai.DefaultAsyncHttpxClient):
    """Sees every attempt, which the openai client's own retries hide from its callers."""

    async def send(self, *args: Any, **kwargs: Any) -> httpx2.Response:
        tally = _tally.get()
        tally.calls += 1
        tally.if_time_is_up = ModelTimeout
        try:
            response = await super().send(*args, **kwargs)
        except httpx2.TimeoutException:
            raise
        except httpx2.RequestError:
            tally.if_time_is_up = ModelUnavailable
            raise
        if response.is_error:
            tally.if_time_is_up = _error_of_status(response.status_code)
        return response


_shared_lock = threading.Lock()


def _shared(
    *, api_key: str, base_url: str, limit: float, max_retries: int
) -> tuple[openai.AsyncOpenAI, asyncio.AbstractEventLoop]:
    """Return this process's client for these settings, and the loop that carries its calls."""
    # A forked worker needs one of its own: it has its own loop, too.
    process = os.getpid()
    with _shared_lock:
        return _client(process, api_key, base_url, limit, max_retries), shared_loop()


@cache
def _client(
    process: int, api_key: str, base_url: str, limit: float, max_retries: int
) -> openai.AsyncOpenAI:
    # Half of the limit for one attempt, so that a silent server leaves time for a second one.
    timeout = openai.Timeout(limit / 2, connect=min(CONNECT_SECONDS, limit / 2))
    return openai.AsyncOpenAI(
        api_key=api_key,
        base_url=base_url,
        timeout=timeout,
        max_retries=max_retries,
        http_client=_CountingClient(timeout=timeout),
    )


async def _in_time(work: Coroutine[Any, Any, R], tally: _Tally, limit: float) -> R:
    """Return what a call comes to within `limit` seconds, or raise an AIError and nothing else."""
    _tally.set(tally)
    failure: AIError
    try:
        async with asyncio.timeout(limit):
            return await work
    except TimeoutError:
        failure = tally.if_time_is_up(f"no answer within {limit:g} s")
    except (openai.APITimeoutError, httpx2.TimeoutException):
        failure = ModelTimeout("every attempt timed out")
    except (openai.APIConnectionError, httpx2.TransportError):
        failure = ModelUnavailable("no connection, or a broken one")
    except openai.APIStatusError as error:
        failure = _error_of_status(error.status_code)(f"status {error.status_code}")
    except UnicodeEncodeError:
        failure = ModelRejected("OPENAI_API_KEY holds characters that no key has")
    except (openai.OpenAIError, ValueError):
        failure = ModelAnswerInvalid("not an answer of a chat completions server")
    # Raised out here because inside a handler the client's exception, which holds the request and
    # what the server said to it, would travel along as the context.
    raise failure


async def valid_answer(call: Call, schema: type[T], answer_retries: int) -> tuple[T, str, str]:
    """Return the answer, its text and the model's name."""
    problem = ""
    for attempt in range(1 + answer_retries):
        if attempt:
            await asyncio.sleep(random.uniform(*ANSWER_PAUSE_SECONDS))  # noqa: S311
        completion: object = None
        with suppress(JSONDecodeError):
            completion = await call.client.chat.completions.create(**call.request)
        # The client hands on what is not declared JSON as a string, and checks no fields.
        if not isinstance(completion, ChatCompletion) or not completion.choices:
            problem = "not a chat completion"
            continue
        call.tally.add(completion.usage)
        choice = completion.choices[0]
        if choice.finish_reason == "length":
            problem = "cut by the token limit"
            continue
        if choice.finish_reason == "content_filter" or (choice.message and choice.message.refusal):
            raise ModelAnswerInvalid("the model refused")
        text = (choice.message and choice.message.content) or ""
        try:
            return schema.model_validate_json(text), text, completion.model or call.request["model"]
        except ValidationError:
            problem = "breaks the schema"
    raise ModelAnswerInvalid(problem)


async def spoken(call: Call, give: Callable[[str], None]) -> str:
    """Give away each piece of what the model says as it comes; return the model's name."""
    model, end, said = "", None, False
    stream = await call.client.chat.completions.create(**call.request)
    if not isinstance(stream, openai.AsyncStream):
        raise ModelAnswerInvalid("not a stream")
    async with stream:
        async for chunk in stream:
            call.tally.add(chunk.usage)
            model = chunk.model or model
            for choice in chunk.choices or ():
                end = choice.finish_reason or end
                if choice.delta and choice.delta.content:
                    said = True
                    give(choice.delta.content.replace("\0", ""))
    if end == "content_filter" or not said:
        raise ModelAnswerInvalid("the model refused, or said nothing")
    if end is None:
        raise ModelUnavailable("the stream broke off")
    return model or str(call.request["model"])


def _error_of_status(status: int) -> type[AIError]:
    if status == 429:
        return ModelBusy
    if status == 408:
        return ModelTimeout
    return ModelUnavailable if status >= 500 else ModelRejected


def _token_limit_name(base_url: str) -> str:
    """Return what the server calls the token limit: OpenAI and the others refuse each other's."""
    host = urlsplit(base_url).hostname or ""
    own = host.endswith((".openai.com", ".openai.azure.com"))
    return "max_completion_tokens" if own else "max_tokens"


@cache
def response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """Return what makes a server keep to a schema."""
    # The client's public way to a strict schema; its name comes from its use for tools.
    strict = openai.pydantic_function_tool(schema)["function"]["parameters"]
    return {
        "type": "json_schema",
        "json_schema": {"name": schema.__name__, "strict": True, "schema": _portable(strict)},
    }


def _portable(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema without what servers refuse: defaults, and lengths of strings.

    OpenAI's strict mode knows neither, and llama.cpp fails to build a grammar from long lengths.
    The model is told a length in words; `schema` itself holds it to that when the answer is read.
    """
    result = {k: v for k, v in schema.items() if k not in ("default", "minLength", "maxLength")}
    if "maxLength" in schema:
        words = (schema.get("description"), f"At most {schema['maxLength']} characters.")
        result["description"] = " ".join(filter(None, words))
    for key in ("properties", "$defs"):
        if key in result:
            result[key] = {name: _portable(part) for name, part in result[key].items()}
    for key in ("anyOf", "allOf", "oneOf"):
        if key in result:
            result[key] = [_portable(part) for part in result[key]]
    if "items" in result:
        result["items"] = _portable(result["items"])
    return result
