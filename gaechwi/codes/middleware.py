from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from gaechwi.codes.models import Code


class CodesMiddleware:
    """Reads the codes once for a request: a page names dozens, and each look asks the cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        with Code.objects.read_once():
            return self.get_response(request)
