"""The entry point of the web server.

Pages and the API are answered by a bounded number of threads. What is sent while it comes into
being is sent by the event loop: hundreds may listen, and the threads stay free for the rest.
"""

from __future__ import annotations

import gc
import os
import re
from importlib import import_module
from typing import Any

import django
from django.conf import settings

from gaechwi.handlers import StreamHandler, ThreadedHandler
from gaechwi.request_ids import RequestIds

THREADS = 16
# So many streams begin at once, each with a session and a row to be read: after a restart of the
# server all who listened ask again in the same moment.
BEGINNING = 8
_STREAMS = re.compile(
    r"GET /interviews/[0-9]+/words/[0-9]+/"
    r"|GET /api/interviews/[0-9]+/?"
    r"|POST /api/interviews/[0-9]+/conversations/?"
)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaechwi.settings")

django.setup(set_prefix=False)
# With all views, which the first request would have to wait for.
import_module(settings.ROOT_URLCONF)
streams = StreamHandler(BEGINNING, max_body=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
# Enough for views to say themselves what they take no longer.
threads = ThreadedHandler(THREADS, max_body=5 * settings.MAX_IMPORT_BYTES)
# What stands now stays as long as the process. To look through it for garbage again and again held
# every page up for tenths of a second (bench.streams).
gc.freeze()


async def _answer(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close"})
        return
    await (streams if _asks_for_stream(scope) else threads)(scope, receive, send)


application = RequestIds(_answer, behind_proxy=settings.BEHIND_PROXY)


def _asks_for_stream(scope: Any) -> bool:
    if scope["type"] != "http" or not _STREAMS.fullmatch(f"{scope['method']} {scope['path']}"):
        return False
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept")
    # Who takes both is given JSON, for which a request may wait: not in the place of a stream.
    return b"text/event-stream" in accepted and b"application/json" not in accepted
