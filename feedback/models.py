from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Count, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from feedback.matching.result import Part
from feedback.schemas import Division
from gaechwi.codes.fields import CodeField
from gaechwi.jobs.models import ACTIVE, Engine, Job, JobQuerySet, JobStatus
from postings.document import PostingDocument
from postings.models import JobPosting
from resumes.document import ResumeDocument, Section
from resumes.models import Resume

DOUBLE_CLICK = timedelta(seconds=2)


class ResumeFeedbackQuerySet(JobQuerySet["ResumeFeedback"]):
    """Feedbacks on résumés."""

    def for_user(self, user: User) -> Self:
        """Return the feedbacks on the résumés of a user, those on deleted ones left out."""
        return self.filter(resume__user=user, resume__is_active=True)

    def for_lists(self) -> Self:
        """Return the feedbacks with the names and counts that a list shows, without their words.

        `posting_title` is what the posting was called when it was asked for, and `posting_deleted`
        whether it has been deleted since.
        """
        return (
            self.select_related("resume")
            .only("posting_id", "status", "engine", "matching_rate", "created_at", "resume__title")
            .annotate(
                posting_title=KT("posting_snapshot__title"),
                posting_deleted=Q(posting__is_active=False),
                remark_count=Count("contents"),
            )
            # Grouped rows have no order of their own.
            .order_by("-created_at", "-feedback_id")
        )

    def for_api(self) -> Self:
        """Return the feedbacks with their remarks, and without what they were made of."""
        return self.defer("resume_snapshot", "posting_snapshot").prefetch_related("contents")

    def already_asked(
        self, resume_snapshot: dict[str, Any], posting_snapshot: dict[str, Any] | None = None
    ) -> Self:
        """Return the feedbacks that another one on these words would only repeat.

        One in hand, or one that was done before the second click of a double click.
        """
        just_now = Q(created_at__gt=timezone.now() - DOUBLE_CLICK)
        done = Q(
            status=JobStatus.DONE,
            resume_snapshot=resume_snapshot,
        ) & (
            Q(posting_snapshot=posting_snapshot)
            if posting_snapshot
            else Q(posting_snapshot__isnull=True)
        )
        return self.filter(Q(status__in=ACTIVE) | (done & just_now))

    def with_contents(self) -> Self:
        """Return the feedbacks with résumé, remarks and improvements: three queries.

        `posting_deleted` says whether the posting has been deleted since.
        """
        improvements = ResumeImprovement.objects.for_lists()
        return (
            self.select_related("resume")
            .annotate(posting_deleted=Q(posting__is_active=False))
            .prefetch_related("contents", models.Prefetch("improvements", queryset=improvements))
        )


