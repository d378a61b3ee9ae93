from __future__ import annotations

import re
from typing import Any, Self

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Case, Count, F, Prefetch, Q, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from feedback.matching.levels import Degree
from feedback.models import ResumeFeedback
from gaechwi.codes.fields import CodeField
from gaechwi.jobs.models import ACTIVE, Job, JobQuerySet
from gaechwi.skills.vocabulary import find
from interviews.models import Interview
from postings.models import JobPosting
from studyguides.lessons import (
    KEYWORD_LENGTH,
    MAX_HOURS,
    MIN_HOURS,
    CycleError,
    Graph,
    Lesson,
    Level,
    reviewed,
)
from studyguides.materials import Gap, Material, SetAside

MIN_HOURS_A_WEEK, MAX_HOURS_A_WEEK = 1, 60
NOTES_MAX_LENGTH = 5_000


class ItemStatus(models.TextChoices):
    """How far an item has got: the ids of the code division `study_item_status`."""

    TODO = "todo", _("할 일")
    DOING = "doing", _("하는 중")
    DONE = "done", _("끝냄")


class StudyGuideQuerySet(JobQuerySet["StudyGuide"]):
    """Study guides, in the making and made."""

    def for_user(self, user: User) -> Self:
        """Return the guides of a user, deleted ones left out."""
        return self.filter(user=user, is_deleted=False)

    def deleted_one(self, user: User, pk: str) -> StudyGuide | None:
        """Return the user's deleted guide that an address names, None where it names none."""
        if not re.fullmatch(r"[0-9]{1,18}", pk):
            return None
        return self.filter(user=user, is_deleted=True, pk=int(pk)).first()

    def for_lists(self) -> Self:
        """Return the guides with the counts that a list shows, without what they were made of."""
        done = Q(items__status=ItemStatus.DONE)
        return (
            self.defer("material", "set_aside", "summary")
            .annotate(
                item_count=Count("items"),
                done_count=Count("items", filter=done),
                hours=Coalesce(Sum("items__estimated_hours"), 0),
            )
            # Grouped rows have no order of their own.
            .order_by("-created_at", "-guide_id")
        )

    def with_items(self) -> Self:
        """Return the guides with items and their keywords, without their material: 3 queries."""
        items = Prefetch("items", StudyItem.objects.with_practice())
        return self.defer("material").prefetch_related(items, "items__keywords")

    def for_page(self) -> Self:
        """Return the guides with items, material, and the ids of those sources that still exist."""

        def there(name: str, *paths: str) -> Case:
            exists = Q(**{f"{path}__is_active": True for path in paths or (name,)})
            return Case(When(exists, then=name))

        return (
            self.with_items()
            .defer(None)
            .annotate(
                feedback_there=there("feedback", "feedback__resume"),
                resume_there=Coalesce(there("feedback__resume"), there("interview__resume")),
                compared=F("feedback__posting"),
                compared_there=there("feedback__posting"),
                interview_there=there("interview", "interview", "interview__resume"),
                posting_there=there("posting"),
            )
        )


