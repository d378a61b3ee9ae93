"""Words on the page while they are spoken: what is followed, by whom, and from where on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient, Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from interviews import listening
from interviews.listening import Heard, follow
from interviews.live import Voice, stream_key
from interviews.models import Interview, InterviewTurn
from interviews.tests.held import asked, begun
from resumes.models import Resume

_turns = count(1_000_000_000)


@pytest.fixture
def voice() -> Voice:
    """The right to speak a turn that nobody else has spoken."""
    voice, _before = Voice.take(next(_turns), uuid4())
    return voice


async def said(heard: AsyncIterator[Heard]) -> list[str | None]:
    return [one.words async for one in heard]


def test_words_are_heard_as_they_are_spoken(voice: Voice) -> None:
    async def listen() -> list[str | None]:
        heard: list[str | None] = []
        async for one in follow(voice.turn_id):
            # The next word is spoken once this one was heard: nothing waits for the end.
            heard.append(one.words)
            if len(heard) == 1:
                await asyncio.to_thread(voice.say, "하세요. ")
            elif len(heard) == 2:
                await asyncio.to_thread(voice.end)
        return heard

    voice.say("안녕")

    assert asyncio.run(asyncio.wait_for(listen(), 10)) == ["안녕", "하세요. ", None]


def test_what_came_together_is_told_together(voice: Voice) -> None:
    for word in ("하나 ", "둘 ", "셋"):
        voice.say(word)
    voice.end()

    assert asyncio.run(said(follow(voice.turn_id))) == ["하나 둘 셋", None]


def test_who_was_cut_off_goes_on_where_it_stopped(voice: Voice) -> None:
    async def listen() -> tuple[list[str | None], list[str | None]]:
        first = follow(voice.turn_id)
        heard = await anext(first)
        await first.aclose()  # type: ignore[attr-defined]
        await asyncio.to_thread(voice.say, "둘")
        await asyncio.to_thread(voice.end)
        # Beside one who hears it all from the beginning.
        rest, everything = await asyncio.gather(
            said(follow(voice.turn_id, heard.place)), said(follow(voice.turn_id))
        )
        return rest, everything

    voice.say("하나 ")
    rest, everything = asyncio.run(listen())

    assert rest == ["둘", None]
    assert everything == ["하나 둘", None]


def test_who_comes_while_the_connection_closes_is_heard(
    voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    closing = asyncio.Event()
    close = AsyncRedis.aclose

    async def close_slowly(client: AsyncRedis) -> None:
        closing.set()
        await asyncio.sleep(0.1)
        await close(client)

    async def listen() -> list[str | None]:
        first = follow(voice.turn_id)
        await anext(first)
        await first.aclose()  # type: ignore[attr-defined]
        await closing.wait()
        return await said(follow(voice.turn_id))

    monkeypatch.setattr(AsyncRedis, "aclose", close_slowly)
    voice.say("하나")
    voice.end()

    assert asyncio.run(asyncio.wait_for(listen(), 5)) == ["하나", None]


@pytest.mark.parametrize("place", ["", "x", "-", "0-0", "9" * 50, "１-１", "0-0\r\nXADD"])
def test_a_place_that_is_none_is_the_beginning(voice: Voice, place: str) -> None:
    voice.say("하나")
    voice.end()

    assert asyncio.run(said(follow(voice.turn_id, place))) == ["하나", None]


def test_many_listen_by_one_connection(voice: Voice, settings: Settings) -> None:
    redis = Redis.from_url(settings.REDIS_URL)

    def clients() -> int:
        # Other test processes have databases of their own on the same server.
        own = str(redis.get_connection_kwargs()["db"])
        return sum(client["db"] == own for client in redis.client_list())

    async def listen() -> tuple[int, list[list[str | None]]]:
        before = await asyncio.to_thread(clients)
        listeners = [asyncio.create_task(said(follow(voice.turn_id))) for _ in range(50)]
        await asyncio.sleep(listening.LOOK_EVERY_SECONDS * 2)
        more = await asyncio.to_thread(clients) - before
        await asyncio.to_thread(voice.end)
        return more, await asyncio.gather(*listeners)

    voice.say("하나")
    connections, heard = asyncio.run(listen())

    assert heard == [["하나", None]] * 50
    assert connections <= 1


def test_who_listens_no_more_is_forgotten(voice: Voice) -> None:
    async def listen() -> int:
        voices = [follow(voice.turn_id + number) for number in range(3)]
        waiting = [asyncio.ensure_future(anext(one)) for one in voices]
        await asyncio.sleep(0)
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return len(listening._line().speeches)

    assert asyncio.run(listen()) == 0


def test_a_silence_breaks_off(voice: Voice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "QUIET_SECONDS", 0.2)
    voice.say("하나")

    assert asyncio.run(said(follow(voice.turn_id))) == ["하나"]


def test_without_redis_it_breaks_off(voice: Voice, settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert asyncio.run(said(follow(voice.turn_id))) == []


def test_more_than_may_listen_are_turned_away(
    voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "MAX_FOLLOWERS", 2)

    async def listen() -> list[list[str | None]]:
        listeners = [asyncio.create_task(said(follow(voice.turn_id))) for _ in range(3)]
        await asyncio.sleep(0)
        await asyncio.to_thread(voice.end)
        return await asyncio.gather(*listeners)

    assert asyncio.run(listen()) == [[None], [None], []]


# The address of the words


def address(turn: InterviewTurn) -> str:
    return reverse("interviews:words", args=[turn.interview_id, turn.pk])


def turn_of(interview: Interview) -> InterviewTurn:
    turn = interview.turns.last()
    assert turn is not None
    return turn


async def events(client: AsyncClient, turn: InterviewTurn, **headers: str) -> list[str]:
    response = await client.get(address(turn), headers={"Accept-Encoding": "gzip", **headers})
    assert response.status_code == 200
    # What compresses it holds back what is said until there is more.
    assert "Content-Encoding" not in response.headers
    assert response["Content-Type"].startswith("text/event-stream")
    assert response["Cache-Control"] == "no-store"
    body = b"".join([part async for part in response]).decode()  # type: ignore[attr-defined]
    retry, *blocks = body.split("\n\n")
    assert retry.startswith("retry: ")
    return [block for block in blocks if block]


@pytest.mark.django_db(transaction=True)
def test_a_turn_is_heard_as_events(
    resume: Resume, async_client: AsyncClient, settings: Settings
) -> None:
    turn = turn_of(begun(resume))
    voice, _before = Voice.take(turn.pk, uuid4())
    voice.say("첫 줄\n둘째 줄")
    voice.end()
    redis = Redis.from_url(settings.REDIS_URL, decode_responses=True)
    heard: Any = redis.xrange(stream_key(turn.pk))
    place = heard[0][0]

    async def listen() -> tuple[list[str], list[str]]:
        await sync_to_async(async_client.force_login)(resume.user)
        return (
            await events(async_client, turn),
            await events(async_client, turn, **{"Last-Event-ID": place}),
        )

    everything, rest = asyncio.run(listen())

    words = json.dumps("첫 줄\n둘째 줄", ensure_ascii=False)
    done = "event: done\ndata: null"
    assert everything == [f"id: {place}\ndata: {words}", done]
    assert rest == [done]


@pytest.mark.django_db(transaction=True)
def test_a_finished_turn_is_done_at_once(resume: Resume, async_client: AsyncClient) -> None:
    turn = InterviewTurn.objects.get(interview=asked(resume))

    async def listen() -> list[str]:
        await sync_to_async(async_client.force_login)(resume.user)
        return await events(async_client, turn)

    assert asyncio.run(listen()) == ["event: done\ndata: null"]


@pytest.mark.django_db
def test_nobody_else_hears_them(client: Client, other_client: Client, resume: Resume) -> None:
    turn = turn_of(begun(resume))

    assert Client().get(address(turn)).status_code == 302
    assert other_client.get(address(turn)).status_code == 404
    assert client.get(reverse("interviews:words", args=[turn.interview_id, 0])).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_listening_costs_a_constant_number_of_queries(
    client: Client, resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    turn = turn_of(begun(resume))
    client.get(reverse("interviews:list"))

    with django_assert_num_queries(2):
        client.get(address(turn))
