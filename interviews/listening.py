"""Hearing words while they are spoken: any number of pages follow, one connection reads for all.

What `interviews.live` writes is looked for several times a second, in one request for all turns
that somebody follows. Two hundred who listen cost Redis, and this process, hardly more than one.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

import redis.asyncio
from django.conf import settings
from redis.exceptions import RedisError

from gaechwi.stopping import stopping
from interviews.live import stream_key

# Below what an eye tells from "at once", and few enough looks for 200 who listen to be cheap.
LOOK_EVERY_SECONDS = 0.05
# Who has heard nothing for so long is hung up on, and rings again: the right to listen and the
# state of the turn are then looked at anew.
QUIET_SECONDS = 10.0
# More than that in one process fall back to asking for the page.
MAX_FOLLOWERS = 500
START = "0-0"


@dataclass(frozen=True)
class Heard:
    """Words, and the place in the speech to go on after. Without words, the speech has ended."""

    place: str
    words: str | None


@dataclass
class _Speech:
    """A turn that somebody follows, as far as it was heard."""

    followers: int = 0
    heard: list[Heard] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    is_lost: bool = False

    @property
    def place(self) -> str:
        return self.heard[-1].place if self.heard else START

    def hear(self, heard: list[Heard]) -> None:
        self.heard += heard
        self._wake()

    def lose(self) -> None:
        self.is_lost = True
        self._wake()

    def _wake(self) -> None:
        waiting, self.more = self.more, asyncio.Event()
        waiting.set()


class _Line:
    """What one event loop listens to."""

    def __init__(self) -> None:
        self.speeches: dict[int, _Speech] = {}
        self._reader: asyncio.Task[None] | None = None

    def join(self, turn_id: int) -> _Speech:
        speech = self.speeches.setdefault(turn_id, _Speech())
        speech.followers += 1
        if self._reader is None or self._reader.done():
            self._reader = asyncio.create_task(self._read())
        return speech

    def leave(self, turn_id: int, speech: _Speech) -> None:
        speech.followers -= 1
        if not speech.followers and self.speeches.get(turn_id) is speech:
            del self.speeches[turn_id]

    async def _read(self) -> None:
        # Once more for whoever joined while the connection was being closed.
        while self.speeches:
            # An event loop's connections are its own.
            client: Any = redis.asyncio.Redis.from_url(
                settings.REDIS_URL, decode_responses=True, socket_timeout=2
            )
            try:
                with suppress(RedisError):
                    await self._hear(client)
                # Without Redis there is nothing to hear; when this server stops, the next one
                # goes on.
                lost, self.speeches = self.speeches, {}
                for speech in lost.values():
                    speech.lose()
            finally:
                with suppress(RedisError):
                    await client.aclose()

    async def _hear(self, client: Any) -> None:
        while self.speeches and not stopping.is_set():
            heard = await self._look(client)
            for speech, words in heard:
                speech.hear(words)
                # Passed on one after the other: all at once, they would make the pages wait.
                await asyncio.sleep(LOOK_EVERY_SECONDS / len(heard))
            if not heard:
                await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _look(self, client: Any) -> list[tuple[_Speech, list[Heard]]]:
        followed = {stream_key(turn_id): speech for turn_id, speech in self.speeches.items()}
        places = {key: speech.place for key, speech in followed.items()}
        # Whoever joined while the answer was on its way has a speech of their own, to be heard
        # from its beginning.
        return [
            (followed[key], [Heard(place, fields.get("words")) for place, fields in entries])
            for key, entries in await client.xread(places)
        ]


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, _Line] = WeakKeyDictionary()


def _line() -> _Line:
    return _lines.setdefault(asyncio.get_running_loop(), _Line())


async def follow(turn_id: int, after: str = "") -> AsyncIterator[Heard]:
    """Yield what is said of a turn after a place, "" for all of it, until it ends.

    Breaks off before the end where nothing is said for QUIET_SECONDS, where Redis is away, and
    where MAX_FOLLOWERS listen already. A place that is none counts as the beginning.
    """
    line = _line()
    if sum(speech.followers for speech in line.speeches.values()) >= MAX_FOLLOWERS:
        return
    speech = line.join(turn_id)
    told, begin = 0, _order(after)
    try:
        while True:
            more, news = speech.more, speech.heard[told:]
            told += len(news)
            for one in _joined([one for one in news if _order(one.place) > begin]):
                yield one
                if one.words is None:
                    return
            if speech.is_lost:
                return
            if not news:
                async with asyncio.timeout(QUIET_SECONDS):
                    await more.wait()
    except TimeoutError:
        return
    finally:
        line.leave(turn_id, speech)


def _joined(news: list[Heard]) -> list[Heard]:
    """Return all words that came together as one, and the end by itself."""
    words = [one for one in news if one.words is not None]
    ends = [one for one in news if one.words is None]
    joined = "".join(one.words or "" for one in words)
    return [Heard(words[-1].place, joined), *ends] if words else ends


def _order(place: str) -> tuple[int, int]:
    """Return what places are ordered by: Redis writes milliseconds, a dash and a number."""
    found = re.fullmatch(r"([0-9]{1,20})-([0-9]{1,20})", place)
    return (int(found[1]), int(found[2])) if found else (0, 0)
