from __future__ import annotations

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    """Return the browser of somebody who has not signed in."""
    return Client()
