"""Django's backend for PostgreSQL; it asks a pooled connection only for cause if it still lives."""

from __future__ import annotations

from select import POLLIN, poll
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from django.utils.asyncio import async_unsafe
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection out of the pool, one that the server has ended left out.

    `CONN_HEALTH_CHECKS` would send a question for every request, and wait for the answer.
    """

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return a connection that lives, as far as this end was told."""
        while True:
            connection = super().get_new_connection(conn_params)
            if self.pool is None or _lives(connection):
                return connection
            # It is closed: the pool puts another one in its place.
            self.pool.putconn(connection)


def _lives(connection: psycopg.Connection[Any]) -> bool:
    # Nothing is said to a connection that rests, but news and good-byes.
    said = poll()
    said.register(connection.fileno(), POLLIN)
    if not said.poll(0):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except psycopg.OperationalError:
        return False
    return True
