from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.tests import site as site_process
from accounts.tests.google import Google


@pytest.fixture
def client() -> Client:
    """Return the browser of somebody who has not signed in."""
    return Client()


@pytest.fixture(scope="module")
def running_google() -> Iterator[Google]:
    """Run the provider."""
    google = Google()
    with google.serve():
        yield google


@pytest.fixture(scope="module")
def site(django_db_setup: None, running_google: Google) -> Iterator[str]:
    """Run the site: allauth reads the provider's addresses once, when its process starts."""
    with site_process.serve(**running_google.settings) as url:
        yield url


@pytest.fixture
def google(running_google: Google) -> Google:
    """Return the provider, behaving well."""
    running_google.reset()
    return running_google
