"""The web server's own lines, one for each request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from gunicorn.glogging import Logger

from gaechwi.logs import without_secrets


def client_of(environ: dict[str, Any]) -> str:
    """Return the address of whoever sent a request: behind a proxy, what the proxy says of it."""
    # gunicorn's first process loads this module, without any application.
    from allauth.core.internal.httpkit import get_client_ip

    request = HttpRequest()
    request.META = environ
    return get_client_ip(request) or str(environ["REMOTE_ADDR"])


class AccessLog(Logger):  # type: ignore[misc]
    """Says of each request what was asked, without its query, and how it was answered."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: Any) -> None:
        """Write down a request that was answered."""
        path = without_secrets(environ["PATH_INFO"])
        self.access_log.info(
            "%s %s %s",
            environ["REQUEST_METHOD"],
            path,
            resp.status,
            extra={
                "client": client_of(environ),
                "method": environ["REQUEST_METHOD"],
                "path": path,
                "status": resp.status,
                "bytes": resp.sent,
                "duration_ms": round(
                    request_time.seconds * 1e3 + request_time.microseconds / 1e3, 1
                ),
            },
        )
