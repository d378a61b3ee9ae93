"""Photos of résumés: decoded, checked and written anew."""

from __future__ import annotations

import io
import struct
from math import ceil
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from resumes.models import File, Resume
from resumes.storage import Deposit, bytes_of, claim, deposited

FORMATS = ("JPEG", "PNG", "WEBP")
# A phone's camera makes 50 megapixels and a few; more was made to fill the memory.
MAX_PIXELS = 52_000_000
# The 3 × 4 cm of a Korean résumé's photo at 1,000 dpi.
STORED_SIZE = (1_200, 1_600)
# Both ways, for a picture that its orientation turns on its side.
DECODED_SIZE = (1_600, 1_600)

# What Pillow raises on files that are cut off or made up.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, struct.error)


def store_photo(resume: Resume, upload: UploadedFile[Any]) -> File:
    """Return the photo of a résumé made from an upload; it takes the place of an earlier one.

    Raises ValidationError, with nothing changed, for an upload that is no usable picture or where
    the storage cannot be reached, and Resume.DoesNotExist for a résumé deleted meanwhile.
    """
    data = _written_anew(upload)
    away = _("사진을 저장할 곳에 연결하지 못했습니다. 잠시 뒤에 다시 올려 주세요.")
    with deposited(data, "photos", away, suffix=".jpg") as made:
        return _take_in(resume, made, upload.name or "")


@transaction.atomic
def _take_in(resume: Resume, made: Deposit, original_name: str) -> File:
    locked = Resume.objects.select_for_update(of=("self",)).get(pk=resume.pk)
    remove_photo(locked)
    locked.photo = claim(made, locked.user_id, original_name[:255], "image/jpeg")
    locked.save(update_fields=["photo", "updated_at"])
    return locked.photo


def remove_photo(resume: Resume) -> None:
    """Delete the photo of a résumé, if it has one. The caller holds the lock of the résumé."""
    if resume.photo is not None:
        resume.photo.delete()
        resume.photo = None
        resume.save(update_fields=["photo", "updated_at"])


def read_photo(photo: File) -> bytes:
    """Return the bytes of a photo. Raises FileNotFoundError, or StorageAwayError."""
    return bytes_of(photo, _("사진을 둔 곳에 연결하지 못했습니다."))


def _written_anew(upload: UploadedFile[Any]) -> bytes:
    """Return the picture as a JPEG of ours: nothing of the upload but its pixels is kept."""
    if (upload.size or 0) > settings.MAX_PHOTO_BYTES:
        raise ValidationError(
            _("사진은 5 MB까지 올릴 수 있습니다. 이 파일은 %(size).1f MB입니다.")
            # Rounded up: what is a little too large must not read as if it fitted.
            % {"size": ceil((upload.size or 0) / 1024 / 1024 * 10) / 10},
            code="too_large",
        )
    picture = _decoded(upload)
    if picture.mode.startswith("I;16"):
        # Pillow would cut 16 bits off at 255, and leave a white picture.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    picture.thumbnail(STORED_SIZE)
    if picture.has_transparency_data:
        paper = Image.new("RGBA", picture.size, "white")
        paper.alpha_composite(picture.convert("RGBA"))
        picture = paper
    picture = picture.convert("RGB")
    # Pillow would copy the comment of a picture into the new one.
    picture.info.clear()
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88, optimize=True)
    return written.getvalue()


def _decoded(upload: UploadedFile[Any]) -> Image.Image:
    try:
        picture = Image.open(upload, formats=FORMATS)
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        # A JPEG can be decoded at half its size or less: a fraction of the time and memory.
        picture.draft(None, DECODED_SIZE)
        return ImageOps.exif_transpose(picture)
    except UnidentifiedImageError:
        raise ValidationError(
            _("JPEG, PNG, WebP 사진만 올릴 수 있습니다."), code="not_a_picture"
        ) from None
    except Image.DecompressionBombError:
        raise ValidationError(
            _("사진은 5천만 화소까지 올릴 수 있습니다. 크기를 줄여서 올려 주세요."),
            code="too_many_pixels",
        ) from None
    except BROKEN:
        raise ValidationError(
            _("사진 파일이 깨져 있어 읽을 수 없습니다. 다른 파일을 올려 주세요."), code="broken"
        ) from None
