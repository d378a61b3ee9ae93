from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.urls import is_valid_path


def is_api(request: HttpRequest) -> bool:
    """Return whether a request is for the API, and not for a page."""
    return request.path_info.startswith("/api/")


class TrailingSlashMiddleware:
    """Makes every path of the API work with and without a slash at its end.

    Django would answer by a redirect, in which clients lose the body of a POST.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the path that exists."""
        path = request.path_info
        if is_api(request) and not is_valid_path(path):
            other = path[:-1] if path.endswith("/") else f"{path}/"
            if is_valid_path(other):
                request.path_info = other
        return self.get_response(request)
