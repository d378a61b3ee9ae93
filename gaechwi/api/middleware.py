from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware import http
from django.urls import is_valid_path
from django.utils.translation import gettext as _

from gaechwi.api.problems import problem_response


def is_api(request: HttpRequest) -> bool:
    """Return whether a request is for the API, and not for a page."""
    return f"{request.path_info}/".startswith("/api/")


class LengthRequiredMiddleware:
    """Refuses bodies that come in pieces: Django would take them for none, and lose what they say.

    Proxies that gather them send their length along.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer 411, or what there is to answer."""
        if is_api(request) and "Transfer-Encoding" in request.headers:
            return problem_response(
                HTTPStatus.LENGTH_REQUIRED, _("보내는 내용의 길이를 Content-Length로 알려 주세요.")
            )
        return self.get_response(request)


class ConditionalGetMiddleware(http.ConditionalGetMiddleware):
    """Gives what is read an ETag, and answers 304 to who has it already.

    Pages hold a token that is another one each time, and would only be summed up for nothing.
    """

    def process_response(  # type: ignore[override]
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponseBase:
        """Return the answer, or a 304."""
        return super().process_response(request, response) if is_api(request) else response


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
