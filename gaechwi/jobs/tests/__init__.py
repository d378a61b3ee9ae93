from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection


@contextmanager
def a_worker_doing(jobs: Any, task: Any) -> Iterator[None]:
    """Have a thread do the job that is queued within the block, if there is one."""
    is_over = threading.Event()

    def work() -> None:
        while not is_over.wait(0.01):
            if job := jobs.active().first():
                task(job.pk)
                break
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
