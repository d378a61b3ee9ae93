"""The web server's own lines, one for each request."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from gaechwi.logs import without_secrets


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
                "client": environ["REMOTE_ADDR"],
                "method": environ["REQUEST_METHOD"],
                "path": path,
                "status": resp.status,
                "bytes": resp.sent,
                "duration_ms": round(
                    request_time.seconds * 1e3 + request_time.microseconds / 1e3, 1
                ),
            },
        )
