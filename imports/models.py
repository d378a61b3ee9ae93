from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gaechwi.jobs.models import Job, JobStatus
from resumes.document import ResumeDocument
from resumes.file_jobs import FileJobQuerySet
from resumes.models import File, Resume

# What a user leaves lying is personal, and nobody misses it after so long.
KEPT_FOR = timedelta(days=7)


class Problem(models.TextChoices):
    """Why no résumé can be had from a file, in words for the person who has it."""

    ENCRYPTED = (
        "encrypted",
        _("암호가 걸린 파일입니다. 암호를 푼 파일을 올려 주세요."),
    )
    NO_TEXT = (
        "no_text",
        _(
            "이 PDF에는 글자가 없고 그림만 있습니다. 스캔한 파일은 읽을 수 없으니,"
            " 이력서를 쓴 프로그램에서 PDF로 다시 저장해 올리거나 글을 붙여 넣어 주세요."
        ),
    )
    TOO_MANY_PAGES = (
        "too_many_pages",
        _("100쪽이 넘는 파일입니다. 이력서 부분만 따로 저장해 올려 주세요."),
    )
    TOO_LARGE = (
        "too_large",
        _("압축을 풀면 너무 커지는 파일입니다. 그림을 빼고 다시 저장해 올려 주세요."),
    )
    TOO_LONG = (
        "too_long",
        _("글이 너무 깁니다. 60,000자까지 읽을 수 있으니 이력서 부분만 따로 저장해 올려 주세요."),
    )
    TOO_COSTLY = (
        "too_costly",
        _(
            "읽는 데 시간이나 메모리가 너무 많이 드는 파일이라 그만두었습니다."
            " 글을 붙여 넣어 주세요."
        ),
    )
    BROKEN = (
        "broken",
        _("파일이 깨져 있어 읽을 수 없습니다. 열리는 파일인지 확인하고 다시 저장해 올려 주세요."),
    )
    MISMATCH = (
        "mismatch",
        _(
            "파일 이름의 확장자와 내용이 다릅니다."
            " PDF, DOCX, JSON Résumé, 텍스트 파일인지 확인해 주세요."
            " 한글(HWP)이나 예전 워드(DOC) 파일은 PDF로 저장해 올리면 됩니다."
        ),
    )
    EMPTY = ("empty", _("글자가 하나도 없는 파일입니다. 다른 파일을 올려 주세요."))
    NOT_A_RESUME = (
        "not_a_resume",
        _(
            "이력서로 읽을 만한 내용을 찾지 못했습니다."
            " 경력, 학력 같은 항목이 있는 이력서인지 확인해 주세요."
        ),
    )


class ResumeImportQuerySet(FileJobQuerySet["ResumeImport"]):
    """Imports of users."""

    def for_user(self, user: User) -> Self:
        """Return the imports of a user, those thrown away left out."""
        return self.filter(user=user, discarded=False)

    def unsaved(self) -> Self:
        """Return the imports that no résumé was made of yet."""
        return self.filter(saved=False)

    def for_lists(self) -> Self:
        """Return the imports without their texts."""
        return self.defer("text", "result", "unplaced")

    def forgotten(self, now: datetime) -> Self:
        """Return the imports that their users have left lying."""
        return (
            self.unsaved().filter(created_at__lt=now - KEPT_FOR).exclude(status=JobStatus.RUNNING)
        )


class ResumeImport(Job):
    """A résumé as a file or a text, and what was read out of it for its user to look at.

    The file is kept until it is read. Of a file that cannot be read, `problem` says why.
    """

    task_name = "imports.tasks.read_resume"
    user_path = "user"

    import_id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, verbose_name=_("회원"))
    # What the file's own name says of its kind: its content has to agree.
    kind = models.CharField(_("형식"), max_length=10)
    name = models.CharField(_("이름"), max_length=100, blank=True)
    file = models.OneToOneField(
        File, on_delete=models.SET_NULL, null=True, editable=False, verbose_name=_("파일")
    )
    checksum = models.CharField(max_length=64, editable=False, help_text="SHA-256, hexadecimal")
    text = models.TextField(_("글"), blank=True, editable=False)
    result = models.JSONField(_("읽은 내용"), null=True, editable=False)
    unplaced = models.JSONField(_("넣지 않은 줄"), default=list, editable=False)
    problem = models.CharField(
        _("읽지 못한 까닭"), max_length=20, choices=Problem.choices, blank=True
    )
    saved = models.BooleanField(_("이력서로 만듦"), default=False, editable=False)
    resume = models.OneToOneField(
        Resume,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="imported_from",
        verbose_name=_("이력서"),
    )
    discarded = models.BooleanField(_("버림"), default=False, editable=False)

    objects = ResumeImportQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["-created_at", "-import_id"]
        verbose_name = _("가져온 이력서")
        verbose_name_plural = _("가져온 이력서")
        constraints = [
            *Job.Meta.constraints,
            # The same file again leads to the import that is there.
            models.UniqueConstraint(
                fields=["user", "checksum"],
                condition=Q(saved=False, discarded=False),
                name="import_once_per_file",
            ),
            # Nothing is made of what could not be read.
            models.CheckConstraint(
                condition=Q(problem="") | Q(result__isnull=True, saved=False),
                name="import_read_or_not",
            ),
            models.CheckConstraint(
                condition=Q(saved=True) | Q(resume__isnull=True), name="import_saved"
            ),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(
                fields=["user", "-created_at"],
                condition=Q(saved=False, discarded=False),
                name="import_unsaved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("imports:detail", args=[self.pk])

    @property
    def resume_address(self) -> str:
        """Where the résumé is that was made of it: in the list of all, once it was deleted."""
        return self.resume.get_absolute_url() if self.resume else reverse("resumes:list")

    @property
    def document(self) -> ResumeDocument:
        """What was read. Only an import that is done and has no problem has it."""
        return ResumeDocument.model_validate(self.result)

    @staticmethod
    def checksum_of(data: bytes) -> str:
        """Return what files are told apart by."""
        return sha256(data).hexdigest()
