"""Files are opened in a process of their own."""

from __future__ import annotations

import json
from typing import Any

from confined.parent import TooCostlyError, done_by
from imports.extracting import UnreadableError


def content_of(kind: str, data: bytes) -> dict[str, str]:
    """Return the text of a file of a kind, and what `enclosed_in` finds in it, "" for nothing.

    Raises UnreadableError.
    """
    try:
        answer: dict[str, Any] = json.loads(done_by("imports.extracting", kind, data=data))
    except TooCostlyError:
        raise UnreadableError("too_costly") from None
    if "problem" in answer:
        raise UnreadableError(answer["problem"])
    return answer
