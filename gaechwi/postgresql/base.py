"""Django's backend for PostgreSQL; it asks a pooled connection only for cause if it still lives."""

from __future__ import annotations

from collections.abc import Callable
from select import POLLIN, poll
from time import monotonic
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

import psycopg
from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base
from psycopg_pool import ConnectionPool

# A server that goes without a word, as one behind a network that forgets it, is noticed so late.
ASKED_AGAIN_AFTER_SECONDS = 5.0


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection out of a pool that asks them by `check`, and not, as Django's, each time."""

    # Django's own, which its type stubs do not know.
    _connection_pools: ClassVar[dict[str, ConnectionPool]]
    _configure_connection: Callable[[Any], None]

    @property
    def pool(self) -> ConnectionPool | None:
        """The pool of this process, not yet open."""
        options = self.settings_dict["OPTIONS"].get("pool")
        if options and self.alias not in {NO_DB_ALIAS, *self._connection_pools}:

            def check_or_renew(connection: psycopg.Connection[Any]) -> None:
                try:
                    check(connection)
                except psycopg.Error:
                    # When the server has ended one, it has ended those that rested with it. The
                    # pool would find out about one at a time, and wait longer after each; to ask
                    # them all would take as long as a network is silent.
                    pool.drain()
                    raise

            pool = ConnectionPool(
                kwargs={**self.get_connection_params(), "autocommit": True},
                open=False,
                configure=self._configure_connection,
                check=check_or_renew,
                **options,
            )
            # Of several threads that make one, the first has made it.
            self._connection_pools.setdefault(self.alias, pool)
        return self._connection_pools.get(self.alias)


_asked_at: WeakKeyDictionary[psycopg.Connection[Any], float] = WeakKeyDictionary()


def check(connection: psycopg.Connection[Any]) -> None:
    """Ask a resting connection whether it lives, if it has been told something or long not asked.

    A question for every request takes longer than a short answer. Raises OperationalError.
    """
    now = monotonic()
    asked_lately = now - _asked_at.get(connection, 0) < ASKED_AGAIN_AFTER_SECONDS
    if asked_lately and not _was_told_something(connection):
        return
    ConnectionPool.check_connection(connection)
    _asked_at[connection] = now


def _was_told_something(connection: psycopg.Connection[Any]) -> bool:
    # Nothing is said to a connection that rests, but news and good-byes.
    said = poll()
    said.register(connection.fileno(), POLLIN)
    return bool(said.poll(0))
