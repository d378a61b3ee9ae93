"""What spans a download of all data, its user, and the file that it becomes."""

from __future__ import annotations

from hashlib import file_digest
from io import BufferedRandom
from tempfile import TemporaryFile

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from privacy.gathering import gather
from privacy.models import DataDownload
from resumes.models import File
from resumes.storage import kept


def request_download(user: User) -> DataDownload:
    """Return a download of all data of a user, queued to be made; or the one in hand."""
    downloads = DataDownload.objects.for_user(user)
    try:
        return downloads.active().first() or _new_download(user)
    except IntegrityError:
        return downloads.active().first() or _new_download(user)


@transaction.atomic
def _new_download(user: User) -> DataDownload:
    new = DataDownload.objects.create(
        user=user,
        # No model has any part in it.
        engine=Engine.OFFLINE,
        language=translation.get_language(),
    )
    jobs.enqueue(new)
    return new


def retry_download(this: DataDownload) -> DataDownload:
    """Put a download back into the queue, if making it had failed; return it or the one in hand."""
    downloads = DataDownload.objects.for_user(this.user)
    try:
        with transaction.atomic():
            jobs.retry(downloads, this, Engine.OFFLINE)
    except IntegrityError:
        return downloads.active().first() or this
    return this


def make(this: DataDownload) -> BufferedRandom:
    """Return the file of a download, open; it vanishes when it is closed.

    Raises one of STORAGE_ERRORS.
    """
    file = TemporaryFile()  # noqa: SIM115  # it outlives this function, and is closed by `save`
    try:
        gather(this.user, file)
    except BaseException:
        file.close()
        raise
    return file


def save(this: DataDownload, gathered: BufferedRandom) -> None:
    """Keep the file of a download."""
    with gathered as content:
        size = content.tell()
        content.seek(0)
        checksum = file_digest(content, "sha256").hexdigest()
        content.seek(0)
        with kept(content, "downloads", suffix=".zip") as key:
            file = File.objects.create(
                user_id=this.user_id,
                key=key,
                original_name=f"gaechwi-{timezone.localdate():%Y-%m-%d}.zip",
                content_type="application/zip",
                size=size,
                checksum=checksum,
            )
            DataDownload.objects.filter(pk=this.pk).update(file=file)
