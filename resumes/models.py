from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator, URLValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ownership import ActiveManager, Owned, OwnedQuerySet
from gaechwi.codes.fields import CodeField
from resumes.document import DESCRIPTION_MAX_LENGTH, INTRODUCTION_MAX_LENGTH
from resumes.periods import month_text, period_text, shown_period

phone_validator = RegexValidator(
    r"^(?=(?:[^0-9]*[0-9]){7,15}[^0-9]*\Z)\+?[0-9(][0-9 .\-()]*\Z",
    _("전화번호를 010-1234-5678처럼 적어 주세요."),
)
web_validator = URLValidator(schemes=["http", "https"])


class File(models.Model):
    """What is known of an upload; its bytes lie in the storage under `key`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    key = models.CharField(max_length=200, unique=True)
    original_name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    checksum = models.CharField(max_length=64, help_text="SHA-256, hexadecimal")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("파일")
        verbose_name_plural = _("파일")

    def __str__(self) -> str:
        return self.key


class DeletedFile(models.Model):
    """The key of a file that has no row, or none yet, until the storage has deleted its bytes."""

    key = models.CharField(max_length=200, unique=True)
    # Until then they are let be: their row may be on its way, or the storage away.
    due_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class ResumeQuerySet(OwnedQuerySet["Resume"]):
    """Résumés."""

    def for_lists(self) -> Self:
        """Return the résumés without the words that no list shows."""
        return self.defer("introduction")


class Resume(Owned):
    """A résumé; its sections are rows of their own."""

    WRITTEN, IMPROVED = "1", "2"

    resume_id = models.BigAutoField(primary_key=True)
    title = models.CharField(
        _("이력서 제목"),
        max_length=100,
        help_text=_("이력서 맨 위에 나옵니다. 예: 결제 시스템을 맡아 온 백엔드 개발자"),
    )
    name = models.CharField(_("이름"), max_length=50)
    email = models.EmailField(_("이메일"), blank=True)
    phone = models.CharField(_("전화번호"), max_length=20, blank=True, validators=[phone_validator])
    address = models.CharField(_("주소"), max_length=200, blank=True)
    birth_date = models.DateField(_("생년월일"), null=True, blank=True)
    gender = CodeField(_("성별"), division="gender", blank=True)
    military_service = models.CharField(
        _("병역"), max_length=100, blank=True, help_text=_("예: 육군 병장 만기 전역, 해당 없음")
    )
    introduction = models.TextField(_("자기소개"), max_length=INTRODUCTION_MAX_LENGTH, blank=True)
    resume_type = CodeField(_("유형"), division="resume_type", default=WRITTEN, editable=False)
    source_resume = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="improved"
    )
    photo = models.OneToOneField(File, on_delete=models.SET_NULL, null=True, editable=False)

    objects = ActiveManager.from_queryset(ResumeQuerySet)()
    with_deleted = ResumeQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-resume_id"]
        verbose_name = _("이력서")
        verbose_name_plural = _("이력서")
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(name=""), name="resume_named"),
            models.CheckConstraint(condition=Q(resume_type__in=["1", "2"]), name="resume_type"),
        ]
        indexes = [
            models.Index(
                fields=["user", "-updated_at", "-resume_id"],
                condition=Q(is_active=True),
                name="resume_newest",
            ),
            models.Index(
                fields=["updated_at"], condition=models.Q(is_active=False), name="resume_deleted"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its preview page."""
        return reverse("resumes:detail", args=[self.pk])

    def touch(self) -> None:
        """Note that something of the résumé changed now."""
        self.save(update_fields=["updated_at"])


class SectionEntry(models.Model):
    """One entry of a section, in the order its user gave."""

    resume: models.ForeignKey[Resume, Resume]
    resume_id: int
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["order", "id"]

    @property
    def summary(self) -> str:
        """What stands beside the name of the entry where entries are listed."""
        return ""

    @transaction.atomic
    def place_last(self) -> None:
        """Save a new entry behind the others of its section."""
        siblings = self._lock_siblings()
        self.order = siblings[-1].order + 1 if siblings else 0
        self.save()

    @transaction.atomic
    def move(self, offset: int) -> None:
        """Move the entry by so many places: -1 is one up. Past an end it stays there."""
        siblings = self._lock_siblings()
        place = siblings.index(self)
        siblings.insert(max(0, place + offset), siblings.pop(place))
        for order, sibling in enumerate(siblings):
            sibling.order = order
        type(self)._default_manager.bulk_update(siblings, ["order"])

    def _lock_siblings(self) -> list[Self]:
        # Whoever reorders a résumé's section at the same time waits here.
        Resume.with_deleted.select_for_update().get(pk=self.resume_id)
        return list(type(self)._default_manager.filter(resume=self.resume_id))


def joined(*parts: str) -> str:
    """Return the parts that say something, set apart by a middle dot."""
    return " · ".join(part for part in parts if part)


