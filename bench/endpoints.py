"""Requests per second and p99 of the API beside those of the usual architecture.

    python -m bench.endpoints

Starts PostgreSQL and Valkey, fills them, and asks this project and `bench.peer` for the same
answers, in turn and several times over: each by one process on one core, the load (wrk) and the
database on another. Before anything is timed the answers are compared. Prints the medians.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from bench.jobs import wait_for
from gaechwi.embedded import free_port
from tests.services import BASE_DIR, start_services, stop_services

# An environment of its own: `make bench` makes it.
PEER_PYTHON = BASE_DIR / ".venv-peer" / "bin" / "python"
CONNECTIONS = (1, 8, 32)
ROUNDS = 3
SECONDS = 4
SERVER_CORES, OTHER_CORES = {0}, {1}
OWN_RESUMES, OWN_POSTINGS = 40, 200
NESTED, LISTS, WRITES = 4.0, 2.0, 1.5

# How wrk asks: with the token, and a body where there is one. It prints what is read below.
SCRIPT = """
wrk.method = "%(method)s"
wrk.headers["Authorization"] = "Bearer %(token)s"
wrk.headers["Content-Type"] = "application/json"
wrk.body = %(body)s
done = function(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.status + errors.timeout
  io.write(string.format('{"requests": %%d, "microseconds": %%d, "p99": %%d, "failed": %%d}',
    summary.requests, summary.duration, latency:percentile(99), failed))
end
"""


@dataclass(frozen=True)
class Row:
    """What is asked for, and how many times as fast as the peer it is to be."""

    name: str
    path: str
    aim: float
    body: str = ""


def main() -> None:
    """Run the comparison and print it as a table."""
    wrk = shutil.which("wrk") or sys.exit("wrk is needed: apt install wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gaechwi-bench-")))
        stack.callback(stop_services)
        os.sched_setaffinity(0, OTHER_CORES)
        start_services()
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        token, rows = fill()
        os.environ["PEER_DATABASE_URL"] = address_for_peer()
        ours = stack.enter_context(served([*GUNICORN]))
        peer = stack.enter_context(served([*UVICORN]))
        for row in rows:
            compare(row, ours, peer, token)
        print("| answer | connections | peer req/s | ours | ratio | aim | peer p99 | ours |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for row in rows:
            for connections in CONNECTIONS:
                measure(row, connections, wrk, folder, token, ours, peer)


# Neither writes a line for each request, and ours counts none for its metrics.
UNLOGGED = ("--config=/dev/null", "--worker-class=asgi", "--workers=1", "--log-level=warning")
GUNICORN = ("gunicorn", "gaechwi.asgi", *UNLOGGED)
UVICORN = ("uvicorn", "bench.peer:app", "--loop=uvloop", "--http=httptools", "--log-level=warning")


@contextmanager
def served(command: list[str]) -> Iterator[str]:
    """Serve by one process on one core; yield the address."""
    port = free_port()
    server, *rest = command
    python, where = sys.executable, [f"--bind=127.0.0.1:{port}", "--no-control-socket"]
    if server == "uvicorn":
        python, where = str(PEER_PYTHON), ["--host=127.0.0.1", f"--port={port}", "--no-access-log"]
    with subprocess.Popen(
        [python, "-m", server, *rest, *where],
        cwd=BASE_DIR,
        env={**os.environ, "SITE_URL": f"http://127.0.0.1:{port}"},
        preexec_fn=lambda: os.sched_setaffinity(0, SERVER_CORES),
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz" if server == "gunicorn" else f"{url}/openapi.json")
            yield url
        finally:
            process.terminate()


def address_for_peer() -> str:
    """Return the address of the database in the terms of SQLAlchemy."""
    from django.db import connection

    database = connection.settings_dict
    return f"postgresql+asyncpg://{database['USER']}@/{database['NAME']}?host={database['HOST']}"


def fill() -> tuple[str, list[Row]]:
    """Fill the database; return a token of its user, and what is asked for."""
    from accounts.models import User
    from accounts.tokens import issue
    from feedback.services import make_review, request_posting_feedback, save_review
    from gaechwi.jobs.models import JobStatus
    from postings.models import JobPosting
    from resumes.sample import sample_document
    from resumes.services import create_resume

    user = User.objects.create_user("bench@example.com")
    document = sample_document()
    for _ in range(OWN_RESUMES):
        resume = create_resume(user, document)
    JobPosting.objects.bulk_create(
        JobPosting(
            user=user, title=f"{number}번째 백엔드 개발자", requirements="- Java 경험\n" * 20
        )
        for number in range(OWN_POSTINGS)
    )
    posting = JobPosting.objects.for_user(user).first()
    if posting is None:
        raise RuntimeError("no posting")
    feedback = request_posting_feedback(resume, posting)
    save_review(feedback, make_review(feedback))
    type(feedback).objects.filter(pk=feedback.pk).update(
        status=JobStatus.DONE, finished_at=feedback.created_at
    )
    body = document.model_dump_json()
    return issue(user).access, [
        Row("résumé", f"/api/resumes/{resume.pk}", NESTED),
        Row("feedback", f"/api/resume_feedbacks/{feedback.pk}", NESTED),
        Row("résumés", "/api/resumes/?page_size=10", LISTS),
        Row("postings by title", "/api/job-postings/?title=%EB%B0%B1%EC%97%94%EB%93%9C", LISTS),
        Row("create a résumé", "/api/resumes/", WRITES, body),
    ]


def compare(row: Row, ours: str, peer: str, token: str) -> None:
    """Exit where the two do not answer the same."""
    one, other = (asked(url, row, token) for url in (ours, peer))
    for answer in (one, other):
        if row.body:
            for own in ("resume_id", "created_at", "updated_at"):
                answer.pop(own)
    if one != other:
        sys.exit(f"{row.name}: the answers differ:\n{one}\n{other}")


def asked(url: str, row: Row, token: str) -> Any:
    """Return the parsed answer of a server."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    body = row.body.encode() if row.body else None
    with urlopen(Request(f"{url}{row.path}", data=body, headers=headers)) as answer:  # noqa: S310
        return json.load(answer)


def measure(
    row: Row, connections: int, wrk: str, folder: Path, token: str, ours: str, peer: str
) -> None:
    """Load both in turn, several times over, and print the medians."""
    script = folder / "ask.lua"
    body = json.dumps(row.body, ensure_ascii=False) if row.body else "nil"
    script.write_text(
        SCRIPT % {"method": "POST" if row.body else "GET", "token": token, "body": body}
    )
    found: dict[str, list[tuple[float, float]]] = {ours: [], peer: []}
    for _ in range(ROUNDS):
        for url in (peer, ours):
            found[url].append(loaded(wrk, script, connections, f"{url}{row.path}"))
    rates = {url: median(rate for rate, _p99 in each) for url, each in found.items()}
    slow = {url: median(p99 for _rate, p99 in each) for url, each in found.items()}
    print(
        f"| {row.name} | {connections} | {rates[peer]:.0f} | {rates[ours]:.0f}"
        f" | {rates[ours] / rates[peer]:.1f} | {row.aim:g}"
        f" | {slow[peer]:.1f} ms | {slow[ours]:.1f} ms |",
        flush=True,
    )


def loaded(wrk: str, script: Path, connections: int, url: str) -> tuple[float, float]:
    """Return requests per second, and the p99 in milliseconds."""
    command = [wrk, "-t1", "--timeout=30s", f"-c{connections}", f"-d{SECONDS}s", f"-s{script}", url]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout
    match = re.search(r"\{.*\}", said)
    if match is None:
        sys.exit(f"wrk said: {said}")
    counted = json.loads(match[0])
    if counted["failed"]:
        sys.exit(f"{url}: {counted['failed']} of {counted['requests']} failed")
    return counted["requests"] / counted["microseconds"] * 1e6, counted["p99"] / 1000


if __name__ == "__main__":
    main()