class ResumeFeedback(Job):
    """A review of a résumé as it stood when it was asked for."""

    task_name = "feedback.tasks.review_resume"
    user_path = "resume__user"

    feedback_id = models.BigAutoField(primary_key=True)
    resume = models.ForeignKey(
        Resume, on_delete=models.CASCADE, related_name="feedbacks", verbose_name=_("이력서")
    )
    posting = models.ForeignKey(
        JobPosting,
        on_delete=models.CASCADE,
        null=True,
        related_name="feedbacks",
        verbose_name=_("채용 공고"),
    )
    # The quotes must go on standing in what was reviewed, however the résumé is edited later.
    resume_snapshot = models.JSONField(editable=False)
    posting_snapshot = models.JSONField(null=True, editable=False)
    matching_rate = models.PositiveSmallIntegerField(
        _("일치율"), null=True, validators=[MaxValueValidator(100)]
    )
    offline_rate = models.PositiveSmallIntegerField(
        _("규칙이 계산한 일치율"),
        null=True,
        validators=[MaxValueValidator(100)],
        help_text=_("모델의 일치율은 이 값에서 정해진 폭을 벗어나지 못합니다"),
    )
    model_rate = models.PositiveSmallIntegerField(
        _("모델이 매긴 일치율"), null=True, validators=[MaxValueValidator(100)]
    )
    # A `Match` in three columns: its parts, its relevance in percent, and what it could not check.
    matching_parts = models.JSONField(default=list, editable=False)
    matching_relevance = models.PositiveSmallIntegerField(_("직무 관련도"), null=True)
    unchecked_requirements = models.JSONField(default=list, editable=False)
    parent_content = models.TextField(_("총평"), blank=True)
    dropped_quotes = models.PositiveSmallIntegerField(
        _("버린 인용"),
        default=0,
        help_text=_("이력서에 없는 말을 인용해 버린 항목의 수"),
    )

    objects = ResumeFeedbackQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["-created_at", "-feedback_id"]
        verbose_name = _("이력서 피드백")
        verbose_name_plural = _("이력서 피드백")
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=Q(matching_rate__isnull=True) | Q(matching_rate__lte=100),
                name="feedback_matching_rate",
            ),
            models.CheckConstraint(
                condition=Q(matching_rate__isnull=True, offline_rate__isnull=True)
                | Q(matching_rate__isnull=False, offline_rate__lte=100),
                name="feedback_offline_rate",
            ),
            models.CheckConstraint(
                condition=Q(posting__isnull=True) | Q(posting_snapshot__isnull=False),
                name="feedback_posting_snapshot",
            ),
            models.UniqueConstraint(
                fields=["resume"],
                condition=Q(posting__isnull=True, status__in=ACTIVE),
                name="feedback_one_standard_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["resume", "posting"],
                condition=Q(status__in=ACTIVE),
                name="feedback_one_per_posting_at_a_time",
            ),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(fields=["resume", "-created_at"], name="feedback_of_resume"),
        ]

    def __str__(self) -> str:
        return f"{self.resume_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("feedback:detail", args=[self.pk])

    @property
    def document(self) -> ResumeDocument:
        """The résumé as it was reviewed."""
        return ResumeDocument.model_validate(self.resume_snapshot)

    @property
    def posting_document(self) -> PostingDocument | None:
        """The posting as it stood, None of a standard feedback."""
        snapshot = self.posting_snapshot
        return PostingDocument.model_validate(snapshot) if snapshot else None

    @property
    def parts(self) -> list[Part]:
        """The parts of its matching rate; none of a standard feedback."""
        return [Part.model_validate(part) for part in self.matching_parts]


class FeedbackContent(models.Model):
    """One remark of a feedback and the words of the résumé that it rests on."""

    feedback = models.ForeignKey(ResumeFeedback, on_delete=models.CASCADE, related_name="contents")
    order = models.PositiveSmallIntegerField()
    feedback_division = CodeField(_("구분"), division="feedback_division")
    feedback_result = models.TextField(_("내용"))
    section = models.CharField(_("부분"), max_length=20, choices=Section.choices)
    quote = models.CharField(_("인용"), max_length=500, blank=True)

    class Meta:
        ordering = ["feedback_division", "order"]
        verbose_name = _("피드백 내용")
        verbose_name_plural = _("피드백 내용")
        constraints = [
            models.UniqueConstraint(fields=["feedback", "order"], name="content_order_unique"),
            models.CheckConstraint(
                condition=Q(feedback_division__in=Division.values), name="content_division"
            ),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="content_section"),
        ]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.order}"


