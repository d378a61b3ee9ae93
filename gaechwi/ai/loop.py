"""The event loop that carries all calls of a process. It knows no client.

Only a cancelled coroutine stops for certain: a time limit on reads alone is outlived by a server
that sends a byte now and then, and by the client's own pauses between retries.
"""

from __future__ import annotations

import asyncio
import os
import threading

_lock = threading.Lock()
# By process: a forked worker inherits a loop, but not the thread that ran it.
_loops: dict[int, asyncio.AbstractEventLoop] = {}


def shared_loop() -> asyncio.AbstractEventLoop:
    """Return this process's loop; the first call starts it."""
    process = os.getpid()
    with _lock:
        if process not in _loops:
            loop = _loops[process] = asyncio.new_event_loop()
            name = f"ai-gateway-{process}"
            threading.Thread(target=loop.run_forever, name=name, daemon=True).start()
        return _loops[process]


def cancel_all() -> None:
    """Cancel what the loop carries, if there is one; whoever waits for it hears CancelledError."""
    loop = _loops.get(os.getpid())
    if loop is None:
        return

    def cancel() -> None:
        for task in asyncio.all_tasks(loop):
            task.cancel()

    loop.call_soon_threadsafe(cancel)