class StudyGuide(Job):
    """What to learn, in which order: from a feedback, a judged interview, a posting, or several.

    It is made of its `material`, which is kept as it stood when the guide was asked for.
    """

    task_name = "studyguides.tasks.write_guide"
    user_path = "user"

    guide_id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, verbose_name=_("회원"))
    feedback = models.ForeignKey(
        ResumeFeedback,
        on_delete=models.CASCADE,
        null=True,
        related_name="guides",
        verbose_name=_("피드백"),
    )
    interview = models.ForeignKey(
        Interview,
        on_delete=models.CASCADE,
        null=True,
        related_name="guides",
        verbose_name=_("모의 면접"),
    )
    posting = models.ForeignKey(
        JobPosting,
        on_delete=models.CASCADE,
        null=True,
        related_name="guides",
        verbose_name=_("채용 공고"),
    )
    material = models.JSONField(editable=False)
    hours_per_week = models.PositiveSmallIntegerField(
        _("한 주에 공부할 시간"),
        default=10,
        validators=[MinValueValidator(MIN_HOURS_A_WEEK), MaxValueValidator(MAX_HOURS_A_WEEK)],
    )
    title = models.CharField(_("제목"), max_length=200, blank=True)
    summary = models.TextField(_("요약"), blank=True)
    # `SetAside`s: what is asked and no item, each with its reason.
    set_aside = models.JSONField(default=list, editable=False)
    hours_available = models.PositiveIntegerField(_("마감까지 쓸 수 있는 시간"), null=True)
    # What a model has written goes on counting towards its user's day, so that no row is lost.
    is_deleted = models.BooleanField(_("지움"), default=False, editable=False)
    deleted_at = models.DateTimeField(_("지운 때"), null=True, editable=False)

    objects = StudyGuideQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["-created_at", "-guide_id"]
        verbose_name = _("학습 가이드")
        verbose_name_plural = _("학습 가이드")
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=Q(feedback__isnull=False)
                | Q(interview__isnull=False)
                | Q(posting__isnull=False),
                name="guide_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__range=(MIN_HOURS_A_WEEK, MAX_HOURS_A_WEEK)),
                name="guide_hours_per_week",
            ),
            models.UniqueConstraint(
                "user",
                Coalesce("feedback", 0),
                Coalesce("interview", 0),
                Coalesce("posting", 0),
                condition=Q(status__in=ACTIVE, is_deleted=False),
                name="guide_one_at_a_time",
            ),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(fields=["deleted_at"], condition=Q(is_deleted=True), name="guide_deleted"),
            models.Index(
                fields=["user", "-created_at", "-guide_id"],
                condition=Q(is_deleted=False),
                name="guide_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("studyguides:detail", args=[self.pk])

    @property
    def total_hours(self) -> int:
        """How long all items take. Read the guide `with_items`."""
        return sum(item.estimated_hours for item in self.items.all())

    @property
    def made_of(self) -> Material:
        """What it is made of."""
        return Material.model_validate(self.material)

    @property
    def left_out(self) -> list[SetAside]:
        """What is asked and is no item, each with its reason."""
        return [SetAside.model_validate(aside) for aside in self.set_aside]


class StudyItemQuerySet(models.QuerySet["StudyItem"]):
    """Items of study guides."""

    def for_user(self, user: User) -> Self:
        """Return the items of a user's guides, those of deleted ones left out."""
        return self.filter(guide__user=user, guide__is_deleted=False)

    def with_practice(self) -> Self:
        """Return the items with the id and the score of the newest practice, if it still exists."""
        there = Q(practice__is_active=True, practice__resume__is_active=True)
        return self.annotate(
            practised_in=Case(When(there, then="practice")),
            practice_score=Case(When(there, then="practice__feedback__overall_score")),
        )


class StudyItem(models.Model):
    """One thing to learn, in its place of the order, and how far its user has got with it."""

    item_id = models.BigAutoField(primary_key=True)
    guide = models.ForeignKey(StudyGuide, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(_("순서"))
    title = models.CharField(_("제목"), max_length=200)
    description = models.TextField(_("무엇을, 왜"))
    # `Gap`s: what it helps to close, at least one.
    gaps = models.JSONField(editable=False)
    # The skill of the vocabulary that is learnt, "" of a topic or an answer.
    skill = models.CharField(max_length=KEYWORD_LENGTH, blank=True, editable=False)
    # Whether it closes a gap by itself, or only leads to what does.
    is_asked = models.BooleanField(default=False, editable=False)
    checks = models.JSONField(_("확인 질문"))
    estimated_hours = models.PositiveSmallIntegerField(_("예상 시간"))
    status = CodeField(_("상태"), division="study_item_status", default=ItemStatus.TODO)
    done_at = models.DateTimeField(_("끝낸 때"), null=True, blank=True, editable=False)
    notes = models.TextField(_("내 메모"), max_length=NOTES_MAX_LENGTH, blank=True)
    practice = models.ForeignKey(
        Interview,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("마지막 연습"),
    )

    objects = StudyItemQuerySet.as_manager()

    class Meta:
        ordering = ["order"]
        verbose_name = _("학습 항목")
        verbose_name_plural = _("학습 항목")
        constraints = [
            models.UniqueConstraint(fields=["guide", "order"], name="study_item_in_order"),
            models.CheckConstraint(
                condition=Q(estimated_hours__range=(MIN_HOURS, MAX_HOURS)), name="study_item_hours"
            ),
            models.CheckConstraint(
                condition=Q(status=ItemStatus.DONE, done_at__isnull=False)
                | Q(status__in=(ItemStatus.TODO, ItemStatus.DOING), done_at__isnull=True),
                name="study_item_done",
            ),
            models.CheckConstraint(condition=~Q(gaps=[]), name="study_item_closes_a_gap"),
        ]

    def __str__(self) -> str:
        return f"{self.guide_id} {self.order}"

    @property
    def can_go_into_resume(self) -> bool:
        """Whether it is a skill of its own that was asked for and is learnt."""
        return bool(self.skill) and self.is_asked and self.status == ItemStatus.DONE

    @property
    def closes(self) -> list[Gap]:
        """What it helps to close."""
        return [Gap.model_validate(gap) for gap in self.gaps]

    @property
    def gap(self) -> str:
        """What it helps to close in words, a line for each."""
        # Of a line that two postings have, one.
        return "\n".join(dict.fromkeys(f"{gap.source.label}: {gap.text}" for gap in self.closes))


class StudyKeyword(models.Model):
    """A word to look for, of a whole guide or of one of its items."""

    guide = models.ForeignKey(
        StudyGuide, on_delete=models.CASCADE, null=True, related_name="keywords"
    )
    item = models.ForeignKey(
        StudyItem, on_delete=models.CASCADE, null=True, related_name="keywords"
    )
    keyword = models.CharField(_("핵심어"), max_length=KEYWORD_LENGTH)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("핵심어")
        verbose_name_plural = _("핵심어")
        constraints = [
            models.CheckConstraint(
                condition=Q(guide__isnull=False, item__isnull=True)
                | Q(guide__isnull=True, item__isnull=False),
                name="keyword_of_guide_or_item",
            ),
            models.CheckConstraint(condition=~Q(keyword=""), name="keyword_has_letters"),
            models.UniqueConstraint(fields=["guide", "keyword"], name="keyword_of_guide_once"),
            models.UniqueConstraint(fields=["item", "keyword"], name="keyword_of_item_once"),
        ]

    def __str__(self) -> str:
        return self.keyword


CACHE_KEY = "study_lessons"
# Two edits in the same instant may leave the older list in the cache: no longer than this.
CACHE_SECONDS = 300


class StudyLessonManager(models.Manager["StudyLesson"]):
    """Lessons of staff's own."""

    def graph(self) -> Graph:
        """Return the reviewed graph with the lessons of staff, from the cache or the database."""
        written: list[dict[str, Any]] | None = cache.get(CACHE_KEY)
        if written is None:
            written = self._read()
            # add, not set: a list read before an edit must not replace the one read after it.
            cache.add(CACHE_KEY, written, CACHE_SECONDS)
        return (
            reviewed().with_lessons(map(Lesson.model_validate, written)) if written else reviewed()
        )

    def refresh_cache(self) -> None:
        """Put the lessons as they stand in the database into the shared cache."""
        cache.set(CACHE_KEY, self._read(), CACHE_SECONDS)

    def _read(self) -> list[dict[str, Any]]:
        return [row.lesson.model_dump(mode="json") for row in self.all()]


class StudyLesson(models.Model):
    """A lesson that staff adds to those of the files, or puts in the place of one of them."""

    skill = models.CharField(
        _("기술·역량"),
        max_length=KEYWORD_LENGTH,
        unique=True,
        help_text=_("기술 사전에 있는 이름. 이미 있는 학습 항목과 같으면 그것을 대신합니다."),
    )
    after = models.TextField(
        _("먼저 알아야 할 것"), blank=True, help_text=_("한 줄에 하나씩, 기술 사전의 이름으로")
    )
    hours = models.PositiveSmallIntegerField(
        _("예상 시간"), validators=[MinValueValidator(MIN_HOURS), MaxValueValidator(MAX_HOURS)]
    )
    level = models.CharField(_("수준"), max_length=10, choices=Level.choices)
    degree = models.PositiveSmallIntegerField(
        _("응시할 수 있는 최소 학력"),
        null=True,
        blank=True,
        help_text=_("학력 코드의 번호. 시험이 아니면 비워 둡니다."),
    )
    topics = models.TextField(_("배울 차례"), help_text=_("한 줄에 하나씩"))
    checks = models.TextField(
        _("확인 질문"), help_text=_("한 줄에 하나씩, 셋까지. 해 보면 아는지 드러나는 질문으로")
    )
    source = models.CharField(
        _("출처"), max_length=300, help_text=_("공개된 교육과정, 공식 문서, 출제기준의 이름")
    )

    objects = StudyLessonManager()

    class Meta:
        ordering = ["skill"]
        verbose_name = _("학습 지도 항목")
        verbose_name_plural = _("학습 지도 항목")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__range=(MIN_HOURS, MAX_HOURS)), name="lesson_hours"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="lesson_level"),
            models.CheckConstraint(
                condition=Q(degree__isnull=True) | Q(degree__in=list(Degree)), name="lesson_degree"
            ),
        ]

    def __str__(self) -> str:
        return self.skill

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and refresh the list that every process reads."""
        super().save(*args, **kwargs)
        transaction.on_commit(StudyLesson.objects.refresh_cache)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and refresh the list that every process reads."""
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(StudyLesson.objects.refresh_cache)
        return deleted

    @property
    def lesson(self) -> Lesson:
        """The lesson. Raises pydantic's ValidationError where it is not whole."""
        return Lesson(
            skill=self.skill,
            after=_lines(self.after),
            hours=self.hours,
            level=Level(self.level),
            degree=Degree(self.degree) if self.degree else None,
            topics=_lines(self.topics),
            checks=_lines(self.checks),
        )

    def clean(self) -> None:
        """Raise ValidationError for names nobody knows, for too much text, and for cycles."""
        unknown = [name for name in (self.skill, *_lines(self.after)) if not _is_known(name)]
        if unknown:
            raise ValidationError(
                _("기술 사전에 없는 이름입니다: %(names)s") % {"names": ", ".join(unknown)}
            )
        try:
            lesson = self.lesson
        except ValueError as error:
            raise ValidationError(
                _("학습 항목이 온전하지 않습니다. 줄 수와 길이를 확인하십시오.")
            ) from error
        try:
            StudyLesson.objects.graph().with_lessons([lesson]).check()
        except CycleError as cycle:
            raise ValidationError(
                _("서로 먼저 알아야 하는 것이 되었습니다: %(cycle)s") % {"cycle": cycle}
            ) from cycle


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _is_known(name: str) -> bool:
    skill = find(name)
    return skill is not None and skill.name == name
