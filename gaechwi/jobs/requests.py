"""How the API starts a job: once for an idempotency key, and answered when its client wants."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from gaechwi.api.problems import Conflict
from gaechwi.api.serializers import refuse_fields, validated
from gaechwi.jobs.limits import check_rate
from gaechwi.jobs.models import Job, JobQuerySet, JobRequest
from gaechwi.jobs.waiting import preferred_wait, wait

JobT = TypeVar("JobT", bound=Job)

# What a client may say of how it wants to be answered, for the schema.
JOB_HEADERS = [
    OpenApiParameter(
        "Prefer",
        str,
        OpenApiParameter.HEADER,
        description="wait=N: answer when the job is finished, or after N seconds (60 at most).",
    ),
    OpenApiParameter(
        "Idempotency-Key",
        {"type": "string", "minLength": 1, "maxLength": 255},
        OpenApiParameter.HEADER,
        description="A request that is sent again with the same key starts no second job.",
    ),
]


def job_responses(serializer_class: type[serializers.BaseSerializer[Any]]) -> dict[int, Any]:
    """Return what `start` answers, for the schema."""
    return {
        202: OpenApiResponse(serializer_class, description="Queued: ask again at `Location`."),
        200: OpenApiResponse(serializer_class, description="Finished within the time to wait."),
    }


def start(
    request: Request,
    make: Callable[..., JobT],
    jobs: JobQuerySet[JobT],
    serializer_class: type[serializers.BaseSerializer[Any]],
    address: str,
    *,
    takes: type[serializers.Serializer[Any]] | None = None,
) -> Response:
    """Answer a request for a job: 202 with the queued job, or 200 with the finished one.

    `make` makes the job of the values that `takes` reads in the body; None takes no fields. A
    client that sends `Prefer: wait=N` is answered when it is finished, or after N seconds. With an
    `Idempotency-Key` that its user has sent before, `make` is not called and the job of that time
    is the answer. `jobs` is what the serializer reads it from, `address` the name of the endpoint
    that gives it. Raises TooManyJobs, and ValidationError for fields.
    """
    # Read first: a body that was parsed cannot be read again.
    fingerprint = hashlib.sha256(request.path.rstrip("/").encode() + b"\0" + request.body)
    if takes is None:
        refuse_fields(request)
    values = validated(takes, request.data) if takes else {}
    check_rate(request._request)
    job = _once(request, fingerprint.hexdigest(), lambda: make(**values), jobs)
    seconds = preferred_wait(request.headers.get("Prefer", ""))
    waited = wait(job, seconds)
    job = jobs.get(pk=job.pk)
    headers = {"Location": reverse(address, args=[job.pk])}
    if waited:
        headers["Preference-Applied"] = f"wait={seconds}"
    return Response(
        serializer_class(job).data,
        status=status.HTTP_202_ACCEPTED if job.is_active else status.HTTP_200_OK,
        headers=headers,
    )


def _once(
    request: Request, fingerprint: str, make: Callable[[], JobT], jobs: JobQuerySet[JobT]
) -> JobT:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return make()
    asked = JobRequest(user_id=str(request.user.pk), key=key, fingerprint=fingerprint)
    try:
        asked.clean_fields(exclude=["user", "job_id"])
    except ValidationError:
        raise serializers.ValidationError(
            {"Idempotency-Key": [_("1자에서 255자까지의 글이어야 합니다.")]}
        ) from None
    try:
        with transaction.atomic():
            # Whoever sends the same key at the same time waits here for the one before.
            asked.save()
            job = make()
            asked.job_id = job.pk
            asked.save(update_fields=["job_id"])
            return job
    except IntegrityError:
        before = JobRequest.objects.filter(user=asked.user_id, key=key).first()
        if before is None:
            raise
        if before.fingerprint != asked.fingerprint:
            raise Conflict(_("같은 Idempotency-Key로 다른 요청을 이미 보냈습니다.")) from None
        job_before = jobs.filter(pk=before.job_id).first()
        if job_before is None:
            raise Conflict(_("이 Idempotency-Key로 만든 것이 이미 지워졌습니다.")) from None
        return job_before
