"""Whether this server lives and has what it needs: for load balancers and whoever is on call."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Lock
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_redis import get_redis_connection

logger = logging.getLogger(__name__)

LIMIT_SECONDS = 2.0
PROBES = {"/healthz", "/readyz"}


class ProbesMiddleware:
    """Answers probes before all that looks at the host: they ask by the address of the network."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe, or what there is to answer."""
        if request.path_info not in PROBES or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        # Kept with the request, as Django does: the metrics count by view.
        match = request.resolver_match = resolve(request.path_info)
        response: HttpResponseBase = match.func(request)
        return response


def _database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()


def _cache() -> None:
    # The cache itself goes on without its server, and says nothing.
    get_redis_connection("default").ping()


def _broker() -> None:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1, interval_start=0, reraise_as_library_errors=False)


def _storage() -> None:
    if bucket := settings.AWS_STORAGE_BUCKET_NAME:
        # Any: the storage's own type does not know of buckets.
        storage: Any = default_storage
        storage.connection.meta.client.head_bucket(Bucket=bucket)
        return
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError


class Check:
    """One thing that is needed. One look at a time: what hangs holds one thread and no other."""

    def __init__(self, look: Callable[[], None]) -> None:
        self._look = look
        self._lock = Lock()
        self._last: Future[float] | None = None

    def begin(self) -> Future[float]:
        """Return the milliseconds that a look takes: a new one, or one that is under way."""
        with self._lock:
            if self._last is None or self._last.done():
                self._last = _threads.submit(self._timed)
            return self._last

    def _timed(self) -> float:
        begun = time.perf_counter()
        self._look()
        return (time.perf_counter() - begun) * 1000


CHECKS = {
    "database": Check(_database),
    "cache": Check(_cache),
    "broker": Check(_broker),
    "storage": Check(_storage),
}
_threads = ThreadPoolExecutor(len(CHECKS), thread_name_prefix="readiness")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process is alive."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say of all that is needed whether it answers, and in how many milliseconds."""
    begun = time.perf_counter()
    looks = {name: check.begin() for name, check in CHECKS.items()}
    wait(looks.values(), timeout=LIMIT_SECONDS)
    checks = {}
    for name, look in looks.items():
        error = look.exception() if look.done() else TimeoutError()
        took = look.result() if error is None else (time.perf_counter() - begun) * 1000
        checks[name] = {"ok": error is None, "ms": round(took, 1)}
        if error is not None:
            logger.warning("not ready: %s (%s)", name, type(error).__name__)
    ready = all(check["ok"] for check in checks.values())
    return JsonResponse({"ok": ready, "checks": checks}, status=200 if ready else 503)
