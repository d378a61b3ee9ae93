"""What compose.yaml starts, in its order, on real servers: from the bucket to a feedback.

The commands and the variables are read out of compose.yaml and the Dockerfile. They run here, or
where ENTRY_POINTS_IN says: `make image` has them run in the image.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from resumes.sample import sample_document
from resumes.tests.pictures import half_red, upload
from tests.backing import Backing
from tests.compose import COMPOSE, command_of, environment_of
from tests.ports import free_port
from tests.processes import START_LIMIT_SECONDS, Process, wait_until
from tests.services import settings_variables

pytestmark = pytest.mark.processes

EMAIL, PASSWORD = "seeker@example.com", "a-long-passphrase"
# What somebody writes into .env.
GIVEN = {
    "SECRET_KEY": "only-for-tests-" + "abcdefgh" * 5,
    "JWT_SECRET_KEY": "y" * 50,
    "EMAIL_URL": "consolemail://",
    "POSTGRES_PASSWORD": "p" * 32,
    "REDIS_PASSWORD": "r" * 32,
    "METRICS_TOKEN": "m" * 32,
    "JOB_SWEEP_SECONDS": "1",
}
# Of one machine alone, or of the image.
NOT_OF_COMPOSE = {"ENV_FILE", "EMBEDDED", "DEBUG", "MEDIA_ROOT", "STATIC_ROOT"}


class Production:
    """The services of ours, on servers of the test's own."""

    def __init__(self, backing: Backing, folder: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._folder = folder
        self.backing = backing
        # Compose knows its servers by their names, the test by their addresses.
        variables = {**GIVEN, **backing.variables, "SITE_URL": self.url}
        self.environment = environment_of("web", variables) | backing.variables

    def run(self, words: list[str], **others: str) -> str:
        """Run a command to its end, and return what it said."""
        with self._process(words, "run", **others) as process:
            assert process.wait(START_LIMIT_SECONDS) == 0, process.words
            return process.words

    @contextmanager
    def up(self, service: str) -> Iterator[Process]:
        """Have a service run inside of the block, until it is told to stop."""
        with self._process(command_of(service, self.port), service) as process:
            yield process
            assert process.stop() == 0, process.words

    def _process(self, words: list[str], name: str, **others: str) -> Process:
        environment = {**self.environment, **others}
        prefix = shlex.split(os.environ.get("ENTRY_POINTS_IN", ""))
        if prefix:
            file = self._folder / "variables"
            lines = (f"{name}={value}\n" for name, value in environment.items())
            file.write_text("".join(lines), encoding="utf-8")
            prefix += [str(file), self.backing.socket]
            environment = dict(os.environ)
        else:
            environment |= {"ENV_FILE": os.devnull, "STATIC_ROOT": os.environ["STATIC_ROOT"]}
        return Process(self._folder / f"{name}.log", [*prefix, *words], environment)


@pytest.fixture
def production(tmp_path: Path) -> Iterator[Production]:
    with Backing() as backing:
        yield Production(backing, tmp_path)


def test_every_variable_reaches_the_services() -> None:
    for service in ("web", "worker", "beat", "migrate", "bucket"):
        declared = COMPOSE["services"][service]["environment"].keys()

        assert set(settings_variables()) - declared == NOT_OF_COMPOSE


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate", "bucket"])
def test_services_may_do_no_more_than_they_must(service: str) -> None:
    allowed = COMPOSE["services"][service]

    assert allowed["read_only"] is True
    assert allowed["cap_drop"] == ["ALL"]
    assert allowed["security_opt"] == ["no-new-privileges:true"]


def test_a_missing_secret_stops_the_start() -> None:
    with pytest.raises(KeyError, match="POSTGRES_PASSWORD"):
        environment_of("web", {**GIVEN, "SITE_URL": "http://x", "POSTGRES_PASSWORD": ""})


def test_from_nothing_to_a_feedback(production: Production, tmp_path: Path) -> None:
    for _ in range(2):
        # Once more each time that Compose starts.
        production.run(command_of("bucket"))
        production.run(command_of("migrate"))
    with (
        production.up("web") as web,
        production.up("worker") as worker,
        production.up("beat") as beat,
        httpx2.Client(base_url=production.url, trust_env=False, timeout=30) as browser,
    ):
        wait_until(lambda: answers(browser, "/healthz"), 60)
        wait_until(lambda: answers(browser, "/readyz"), 60)
        sign_up(browser, web)
        resume, feedback = have_reviewed(browser)
        beats = "Sending due task sweep-jobs"
        wait_until(lambda: beats in beat.words, 30)
        assert f"feedback.ResumeFeedback {feedback['feedback_id']} is done" in worker.words
        assert len(production.backing.stored()) == 1
        photo = browser.get(resume["photo_url"])
        assert (photo.status_code, photo.headers["Content-Type"]) == (200, "image/jpeg")
        told = browser.get(
            "/metrics", headers={"Authorization": f"Bearer {GIVEN['METRICS_TOKEN']}"}
        )
        assert 'gaechwi_jobs{kind="feedback.ResumeFeedback",state="done"} 1.0' in told.text
        assert "gaechwi_http_requests_total" in told.text


def test_it_may_be_deployed(production: Production) -> None:
    # The schema of the API names the codes of the table.
    production.run(command_of("migrate"))

    said = production.run(
        ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        SITE_URL="https://gaechwi.example",
    )

    assert "no issues" in said


def answers(browser: httpx2.Client, path: str) -> bool:
    try:
        return browser.get(path).status_code == 200
    except httpx2.TransportError:
        return False


def sign_up(browser: httpx2.Client, web: Process) -> None:
    """Sign up as a person does, with the link that comes by mail, and get a token."""
    page = browser.get("/accounts/signup/")
    [style] = re.findall(r'href="(/static/gaechwi\.[0-9a-f]+\.css)"', page.text)
    assert browser.get(style).headers["Cache-Control"].endswith("immutable")
    form = {"email": EMAIL, "password1": PASSWORD, "consent": "on"}
    assert submit(browser, "/accounts/signup/", form).status_code == 302
    link = re.compile(r"/accounts/confirm-email/[^/\s]+/")
    wait_until(lambda: link.search(web.words), 10)
    [address] = set(link.findall(web.words))
    assert submit(browser, address, {}).status_code == 302
    signed_in = browser.post("/api/auth/token", json={"email": EMAIL, "password": PASSWORD})
    browser.headers["Authorization"] = f"Bearer {signed_in.json()['access_token']}"


def submit(browser: httpx2.Client, path: str, form: dict[str, str]) -> httpx2.Response:
    """Send the form of a page."""
    [token] = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.get(path).text))
    return browser.post(path, data={**form, "csrfmiddlewaretoken": token})


def have_reviewed(browser: httpx2.Client) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write a résumé with a photo, and have it reviewed; return both."""
    written = sample_document().model_dump(mode="json")
    body = {"title": "백엔드 개발자", "name": "김하나", "introduction": written["introduction"]}
    resume = browser.post("/api/resumes/", json=body).json()
    address = f"/api/resumes/{resume['resume_id']}"
    picture = upload(half_red())
    sent = browser.post(f"{address}/photo", files={"photo": ("a.jpg", picture, "image/jpeg")})
    assert sent.status_code in (200, 201), sent.text
    started = browser.post(f"/api/resume_feedbacks/standard/{resume['resume_id']}")
    assert started.status_code == 202, started.text
    place = started.headers["Location"]
    wait_until(lambda: browser.get(place).json()["status"] == "done", 60)
    feedback = browser.get(place).json()
    assert feedback["engine"] == "offline"
    assert feedback["feedback_contents"]
    return browser.get(address).json(), feedback
