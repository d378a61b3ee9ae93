"""How Django answers beneath the event loop: by a few threads, or by the loop what streams."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http import HTTPStatus
from io import BytesIO
from typing import IO, Any, TypeVar, cast

from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import response_for_exception
from django.core.signals import request_started
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.urls import set_script_prefix

from gaechwi.connections import release_connection

T = TypeVar("T")


class BoundedHandler(ASGIHandler):
    """Django's own handler, for requests that send no more than so many bytes."""

    def __init__(self, max_body: int, *, is_async: bool) -> None:
        """Call the middleware from the event loop, or from a thread."""
        # Past ASGIHandler's own, which makes it asynchronous in any case.
        BaseHandler.__init__(self)
        self.load_middleware(is_async=is_async)
        self._max_body = max_body

    async def read_body(self, receive: Any) -> IO[bytes]:
        """Return what is sent. What is longer than any view takes is no more than counted.

        To read that raises RequestDataTooBig; until it is sent, browsers listen to no answer.
        """
        received = 0

        async def counted() -> Any:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return message if received <= self._max_body else {**message, "body": b""}

        body: IO[bytes] = await super().read_body(counted)
        if received <= self._max_body:
            return body
        body.close()
        return _TooLong()


class StreamHandler(BoundedHandler):
    """Answers by the event loop. Of many at once so many begin, and the others wait for them."""

    def __init__(self, beginning: int, max_body: int) -> None:
        """Begin so many answers at once."""
        super().__init__(max_body, is_async=True)
        self._beginning = asyncio.Semaphore(beginning)

    async def run_get_response(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, once it is its turn; its body is there, so nobody waits for that."""
        async with self._beginning:
            try:
                response: HttpResponseBase = await super().run_get_response(request)
            finally:
                # What streams needs no connection before its next look, and its thread ends with
                # it: nobody else would use what that has.
                await sync_to_async(release_connection)()
            return response


class ThreadedHandler(BoundedHandler):
    """Answers requests as Django's handler for WSGI does: each by one thread.

    No thread waits for a client. What one sends is there before a thread begins, and what one is
    sent goes out after it: whoever is slow, or means to be, takes up none. Bridges to WSGI (a2wsgi,
    asgiref) hold one as long, and hand each answer over three times and more.
    """

    def __init__(self, threads: int, max_body: int) -> None:
        """Answer so many requests at once."""
        super().__init__(max_body, is_async=False)
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="requests")

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer a request; the types are those of the ASGI specification."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            # Of those who stopped in the middle; who has gone does not hear it.
            await self.send_response(HttpResponse(status=HTTPStatus.REQUEST_TIMEOUT), send)
            return
        except OSError as error:
            # A full disk: said as where a view meets it.
            await self.send_response(await self._in_thread(self._fail, scope, error), send)
            return
        response = await self._in_thread(self._respond, scope, body)
        if not isinstance(response, StreamingHttpResponse):
            await self.send_response(response, send)
            return
        try:
            if not response.is_async:
                response.streaming_content = self._parts(iter(response))
            await self.send_response(response, send)
        finally:
            await self._in_thread(response.close)

    def _respond(self, scope: Any, body: IO[bytes]) -> HttpResponseBase:
        """Return the answer, closed unless there are parts of it to come."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, error = self.create_request(scope, body)
        if request is None:
            body.close()
            return cast("HttpResponse", error)
        response = self.get_response(request)
        if request.method == "HEAD":
            _leave_out_content(response)
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if response.streaming:
            # The parts may be read by other threads, and this one would keep its connection.
            release_connection()
        else:
            response.close()
        return response

    def _fail(self, scope: Any, error: OSError) -> HttpResponseBase:
        """Return the answer to a request whose body could not be kept."""
        request, response = self.create_request(scope, BytesIO())
        if request is not None:
            try:
                raise error
            except OSError:
                response = response_for_exception(request, error)
        return cast("HttpResponseBase", response)

    async def _parts(self, parts: Iterator[bytes]) -> AsyncIterator[bytes]:
        while (part := await self._in_thread(next, parts, None)) is not None:
            yield part

    def _in_thread(self, function: Callable[..., T], *args: Any) -> Awaitable[T]:
        loop = asyncio.get_running_loop()
        return loop.run_in_executor(self._executor, copy_context().run, function, *args)


def _leave_out_content(response: HttpResponseBase) -> None:
    # The web server would, and write a warning for each.
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = ()
    elif isinstance(response, HttpResponse):
        response.content = b""


class _TooLong(BytesIO):
    def read(self, _size: int | None = -1) -> bytes:
        raise RequestDataTooBig
