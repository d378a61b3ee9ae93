"""What can go wrong between us and a language model.

No error carries words of a prompt or an answer: both hold résumé text, and errors end up in logs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from gaechwi.ai.gateway import Usage


class AIError(Exception):
    """A call to the model that gave no answer.

    `code` is what jobs store and the API shows. `usage` is what the call cost all the same; None
    where it failed before anything was sent.
    """

    code: ClassVar[str] = "ai_error"

    def __init__(self, *args: object, usage: Usage | None = None) -> None:
        super().__init__(*args)
        self.usage = usage


class ModelUnavailable(AIError):  # noqa: N818
    """No connection, a broken one, or an error of the server's own (5xx)."""

    code = "model_unavailable"


class ModelBusy(AIError):  # noqa: N818
    """The server still asks for patience (429) when the retries are used up."""

    code = "model_busy"


class ModelTimeout(AIError):  # noqa: N818
    """No answer within the time limit."""

    code = "model_timeout"


class ModelAnswerInvalid(AIError):  # noqa: N818
    """An answer that breaks the schema, is cut by the token limit, or is a refusal."""

    code = "model_answer_invalid"


class ModelRejected(AIError):  # noqa: N818
    """The server does not take the request: a bad key, an unknown model, another 4xx."""

    code = "model_rejected"
