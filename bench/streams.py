"""What interviews that stream cost the other pages, and how soon their first words are there.

    python -m bench.streams

Starts PostgreSQL, Valkey, a model server that speaks two words a second, one web process and three
workers. With 0, 50 and 200 interviews streaming at once it measures the time from the model's first
token to the first words at the listener, and how long another page takes meanwhile. The aims: the
first words within 300 ms, and the other page's p95 within 1.5 times of idle.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import chain, count
from pathlib import Path
from random import uniform
from statistics import median, quantiles
from threading import Event

from bench.jobs import wait_for
from gaechwi.embedded import free_port
from tests.services import BASE_DIR, start_services, stop_services

STREAMS = (0, 50, 200)
ROUNDS = 3
# 100 threads each: more than there are streams, however unevenly they are shared out.
WORKERS = 3
WORD_SECONDS = 0.5
WORDS = 200
# People begin one after the other.
BEGUN_A_SECOND = 10
# While this long a page is asked for again and again, at this rate.
PAGE_SECONDS = 15.0
PAGES_A_SECOND = 8
# Of what would be elsewhere.
NICENESS = 19
LIMIT_SECONDS = 120
FIRST_TOKEN = re.compile(r"[0-9]{10}\.[0-9]{3}")


@dataclass
class Measured:
    """Seconds: from first token to first words of each stream, and of each page."""

    first_words: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)


def main() -> None:
    """Run the measurement and print it as a table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gaechwi-bench-")))
        stack.callback(stop_services)
        start_services()
        model, os.environ["OPENAI_BASE_URL"] = stack.enter_context(model_server())
        os.environ["MODEL_JOBS_PER_DAY"] = str(sum(STREAMS) * ROUNDS)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from tests.workers import Worker

        for number in range(WORKERS):
            log = folder / f"worker{number}.log"
            stack.enter_context(Worker(log, DATABASE_URL=os.environ["DATABASE_URL"]))
        site = stack.enter_context(web())
        measure(site, model)


