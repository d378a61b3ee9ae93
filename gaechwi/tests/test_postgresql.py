"""Connections that rest in the pool, while the server ends them or has news."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection

from gaechwi.postgresql import base

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server"),
]


@pytest.fixture
def resting() -> Iterator[Any]:
    """A connection beside that of the test, in a pool of its own."""
    beside: Any = connection.copy("beside")
    beside.ensure_connection()
    beside.close()
    yield beside
    beside.close()
    beside.close_pool()


@pytest.mark.parametrize("number", [1, 8])
def test_those_that_the_server_has_ended_are_given_to_nobody(resting: Any, number: int) -> None:
    """As many as there may be: the pool finds out about them one at a time, and waits for each."""
    assert number <= resting.pool.max_size
    taken = [resting.pool.getconn() for _ in range(number)]
    ended = [each.info.backend_pid for each in taken]
    for each in taken:
        resting.pool.putconn(each)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM unnest(%s) pid", [ended])
        assert cursor.fetchall() == [(True,)] * len(ended)
    started = time.monotonic()

    with resting.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] not in ended

    assert time.monotonic() - started < 3


def test_one_that_has_news_is_kept(resting: Any) -> None:
    with resting.cursor() as cursor:
        cursor.execute("LISTEN news")
        cursor.execute("SELECT pg_backend_pid()")
        listening = cursor.fetchone()
    resting.close()
    with connection.cursor() as cursor:
        cursor.execute("NOTIFY news")

    with resting.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone() == listening


def test_one_is_asked_when_it_was_not_for_long(
    resting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resting.cursor():
        pid = resting.connection.info.backend_pid
    resting.close()

    def heard_of_after_use() -> Any:
        resting.ensure_connection()
        resting.close()
        with connection.cursor() as cursor:
            cursor.execute("SELECT state_change FROM pg_stat_activity WHERE pid = %s", [pid])
            (when,) = cursor.fetchone() or (None,)
        return when

    first = heard_of_after_use()
    assert first is not None
    assert heard_of_after_use() == first
    monkeypatch.setattr(base, "ASKED_AGAIN_AFTER_SECONDS", 0.0)

    assert heard_of_after_use() > first


def test_a_server_that_ends_every_connection_is_not_asked_for_ever(
    resting: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(_connection: object) -> None:
        raise psycopg.OperationalError

    monkeypatch.setattr(resting.pool, "_check", dead)
    monkeypatch.setattr(resting.pool, "timeout", 1.0)

    with pytest.raises(OperationalError, match="couldn't get a connection"):
        resting.ensure_connection()
