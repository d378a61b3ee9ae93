from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ownership import ActiveManager, Owned, OwnedQuerySet
from gaechwi.codes.fields import CodeField


class JobPostingQuerySet(OwnedQuerySet["JobPosting"]):
    """Job postings that users keep."""


class JobPosting(Owned):
    """A job posting as its user noted it down."""

    posting_id = models.BigAutoField(primary_key=True)
    title = models.CharField(_("제목"), max_length=200)
    company = models.CharField(_("회사"), max_length=100, blank=True)
    position = models.CharField(_("직무"), max_length=100, blank=True)
    employment_type = CodeField(_("고용 형태"), division="employment_type", blank=True)
    experience_level = models.CharField(_("경력"), max_length=100, blank=True)
    location = models.CharField(_("근무지"), max_length=200, blank=True)
    salary = models.CharField(_("급여"), max_length=100, blank=True)
    deadline = models.DateField(_("마감일"), null=True, blank=True)
    url = models.URLField(_("주소"), max_length=500, blank=True)
    duties = models.TextField(_("주요 업무"), max_length=10_000, blank=True)
    requirements = models.TextField(_("자격 요건"), max_length=10_000, blank=True)
    preferred = models.TextField(_("우대 사항"), max_length=10_000, blank=True)
    benefits = models.TextField(_("혜택"), max_length=10_000, blank=True)
    technology_stacks = models.JSONField(_("기술"), default=list, blank=True)
    memo = models.TextField(_("메모"), max_length=5_000, blank=True)

    objects = ActiveManager.from_queryset(JobPostingQuerySet)()
    with_deleted = JobPostingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-posting_id"]
        verbose_name = _("채용 공고")
        verbose_name_plural = _("채용 공고")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="posting_title"),
        ]
        indexes = [
            models.Index(
                fields=["user", "-created_at", "-posting_id"],
                condition=models.Q(is_active=True),
                name="posting_newest",
            ),
        ]

    def __str__(self) -> str:
        return self.title
