"""Requests as the views get them."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from accounts.models import User


class UserRequest(HttpRequest):
    """A request of a signed-in user: views are closed to others unless they say otherwise."""

    user: User
    htmx: HtmxDetails


class UserApiRequest(Request):
    """A request to the API of a signed-in user."""

    user: User
