"""A turn as server-sent events: for the page, and for programs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

from asgiref.sync import sync_to_async
from django.db import connection

from gaechwi.events import event
from gaechwi.stopping import stopping
from interviews.listening import follow
from interviews.models import InterviewTurn

# Before a program's turn is looked at again that nobody can be heard in.
PAUSE_SECONDS = 1.0


async def for_page(turn: InterviewTurn, after: str) -> AsyncIterator[str]:
    """Yield the words of a turn after a place, and "done" once they stand on its page.

    A silence cuts it off: the page asks again, and may be refused then.
    """
    if turn.is_active:
        async for heard in follow(turn.pk, after):
            if heard.words is None:
                break
            yield event(heard.words, place=heard.place)
        else:
            return
    yield event(None, name="done")


async def for_program(
    turn: InterviewTurn, after: str, result: Callable[[], tuple[str, Any]]
) -> AsyncIterator[str]:
    """Yield "words" of a turn after a place, and at the end what it came to.

    `result` gives the name and the data of the last event; it is asked once the turn is over.
    """
    place = after
    while await _in_thread(_is_active, turn.pk):
        heard_any = False
        async for heard in follow(turn.pk, place):
            heard_any = True
            if heard.words is not None:
                place = heard.place
                yield event(heard.words, name="words", place=place)
        if stopping.is_set():
            # Its client asks again, and goes on from its place at the server that comes next.
            return
        if not heard_any:
            # A comment: what stands between would hang up on a line that is silent for long.
            yield ":\n\n"
            await asyncio.sleep(PAUSE_SECONDS)
    name, data = await _in_thread(result)
    yield event(data, name=name)


def _is_active(turn_id: int) -> bool:
    return InterviewTurn.objects.filter(pk=turn_id).active().exists()


async def _in_thread(work: Callable[..., Any], *given: Any) -> Any:
    def and_close() -> Any:
        try:
            return work(*given)
        finally:
            # What waits for the next words needs no connection meanwhile.
            connection.close()

    return await sync_to_async(and_close)()
