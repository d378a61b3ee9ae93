"""How long 100 jobs take that each wait 10 s for the model, in one worker process.

    python -m bench.jobs

Starts PostgreSQL, Valkey, a model server in a process of its own and one worker, and prints the
makespan: from the first request to the last result. The aim is a ratio of at most 1.3 to the
model's own time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import urlopen

from gaechwi.embedded import free_port
from tests.services import BASE_DIR, start_services, stop_services

JOBS = 100
MODEL_SECONDS = 10.0
AIM = 1.3
LIMIT_SECONDS = 300


def main() -> None:
    """Run the measurement and print it as a table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gaechwi-bench-")))
        stack.callback(stop_services)
        start_services()
        os.environ["OPENAI_BASE_URL"] = stack.enter_context(slow_model())
        os.environ["MODEL_JOBS_PER_DAY"] = str(JOBS)
        print(f"| jobs at once | makespan | ratio to {MODEL_SECONDS:g} s | aim |")
        print("| ---: | ---: | ---: | ---: |")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from tests.workers import Worker

        stack.enter_context(Worker(folder / "worker.log", DATABASE_URL=os.environ["DATABASE_URL"]))
        for jobs in (1, JOBS):
            seconds = makespan(jobs)
            ratio = seconds / MODEL_SECONDS
            print(f"| {jobs} | {seconds:.1f} s | {ratio:.2f} | ≤ {AIM} |", flush=True)


@contextmanager
def slow_model() -> Iterator[str]:
    """Run a model server that takes its time, in a process of its own; yield its address."""
    port = free_port()
    command = [sys.executable, "-m", "tests.model_server", "--port", str(port)]
    with subprocess.Popen(
        [*command, "--behaviour", "slow", "--delay", str(MODEL_SECONDS)], cwd=BASE_DIR
    ) as server:
        try:
            url = f"http://127.0.0.1:{port}/v1"
            wait_for(url + "/models")
            yield url
        finally:
            server.terminate()


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


def makespan(jobs: int) -> float:
    """Return the seconds from the first of so many requests to the last result."""
    from accounts.models import User
    from feedback.models import ResumeFeedback
    from feedback.services import request_standard_feedback
    from gaechwi.jobs.models import JobStatus
    from resumes.models import Resume
    from resumes.sample import sample_document
    from resumes.services import create_resume
    from tests.workers import wait_until

    user = User.objects.create_user(f"bench-{jobs}@example.com")
    document = sample_document()
    made = [create_resume(user, document).pk for _ in range(jobs)]
    resumes = list(Resume.objects.with_sections().filter(pk__in=made))
    mine = ResumeFeedback.objects.filter(resume__user=user)
    started = time.monotonic()
    for resume in resumes:
        request_standard_feedback(resume)
    wait_until(lambda: not mine.active().exists(), LIMIT_SECONDS)
    seconds = time.monotonic() - started
    done = mine.filter(status=JobStatus.DONE).count()
    if done != jobs:
        sys.exit(f"only {done} of {jobs} jobs were done")
    return seconds


if __name__ == "__main__":
    main()
