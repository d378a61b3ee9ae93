"""Plain text in the encodings that Korean files have, and JSON Résumé."""

from __future__ import annotations

import json

from imports.extracting import UnreadableError

# CP949 takes nearly everything for text, and therefore comes last.
_ENCODINGS = ("utf-8-sig", "cp949")
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_plain(data: bytes) -> str:
    """Return the text of a file. Raises UnreadableError where it is none."""
    encodings = ("utf-16",) if data.startswith(_BYTE_ORDER_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise UnreadableError("broken")


def read_json(data: bytes) -> str:
    """Return the JSON of a file in short. Raises UnreadableError where it is no JSON object."""
    try:
        value = json.loads(read_plain(data))
    except ValueError:
        raise UnreadableError("broken") from None
    if not isinstance(value, dict):
        raise UnreadableError("broken")
    # A picture may lie in it as text, and no picture is imported.
    if isinstance(value.get("basics"), dict):
        value["basics"].pop("image", None)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
