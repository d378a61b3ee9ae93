from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware import http
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _

from accounts.authentication import TokenAuthentication, token_of
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

    Django would answer by a redirect, in which clients lose the body of a POST. What is found is
    kept as the request's `resolver_match`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the path that exists."""
        path = request.path_info
        if is_api(request):
            other = path[:-1] if path.endswith("/") else f"{path}/"
            for candidate in (path, other):
                try:
                    request.resolver_match = resolve(candidate)
                except Resolver404:
                    continue
                request.path_info = candidate
                break
        return self.get_response(request)


class ProgramsMiddleware:
    """Leads programs straight to their view, past what serves browsers: sessions, forms, pages.

    Programs bring a token, and what it opens asks for nothing else. Their answers are data, in
    which no browser is to find anything to run or to frame.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a program, or let a browser be answered."""
        match = request.resolver_match
        if match is None or not _opened_by_token(match) or token_of(request) is None:
            return self.get_response(request)
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        response.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        # Nobody else's, and asked for anew each time: the ETag says whether it is still the same.
        response.setdefault("Cache-Control", "private, no-cache")
        # The REST framework leaves this to what is passed here.
        return response.render() if isinstance(response, SimpleTemplateResponse) else response


def _opened_by_token(match: ResolverMatch) -> bool:
    view = getattr(match.func, "cls", None)
    return TokenAuthentication in getattr(view, "authentication_classes", ())
