"""The entry point of the web server.

Pages and the API are answered by a bounded number of threads. What is sent while it comes into
being is sent by the event loop: hundreds may listen, and the threads stay free for the rest.
"""

from __future__ import annotations

import re
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

from gaechwi.wsgi import application as wsgi

THREADS = 16
_STREAMING_PATH = re.compile(r"/(?:api/)?interviews/")

streams = get_asgi_application()
# Any: the two packages write the types of WSGI down differently.
pages: Any = wsgi
threads = WSGIMiddleware(pages, workers=THREADS)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer a request; the types are those of the ASGI specification."""
    await (streams if _asks_for_stream(scope) else threads)(scope, receive, send)


def _asks_for_stream(scope: Any) -> bool:
    if scope["type"] != "http" or not _STREAMING_PATH.match(scope["path"]):
        return False
    accepted = [value for name, value in scope["headers"] if name == b"accept"]
    return any(b"text/event-stream" in value for value in accepted)
