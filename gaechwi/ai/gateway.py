"""The one way to a language model: OpenAI's, or any server that speaks its API.

Callers are plain synchronous code in any thread. The client itself is known to `gaechwi.ai.calls`
alone, and loaded at the first call: to load it takes half a second and 40 MB, which the web process
need not have.

Answers that must satisfy a schema are not streamed: the client retries a broken connection only
while it reads the answer itself. Speech is (`Stream`), as its words are shown while they come.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Generic, TypeVar

from django.conf import settings
from django.views.decorators.debug import sensitive_variables
from pydantic import BaseModel, ValidationError

from gaechwi.ai.errors import AIError, ModelAnswerInvalid
from gaechwi.ai.loop import cancel_all
from gaechwi.ai.personal_data import Redaction
from gaechwi.ai.prompts import Prompt

T = TypeVar("T", bound=BaseModel)

# Readers see no more than this many pieces a second; each costs its way to the page.
PIECE_SECONDS = 0.15


@dataclass(frozen=True)
class Usage:
    """What calls cost: HTTP requests (failed ones too), tokens, and wall time in milliseconds."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    latency_ms: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.latency_ms + other.latency_ms,
        )


@dataclass(frozen=True)
class Completion(Generic[T]):
    """A model's answer: as a value, as the text it was read from, by which model, at what cost."""

    answer: T = field(repr=False)
    text: str = field(repr=False)
    model: str
    usage: Usage

    def restored(self, redaction: Redaction) -> T:
        """Return the answer with the personal data put back that its prompt was freed of.

        Raises ModelAnswerInvalid where it grows beyond what its schema allows.
        """
        said = redaction.restore_all(self.answer.model_dump())
        with suppress(ValidationError):
            return type(self.answer).model_validate(said)
        raise ModelAnswerInvalid("too long with the personal data", usage=self.usage)


def is_configured() -> bool:
    """Return whether there is a model to ask: a key for OpenAI, or another server's address."""
    return bool(settings.OPENAI_API_KEY or settings.OPENAI_BASE_URL)


@sensitive_variables()
def complete(prompt: Prompt, schema: type[T]) -> Completion[T]:
    """Ask the model and return its answer as an instance of `schema`.

    Retries 429, 5xx, time-outs and broken connections (OPENAI_MAX_RETRIES times) as well as answers
    that break the schema (OPENAI_ANSWER_RETRIES times), all within OPENAI_TIME_LIMIT seconds. May
    be called from many threads at once.

    Raises a subclass of AIError that says why there is no answer; its `usage` is what was spent.
    """
    from gaechwi.ai.calls import Call, response_format, valid_answer

    call = Call.of(prompt, response_format=response_format(schema))
    retries = settings.OPENAI_ANSWER_RETRIES
    future = call.start(valid_answer(call, schema, retries))
    try:
        answer, text, model = future.result()
    except AIError as error:
        call.failed(error)
        raise
    except BaseException:
        # A worker told to stop is interrupted here, and the call must not go on without it.
        future.cancel()
        raise
    return Completion(answer, text, model, call.succeeded(model))


def hang_up() -> None:
    """End all calls of this process: it has to stop, and nobody waits for their answers."""
    cancel_all()


class Stream:
    """What a model says, piece by piece, to be iterated over once.

    429, 5xx, time-outs and refused connections are retried until the first piece has come, all
    within OPENAI_TIME_LIMIT seconds. The iteration raises a subclass of AIError, also after pieces
    that were already given. `usage` and `model` hold once it has ended, however it did.
    """

    def __init__(self, prompt: Prompt) -> None:
        self._prompt = prompt
        self.usage = Usage()
        self.model = ""

    @sensitive_variables()
    def __iter__(self) -> Iterator[str]:
        from gaechwi.ai.calls import Call, spoken

        call = Call.of(self._prompt, stream=True, stream_options={"include_usage": True})
        pieces: SimpleQueue[str | None] = SimpleQueue()
        future = call.start(spoken(call, pieces.put))
        future.add_done_callback(lambda _future: pieces.put(None))
        try:
            # The first piece at once, for whoever waits; then what has come meanwhile.
            while (piece := pieces.get()) is not None:
                more = []
                while not pieces.empty() and (following := pieces.get()) is not None:
                    more.append(following)
                yield "".join((piece, *more))
                if future.done() and pieces.empty():
                    break
                time.sleep(PIECE_SECONDS)
            self.model = future.result()
        except AIError as error:
            call.failed(error)
            raise
        else:
            call.succeeded(self.model)
        finally:
            # Whoever listens no more must not keep the model talking.
            future.cancel()
            self.usage = call.tally.usage()
