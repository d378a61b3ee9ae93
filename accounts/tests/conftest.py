from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture
def client() -> Client:
    """Return the browser of somebody who has not signed in."""
    return Client()


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Settings) -> None:
    """Hash with few rounds: these tests sign in hundreds of times."""
    settings.PASSWORD_HASHERS = ["accounts.tests.people.FewRounds"]
