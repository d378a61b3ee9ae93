"""What spans an import, the file that it came from, and the résumé that it becomes."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine, JobStatus
from imports.models import ResumeImport
from imports.reading import Reading, read
from resumes.models import File, Resume
from resumes.services import create_resume
from resumes.storage import Deposit, claim, deposited


def import_text(user: User, text: str) -> ResumeImport:
    """Return an import of a pasted text, queued to be read; the one that is there for the same.

    Raises TooManyJobs.
    """
    kind = "json" if text.lstrip().startswith("{") else "txt"
    checksum = ResumeImport.checksum_of(text.encode())
    if there := _unsaved_of(user, checksum):
        return there
    try:
        return _new_import(user, checksum, kind=kind, text=text)
    except IntegrityError:
        return _unsaved_of(user, checksum) or _new_import(user, checksum, kind=kind, text=text)


def import_file(user: User, kind: str, name: str, data: bytes) -> ResumeImport:
    """Return an import of an uploaded file, queued to be read; the one that is there for the same.

    Raises TooManyJobs, and ValidationError where the storage cannot be reached.
    """
    checksum = ResumeImport.checksum_of(data)
    if there := _unsaved_of(user, checksum):
        return there
    away = _("파일을 저장할 곳에 연결하지 못했습니다. 잠시 뒤에 다시 올려 주세요.")
    try:
        with deposited(data, "imports", away) as made:
            return _new_import(user, checksum, kind=kind, name=name, made=made)
    except IntegrityError:
        if there := _unsaved_of(user, checksum):
            return there
        raise


def _unsaved_of(user: User, checksum: str) -> ResumeImport | None:
    return ResumeImport.objects.for_user(user).unsaved().filter(checksum=checksum).first()


@transaction.atomic
def _new_import(
    user: User,
    checksum: str,
    *,
    kind: str,
    name: str = "",
    text: str = "",
    made: Deposit | None = None,
) -> ResumeImport:
    file = claim(made, user.pk, name, "application/octet-stream") if made else None
    new = ResumeImport.objects.create(
        user=user,
        kind=kind,
        name=name,
        text=text,
        file=file,
        checksum=checksum,
        engine=jobs.configured_engine(),
        language=translation.get_language(),
    )
    jobs.enqueue(new)
    return new


@transaction.atomic
def retry_import(this: ResumeImport) -> None:
    """Put an import back into the queue, if reading it had failed. Raises TooManyJobs."""
    jobs.retry(ResumeImport.objects.all(), this, jobs.configured_engine())


def read_import(this: ResumeImport) -> Reading:
    """Return what the file or text of an import says. Raises AIError, and what storages raise."""
    if this.file is None:
        data = this.text.encode()
    else:
        with default_storage.open(this.file.key) as file:
            data = file.read()
    return read(this.kind, data, Engine(this.engine))


def save_reading(this: ResumeImport, reading: Reading) -> None:
    """Write what was read for an import, and what that took; its file has served its purpose.

    Of an import that was thrown away meanwhile nothing is kept but what it took.
    """
    rows = ResumeImport.objects.filter(pk=this.pk)
    rows.filter(discarded=False).update(
        text=reading.text,
        result=reading.document and reading.document.model_dump(mode="json"),
        unplaced=reading.unplaced,
        problem=reading.problem,
    )
    rows.update(
        engine=reading.engine,
        model=reading.model,
        prompt_version=reading.prompt_version,
        **jobs.usage_fields(reading.usage),
    )
    File.objects.filter(resumeimport=this.pk).delete()


@transaction.atomic
def save_import(this: ResumeImport, title: str, name: str) -> Resume:
    """Return the résumé made of what was read; the import keeps no word of it.

    Whoever calls it holds the lock of an import that is not saved, so that no second one is made.
    """
    document = this.document.model_copy(update={"title": title, "name": name})
    resume = create_resume(this.user, document)
    ResumeImport.objects.filter(pk=this.pk).update(
        saved=True, resume=resume, text="", result=None, unplaced=[], name="", checksum=""
    )
    return resume


@transaction.atomic
def discard(this: ResumeImport) -> None:
    """Throw an import away, and its file and text with it. Whoever calls it holds its lock.

    What a model reads or has read goes on counting towards its user's day, as an empty row.
    """
    File.objects.filter(resumeimport=this.pk).delete()
    if this.engine == Engine.OFFLINE or this.status in {JobStatus.QUEUED, JobStatus.FAILED}:
        this.delete()
        return
    ResumeImport.objects.filter(pk=this.pk).update(
        name="", text="", checksum="", result=None, unplaced=[], discarded=True
    )