def measure(site: int, model: subprocess.Popen[bytes]) -> None:
    """Measure the levels in turn, several times over, and print the medians."""
    cookie, resume = candidate()
    with Reader(site, cookie) as reader:
        # Begun before: it shall not give way.
        os.nice(NICENESS)
        reader.read(3.0)
        rounds = all_rounds(site, model, cookie, resume, reader)
    idle = median(p95(measured.pages) for measured in rounds[0])
    print("| streams at once | first words p50 | p95 | another page p50 | p95 | ratio to idle |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for streams, measured in rounds.items():
        page_p95 = median(p95(one.pages) for one in measured)
        page_p50 = median(median(one.pages) for one in measured)
        words = "– | –"
        if streams:
            first = [median(one.first_words) for one in measured]
            words = f"{ms(median(first))} | {ms(median(p95(one.first_words) for one in measured))}"
        print(f"| {streams} | {words} | {ms(page_p50)} | {ms(page_p95)} | {page_p95 / idle:.2f} |")


def all_rounds(
    site: int, model: subprocess.Popen[bytes], cookie: str, resume: int, reader: Reader
) -> dict[int, list[Measured]]:
    """Measure the levels in turn, several times over."""
    rounds: dict[int, list[Measured]] = {streams: [] for streams in STREAMS}
    for _ in range(ROUNDS):
        for streams in STREAMS:
            rounds[streams].append(asyncio.run(one_round(site, cookie, resume, reader, streams)))
            # Nobody waits for the rest of what is said.
            model.send_signal(signal.SIGUSR1)
            wait_until_quiet()
    return rounds


async def one_round(site: int, cookie: str, resume: int, reader: Reader, streams: int) -> Measured:
    """Start so many interviews, listen to all of them, and ask for pages once all speak."""
    measured = Measured()
    heard = asyncio.Semaphore(0)
    listeners = []
    for _ in range(streams):
        path = await asyncio.to_thread(begun, resume)
        listeners.append(asyncio.create_task(listen(site, path, cookie, measured, heard)))
        await asyncio.sleep(1 / BEGUN_A_SECOND)
    async with asyncio.timeout(LIMIT_SECONDS):
        for _ in listeners:
            await heard.acquire()
        measured.pages = await asyncio.to_thread(reader.read, PAGE_SECONDS)
        over = sum(listener.done() for listener in listeners)
        if over:
            sys.exit(f"{over} of {streams} streams were over before the pages were measured")
    for listener in listeners:
        listener.cancel()
    return measured


def wait_until_quiet() -> None:
    """Wait until every interviewer has said everything."""
    from interviews.models import InterviewTurn

    while InterviewTurn.objects.active().exists():
        time.sleep(0.5)


async def listen(
    site: int, path: str, cookie: str, measured: Measured, heard: asyncio.Semaphore
) -> None:
    """Hear a turn to its end; the first word is the time at which the model said it."""
    place, words, first = "", "", True
    while True:
        reader, writer = await asyncio.open_connection("127.0.0.1", site)
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{site}\r\nCookie: {cookie}\r\n"
        head += f"Accept: text/event-stream\r\nLast-Event-ID: {place}\r\nConnection: close\r\n\r\n"
        writer.write(head.encode())
        while line := (await reader.readline()).decode():
            if line.startswith("id: "):
                place = line[4:].strip()
            words += line if first and line.startswith("data: ") else ""
            if first and (said := FIRST_TOKEN.search(words)):
                measured.first_words.append(time.time() - float(said[0]))
                heard.release()
                first = False
            if line.startswith("event: done"):
                writer.close()
                return
        writer.close()
        await asyncio.sleep(1)


class Reader:
    """Somebody who reads pages, in a process of their own that has nothing to listen to."""

    def __init__(self, site: int, cookie: str) -> None:
        command = [sys.executable, "-m", "bench.streams", "pages", str(site), cookie]
        self._process = subprocess.Popen(
            command, cwd=BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._process.terminate()
        self._process.wait()

    def read(self, seconds: float) -> list[float]:
        """Have `pages_of` done for so long, and return what it returns."""
        asked, said = self._process.stdin, self._process.stdout
        if asked is None or said is None:
            raise RuntimeError("the reader has no pipes")
        asked.write(f"{seconds}\n".encode())
        asked.flush()
        taken: list[float] = json.loads(said.readline())
        return taken


def read_on_demand(site: int, cookie: str) -> None:
    """Read pages for as many seconds as each line of the standard input says."""
    for line in sys.stdin:
        print(json.dumps(pages_of(site, cookie, float(line))), flush=True)


def pages_of(site: int, cookie: str, seconds: float) -> list[float]:
    """Ask for a page at a steady rate; return the seconds that each took."""
    connection = HTTPConnection("127.0.0.1", site, timeout=30)
    taken = []
    for number in range(int(seconds * PAGES_A_SECOND)):
        if not number:
            begin = time.perf_counter()
        due = begin + number / PAGES_A_SECOND
        time.sleep(max(0.0, due - time.perf_counter()))
        connection.request("GET", "/resumes/", headers={"Cookie": cookie})
        response = connection.getresponse()
        response.read()
        # From when it was due: who waits behind a slow page waits for it, too.
        taken.append(time.perf_counter() - due)
        if response.status != 200:
            sys.exit(f"the page answered {response.status}")
    return taken


def candidate() -> tuple[str, int]:
    """Return the session cookie of a user, and the id of their résumé."""
    from django.conf import settings
    from django.test import Client

    from accounts.models import User
    from resumes.sample import sample_document
    from resumes.services import create_resume

    user = User.objects.create_user("bench@example.com")
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}", create_resume(user, sample_document()).pk


def begun(resume_id: int) -> str:
    """Begin an interview; return the path at which its first words are heard."""
    from django.urls import reverse

    from interviews.conversing import begin
    from resumes.models import Resume

    resume = Resume.objects.get(pk=resume_id)
    choices = {"interview_type": "1", "question_count": 3, "difficulty": "normal"}
    interview = begin(resume.user, resume, None, **choices)
    return reverse("interviews:words", args=[interview.pk, interview.turns.get().pk])


@contextmanager
def web() -> Iterator[int]:
    """Serve the pages by one process, as in production; yield the port."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", "gaechwi.asgi", f"--bind=127.0.0.1:{port}"),
        *("--workers=1", "--log-level=warning"),
    ]
    site_url = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "SITE_URL": site_url}
    with subprocess.Popen(command, cwd=BASE_DIR, env=environment) as server:
        try:
            wait_for(f"{site_url}/healthz")
            yield port
        finally:
            server.terminate()


@contextmanager
def model_server() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run the model server; yield its process, which SIGUSR1 hurries on, and its address."""
    port = free_port()
    command = [sys.executable, "-m", "bench.streams", "model", str(port)]
    with subprocess.Popen(command, cwd=BASE_DIR) as server:
        try:
            url = f"http://127.0.0.1:{port}/v1"
            wait_for(f"{url}/models")
            yield server, url
        finally:
            server.terminate()


def serve_model(port: int) -> None:
    """Speak: first the time, at once, then a word every WORD_SECONDS on average, until SIGUSR1."""
    from tests.model_server import Exchange, ModelServer

    haste = [Event()]

    def hurry(_number: int, _frame: object) -> None:
        haste.append(Event())
        haste[-2].set()

    def behave(exchange: Exchange) -> None:
        # The head of the answer and its first word come without a pause; no two speak in step.
        pauses = chain([0.0, 0.0], (uniform(0.5, 1.5) * WORD_SECONDS for _ in count()))
        hurried = haste[-1]
        text = f"{time.time():.3f} " + " ".join(["그렇군요"] * WORDS)
        exchange.speak(text, before_each=lambda: hurried.wait(next(pauses)))

    signal.signal(signal.SIGUSR1, hurry)
    with ModelServer(behave, port):
        Event().wait()


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(values, n=20, method="inclusive")[-1]


def ms(seconds: float) -> str:
    """Return a time as the table shows it."""
    return f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    if sys.argv[1:2] == ["model"]:
        os.nice(NICENESS)
        serve_model(int(sys.argv[2]))
    elif sys.argv[1:2] == ["pages"]:
        read_on_demand(int(sys.argv[2]), sys.argv[3])
    else:
        main()
