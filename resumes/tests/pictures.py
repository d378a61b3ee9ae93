"""Uploads for the tests: pictures of every kind, and what only pretends to be one."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
ROTATED_RIGHT = 6

RED, BLUE = (220, 30, 30), (30, 30, 220)


def half_red(size: tuple[int, int] = (80, 40), mode: str = "RGB") -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", size, BLUE)
    picture.paste(RED, (0, 0, size[0] // 2, size[1]))
    return picture.convert(mode)


def upload(
    picture: Image.Image, kind: str = "JPEG", name: str = "사진.jpg", **options: Any
) -> SimpleUploadedFile:
    """Return a picture as a browser sends it."""
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return SimpleUploadedFile(name, written.getvalue(), f"image/{kind.lower()}")


def camera_exif(orientation: int = ROTATED_RIGHT) -> Image.Exif:
    """Return what a phone notes in a picture: how it was held, its make and the place."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MAKE] = "SecretPhone"
    exif.get_ifd(GPS).update({1: "N", 2: (37.0, 33.0, 58.0), 3: "E", 4: (126.0, 58.0, 41.0)})
    return exif


def png_bomb(width: int, height: int) -> SimpleUploadedFile:
    """Return a small file that says of itself that it is a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
    return SimpleUploadedFile("bomb.png", b"\x89PNG\r\n\x1a\n" + data + chunk(b"IEND", b""))
