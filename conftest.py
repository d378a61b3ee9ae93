"""What all tests share; the servers and the environment come from `tests/services.py`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from ctypes.util import find_library
from typing import Protocol

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils import translation
from playwright.sync_api import Page, sync_playwright
from pytest_django import DjangoDbBlocker

from accounts.models import User
from gaechwi.codes.models import Code
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from tests.chromium import CHROMIUM, launch


class Site(Protocol):
    """What a browser can open: a live server, or the embedded site."""

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        ...


Browse = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> Iterator[None]:
    """Collect the static files: pages name them by their hash, as in production.

    They are looked up when one is asked for: each test has a client of its own, and each client
    would read the whole folder first.
    """
    call_command("collectstatic", interactive=False, verbosity=0)
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture(scope="session", autouse=True)
def _fast_passwords() -> Iterator[None]:
    """Hash with few rounds: nearly every test makes a user."""
    with override_settings(PASSWORD_HASHERS=["tests.passwords.FewRounds"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Test SQLite as `make run` uses it, in a file: in memory, its locks are others."""
    if connection.vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(file)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Let no test see what another one left in the cache."""
    cache.clear()


@pytest.fixture(autouse=True)
def _korean() -> None:
    """Let no test go on in the language that another one's request was answered in."""
    translation.activate("ko")


@pytest.fixture
def browse() -> Browse:
    """Open a page: `with browse(site, width=360, javascript=False) as page`.

    A word of complaint in the browser's console fails the test, unless it `may_complain`: the
    content security policy says there what it stopped.
    """

    @contextmanager
    def browse(
        site: Site, width: int = 1280, javascript: bool = True, may_complain: bool = False
    ) -> Iterator[Page]:
        complaints: list[str] = []
        with sync_playwright() as playwright:
            browser = launch(playwright)
            context = browser.new_context(
                base_url=site.url,
                viewport={"width": width, "height": 800},
                locale="ko-KR",
                java_script_enabled=javascript,
            )
            context.set_default_timeout(10_000)
            page = context.new_page()
            page.on(
                "console",
                lambda message: (
                    complaints.append(message.text)
                    if message.type in ("error", "warning")
                    else None
                ),
            )
            page.on("pageerror", lambda error: complaints.append(str(error)))
            yield page
            browser.close()
        if complaints and not may_complain:
            pytest.fail(f"the browser complained: {complaints}")

    return browse


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Prepare the tests that commit, and set those aside that lack a browser or Pango."""
    for item in items:
        if _commits(item):
            # Set up first, so that it is torn down last: after the tables are truncated.
            item.fixturenames.insert(0, "_codes_again")  # type: ignore[attr-defined]
        if (
            item.get_closest_marker("pango")
            and find_library("pangoft2-1.0") is None
            and os.environ.get("CI") != "true"
        ):
            item.add_marker(
                pytest.mark.skip(f"{item.name} needs Pango: apt install libpango-1.0-0")
            )
        if (
            item.get_closest_marker("browser")
            and CHROMIUM is None
            and os.environ.get("CI") != "true"
        ):
            item.add_marker(pytest.mark.skip(f"{item.name} needs Chromium: apt install chromium"))


@pytest.fixture(scope="session")
def _codes(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[Code]:
    """Return the rows that migrations bring."""
    with django_db_blocker.unblock():
        return list(Code.objects.all())


@pytest.fixture
def _codes_again(_codes: list[Code], django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Bring these rows back after a test that commits: it truncates all tables at its end.

    Whichever test comes next finds them: a worker takes tests over from others in any order.
    """
    yield
    with django_db_blocker.unblock():
        # Where the test failed before there was a database for it, they are still there.
        Code.objects.bulk_create(_codes, ignore_conflicts=True)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    if marker is not None and marker.kwargs.get("transaction"):
        return True
    return not {"transactional_db", "live_server"}.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture
def user(db: None) -> User:
    """Someone who looks for a job."""
    user: User = User.objects.create_user("seeker@example.com", "a-long-passphrase", name="구직자")
    return user


@pytest.fixture
def other_user(db: None) -> User:
    """Someone else."""
    user: User = User.objects.create_user("other@example.com", "a-long-passphrase", name="다른이")
    return user


@pytest.fixture
def client(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def other_client(other_user: User) -> Client:
    """A browser in which `other_user` is signed in."""
    client = Client()
    client.force_login(other_user)
    return client


@pytest.fixture
def resume(user: User) -> Resume:
    """A whole résumé of a real length, of `user`."""
    return create_resume(user, sample_document())
