from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Self, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gaechwi import request_ids


class Engine(models.TextChoices):
    """Who did the work."""

    OPENAI = "openai", _("AI 모델")
    OFFLINE = "offline", _("오프라인 검토")


class JobStatus(models.TextChoices):
    """Where a job stands: queued → running → done or failed."""

    QUEUED = "queued", _("접수됨")
    RUNNING = "running", _("진행 중")
    DONE = "done", _("완료")
    FAILED = "failed", _("실패")


class JobError(models.TextChoices):
    """Why a job failed, in words for the person who waits for it."""

    MODEL_UNAVAILABLE = (
        "model_unavailable",
        _("AI 서버에 연결할 수 없습니다. 잠시 뒤에 다시 시도해 주세요."),
    )
    MODEL_BUSY = (
        "model_busy",
        _("AI 서버에 요청이 몰려 있습니다. 몇 분 뒤에 다시 시도해 주세요."),
    )
    MODEL_TIMEOUT = (
        "model_timeout",
        _("AI 서버가 제시간에 답하지 않았습니다. 다시 시도해 주세요."),
    )
    MODEL_ANSWER_INVALID = (
        "model_answer_invalid",
        _("AI가 쓸 수 있는 답을 내놓지 못했습니다. 다시 시도해 주세요."),
    )
    MODEL_REJECTED = (
        "model_rejected",
        _("AI 서버가 요청을 거절했습니다. 설정 문제일 수 있으니 운영진에게 알려 주세요."),
    )
    INTERRUPTED = (
        "interrupted",
        _("서버가 작업을 여러 번 끝내지 못했습니다. 다시 시도해 주세요."),
    )
    INTERNAL = (
        "internal",
        _("예상하지 못한 오류가 났습니다. 다시 시도해도 같으면 운영진에게 알려 주세요."),
    )


# For how long a client may send a request again; what payment services commonly grant.
IDEMPOTENCY_TIME = timedelta(hours=24)

ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING)


JobT = TypeVar("JobT", bound="Job", covariant=True)


class JobQuerySet(models.QuerySet[JobT]):
    """Jobs of one kind."""

    def active(self) -> Self:
        """Return the jobs that wait or run."""
        return self.filter(status__in=ACTIVE)

    def is_still(self, job_id: int, status: str | None) -> bool:
        """Return whether a job has the status that its page shows.

        Open pages ask once a second: no more is read than that.
        """
        return self.filter(pk=job_id, status=status).exists()

    def overdue(self, now: datetime) -> Self:
        """Return the jobs that no worker seems to have: to be sent again, or given up.

        A waiting one whose message was never sent or may be lost, and a running one whose worker
        stopped renewing its lease.
        """
        unsent = Q(enqueued_at__isnull=True) | Q(enqueued_at__lt=now - lease_time())
        return self.filter(
            (Q(status=JobStatus.QUEUED) & unsent) | Q(status=JobStatus.RUNNING, lease_until__lt=now)
        )


def lease_time() -> timedelta:
    """Return for how long a worker has a job without renewing its claim."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Job(models.Model):
    """A row that a worker completes: the same mechanism for every kind of work.

    The row is the truth and the broker only a hint. A worker claims the row with a token of its
    own and renews the lease while it works; only the holder of the token can finish it, so a job
    that two workers got is finished once.
    """

    task_name: ClassVar[str]
    # How a query gets from the job to its user, deleted things on the way included.
    user_path: ClassVar[str]

    status = models.CharField(
        _("상태"), max_length=10, choices=JobStatus.choices, default=JobStatus.QUEUED
    )
    engine = models.CharField(_("검토자"), max_length=10, choices=Engine.choices)
    language = models.CharField(_("언어"), max_length=10, default="ko")
    error = models.CharField(_("오류"), max_length=30, choices=JobError.choices, blank=True)
    model = models.CharField(_("모델"), max_length=100, blank=True)
    prompt_version = models.CharField(_("프롬프트 버전"), max_length=50, blank=True)
    prompt_tokens = models.PositiveIntegerField(_("입력 토큰"), default=0)
    completion_tokens = models.PositiveIntegerField(_("출력 토큰"), default=0)
    model_calls = models.PositiveSmallIntegerField(_("모델 호출"), default=0)
    latency_ms = models.PositiveIntegerField(_("모델 시간(ms)"), default=0)
    attempts = models.PositiveSmallIntegerField(_("시도"), default=0)
    claim = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    enqueued_at = models.DateTimeField(null=True, editable=False)
    # What a worker logs of the job carries it, also where the job is sent again.
    request_id = models.CharField(
        _("요청 ID"),
        max_length=request_ids.MAX_LENGTH,
        blank=True,
        default=request_ids.current,
        editable=False,
    )
    created_at = models.DateTimeField(_("접수"), default=timezone.now, editable=False)
    started_at = models.DateTimeField(_("시작"), null=True, editable=False)
    finished_at = models.DateTimeField(_("끝"), null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="%(app_label)s_%(class)s_status"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ACTIVE, finished_at__isnull=True)
                | Q(status__in=(JobStatus.DONE, JobStatus.FAILED), finished_at__isnull=False),
                name="%(app_label)s_%(class)s_finished",
            ),
            models.CheckConstraint(
                condition=Q(status=JobStatus.FAILED) ^ Q(error=""),
                name="%(app_label)s_%(class)s_error",
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.RUNNING)
                | Q(claim__isnull=False, lease_until__isnull=False),
                name="%(app_label)s_%(class)s_claimed",
            ),
        ]
        indexes = [
            # The sweep reads the few jobs in hand, never the many finished ones.
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=ACTIVE),
                name="%(app_label)s_%(class)s_active",
            ),
            # The metrics read the few that ended in the last minutes.
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False),
                name="%(app_label)s_%(class)s_ended",
            ),
        ]

    @property
    def is_active(self) -> bool:
        """Whether the job waits or runs."""
        return self.status in ACTIVE

    @property
    def duration(self) -> timedelta | None:
        """How long the work took, None before it is finished."""
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at


class JobRequestQuerySet(models.QuerySet["JobRequest"]):
    """Requests that bore an idempotency key."""

    def forgotten(self, now: datetime) -> Self:
        """Return the requests so old that their keys may be used again."""
        return self.filter(created_at__lt=now - IDEMPOTENCY_TIME)


class JobRequest(models.Model):
    """A request for a job with its `Idempotency-Key`: sent again, it starts no second job."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of path and body, hexadecimal")
    # Of the row that was made: the job itself, or what it was made with.
    job_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = JobRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="job_request_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="job_request_created")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"


def job_models() -> list[type[Job]]:
    """Return every kind of job of the project."""
    return [model for model in apps.get_models() if issubclass(model, Job)]
