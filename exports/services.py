"""What spans an export, the résumé that it is of, and the file that it becomes."""

from __future__ import annotations

import json
from io import BytesIO

from django.db import IntegrityError, transaction
from django.utils import translation

from exports.jsonresume import to_json_resume
from exports.layout import printed
from exports.models import CONTENT_TYPES, ExportFormat, Problem, ResumeExport
from exports.pdf import UnprintableError, to_pdf
from gaechwi.connections import release_connection
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from resumes.models import Resume
from resumes.photos import read_photo
from resumes.services import to_document
from resumes.storage import Deposit, claim, deposit, discard


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


def write(this: ResumeExport) -> bytes:
    """Return the file of an export, read `with_resume`, of the résumé as it stands then.

    Raises UnprintableError, StorageAwayError, and Http404 where it was deleted for good meanwhile.
    """
    resume = this.resume
    document = to_document(resume)
    resume_json = to_json_resume(document)
    if this.format == ExportFormat.JSON:
        return json.dumps(resume_json, ensure_ascii=False, indent=2).encode()
    words, photo = printed(document), _photo_of(resume)
    # Printing waits for its turn and then for a process; others need the connection meanwhile.
    release_connection()
    if this.format == ExportFormat.DOCX:
        # The web server asks for files without writing any, and need not load what writes them.
        from exports.docx import to_docx

        return to_docx(words, resume_json, photo)
    return to_pdf(words, resume_json, photo, this.template)


def _photo_of(resume: Resume) -> bytes | None:
    try:
        return read_photo(resume.photo) if resume.photo else None
    except FileNotFoundError:
        # Its bytes are gone: the page shows none either.
        return None


def make(this: ResumeExport) -> Deposit | Problem:
    """Return where the file of an export, read `with_resume`, is stored; or what kept it from that.

    Raises StorageAwayError, or another one of STORAGE_ERRORS.
    """
    try:
        return deposit(BytesIO(write(this)), "exports", suffix=f".{this.format}")
    except UnprintableError as error:
        return Problem(error.problem)


def save(this: ResumeExport, made: Deposit | Problem) -> None:
    """Keep the file of an export, or what stood in its way. Raises as `claim` does."""
    these = ResumeExport.objects.filter(pk=this.pk)
    if isinstance(made, Problem):
        these.update(problem=made)
        return
    export = these.select_related("resume").get()
    content_type = CONTENT_TYPES[ExportFormat(export.format)]
    file = claim(made, export.resume.user_id, export.file_name, content_type)
    these.update(file=file, problem="")


def drop(made: Deposit | Problem) -> None:
    """Delete the file of an export that is wanted no more."""
    if isinstance(made, Deposit):
        discard(made)
