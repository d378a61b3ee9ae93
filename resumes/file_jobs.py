"""Jobs that make a file for their user: a résumé to be printed, all of one's data."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models, transaction
from django.http import FileResponse, Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaechwi.jobs.models import ACTIVE, Job, JobQuerySet, JobStatus
from resumes.models import File
from resumes.storage import opened

# It is made anew in moments, and personal: nobody is served by its lying about.
KEPT_FOR = timedelta(days=1)

FileJobT = TypeVar("FileJobT", bound=Job, covariant=True)


class FileJobQuerySet(JobQuerySet[FileJobT]):
    """Jobs that have a `file`."""

    def forgotten(self, now: datetime) -> Self:
        """Return the jobs whose files have been kept for long enough."""
        return self.filter(created_at__lt=now - KEPT_FOR).exclude(status__in=ACTIVE)

    @transaction.atomic
    def delete_with_files(self) -> int:
        """Delete these jobs and their files; return how many there were."""
        keys = list(self.select_for_update(of=("self",)).values_list("pk", flat=True))
        jobs = self.model._base_manager.filter(pk__in=keys)
        File.objects.filter(pk__in=jobs.values("file")).delete()
        jobs.delete()
        return len(keys)


class FileJob(Job):
    """A job whose result is a file, kept for a day."""

    file = models.OneToOneField(
        File,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        verbose_name=gettext_lazy("파일"),
    )

    class Meta(Job.Meta):
        abstract = True

    @property
    def is_ready(self) -> bool:
        """Whether there is a file to be downloaded."""
        return self.status == JobStatus.DONE and self.file_id is not None

    @property
    def file_name(self) -> str:
        """What the file is called on the computer of its user, "" without one."""
        return self.file.original_name if self.file else ""

    @property
    def expires_at(self) -> datetime:
        """When the file is deleted, at the earliest."""
        return self.created_at + KEPT_FOR


def file_answer(this: FileJob) -> FileResponse:
    """Return the file of a job, read with it, to be kept by its user.

    Raises Http404 where it has none, and StorageAwayError.
    """
    if not this.is_ready or this.file is None:
        raise Http404
    try:
        content = opened(this.file, _("파일을 둔 곳에 연결하지 못했습니다."))
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        content,
        as_attachment=True,
        filename=this.file_name,
        content_type=this.file.content_type,
        headers={"Cache-Control": "private, no-store"},
    )
