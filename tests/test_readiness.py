from __future__ import annotations

import json
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.tests.site import serve
from gaechwi.readiness import LIMIT_SECONDS, PROBES, Check
from tests.backing import Backing
from tests.processes import wait_until

NEEDED = {"database", "cache", "broker", "storage"}


@pytest.fixture(scope="module")
def backing() -> Iterator[Backing]:
    with Backing() as backing:
        backing.make_bucket()
        yield backing


@pytest.fixture(scope="module")
def site(backing: Backing, django_db_setup: None) -> Iterator[str]:
    with serve(**backing.variables) as url:
        yield url


def ask(site: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the answer of a site."""
    connection = HTTPConnection(urlsplit(site).netloc, timeout=10)
    connection.request("GET", "/readyz")
    response = connection.getresponse()
    return response.status, json.loads(response.read())


def missing(site: str) -> set[str]:
    """Return what is not ready."""
    status, answer = ask(site)
    names = {name for name, check in answer["checks"].items() if not check["ok"]}
    assert answer["ok"] is not bool(names)
    assert status == (503 if names else 200)
    return names


@pytest.mark.processes
def test_it_works(site: str) -> None:
    status, answer = ask(site)

    assert (status, answer["ok"]) == (200, True)
    assert answer["checks"].keys() == NEEDED
    for check in answer["checks"].values():
        assert check.keys() == {"ok", "ms"}
        assert 0 < check["ms"] < LIMIT_SECONDS * 1000


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(PROBES))
def test_it_needs_no_sign_in_no_https_and_no_name(path: str, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True

    for host in ("testserver", "10.0.0.1:8000", "[fd00::1]:8000", "a host, it says"):
        assert Client().get(path, headers={"host": host}).status_code == 200
    assert Client().get("/").status_code == 301


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/metrics", "/healthz/", "/readyz/more", "//healthz"])
def test_whatever_else_is_asked_by_its_name(path: str) -> None:
    assert Client().get(path, headers={"host": "10.0.0.1:8000"}).status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize("path", sorted(PROBES))
def test_it_is_only_read(path: str) -> None:
    assert Client().post(path).status_code == 405
    assert Client().post(path, headers={"host": "10.0.0.1:8000"}).status_code == 400
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403


@pytest.mark.django_db
def test_it_is_not_kept() -> None:
    assert "no-store" in Client().get("/readyz").headers["Cache-Control"]


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_no_storage(settings: Settings, tmp_path: Path) -> None:
    in_the_way = tmp_path / "media"
    in_the_way.touch()
    settings.MEDIA_ROOT = in_the_way

    checks = Client().get("/readyz").json()["checks"]

    assert [name for name, check in checks.items() if not check["ok"]] == ["storage"]


@pytest.mark.processes
def test_a_store_without_its_bucket_is_told_of(site: str, backing: Backing) -> None:
    backing.s3().delete_bucket(Bucket=backing.bucket)
    assert missing(site) == {"storage"}

    backing.make_bucket()
    assert missing(site) == set()


@pytest.mark.processes
def test_what_hangs_holds_up_nothing_else(site: str, backing: Backing) -> None:
    with backing.stalled_valkey():
        for _ in range(3):
            begun = time.monotonic()
            status, answer = ask(site)
            took = time.monotonic() - begun

            assert status == 503
            assert {name for name, check in answer["checks"].items() if check["ok"]} == {
                "database",
                "storage",
            }
            assert answer["checks"]["database"]["ms"] < 1000
            assert took < LIMIT_SECONDS + 1
    wait_until(lambda: missing(site) == set(), 10)


def test_one_look_at_a_time() -> None:
    answered = Event()
    check = Check(lambda: hang_until(answered))
    first = check.begin()
    try:
        assert check.begin() is first
    finally:
        answered.set()
    first.result(10)

    later = check.begin()

    assert later is not first
    later.result(10)


def hang_until(answered: Event) -> None:
    assert answered.wait(10)


@pytest.mark.processes
def test_what_is_gone_is_told_of_and_nothing_about_it(django_db_setup: None) -> None:
    with Backing() as backing, serve(**backing.variables) as url:
        backing.make_bucket()
        assert missing(url) == set()
        backing.valkey.stop()
        assert missing(url) == {"cache", "broker"}
        backing.store.stop()
        assert missing(url) == {"cache", "broker", "storage"}
        backing.postgres.cleanup()

        begun = time.monotonic()
        status, answer = ask(url)

        assert time.monotonic() - begun < LIMIT_SECONDS + 1
        assert status == 503
        assert answer == {
            "ok": False,
            "checks": {name: {"ok": False, "ms": answer["checks"][name]["ms"]} for name in NEEDED},
        }
