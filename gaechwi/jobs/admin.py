"""How staff look at jobs of any kind."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from gaechwi.admin import ReadOnlyAdmin
from gaechwi.jobs.models import Job

JobT = TypeVar("JobT", bound=Job)


class JobAdmin(ReadOnlyAdmin[JobT]):
    """A read-only view: status, error, tokens and time; never what the job is about."""

    job_fields: ClassVar[list[str]] = [
        "status",
        "error",
        "engine",
        "model",
        "prompt_version",
        "attempts",
        "model_calls",
        "prompt_tokens",
        "completion_tokens",
        "latency_ms",
        "created_at",
        "started_at",
        "finished_at",
        "request_id",
    ]
    list_display = [
        "pk",
        "status",
        "error",
        "engine",
        "model",
        "prompt_tokens",
        "completion_tokens",
        "latency_ms",
        "duration",
        "created_at",
    ]
    list_filter = ["status", "error", "engine", "model", "created_at"]
    date_hierarchy = "created_at"
    show_full_result_count = False
