"""Server-sent events: an answer that is sent piece by piece, while its words come into being."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from random import randint
from typing import Any

from django.http import StreamingHttpResponse

CONTENT_TYPE = "text/event-stream"
# One event as OpenAPI describes it; `data` is JSON.
EVENT_SCHEMA = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "event", "data")},
}
# Whoever is cut off asks again after so long, not all in the same moment.
RETRY_MILLISECONDS = (1000, 3000)


def event(data: Any, *, name: str = "", place: str = "") -> str:
    """Return one event: data that goes as JSON, its name, and the place to go on after."""
    lines = [f"data: {json.dumps(data, ensure_ascii=False)}"]
    if name:
        lines.insert(0, f"event: {name}")
    if place:
        lines.insert(0, f"id: {place}")
    return "\n".join(lines) + "\n\n"


class EventStreamResponse(StreamingHttpResponse):
    """Sends events as they come; what answers holds no database connection meanwhile."""

    def __init__(self, events: AsyncIterator[str]) -> None:
        super().__init__(_begun(events), content_type=f"{CONTENT_TYPE}; charset=utf-8")
        self["Cache-Control"] = "no-store"
        # nginx would gather the words and send them all at once.
        self["X-Accel-Buffering"] = "no"


async def _begun(events: AsyncIterator[str]) -> AsyncIterator[bytes]:
    # The first bytes show the client that it is heard.
    retry = f"retry: {randint(*RETRY_MILLISECONDS)}\n\n"  # noqa: S311 nobody gains by guessing it
    yield retry.encode()
    async for one in events:
        # Django would look up the charset for each.
        yield one.encode()
