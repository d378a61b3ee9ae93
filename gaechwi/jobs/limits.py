"""How many jobs one may ask for: in a minute, and of the model in a day."""

from __future__ import annotations

import math
from datetime import datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException
from rest_framework.throttling import SimpleRateThrottle

from gaechwi.jobs.models import Engine, Job, JobQuerySet, JobStatus, job_models


class TooManyJobs(APIException):
    """A user has asked for more jobs than may be; after `wait` seconds another attempt makes sense.

    The API answers it as it is; pages show `message`.
    """

    status_code = HTTPStatus.TOO_MANY_REQUESTS
    default_code = "too_many_jobs"

    def __init__(self, message: str, wait: int) -> None:
        super().__init__(message)
        self.message = message
        self.wait = wait


class UserThrottle(SimpleRateThrottle):
    """Counts the requests for jobs of one user, on pages and through the API alike."""

    scope = "jobs_user"

    def get_rate(self) -> str:
        """Return the limit in the framework's words."""
        return f"{settings.JOB_REQUESTS_PER_USER}/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return where the requests of this user are counted."""
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}


class AddressThrottle(SimpleRateThrottle):
    """Counts the requests for jobs that come from one address of the network."""

    scope = "jobs_address"

    def get_rate(self) -> str:
        """Return the limit in the framework's words."""
        return f"{settings.JOB_REQUESTS_PER_ADDRESS}/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """Return where the requests of this address are counted, as the sign-in takes it."""
        return self.cache_format % {"scope": self.scope, "ident": get_ip(request)}


def check_rate(request: HttpRequest) -> None:
    """Count a request for a job, of a user or of anybody. Raises TooManyJobs past a limit."""
    throttles: list[Any] = [AddressThrottle()]
    if request.user.is_authenticated:
        throttles.append(UserThrottle())
    waits = [throttle.wait() for throttle in throttles if not throttle.allow_request(request, None)]
    if waits:
        # The framework cannot tell how long where the limit was lowered meanwhile.
        seconds = math.ceil(max(wait or 60 for wait in waits))
        too_often = _("요청이 너무 잦습니다. %(seconds)d초 뒤에 다시 시도해 주세요.")
        raise TooManyJobs(too_often % {"seconds": seconds}, seconds)


def hold_to_day(job: Job) -> None:
    """Let a job that is new in this transaction be only while its user has one left today.

    The user's row stays locked until the transaction ends, so that of two jobs at the same time
    each counts the other. Raises TooManyJobs, which must end the transaction.
    """
    if job.engine != Engine.OPENAI:
        return
    this: JobQuerySet[Job] = JobQuerySet(type(job)).filter(pk=job.pk)
    # Whoever writes a row that names the user need not wait.
    users = get_user_model()._default_manager.select_for_update(no_key=True)
    users = users.filter(pk__in=this.values(job.user_path))
    if jobs_today(users.values_list("pk", flat=True).get()) > settings.MODEL_JOBS_PER_DAY:
        none_left = _(
            "오늘 AI 모델에 맡길 수 있는 작업 %(limit)d건을 모두 쓰셨습니다."
            " 내일 0시부터 다시 맡길 수 있습니다. 실패한 작업은 세지 않습니다."
        )
        raise TooManyJobs(
            none_left % {"limit": settings.MODEL_JOBS_PER_DAY},
            math.ceil((_midnight(days=1) - timezone.now()).total_seconds()),
        )


def jobs_today(user_id: str) -> int:
    """Return how many jobs of any kind a user has had the model do since local midnight.

    Failed ones do not count, those about what was deleted since do. Work by rules costs nothing
    and is not counted.
    """
    kinds = []
    for model in job_models():
        jobs: JobQuerySet[Job] = JobQuerySet(model).exclude(status=JobStatus.FAILED)
        today = jobs.filter(engine=Engine.OPENAI, created_at__gte=_midnight())
        kinds.append(today.filter(**{model.user_path: user_id}).order_by().values_list("pk"))
    return kinds[0].union(*kinds[1:], all=True).count()


def refusal_page(request: HttpRequest, refusal: TooManyJobs) -> HttpResponse:
    """Answer on a page of its own that a job may not be asked for now."""
    response = render(request, "429.html", {"refusal": refusal.message}, status=refusal.status_code)
    return with_wait(response, refusal)


def with_wait(response: HttpResponse, refusal: TooManyJobs) -> HttpResponse:
    """Return a response that says in its header when another attempt makes sense."""
    response["Retry-After"] = str(refusal.wait)
    return response


def _midnight(days: int = 0) -> datetime:
    """Return the local midnight that today began with, or one so many days later."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
