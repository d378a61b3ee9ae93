"""Photos of résumés: decoded, checked and written anew."""

from __future__ import annotations

import hashlib
import io
import secrets
from typing import IO

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from resumes.models import File, Resume

FORMATS = ("JPEG", "PNG", "WEBP")
# A phone's camera makes 50 megapixels; a picture with more was made to fill the memory.
MAX_PIXELS = 50_000_000
# Twice the 3 × 4 cm of a Korean résumé's photo at 600 dpi.
STORED_SIZE = (1_200, 1_600)


def store_photo(resume: Resume, upload: UploadedFile) -> File:
    """Return the photo of a résumé made from an upload; it takes the place of an earlier one.

    Raises ValidationError, with nothing changed, for an upload that is no usable picture or where
    the storage cannot be reached.
    """
    data = _written_anew(upload)
    try:
        key = default_storage.save(f"photos/{secrets.token_hex(16)}.jpg", ContentFile(data))
    except (OSError, BotoCoreError, ClientError):
        raise ValidationError(
            _("사진을 저장할 곳에 연결하지 못했습니다. 잠시 뒤에 다시 올려 주세요."),
            code="storage",
        ) from None
    with transaction.atomic():
        locked = Resume.objects.select_for_update().select_related(None).get(pk=resume.pk)
        _discard(locked)
        photo = File.objects.create(
            user=resume.user,
            key=key,
            original_name=(upload.name or "")[:255],
            content_type="image/jpeg",
            size=len(data),
            checksum=hashlib.sha256(data).hexdigest(),
        )
        locked.photo = photo
        locked.save(update_fields=["photo", "updated_at"])
    return photo


@transaction.atomic
def remove_photo(resume: Resume) -> None:
    """Delete the photo of a résumé, its bytes too."""
    locked = Resume.objects.select_for_update().get(pk=resume.pk)
    _discard(locked)
    locked.touch()


def _discard(resume: Resume) -> None:
    photo = resume.photo
    if photo is None:
        return
    photo.delete()
    resume.photo = None
    transaction.on_commit(lambda: default_storage.delete(photo.key), robust=True)


def _written_anew(upload: UploadedFile) -> bytes:
    """Return the picture as a JPEG of ours: nothing of the upload but its pixels is kept."""
    if (upload.size or 0) > settings.MAX_PHOTO_BYTES:
        raise ValidationError(
            _("사진은 5 MB까지 올릴 수 있습니다. 이 파일은 %(size).1f MB입니다.")
            % {"size": (upload.size or 0) / 1024 / 1024},
            code="too_large",
        )
    picture = _decoded(upload)
    picture.thumbnail(STORED_SIZE)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=88, optimize=True)
    return written.getvalue()


def _decoded(upload: IO[bytes] | UploadedFile) -> Image.Image:
    try:
        picture = Image.open(upload, formats=FORMATS)
    except UnidentifiedImageError:
        raise ValidationError(
            _("JPEG, PNG, WebP 사진만 올릴 수 있습니다."), code="not_a_picture"
        ) from None
    if picture.width * picture.height > MAX_PIXELS:
        raise ValidationError(
            _("사진이 너무 큽니다(%(width)d × %(height)d). 줄여서 올려 주세요.")
            % {"width": picture.width, "height": picture.height},
            code="too_many_pixels",
        )
    try:
        return ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise ValidationError(
            _("사진 파일이 깨져 있어 읽을 수 없습니다. 다른 파일을 올려 주세요."), code="broken"
        ) from None
