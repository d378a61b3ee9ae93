"""What spans an export, the résumé that it is of, and the file that it becomes."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from exports.docx import to_docx
from exports.jsonresume import to_json_resume
from exports.layout import printed
from exports.models import CONTENT_TYPES, ExportFormat, ResumeExport
from exports.pdf import UnprintableError, to_pdf
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from resumes.models import File, Resume
from resumes.photos import read_photo
from resumes.services import to_document
from resumes.storage import kept


@dataclass(frozen=True)
class Written:
    """The bytes of a file, or the problem that stands in their way."""

    data: bytes = field(default=b"", repr=False)
    problem: str = ""


def request_export(resume: Resume, file_format: str, template: str = "") -> ResumeExport:
    """Return an export of a résumé, queued to be written; the one in hand of the same kind.

    A PDF has a template, other formats have none.
    """
    exports = ResumeExport.objects.all()
    if there := exports.in_hand(resume.pk, file_format, template):
        return there
    try:
        return _new_export(resume, file_format, template)
    except IntegrityError:
        there = exports.in_hand(resume.pk, file_format, template)
        return there or _new_export(resume, file_format, template)


@transaction.atomic
def _new_export(resume: Resume, file_format: str, template: str) -> ResumeExport:
    new = ResumeExport.objects.create(
        resume=resume,
        format=file_format,
        template=template,
        # No model has any part in it.
        engine=Engine.OFFLINE,
        language=translation.get_language(),
    )
    jobs.enqueue(new)
    return new


def retry_export(this: ResumeExport) -> ResumeExport:
    """Put an export back into the queue, if writing it had failed.

    Returns it, or the one of the same kind that is in hand meanwhile.
    """
    exports = ResumeExport.objects.all()
    try:
        with transaction.atomic():
            jobs.retry(exports, this, Engine.OFFLINE)
    except IntegrityError:
        return exports.in_hand(this.resume_id, this.format, this.template) or this
    return this


def write(this: ResumeExport) -> Written:
    """Return the file of an export, read `with_resume`, of the résumé as it stands then.

    Raises StorageAwayError.
    """
    resume = this.resume
    document = to_document(resume)
    resume_json = to_json_resume(document)
    if this.format == ExportFormat.JSON:
        return Written(json.dumps(resume_json, ensure_ascii=False, indent=2).encode())
    photo = _photo_of(resume)
    if this.format == ExportFormat.DOCX:
        return Written(to_docx(printed(document), resume_json, photo))
    try:
        return Written(to_pdf(printed(document), resume_json, photo, this.template))
    except UnprintableError as error:
        return Written(problem=error.problem)


def _photo_of(resume: Resume) -> bytes | None:
    try:
        return read_photo(resume.photo) if resume.photo else None
    except FileNotFoundError:
        # Its bytes are gone: the page shows none either.
        return None


def save_written(this: ResumeExport, written: Written) -> None:
    """Keep the file of an export, or what stood in its way."""
    if written.problem:
        ResumeExport.objects.filter(pk=this.pk).update(problem=written.problem)
        return
    export = ResumeExport.objects.select_related("resume").get(pk=this.pk)
    with kept(written.data, "exports", suffix=f".{export.format}") as key:
        file = File.objects.create(
            user_id=export.resume.user_id,
            key=key,
            original_name=export.file_name,
            content_type=CONTENT_TYPES[ExportFormat(export.format)],
            size=len(written.data),
            checksum=sha256(written.data).hexdigest(),
        )
        ResumeExport.objects.filter(pk=this.pk).update(file=file, problem="")


@transaction.atomic
def forget_old_exports() -> int:
    """Delete the exports that were kept for long enough; return how many there were."""
    old = ResumeExport.objects.forgotten(timezone.now()).select_for_update()
    keys = list(old.values_list("pk", flat=True))
    File.objects.filter(resumeexport__in=keys).delete()
    ResumeExport.objects.filter(pk__in=keys).delete()
    return len(keys)
