"""Connections that rest in the pool, while the server ends them or has news."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

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


def test_one_that_the_server_has_ended_is_given_to_nobody(resting: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert all(ended for (ended,) in cursor.fetchall())

    with resting.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


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
