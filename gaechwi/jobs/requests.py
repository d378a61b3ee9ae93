"""How the API starts a job: once for an idempotency key, and answered when its client wants."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from gaechwi.api.problems import Conflict
from gaechwi.api.serializers import refuse_fields, validated
from gaechwi.jobs.limits import check_rate
from gaechwi.jobs.models import Job, JobRequest
from gaechwi.jobs.services import RequestRefusedError
from gaechwi.jobs.waiting import preferred_wait, wait

ModelT = TypeVar("ModelT", bound=Model)

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


def _itself(job: Job) -> Job:
    return job


def start(
    request: Request,
    make: Callable[..., ModelT],
    rows: QuerySet[ModelT],
    serializer_class: type[serializers.BaseSerializer[Any]],
    address: str,
    *,
    takes: type[serializers.Serializer[Any]] | None = None,
    job_of: Callable[[Any], Job] = _itself,
) -> Response:
    """Answer a request for a job: 202 with what is queued, or 200 with what is finished.

    `make` makes the row that is answered: the job itself, or one that `job_of` tells the job of;
    `once` says how it is called, and what is raised. A client that sends `Prefer: wait=N` is
    answered when the job is finished, or after N seconds. `rows` is what the serializer reads the
    row from, `address` the name of the endpoint that gives it.
    """
    made = once(request, make, rows, takes=takes)
    headers = wait_as_preferred(request, job_of(made))
    made = get_object_or_404(rows, pk=made.pk)
    return Response(
        serializer_class(made).data,
        status=status.HTTP_202_ACCEPTED if job_of(made).is_active else status.HTTP_200_OK,
        headers={"Location": reverse(address, args=[made.pk]), **headers},
    )


def once(
    request: Request,
    make: Callable[..., ModelT],
    rows: QuerySet[ModelT],
    *,
    takes: type[serializers.Serializer[Any]] | None = None,
) -> ModelT:
    """Return the row that `make` makes, one of `rows`, which a job does.

    `make` is given the values that `takes` reads in the body; None takes no fields. With an
    `Idempotency-Key` that its user has sent before, `make` is not called and the row of that time
    is the answer. Raises TooManyJobs, ValidationError for the fields and for a key that is none,
    UnsupportedMediaType for a body that is no JSON, and Conflict where `make` refuses, where the
    key came with another request, and where the row of that time is gone.
    """
    # Read first: a body that was parsed cannot be read again.
    fingerprint = hashlib.sha256(request.path.rstrip("/").encode() + b"\0" + request.body)
    if takes is None:
        refuse_fields(request)
    values = validated(takes, request.data) if takes else {}
    check_rate(request._request)
    try:
        return _once(request, fingerprint.hexdigest(), lambda: make(**values), rows)
    except RequestRefusedError as refusal:
        raise Conflict(str(refusal.message)) from None


def _once(
    request: Request, fingerprint: str, make: Callable[[], ModelT], rows: QuerySet[ModelT]
) -> ModelT:
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
            made = make()
            asked.job_id = made.pk
            asked.save(update_fields=["job_id"])
            return made
    except IntegrityError:
        before = JobRequest.objects.filter(user=asked.user_id, key=key).first()
        if before is None:
            raise
        if before.fingerprint != asked.fingerprint:
            raise Conflict(_("같은 Idempotency-Key로 다른 요청을 이미 보냈습니다.")) from None
        made_before = rows.filter(pk=before.job_id).first()
        if made_before is None:
            raise Conflict(_("이 Idempotency-Key로 만든 것이 이미 지워졌습니다.")) from None
        return made_before


def wait_as_preferred(request: Request, job: Job, unasked: int = 0) -> dict[str, str]:
    """Wait for a job as long as a client prefers; return the header that says that it was.

    Who has no preference waits for `unasked` seconds.
    """
    asked = preferred_wait(request.headers.get("Prefer", ""))
    waited = wait(job, unasked if asked is None else asked)
    return {"Preference-Applied": f"wait={asked}"} if waited and asked else {}
