"""Bytes that are stored for a row, and go again where the row is not written, or is deleted; and
their reading.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from hashlib import file_digest
from io import SEEK_END, BufferedIOBase, BytesIO
from typing import IO, Any, cast

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core import files
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone

from gaechwi.connections import release_connection
from resumes.models import DeletedFile, File

logger = logging.getLogger(__name__)

_ERRORS_OF_S3 = (Boto3Error, BotoCoreError, ClientError)
STORAGE_ERRORS = (OSError, *_ERRORS_OF_S3)
# One run asks for no more than this; the next one goes on.
DELETED_AT_ONCE = 500
# Far longer than a storage takes to answer, or not to.
DEPOSITED_FOR = timedelta(hours=1)
# After that the worker asks again for what could not be deleted.
LATER = timedelta(minutes=50)


class StorageAwayError(Exception):
    """The place where the bytes of files lie cannot be reached; its words are for the user."""


def away_answer(away: StorageAwayError) -> HttpResponse:
    """Return what a page answers to whoever asks for a file that cannot be reached."""
    return HttpResponse(
        str(away), status=503, content_type="text/plain", headers={"Retry-After": "10"}
    )


@dataclass(frozen=True)
class Deposit:
    """Bytes that lie in the storage for a row that is yet to be written."""

    key: str
    size: int
    # SHA-256, hexadecimal.
    checksum: str


def deposit(content: BufferedIOBase, folder: str, *, suffix: str = "") -> Deposit:
    """Store what a file holds for a row that a later transaction writes by `claim`.

    Nothing of what the user calls the file goes into its key. What nobody has claimed after an hour
    is deleted: also where this process ends at once, or the storage took it and did not say so.
    Raises one of STORAGE_ERRORS.
    """
    key = f"{folder}/{secrets.token_hex(16)}{suffix}"
    size = content.seek(0, SEEK_END)
    content.seek(0)
    checksum = file_digest(content, "sha256").hexdigest()
    content.seek(0)
    DeletedFile.objects.create(key=key, due_at=timezone.now() + DEPOSITED_FOR)
    release_connection()
    try:
        default_storage.save(key, files.File(cast("IO[bytes]", content)))
    except _ERRORS_OF_S3:
        # It may be silent, and is not asked again now.
        raise
    except OSError:
        # What still found room on the disk stays, but for this.
        _delete_for_good(key)
        raise
    return Deposit(key, size, checksum)


@contextmanager
def deposited(data: bytes, folder: str, away: str, *, suffix: str = "") -> Iterator[Deposit]:
    """Store bytes of an upload, and delete them again unless they are claimed in the block.

    Raises ValidationError, which says `away`, where the storage cannot be reached.
    """
    try:
        made = deposit(BytesIO(data), folder, suffix=suffix)
    except STORAGE_ERRORS:
        logger.exception("A file of %s could not be stored", folder)
        raise ValidationError(away, code="storage") from None
    try:
        yield made
    except BaseException:
        # Where the database cannot say whether they were claimed, time will.
        with suppress(DatabaseError):
            discard(made)
        raise


def claim(made: Deposit, user_id: str, original_name: str, content_type: str) -> File:
    """Return the row of what was deposited, written in the transaction of the caller.

    Raises FileNotFoundError where it has waited too long for that.
    """
    theirs = DeletedFile.objects.filter(key=made.key, due_at__gt=timezone.now())
    if not theirs.delete()[0]:
        raise FileNotFoundError(made.key)
    return File.objects.create(
        user_id=user_id,
        key=made.key,
        original_name=original_name,
        content_type=content_type,
        size=made.size,
        checksum=made.checksum,
    )


def discard(made: Deposit) -> None:
    """Delete what was deposited, unless it has been claimed."""
    with transaction.atomic():
        # Waits for a transaction that is about to claim it: its answer may be lost, and it not.
        unclaimed = DeletedFile.objects.select_for_update().filter(key=made.key).first()
    if unclaimed:
        _delete_for_good(made.key)


def delete_bytes(instance: File, **_signal: object) -> None:
    """Have the bytes of a file whose row is gone deleted, once that is certain.

    Their key is kept until the storage has deleted them: one that is away is asked again.
    """
    key = instance.key
    DeletedFile.objects.create(key=key)

    def delete() -> None:
        _delete_due(DeletedFile.objects.filter(key=key))

    transaction.on_commit(delete, robust=True)


def delete_due_bytes() -> None:
    """Delete the bytes that belong to no row: of deleted files, and those that nobody claimed."""
    _delete_due(DeletedFile.objects.all())


def _delete_due(files: QuerySet[DeletedFile]) -> None:
    now = timezone.now()
    due = files.filter(due_at__lte=now).order_by("due_at").values_list("key", flat=True)
    for key in list(due[:DELETED_AT_ONCE]):
        release_connection()
        if not _delete_for_good(key):
            # All wait: whoever deletes a hundred must not ask a storage that is away a hundred
            # times. This one waits longer: where it alone is to blame, the others come first.
            DeletedFile.objects.filter(due_at__lte=now).update(due_at=now + LATER)
            DeletedFile.objects.filter(key=key).update(due_at=now + 2 * LATER)
            break


def _delete_for_good(key: str) -> bool:
    try:
        default_storage.delete(key)
    except STORAGE_ERRORS as error:
        logger.warning("A deleted file waits for its storage: %s", type(error).__name__)
        return False
    DeletedFile.objects.filter(key=key).delete()
    return True


def bytes_of(file: File, away: str) -> bytes:
    """Return the bytes of a file.

    Raises FileNotFoundError, and StorageAwayError, which says `away`, where the storage cannot be
    reached.
    """
    with reaching(away), default_storage.open(file.key) as content:
        data: bytes = content.read()
    return data


def opened(file: File, away: str) -> IO[bytes]:
    """Return the bytes of a file as a file to be read and closed. Raises as `bytes_of` does."""
    with reaching(away):
        content: Any = default_storage.open(file.key).file
    return cast("IO[bytes]", content)


@contextmanager
def reaching(away: str) -> Iterator[None]:
    """Raise StorageAwayError, which says `away`, where the storage cannot be reached within."""
    release_connection()
    try:
        yield
    except FileNotFoundError:
        raise
    except STORAGE_ERRORS as error:
        raise StorageAwayError(away) from error
