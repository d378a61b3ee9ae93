from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def a_worker_doing(jobs: Any, task: Any) -> Iterator[None]:
    """Have a thread do the job that is queued within the block."""

    def work() -> None:
        while (job := jobs.active().first()) is None:
            time.sleep(0.01)
        task(job.pk)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    thread.join()
