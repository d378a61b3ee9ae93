"""What spans a download of all data, its user, and the file that it becomes."""

from __future__ import annotations

from tempfile import TemporaryFile

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts.models import User
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import Engine
from privacy.gathering import gather
from privacy.models import DataDownload
from resumes.storage import Deposit, claim, deposit


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


def make(this: DataDownload) -> Deposit:
    """Return where the file of a download is stored. Raises one of STORAGE_ERRORS."""
    with TemporaryFile() as file:
        gather(this.user, file)
        return deposit(file, "downloads", suffix=".zip")


def save(this: DataDownload, made: Deposit) -> None:
    """Keep the file of a download, in the place of those that its user had before.

    Raises as `claim` does.
    """
    name = f"gaechwi-{timezone.localdate():%Y-%m-%d}.zip"
    file = claim(made, this.user_id, name, "application/zip")
    DataDownload.objects.filter(pk=this.pk).update(file=file)
    DataDownload.objects.for_user(this.user).exclude(pk=this.pk).delete_with_files()
