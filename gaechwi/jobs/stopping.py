"""What a worker that is told to stop does with its jobs: it finishes the short ones."""

from __future__ import annotations

import threading
from typing import Any

from django.conf import settings
from django.db import connection

from gaechwi.ai import gateway
from gaechwi.jobs import services


def hand_back_in_time(**kwargs: Any) -> None:
    """Have jobs that take longer than a stop may go on to other workers."""
    timer = threading.Timer(settings.JOB_GRACE_SECONDS, _hand_back)
    # A worker whose jobs end before need not wait for it.
    timer.daemon = True
    timer.start()


def _hand_back() -> None:
    try:
        services.hand_back()
    finally:
        connection.close()
        gateway.hang_up()
