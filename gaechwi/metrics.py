"""What Prometheus is told: requests as the web processes count them, jobs as their rows say."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import MiddlewareNotUsed
from django.db.models import Count, F, Min, Q, Sum
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from gaechwi.away import DATABASE_AWAY
from gaechwi.jobs.models import ACTIVE, JobQuerySet, JobStatus, job_models

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
# Of jobs that ended, so many minutes are told: a scrape costs no more for the years before.
RECENT = timedelta(minutes=5)
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)

requests = Counter(
    "gaechwi_http_requests", "Requests that were answered.", ["view", "method", "status"]
)
durations = Histogram(
    "gaechwi_http_request_duration_seconds",
    "Time until an answer began.",
    ["view", "method"],
    buckets=SECONDS,
)


class RequestMetricsMiddleware:
    """Counts requests by view, method and class of status: by nothing that a client may choose."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> HttpResponseBase | Awaitable[HttpResponseBase]:
        """Answer a request, and count it."""
        if self.is_async:
            return self._answer_later(request)
        begun = time.perf_counter()
        response: HttpResponseBase = self.get_response(request)
        _count(request, response, time.perf_counter() - begun)
        return response

    async def _answer_later(self, request: HttpRequest) -> HttpResponseBase:
        begun = time.perf_counter()
        response: HttpResponseBase = await self.get_response(request)
        _count(request, response, time.perf_counter() - begun)
        return response


def _count(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    match = request.resolver_match
    view = match.view_name if match else "-"
    method = request.method if request.method in METHODS else "other"
    requests.labels(view, method, f"{response.status_code // 100}xx").inc()
    durations.labels(view, method).observe(seconds)


class JobCollector:
    """Reads the jobs in hand and those that ended lately, with one query for each kind."""

    def collect(self) -> Iterator[Metric]:
        """Yield what there is to tell of jobs and of the model."""
        jobs = GaugeMetricFamily(
            "gaechwi_jobs",
            "Jobs that wait or run, and those that ended in the last 5 minutes.",
            labels=["kind", "state"],
        )
        oldest = GaugeMetricFamily(
            "gaechwi_oldest_queued_job_seconds",
            "How long the first in line waits.",
            labels=["kind"],
        )
        calls, tokens, seconds = (
            GaugeMetricFamily(f"gaechwi_recent_model_{name}", words, labels=["kind", *more])
            for name, words, more in (
                ("calls", "Calls of the model by jobs that ended in the last 5 minutes.", ()),
                ("tokens", "Their tokens.", ("direction",)),
                ("seconds", "The time that they took.", ()),
            )
        )
        try:
            found = [(model, list(recent_jobs(JobQuerySet(model)))) for model in job_models()]
        except DATABASE_AWAY:
            # What this server has counted itself is wanted then most of all.
            return
        for model, rows in found:
            kind = model._meta.label
            states = {row["status"]: row for row in rows}
            for state in JobStatus.values:
                jobs.add_metric([kind, state], states.get(state, {}).get("count", 0))
            waiting = states.get(JobStatus.QUEUED, {}).get("age") or timedelta()
            oldest.add_metric([kind], waiting.total_seconds())
            ended = [states[state] for state in states.keys() - set(ACTIVE)]
            calls.add_metric([kind], sum(row["calls"] for row in ended))
            tokens.add_metric([kind, "prompt"], sum(row["prompt"] for row in ended))
            tokens.add_metric([kind, "completion"], sum(row["completion"] for row in ended))
            seconds.add_metric([kind], sum(row["latency"] for row in ended) / 1000)
        yield from (jobs, oldest, calls, tokens, seconds)


def recent_jobs(jobs: JobQuerySet[Any]) -> Any:
    """Return how many jobs are in which state; each half of the condition has its index."""
    return (
        jobs.filter(
            Q(status__in=ACTIVE)
            | Q(finished_at__isnull=False, finished_at__gt=timezone.now() - RECENT)
        )
        .order_by()
        .values("status")
        .annotate(
            count=Count("pk"),
            age=Now() - Min("created_at"),
            calls=Sum(F("model_calls")),
            prompt=Sum(F("prompt_tokens")),
            completion=Sum(F("completion_tokens")),
            latency=Sum(F("latency_ms")),
        )
    )


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell Prometheus, which knows the token, what there is to know."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(
        request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    ):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    # In the folder that gunicorn.conf.py makes: what all processes of this server have counted.
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    registry.register(JobCollector())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
