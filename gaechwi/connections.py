"""The connection to the database, where something else is waited for."""

from __future__ import annotations

from django.db import connection


def release_connection() -> None:
    """Let others have this thread's connection, unless a transaction needs it; it comes back."""
    if not connection.in_atomic_block:
        connection.close()
