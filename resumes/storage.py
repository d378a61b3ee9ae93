"""Bytes that are stored for a row, and go again where the row is not written; and their reading."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, Any, cast

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core import files
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse

from resumes.models import File

logger = logging.getLogger(__name__)

_ERRORS_OF_S3 = (Boto3Error, BotoCoreError, ClientError)
STORAGE_ERRORS = (OSError, *_ERRORS_OF_S3)


class StorageAwayError(Exception):
    """The place where the bytes of files lie cannot be reached; its words are for the user."""


def away_answer(away: StorageAwayError) -> HttpResponse:
    """Return what a page answers to whoever asks for a file that cannot be reached."""
    return HttpResponse(
        str(away), status=503, content_type="text/plain", headers={"Retry-After": "10"}
    )


@contextmanager
def kept(data: bytes | IO[bytes], folder: str, *, suffix: str = "") -> Iterator[str]:
    """Store bytes, or what a file holds, in a folder and give their key.

    Whatever is raised within deletes them again.

    Nothing of what the user calls the file goes into its key. Raises one of STORAGE_ERRORS where
    the storage cannot be reached.
    """
    content = ContentFile(data) if isinstance(data, bytes) else files.File(data)
    key = f"{folder}/{secrets.token_hex(16)}{suffix}"
    try:
        key = default_storage.save(key, content)
    except _ERRORS_OF_S3:
        # Some are errors of the system, too. S3 keeps no part of a file, and may be silent.
        raise
    except OSError:
        # What still found room on the disk stays, but for this.
        default_storage.delete(key)
        raise
    try:
        yield key
    except BaseException:
        with suppress(*STORAGE_ERRORS):
            default_storage.delete(key)
        raise


@contextmanager
def stored(data: bytes, folder: str, away: str, *, suffix: str = "") -> Iterator[str]:
    """Keep bytes of an upload, as `kept` does.

    Raises ValidationError, which says `away`, where the storage cannot be reached.
    """
    with ExitStack() as stack:
        try:
            key = stack.enter_context(kept(data, folder, suffix=suffix))
        except STORAGE_ERRORS:
            logger.exception("A file of %s could not be stored", folder)
            raise ValidationError(away, code="storage") from None
        yield key


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
    try:
        yield
    except FileNotFoundError:
        raise
    except STORAGE_ERRORS as error:
        raise StorageAwayError(away) from error
