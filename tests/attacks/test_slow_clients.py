"""Clients that take their time, many more than the server has threads: the others do not wait."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from accounts.tests.site import serve
from gaechwi.asgi import BEGINNING, THREADS
from tests.processes import wait_until
from tests.reliability import Outcome

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]

CLIENTS = 3 * THREADS
SIGN_IN = (
    b"POST /api/auth/token HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"email": "'
)
# Far below what they take, and far above what an answer takes.
PATIENCE = 10


@pytest.fixture
def site() -> Iterator[str]:
    with serve() as url:
        yield urlsplit(url).netloc


def get(site: str, path: str, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(site, timeout=PATIENCE)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, response.read().decode()


@contextmanager
def clients(site: str, words: bytes) -> Iterator[list[socket.socket]]:
    """Say something to the server by many connections, of which nothing is read."""
    host, port = site.split(":")
    with ExitStack() as stack:
        opened = []
        for _ in range(CLIENTS):
            client = stack.enter_context(socket.socket())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.connect((host, int(port)))
            client.sendall(words)
            opened.append(client)
        yield opened


def test_who_sends_slowly(site: str, outcome: Outcome) -> None:
    with clients(site, SIGN_IN) as sending:
        statuses = [get(site, path)[0] for path in ("/", "/api/codes/", "/accounts/login/")]
        # They go on: the server has waited for them, and not given up.
        sending[0].sendall(b" " * 1000)
        assert sending[0].recv(100).startswith(b"HTTP/1.1 400 ")

    assert statuses == [200, 200, 200]
    outcome(
        f"bodies that do not end, {CLIENTS // THREADS} times as many as the server has threads",
        tried=CLIENTS,
        happened="the pages and the API are answered meanwhile",
    )


def test_who_sends_slowly_to_a_stream(site: str, outcome: Outcome) -> None:
    begun = b"POST /api/interviews/1/conversations HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    begun += b"Accept: text/event-stream\r\nContent-Length: 1000\r\n\r\n{"

    with clients(site, begun):
        status, _words = get(site, "/api/interviews/1", Accept="text/event-stream")

    # Nobody is signed in, and is told so: not left to wait.
    assert status == 401
    outcome(
        f"bodies that do not end, sent to a stream, {CLIENTS // BEGINNING} times as many as begin"
        " at once",
        tried=CLIENTS,
        happened="another one is answered meanwhile",
    )


def test_who_reads_slowly(site: str, outcome: Outcome) -> None:
    _status, page = get(site, "/api/docs")
    [script] = re.findall(r'src="(/static/[^"]*swagger-ui-bundle[^"]*\.js)"', page)
    # More than what the system keeps for a connection; over that the server has to wait.
    asked = f"GET {script} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * 8

    with clients(site, asked) as reading:
        wait_until(lambda: all(client.recv(1, socket.MSG_PEEK) for client in reading), PATIENCE)
        statuses = [get(site, path)[0] for path in ("/", "/api/codes/", "/accounts/login/")]

    assert statuses == [200, 200, 200]
    outcome(
        f"answers that nobody takes, {CLIENTS // THREADS} times as many as the server has threads",
        tried=CLIENTS,
        happened="the pages and the API are answered meanwhile",
    )
