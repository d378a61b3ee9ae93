"""Requests as the views get them, and the rows that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from accounts.models import User
from accounts.tokens import Bearer

RowT = TypeVar("RowT", bound=Model)


class UserRequest(HttpRequest):
    """A request of a signed-in user: views are closed to others unless they say otherwise."""

    user: User
    htmx: HtmxDetails


class UserApiRequest(Request):
    """A request to the API of a signed-in user."""

    user: User


class ReaderApiRequest(Request):
    """A request to the API that only reads, of a signed-in user or of who brings a token."""

    user: User | Bearer  # type: ignore[assignment]


@contextmanager
def open_rows(request: UserRequest, rows: QuerySet[RowT]) -> Iterator[QuerySet[RowT]]:
    """Give rows to get one of; where the request changes it, whoever else changes it waits."""
    if request.method != "POST":
        yield rows
        return
    with transaction.atomic():
        yield rows.select_for_update()
