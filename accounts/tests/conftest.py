from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.tests import site as site_process
from accounts.tests.google import CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, Google


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
    with site_process.serve(
        GOOGLE_CLIENT_ID=CLIENT_ID,
        GOOGLE_CLIENT_SECRET=CLIENT_SECRET,
        GOOGLE_AUTHORIZE_URL=f"{running_google.url}/oauth2/authorize",
        GOOGLE_ACCESS_TOKEN_URL=f"{running_google.url}/oauth2/token",
        GOOGLE_CERTS_URL=f"{running_google.url}/certs",
        GOOGLE_ID_TOKEN_ISSUER=running_google.url,
        GOOGLE_REDIRECT_URIS=f"http://localhost:3000/,{REDIRECT_URI}",
    ) as url:
        yield url


@pytest.fixture
def google(running_google: Google) -> Google:
    """Return the provider, behaving well."""
    running_google.reset()
    return running_google
