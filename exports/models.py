from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gaechwi.jobs.models import ACTIVE
from resumes.file_jobs import FileJob, FileJobQuerySet
from resumes.models import Resume

FILE_NAME_LENGTH = 80


class ExportFormat(models.TextChoices):
    """What kind of file a résumé becomes. The values are what the names of such files end in."""

    PDF = "pdf", _("PDF")
    DOCX = "docx", _("워드(DOCX)")
    JSON = "json", _("JSON Résumé")


CONTENT_TYPES = {
    ExportFormat.PDF: "application/pdf",
    ExportFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ExportFormat.JSON: "application/json",
}


class Template(models.TextChoices):
    """What a PDF looks like: `exports/printing` has a style sheet for each."""

    CLASSIC = "classic", _("기본")
    MODERN = "modern", _("모던")
    COMPACT = "compact", _("간결")


class Problem(models.TextChoices):
    """Why a résumé could not be made into a file, in words for the person who wants it."""

    NO_PANGO = (
        "no_pango",
        _(
            "이 서버에는 PDF를 만드는 프로그램(Pango)이 설치되어 있지 않습니다."
            " 워드나 JSON으로 내려받거나 운영진에게 알려 주세요."
        ),
    )
    NO_FONT = (
        "no_font",
        _(
            "이 서버에는 PDF에 넣을 한글 글꼴이 설치되어 있지 않습니다."
            " 워드나 JSON으로 내려받거나 운영진에게 알려 주세요."
        ),
    )
    TOO_COSTLY = (
        "too_costly",
        _(
            "이력서가 너무 길어 제시간에 PDF로 만들지 못했습니다."
            " 워드로 내려받거나 내용을 줄여 주세요."
        ),
    )


class ResumeExportQuerySet(FileJobQuerySet["ResumeExport"]):
    """Exports of résumés."""

    def for_user(self, user: User) -> Self:
        """Return the exports of a user's résumés, those of deleted ones left out."""
        return self.filter(resume__user=user, resume__is_active=True)

    def in_hand(self, resume_id: int, file_format: str, template: str) -> ResumeExport | None:
        """Return the export of a résumé and a kind that waits or runs: there is one at most."""
        same = self.filter(resume=resume_id, format=file_format, template=template)
        return same.active().first()

    def with_file(self) -> Self:
        """Return the exports with what is known of their files and résumés."""
        return self.select_related("file", "resume").defer("resume__introduction")

    def with_resume(self) -> Self:
        """Return the exports with their résumés and those photos, deleted ones too."""
        return self.select_related("resume__photo")


class ResumeExport(FileJob):
    """A résumé as a file to be downloaded, made by a worker and kept for a day."""

    task_name = "exports.tasks.write_export"
    user_path = "resume__user"

    export_id = models.BigAutoField(primary_key=True)
    resume = models.ForeignKey(
        Resume, on_delete=models.CASCADE, related_name="exports", verbose_name=_("이력서")
    )
    format = models.CharField(_("형식"), max_length=10, choices=ExportFormat.choices)
    # Of a PDF alone.
    template = models.CharField(_("모양"), max_length=10, choices=Template.choices, blank=True)
    problem = models.CharField(
        _("만들지 못한 까닭"), max_length=20, choices=Problem.choices, blank=True
    )

    objects = ResumeExportQuerySet.as_manager()

    class Meta(FileJob.Meta):
        ordering = ["-created_at", "-export_id"]
        verbose_name = _("내보낸 이력서")
        verbose_name_plural = _("내보낸 이력서")
        constraints = [
            *FileJob.Meta.constraints,
            models.CheckConstraint(
                condition=Q(format=ExportFormat.PDF, template__in=Template.values)
                | (Q(format__in=[ExportFormat.DOCX, ExportFormat.JSON]) & Q(template="")),
                name="export_format",
            ),
            # Who clicks twice waits for one file.
            models.UniqueConstraint(
                fields=["resume", "format", "template"],
                condition=Q(status__in=ACTIVE),
                name="export_once_at_a_time",
            ),
        ]
        indexes = [
            *FileJob.Meta.indexes,
            models.Index(fields=["created_at"], name="export_created"),
        ]

    def __str__(self) -> str:
        return f"{self.resume_id} {self.format} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("exports:detail", args=[self.pk])

    @property
    def kind(self) -> str:
        """The format in words, with the template where it has one: "PDF · 모던"."""
        words = [self.get_format_display(), self.get_template_display()]
        return " · ".join(str(word) for word in words if word)

    @property
    def file_name(self) -> str:
        """What the file is called on the computer of its user: "김개취_백엔드_개발자.pdf"."""
        words = get_valid_filename(f"{self.resume.name}_{self.resume.title}").lstrip(".")
        return f"{words[:FILE_NAME_LENGTH]}.{self.format}"
