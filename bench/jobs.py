"""What jobs take over the model's own time, one by one and many at once.

    python -m bench.jobs

Starts PostgreSQL, Valkey, the web server, a model server in a process of its own and workers.
Prints, for a model that answers at once, what a job takes from its request to its result on the
page; and for one that takes 10 s the makespan of many jobs: from the first request to the last
result, with what the workers take of memory and connections meanwhile.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

from gaechwi.embedded import free_port
from tests.services import BASE_DIR, start_services, stop_services

ONE_BY_ONE = 60
OVERHEAD_AIM_MILLISECONDS = 150
MODEL_SECONDS = 10.0
# Jobs, and the worker processes that do them.
AT_ONCE = ((1, 1), (100, 1), (1_000, 2))
THREADS = 100
AIM = 1.3
LIMIT_SECONDS = 300


def main() -> None:
    """Run the measurements and print them as two tables."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gaechwi-bench-")))
        stack.callback(stop_services)
        start_services()
        limit = str(max(jobs for jobs, _workers in AT_ONCE))
        for name in ("MODEL_JOBS_PER_DAY", "JOB_REQUESTS_PER_USER", "JOB_REQUESTS_PER_ADDRESS"):
            os.environ[name] = limit
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        from accounts.tests.site import serve

        print("| jobs one by one | p50 | p95 | aim |\n| ---: | ---: | ---: | ---: |")
        with (
            model(0) as address,
            workers(folder, 1, address),
            serve(OPENAI_BASE_URL=address) as url,
        ):
            taken = [each * 1000 for each in seconds_to_result(url, address)]
        print(
            f"| {ONE_BY_ONE} | {median(taken):.0f} ms | {quantiles(taken, n=20)[-1]:.0f} ms"
            f" | ≤ {OVERHEAD_AIM_MILLISECONDS} ms |\n"
        )
        print("| jobs at once | workers | makespan | ratio to waves | aim | memory | connections |")
        print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for jobs, processes in AT_ONCE:
            with model(MODEL_SECONDS) as address, workers(folder, processes, address) as pids:
                print(row(jobs, processes, pids, address), flush=True)


@contextmanager
def model(seconds: float) -> Iterator[str]:
    """Run a model server that takes its time, in a process of its own; yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.model_server", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--behaviour", "slow", "--delay", str(seconds)],
        cwd=BASE_DIR,
        stdout=subprocess.DEVNULL,
    ) as server:
        try:
            url = f"http://127.0.0.1:{port}/v1"
            wait_for(url + "/models")
            yield url
        finally:
            server.terminate()


@contextmanager
def workers(folder: Path, processes: int, address: str) -> Iterator[list[int]]:
    """Run workers that ask the model at an address; yield their process ids."""
    from tests.workers import Worker

    with ExitStack() as stack:
        yield [
            stack.enter_context(
                Worker(
                    folder / f"worker-{number}.log",
                    DATABASE_URL=os.environ["DATABASE_URL"],
                    OPENAI_BASE_URL=address,
                )
            ).pid
            for number in range(processes)
        ]


def wait_for(url: str) -> None:
    """Wait until an address answers."""
    limit = time.monotonic() + 30
    while True:
        try:
            urlopen(url, timeout=1).close()  # noqa: S310
        except OSError:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)
        else:
            return


def seconds_to_result(url: str, address: str) -> list[float]:
    """Ask for feedbacks on a page, one after the other, and wait for each as the page does."""
    from django.test import Client

    user, resumes = made("page", ONE_BY_ONE, address)
    client = Client()
    client.force_login(user)
    cookie = "; ".join(f"{name}={value.value}" for name, value in client.cookies.items())
    connection = HTTPConnection(urlsplit(url).netloc)

    def asked(method: str, path: str, **headers: str) -> Any:
        connection.request(method, path, headers={"Cookie": cookie, **headers})
        answer = connection.getresponse()
        return answer, answer.read().decode()

    # A cookie and the same word beside it are what a form with its hidden field is.
    token = "b" * 32
    cookie += f"; csrftoken={token}"
    taken = []
    for resume in resumes:
        started = time.monotonic()
        answer, _page = asked("POST", f"/feedbacks/standard/{resume.pk}/", **{"X-CSRFToken": token})
        address_of_page = answer.headers["Location"]
        while True:
            _answer, page = asked("GET", address_of_page)
            if not (more := re.search(r'hx-get="([^"]+)"', page)):
                break
            address_of_news = more[1].replace("&amp;", "&")
            answer, page = asked("GET", address_of_news, **{"HX-Request": "true"})
            if answer.status == 200 and "hx-get" not in page:
                break
        taken.append(time.monotonic() - started)
    return taken


def made(name: str, number: int, address: str) -> tuple[Any, list[Any]]:
    """Return a user with so many résumés, read with their sections."""
    from django.conf import settings

    from accounts.models import User
    from resumes.models import Resume
    from resumes.sample import sample_document
    from resumes.services import create_resume

    settings.OPENAI_BASE_URL = address
    user = User.objects.create_user(f"{name}@example.com")
    document = sample_document()
    for _ in range(number):
        create_resume(user, document)
    return user, list(Resume.objects.for_user(user))


def row(jobs: int, processes: int, pids: list[int], address: str) -> str:
    """Return a row of the table: so many jobs at once, by so many workers."""
    from feedback.models import ResumeFeedback
    from feedback.services import request_standard_feedback
    from gaechwi.jobs.models import JobStatus
    from tests.processes import wait_until

    user, resumes = made(f"{jobs}-jobs", jobs, address)
    mine = ResumeFeedback.objects.filter(resume__user=user)
    ended = threading.Event()
    most: dict[str, int] = {"memory": 0, "connections": 0}
    watch = threading.Thread(target=watched, args=(pids, most, ended))
    watch.start()
    started = time.monotonic()
    for resume in resumes:
        request_standard_feedback(resume)
    wait_until(lambda: not mine.active().exists(), LIMIT_SECONDS)
    seconds = time.monotonic() - started
    ended.set()
    watch.join()
    done = mine.filter(status=JobStatus.DONE).count()
    if done != jobs:
        sys.exit(f"only {done} of {jobs} jobs were done")
    waves = -(-jobs // (processes * THREADS))
    return (
        f"| {jobs:,} | {processes} | {seconds:.1f} s | {seconds / waves / MODEL_SECONDS:.2f}"
        f" | ≤ {AIM} | {most['memory'] / 1024:.0f} MB | {most['connections']} |"
    )


def watched(pids: list[int], most: dict[str, int], ended: threading.Event) -> None:
    """Note the most memory (in KB, of all workers) and the most database connections."""
    from django.db import connection

    while not ended.wait(0.5):
        memory = sum(resident(pid) for pid in pids)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend'"
            )
            (connections,) = cursor.fetchone() or (0,)
        most["memory"] = max(most["memory"], memory)
        # Its own, and that of the requests, are not the workers'.
        most["connections"] = max(most["connections"], connections - 2)
    connection.close()


def resident(pid: int) -> int:
    """Return what a process holds of the memory, in KB."""
    status = Path(f"/proc/{pid}/status").read_text()
    match = re.search(r"VmRSS:\s+(\d+)", status)
    return int(match[1]) if match else 0


if __name__ == "__main__":
    main()
