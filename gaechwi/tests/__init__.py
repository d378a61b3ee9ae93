"""What tests of several apps do alike."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client


def opened(client: Client, path: str) -> dict[str, str]:
    """Return what the form of a page carries of itself."""
    return {"version": client.get(path).context["form"].version}


def fill_in(client: Client, path: str, fields: dict[str, Any], **options: Any) -> Any:
    """Open the form of a page, send it with these fields, and return the answer."""
    return client.post(path, {**opened(client, path), **fields}, **options)


def wait_until_waiting(count: int) -> None:
    """Return as soon as so many connections wait for a lock of the database."""
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(waiting)
            if cursor.fetchone()[0] >= count:
                return
            time.sleep(0.02)
    pytest.fail(f"fewer than {count} wait")
