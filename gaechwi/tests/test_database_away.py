from __future__ import annotations

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_page_says_when_to_try_again(client: Client, error: type[Exception]) -> None:
    client.raise_request_exception = False

    def away(*_query: object) -> None:
        raise error

    with connection.execute_wrapper(away):
        page = client.get("/resumes/")

    assert (page.status_code, page["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert int(page["Retry-After"]) > 0
    assert "<main" in page.content.decode()


def test_another_error_is_ours(client: Client) -> None:
    client.raise_request_exception = False

    def broken(*_query: object) -> None:
        raise ValueError

    with connection.execute_wrapper(broken):
        page = client.get("/resumes/")

    assert page.status_code == 500
