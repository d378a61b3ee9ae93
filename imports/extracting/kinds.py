"""Which reader a file is for: what its name says must be what it holds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from imports.extracting import UnreadableError
from imports.extracting.docx import read_docx
from imports.extracting.pdf import read_pdf
from imports.extracting.plain import read_json, read_plain

_READERS: dict[str, Callable[[bytes], str]] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "json": read_json,
    "txt": read_plain,
}
# The container of older files of Office and 한글, and of encrypted files of Office.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# In UTF-16, as the directory of the container has it.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
# Readers of PDF look so far for its beginning.
_HEAD = 1024
_SAMPLE = 4096


def reader_of(kind: str, data: bytes) -> Callable[[bytes], str]:
    """Return the reader of a file that its name says to be of a kind.

    Raises UnreadableError where it holds something else.
    """
    held = _held(data)
    if held == "encrypted":
        raise UnreadableError("encrypted")
    if kind == "json" and held == "txt":
        held = "json"
    if not data.strip():
        raise UnreadableError("empty")
    if held != kind:
        raise UnreadableError("mismatch")
    return _READERS[kind]


def _held(data: bytes) -> str:
    if b"%PDF-" in data[:_HEAD]:
        return "pdf"
    if data.startswith(b"PK"):
        return "docx" if _is_docx(data) else "other"
    if data.startswith(_COMPOUND):
        return "encrypted" if _ENCRYPTED in data else "other"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "txt"
    return "other" if b"\0" in data[:_SAMPLE] else "txt"


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.NameToInfo
    except zipfile.BadZipFile:
        raise UnreadableError("broken") from None
