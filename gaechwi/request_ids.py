"""The id of a request: in its answer, in every line of the log, and with the jobs it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

# As long as that, and no character that means something to whatever reads the log.
SANE = re.compile(rb"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
MAX_LENGTH = 64

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """Return the id of the request that is answered, or that asked for the job; "" for neither."""
    return _current.get()


@contextmanager
def of(request_id: str) -> Iterator[None]:
    """Do what stands in the block on behalf of an earlier request."""
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


class RequestIds:
    """An ASGI application that gives each request of another one its id.

    Behind a proxy it may have one already, in `X-Request-ID`; without one, whoever asks could
    choose it. Around both of Django's handlers, since they log what they answer after their
    middleware.
    """

    def __init__(self, application: Any, behind_proxy: bool) -> None:
        self._application = application
        self._behind_proxy = behind_proxy

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request; the types are those of the ASGI specification."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        given = [value for name, value in scope["headers"] if name == b"x-request-id"]
        believed = self._behind_proxy and len(given) == 1 and SANE.fullmatch(given[0])
        request_id = given[0] if believed else token_hex(16).encode()
        # Not taken back at the end: the web server writes its line about the request after it.
        _current.set(request_id.decode())

        async def send_with_id(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), (b"x-request-id", request_id)]
                message = {**message, "headers": headers}
            await send(message)

        await self._application(scope, receive, send_with_id)