class ResumeImprovementQuerySet(JobQuerySet["ResumeImprovement"]):
    """Improved résumés in the making, and made."""

    def for_user(self, user: User) -> Self:
        """Return the improvements of a user's résumés, those of deleted ones left out."""
        return self.filter(feedback__resume__user=user, feedback__resume__is_active=True)

    def for_lists(self) -> Self:
        """Return the improvements without the words of the résumé."""
        return self.defer("resume_snapshot")

    def already_asked(self, snapshot: dict[str, Any], engine: Engine) -> Self:
        """Return the improvements that another one of these words would only repeat.

        One in hand, or one that is done and whose new résumé is still there.
        """
        done = Q(
            status=JobStatus.DONE,
            resume_snapshot=snapshot,
            engine=engine,
            resume__is_active=True,
        )
        return self.filter(Q(status__in=ACTIVE) | done)

    def with_changes(self) -> Self:
        """Return the improvements with their feedback, its résumé and all changes."""
        return self.select_related("feedback__resume").prefetch_related("changes")

    def with_remarks(self) -> Self:
        """Return the improvements with what the feedback says, for whoever makes them."""
        return self.select_related("feedback__resume").prefetch_related("feedback__contents")


class ResumeImprovement(Job):
    """The rewriting of a résumé that a feedback has read, as it stood when it was asked for.

    Once it is done, `resume` is the new résumé: the snapshot with the changes that are taken. It
    is null again when its user has deleted that for good.
    """

    task_name = "feedback.tasks.improve_resume"
    user_path = "feedback__resume__user"

    improvement_id = models.BigAutoField(primary_key=True)
    feedback = models.ForeignKey(
        ResumeFeedback,
        on_delete=models.CASCADE,
        related_name="improvements",
        verbose_name=_("피드백"),
    )
    resume_snapshot = models.JSONField(editable=False)
    resume = models.OneToOneField(
        Resume,
        on_delete=models.SET_NULL,
        null=True,
        related_name="improvement",
        verbose_name=_("새 이력서"),
    )

    objects = ResumeImprovementQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["-created_at", "-improvement_id"]
        verbose_name = _("이력서 고쳐 쓰기")
        verbose_name_plural = _("이력서 고쳐 쓰기")
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=Q(resume__isnull=True) | Q(status=JobStatus.DONE),
                name="improvement_resume_when_done",
            ),
            models.UniqueConstraint(
                fields=["feedback"],
                condition=Q(status__in=ACTIVE),
                name="improvement_one_at_a_time",
            ),
        ]
        # As every job has, under a name that fits: the database allows 30 letters.
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=ACTIVE),
                name="feedback_improvement_active",
            ),
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False),
                name="feedback_improvement_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("feedback:improvement", args=[self.pk])

    @property
    def document(self) -> ResumeDocument:
        """The résumé as it was rewritten."""
        return ResumeDocument.model_validate(self.resume_snapshot)


class ImprovementChange(models.Model):
    """One change of an improvement: taken into the new résumé or left.

    `entry`, `field` and `value` are those of `feedback.changes.Change`; `inventions` lists what
    the source does not say, as {"kind", "text"}, `missing` words of the source that it leaves out.
    """

    improvement = models.ForeignKey(
        ResumeImprovement, on_delete=models.CASCADE, related_name="changes"
    )
    order = models.PositiveSmallIntegerField()
    section = models.CharField(_("부분"), max_length=20, choices=Section.choices)
    entry = models.PositiveSmallIntegerField(null=True)
    field = models.CharField(max_length=30)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    value = models.JSONField(null=True)
    inventions = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    taken = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        verbose_name = _("바뀐 곳")
        verbose_name_plural = _("바뀐 곳")
        constraints = [
            models.UniqueConstraint(fields=["improvement", "order"], name="change_order_unique"),
            models.UniqueConstraint(
                fields=["improvement", "section", "entry", "field"], name="change_of_entry_unique"
            ),
            models.UniqueConstraint(
                fields=["improvement", "section", "field"],
                condition=Q(entry__isnull=True),
                name="change_of_section_unique",
            ),
            models.CheckConstraint(
                condition=Q(taken=False) | Q(inventions=[]) | Q(confirmed=True),
                name="change_marked_only_when_confirmed",
            ),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="change_section"),
        ]

    def __str__(self) -> str:
        return f"{self.improvement_id} {self.order}"
