"""Bytes that are stored for a row, and go again where the row is not written."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

logger = logging.getLogger(__name__)

STORAGE_ERRORS = (OSError, Boto3Error, BotoCoreError, ClientError)


@contextmanager
def stored(data: bytes, folder: str, away: str, *, suffix: str = "") -> Iterator[str]:
    """Store bytes in a folder and give their key; whatever is raised within deletes them again.

    Nothing of what the user calls the file goes into its key.

    Raises ValidationError, which says `away`, where the storage cannot be reached.
    """
    try:
        key = default_storage.save(f"{folder}/{secrets.token_hex(16)}{suffix}", ContentFile(data))
    except STORAGE_ERRORS:
        logger.exception("A file of %s could not be stored", folder)
        raise ValidationError(away, code="storage") from None
    try:
        yield key
    except BaseException:
        with suppress(*STORAGE_ERRORS):
            default_storage.delete(key)
        raise