def _period_constraint(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(start_date__isnull=True)
        | Q(end_date__isnull=True)
        | Q(end_date__gte=F("start_date")),
        name=name,
        violation_error_message=_("끝난 때가 시작한 때보다 빠릅니다."),
    )


class Period(models.Model):
    """When something began and ended; no end means that it goes on."""

    start_date = models.DateField(_("시작"), null=True, blank=True)
    end_date = models.DateField(_("끝"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> str:
        """The words of the period: "2019.03 ~ 현재"."""
        return period_text(self.start_date, self.end_date)


class Experience(Period, SectionEntry):
    """One job."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="experiences")
    company = models.CharField(_("회사"), max_length=100)
    position = models.CharField(_("직위·직책"), max_length=100, blank=True)
    department = models.CharField(_("부서"), max_length=100, blank=True)
    employment_type = CodeField(_("고용 형태"), division="employment_type", blank=True)
    description = models.TextField(_("한 일과 성과"), max_length=DESCRIPTION_MAX_LENGTH, blank=True)

    class Meta(SectionEntry.Meta):
        verbose_name = _("경력")
        constraints = [_period_constraint("experience_period")]

    def __str__(self) -> str:
        return self.company

    @property
    def summary(self) -> str:
        """Department, position and period."""
        return joined(self.department, self.position, shown_period(self.period))


class Education(Period, SectionEntry):
    """One school."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="educations")
    school = models.CharField(_("학교"), max_length=100)
    major = models.CharField(_("전공"), max_length=100, blank=True)
    education_level = CodeField(_("학교 구분"), division="education_level", blank=True)
    graduation_status = CodeField(_("졸업 구분"), division="graduation_status", blank=True)
    grade = models.CharField(_("학점"), max_length=30, blank=True, help_text=_("예: 3.8 / 4.5"))

    class Meta(SectionEntry.Meta):
        verbose_name = _("학력")
        constraints = [_period_constraint("education_period")]

    def __str__(self) -> str:
        return self.school

    @property
    def summary(self) -> str:
        """Major, grade and period."""
        return joined(self.major, self.grade, shown_period(self.period))


class Project(Period, SectionEntry):
    """One project."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="projects")
    title = models.CharField(_("프로젝트 이름"), max_length=200)
    role = models.CharField(_("역할"), max_length=200, blank=True)
    description = models.TextField(_("한 일과 결과"), max_length=DESCRIPTION_MAX_LENGTH, blank=True)
    link = models.CharField(_("링크"), max_length=500, blank=True, validators=[web_validator])
    technology_stacks = models.JSONField(_("쓴 기술"), default=list, blank=True)

    class Meta(SectionEntry.Meta):
        verbose_name = _("프로젝트")
        constraints = [_period_constraint("project_period")]

    def __str__(self) -> str:
        return self.title

    @property
    def summary(self) -> str:
        """Role and period."""
        return joined(self.role, shown_period(self.period))


class Activity(Period, SectionEntry):
    """One activity or award."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="activities")
    title = models.CharField(_("활동·상 이름"), max_length=200)
    activity_type = CodeField(_("구분"), division="activity_type", blank=True)
    organization = models.CharField(_("기관"), max_length=100, blank=True)
    description = models.TextField(_("내용"), max_length=DESCRIPTION_MAX_LENGTH, blank=True)

    class Meta(SectionEntry.Meta):
        verbose_name = _("활동")
        constraints = [_period_constraint("activity_period")]

    def __str__(self) -> str:
        return self.title

    @property
    def summary(self) -> str:
        """Organisation and period."""
        return joined(self.organization, shown_period(self.period))


class Qualification(SectionEntry):
    """One certificate or language score."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="qualifications")
    title = models.CharField(_("자격·시험 이름"), max_length=100)
    agency = models.CharField(_("발급 기관"), max_length=100, blank=True)
    acquired_date = models.DateField(_("취득일"), null=True, blank=True)
    score = models.CharField(_("점수·등급"), max_length=50, blank=True)

    class Meta(SectionEntry.Meta):
        verbose_name = _("자격·어학")

    def __str__(self) -> str:
        return self.title

    @property
    def summary(self) -> str:
        """Agency, score and month."""
        acquired = month_text(self.acquired_date) if self.acquired_date else ""
        return joined(self.agency, self.score, shown_period(acquired))


class TechnologyStack(SectionEntry):
    """One technology."""

    resume = models.ForeignKey(Resume, on_delete=models.CASCADE, related_name="technology_stacks")
    title = models.CharField(_("기술"), max_length=50)

    class Meta(SectionEntry.Meta):
        verbose_name = _("기술")
        constraints = [
            models.UniqueConstraint(
                "resume",
                Lower("title"),
                name="technology_unique",
                violation_error_message=_("이미 적은 기술입니다."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
