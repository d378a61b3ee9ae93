from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import User
from feedback.management.commands import seed_demo
from gaechwi.embedded import BASE_DIR, kept_secrets
from tests.embedded_site import EmbeddedSite
from tests.processes import START_LIMIT_SECONDS, wait_until

processes = pytest.mark.processes


@pytest.fixture
def site(tmp_path: Path) -> Iterator[EmbeddedSite]:
    site = EmbeddedSite(tmp_path / "data")
    yield site
    for pid in site.processes():
        os.kill(pid, signal.SIGKILL)


@processes
def test_it_works(site: EmbeddedSite) -> None:
    site.start()
    site.wait_until_ready()

    assert site.url in site.words
    assert "demo@gaechwi.example / gaechwi-demo" in site.words
    assert httpx2.get(f"{site.url}/healthz", trust_env=False).status_code == 200
    assert httpx2.get(f"{site.url}/accounts/login/", trust_env=False).status_code == 200
    # 127.0.0.1, as the kernel writes it: the site, and the broker.
    assert {address.split(":")[0] for address in site.listening()} == {"0100007F"}
    assert f"0100007F:{site.port:04X}" in site.listening()

    assert site.stop() == 0
    assert "Traceback" not in site.words
    assert site.processes() == {}


@processes
def test_demo_user_gets_a_review(site: EmbeddedSite) -> None:
    browser = httpx2.Client(base_url=site.url, follow_redirects=True, trust_env=False)
    with site, browser:
        sign_in(browser)
        [resume_id] = set(re.findall(r"/resumes/(\d+)/", browser.get("/resumes/").text))
        address = post(browser, f"/feedbacks/standard/{resume_id}/").url
        status = wait_until_finished(site.data / "db.sqlite3")
        page = browser.get(address)

    assert status == ("done", "offline")
    assert page.status_code == 200
    assert "<mark" in page.text


@processes
def test_it_starts_again(site: EmbeddedSite) -> None:
    with site:
        pass
    secrets = (site.data / "env").read_text()

    with site:
        pass

    assert "No migrations to apply" in (site.data / "logs" / "setup.log").read_text()
    assert "Applying accounts.0001_initial" in (site.data / "logs" / "setup.log.1").read_text()
    assert (site.data / "env").read_text() == secrets
    assert stat.S_IMODE((site.data / "env").stat().st_mode) == 0o600


@processes
@pytest.mark.parametrize("starting", ["broker", "setup", "web"])
def test_it_stops_during_start(site: EmbeddedSite, starting: str) -> None:
    site.start()
    wait_until((site.data / "logs" / f"{starting}.log").exists, START_LIMIT_SECONDS)

    assert site.stop(signal.SIGTERM) == 0
    assert "Traceback" not in site.words
    assert site.processes() == {}


@processes
def test_it_starts_after_it_was_killed(site: EmbeddedSite) -> None:
    site.start()
    site.wait_until_ready()
    os.kill(site.pid, signal.SIGKILL)
    site.wait()

    site.start()
    site.wait_until_ready()

    assert site.stop() == 0
    assert site.processes() == {}


@processes
@pytest.mark.parametrize("name", ["broker", "web", "worker"])
def test_it_ends_when_a_process_dies(site: EmbeddedSite, name: str) -> None:
    site.start()
    site.wait_until_ready()
    commands = site.processes()
    victim = min(pid for pid, command in commands.items() if command.endswith(f" {name} "))
    os.kill(victim, signal.SIGKILL)

    assert site.wait() == 1
    assert f"({name})" in site.words
    assert site.processes() == {}


@processes
def test_one_at_a_time(site: EmbeddedSite) -> None:
    second = EmbeddedSite(site.data)
    with site:
        second.start()

        assert second.wait() == 1
        assert "이미 실행 중입니다" in second.words
        assert httpx2.get(f"{site.url}/healthz", trust_env=False).status_code == 200


@processes
def test_port_in_use(site: EmbeddedSite) -> None:
    with socket.create_server(("127.0.0.1", site.port)):
        site.start()

        assert site.wait() == 1
    assert f"포트 {site.port}" in site.words
    assert not (site.data / "logs").exists()
    assert site.processes() == {}


def test_bad_port(site: EmbeddedSite) -> None:
    environment = {**site.environment, "PORT": "eighty"}

    result = subprocess.run(
        [sys.executable, "-m", "gaechwi.embedded"],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert "PORT" in result.stdout


@pytest.mark.django_db
def test_a_folder_of_an_earlier_version_gets_what_it_lacks(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("SECRET_KEY=kept\nREDIS_PASSWORD=kept too\n")

    secrets = kept_secrets(file)

    assert (secrets["SECRET_KEY"], secrets["REDIS_PASSWORD"]) == ("kept", "kept too")
    assert len(secrets["JWT_SECRET_KEY"]) >= 32
    assert kept_secrets(file) == secrets
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_demo_account(settings: Settings) -> None:
    settings.EMBEDDED = True

    call_command("seed_demo")
    call_command("seed_demo")

    user = User.objects.get(email=seed_demo.EMAIL)
    assert user.check_password(seed_demo.PASSWORD)
    assert user.name
    assert user.emailaddress_set.get().verified
    assert user.resume_set.count() == user.jobposting_set.count() == 1


@pytest.mark.django_db
def test_no_demo_account_in_production() -> None:
    with pytest.raises(CommandError, match="embedded mode only"):
        call_command("seed_demo")

    assert not User.objects.exists()


def sign_in(browser: httpx2.Client) -> None:
    browser.get("/accounts/login/")
    post(browser, "/accounts/login/", login=seed_demo.EMAIL, password=seed_demo.PASSWORD)
    assert "sessionid" in browser.cookies


def post(browser: httpx2.Client, path: str, **fields: str) -> httpx2.Response:
    fields["csrfmiddlewaretoken"] = browser.cookies["csrftoken"]
    answer = browser.post(path, data=fields)
    assert answer.status_code == 200
    return answer


def wait_until_finished(database: Path) -> tuple[str, str]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            [row] = connection.execute("SELECT status, engine FROM feedback_resumefeedback")
        status, engine = map(str, row)
        if status in {"done", "failed"}:
            return status, engine
        time.sleep(0.2)
    raise TimeoutError("the review is not finished")
