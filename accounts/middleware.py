from __future__ import annotations

from collections.abc import Callable

from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.adapters import ask_who_it_is


class ReauthenticationMiddleware:
    """Asks who it is before what cannot be undone, and then leads back there; below allauth's.

    That one keeps what was asked for in the session, and does it once the password is given:
    whoever has the session, too, could leave something there for the password to carry out, and a
    password that was being set would lie there in clear.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Send somebody to where they show who they are."""
        if isinstance(exception, ReauthenticationRequired):
            return ask_who_it_is(request, request.get_full_path())
        return None
