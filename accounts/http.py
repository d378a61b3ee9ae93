"""Requests as the views get them."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class UserRequest(HttpRequest):
    """A request of a signed-in user: views are closed to others unless they say otherwise."""

    user: User
    htmx: HtmxDetails
