"""Words while they are being spoken: written by a worker, for pages to follow.

They lie in Redis, a stream for each turn, so that neither a killed web process nor a killed worker
loses what a page has shown. Once a turn is done its words stand in the database, and what lies
here expires. Nothing is shown that does not lie here first.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import redis
from django.conf import settings

# A turn that is not done by then has failed for good.
KEEP_SECONDS = 3600

# Who speaks a turn that is deleted: a worker may still be at it.
_NOBODY = "nobody"
# Only whoever has the claim speaks: a worker that was taken for dead must not talk into it. Where
# Redis has lost everything, whoever speaks first has it: two voices would say what stands nowhere.
_SAY = """
local owner = redis.call('GET', KEYS[2])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[4])
redis.call('XADD', KEYS[1], '*', ARGV[2], ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
"""


class SilencedError(Exception):
    """Another worker has taken over: what is said now, nobody may hear."""


@dataclass(frozen=True)
class Voice:
    """A worker's right to speak a turn, as the holder of its claim."""

    turn_id: int
    claim: str

    @classmethod
    def take(cls, turn_id: int, claim: UUID | None) -> tuple[Voice, str]:
        """Take over the turn; return the voice, and what others have said of it before.

        Raises RedisError where Redis is away, and SilencedError for a turn that was deleted.
        """
        voice = cls(turn_id, str(claim))
        if _client().get(_owner(turn_id)) == _NOBODY:
            raise SilencedError
        _client().set(_owner(turn_id), voice.claim, ex=KEEP_SECONDS)
        said = _client().xrange(stream_key(turn_id))
        return voice, "".join(fields.get("words", "") for _id, fields in said)

    def say(self, words: str) -> None:
        """Let all who follow hear some words. Raises SilencedError and RedisError."""
        self._add("words", words)

    def end(self) -> None:
        """Tell all who follow that the turn stands in the database. Raises as `say` does."""
        self._add("end", "1")

    def _add(self, field: str, value: str) -> None:
        keys = [stream_key(self.turn_id), _owner(self.turn_id)]
        if not _client().eval(_SAY, 2, *keys, self.claim, field, value, str(KEEP_SECONDS)):
            raise SilencedError


def forget(turn_ids: Iterable[int]) -> None:
    """Delete the words of turns that are being deleted, and let nobody speak them any more.

    Without Redis they expire by themselves.
    """
    with suppress(redis.RedisError), _client().pipeline() as pipeline:
        for turn_id in turn_ids:
            pipeline.set(_owner(turn_id), _NOBODY, ex=KEEP_SECONDS)
            pipeline.delete(stream_key(turn_id))
        pipeline.execute()


def stream_key(turn_id: int) -> str:
    """Return under which key of Redis the words of a turn lie."""
    return f"gaechwi:turn:{turn_id}"


def _owner(turn_id: int) -> str:
    return f"gaechwi:turn:{turn_id}:claim"


@cache
def _client() -> Any:
    # As many turns as a worker has threads share a few connections: each is used for an instant.
    pool = redis.BlockingConnectionPool.from_url(
        settings.REDIS_URL,
        decode_responses=True,
        socket_timeout=5,
        max_connections=16,
        timeout=5,
    )
    # Any: the client's own types are those of all its modes at once.
    return redis.Redis(connection_pool=pool)
