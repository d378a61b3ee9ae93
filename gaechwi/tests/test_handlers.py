"""A web server as its clients meet it: a real server, real connections."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Mapping
from http.client import HTTPConnection
from io import BytesIO
from typing import IO, Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import FileResponse, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path
from pytest_django import Settings

from accounts.models import User
from accounts.tests.site import serve
from accounts.tokens import issue
from gaechwi.asgi import _asks_for_stream
from gaechwi.handlers import StreamHandler, ThreadedHandler
from resumes.models import Resume

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]


def give_file(request: HttpRequest) -> FileResponse:
    """Ask the database, and answer with a file."""
    list(User.objects.all())
    return FileResponse(BytesIO(b"content"))


urlpatterns = [path("", give_file)]


def test_what_is_sent_holds_no_connection_to_the_database(settings: Settings) -> None:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    handler = ThreadedHandler(threads=1, max_body=0)
    held: list[bool] = []
    parts: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Mapping[str, Any]) -> None:
        # As its only thread sees it.
        held.append(await handler._in_thread(lambda: connection.connection is not None))
        parts.append(message.get("body", b""))

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    asyncio.run(handler(scope, receive, send))

    assert b"".join(parts) == b"content"
    assert not any(held)


def test_a_stream_leaves_no_connection_to_the_thread_that_it_began_in(settings: Settings) -> None:
    used: list[BaseDatabaseWrapper] = []

    def view(request: HttpRequest) -> HttpResponse:
        list(User.objects.all())
        used.append(connections[DEFAULT_DB_ALIAS])
        # As SQLite's: the end of a request leaves it open.
        used[0].close_at = None
        return HttpResponse(status=404)

    told = iter([{"type": "http.request"}])

    async def receive() -> Any:
        return next(told, None) or await asyncio.Event().wait()

    async def send(message: Mapping[str, Any]) -> None:
        """Send it to nobody."""

    settings.ROOT_URLCONF, settings.MIDDLEWARE = (path("", view),), []
    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    asyncio.run(StreamHandler(1, max_body=0)(scope, receive, send))

    assert [each.connection for each in used] == [None]


@pytest.mark.parametrize("handler", [StreamHandler, ThreadedHandler])
def test_a_body_that_is_too_long_is_not_kept(
    handler: type[StreamHandler] | type[ThreadedHandler],
) -> None:
    async def body(*parts: bytes) -> IO[bytes]:
        left = iter([*parts, b""])

        async def receive() -> dict[str, Any]:
            part = next(left)
            return {"type": "http.request", "body": part, "more_body": part != b""}

        return await handler(1, max_body=4).read_body(receive)

    assert asyncio.run(body(b"12", b"34")).read() == b"1234"
    with pytest.raises(RequestDataTooBig):
        asyncio.run(body(b"12", b"345")).read()


@pytest.mark.parametrize(
    ("megabytes", "words"),
    [
        (6, "사진은 5 MB까지 올릴 수 있습니다. 이 파일은 6.0 MB입니다."),
        (60, "보낸 내용이 너무 큽니다."),
    ],
)
def test_who_sends_too_much_is_told(user: User, resume: Resume, megabytes: int, words: str) -> None:
    start = b'--form\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    body = start + bytes(megabytes * 1024 * 1024) + b"\r\n--form--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=form"}
    token = {"Authorization": f"Bearer {issue(user).access}"}

    with serve() as url:
        program = HTTPConnection(urlsplit(url).netloc, timeout=20)
        program.request("POST", f"/api/resumes/{resume.pk}/photo", body, {**kind, **token})
        answer = program.getresponse()
        said = json.load(answer)["detail"]

    assert (answer.status, said.replace("\N{NO-BREAK SPACE}", " ")) == (413, words)


def test_who_stops_in_the_middle_is_told() -> None:
    begun = b"POST /api/auth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{"
    # The server waits for as long as that.
    with serve(GUNICORN_CMD_ARGS="--timeout=2") as url, socket.socket() as silent:
        host, port = urlsplit(url).netloc.split(":")
        silent.settimeout(20)
        silent.connect((host, int(port)))
        silent.sendall(begun)
        said = silent.recv(1000)

    assert said.startswith(b"HTTP/1.1 408 ")


def test_who_wants_a_websocket_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    handshake = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with serve() as url:
        browser = HTTPConnection(urlsplit(url).netloc, timeout=20)
        browser.request("GET", "/", headers=handshake)
        status = browser.getresponse().status

    assert status == 403
    assert '"ERROR"' not in capfd.readouterr().err


def test_whoever_asks_for_headers_gets_no_more(capfd: pytest.CaptureFixture[str]) -> None:
    said = []
    with serve() as url:
        for asked in ("/healthz", static("gaechwi.css")):
            for method in ("HEAD", "GET"):
                browser = HTTPConnection(urlsplit(url).netloc, timeout=20)
                browser.request(method, asked)
                answer = browser.getresponse()
                said.append((answer.status, answer.headers["Content-Length"], len(answer.read())))

    assert [(status, length) for status, length, _size in said[::2]] == [
        (status, length) for status, length, _size in said[1::2]
    ]
    assert [size for _status, _length, size in said[::2]] == [0, 0]
    assert all(size for _status, _length, size in said[1::2])
    assert "no-body" not in capfd.readouterr().err


@pytest.mark.parametrize(
    ("method", "at", "accept", "streams"),
    [
        ("GET", "/interviews/1/words/2/", ["text/event-stream"], True),
        ("GET", "/api/interviews/1", ["text/html", "text/event-stream"], True),
        ("POST", "/api/interviews/1/conversations/", ["text/event-stream, */*;q=0.1"], True),
        # These are answered by JSON, which may be waited for.
        ("POST", "/api/interviews/1/conversations", ["application/json, text/event-stream"], False),
        ("GET", "/api/interviews/1", ["*/*"], False),
        ("GET", "/api/interviews/1", [], False),
        ("PUT", "/api/interviews/1", ["text/event-stream"], False),
        ("GET", "/api/interviews/", ["text/event-stream"], False),
    ],
)
def test_only_what_streams_takes_a_place_of_streams(
    method: str, at: str, accept: list[str], streams: bool
) -> None:
    headers = [(b"accept", value.encode()) for value in accept]
    scope = {"type": "http", "method": method, "path": at, "headers": headers}

    assert _asks_for_stream(scope) is streams
