"""Pages take the network a fraction of their length."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from gaechwi.api.middleware import is_api


class PageCompressionMiddleware(GZipMiddleware):
    """Compresses pages and their parts, and nothing else.

    Words that are just spoken must not wait for more of them, files are compressed in themselves,
    and what the API says is summed up for its ETag.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return the answer, compressed where it is a page and the browser takes it so."""
        kind = response.headers.get("Content-Type", "")
        if (
            response.streaming
            or not kind.startswith("text/html")
            or is_api(request)
            or _is_led_here(request)
        ):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


def _is_led_here(request: HttpRequest) -> bool:
    """Return whether another site has sent somebody here who is signed in.

    Pages repeat what stands in their address. Who chooses that and sees how long the answer is
    could guess what else stands on the page (BREACH): the bytes that Django adds at random make it
    take more guesses, no more.
    """
    is_elsewhere = request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}
    return is_elsewhere and settings.SESSION_COOKIE_NAME in request.COOKIES
