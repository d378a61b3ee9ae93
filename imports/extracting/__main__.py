"""The process that opens a file: `python -m imports.extracting KIND < file`.

It answers on its standard output with JSON, {"text": …, "enclosed": …} or {"problem": …}, and says
nothing else anywhere: messages of the readers would hold words of the file.
"""

from __future__ import annotations

import json
import logging
import sys

from confined.child import confine
from imports.extracting import MAX_TEXT, UnreadableError
from imports.extracting.enclosed import enclosed_in
from imports.extracting.kinds import reader_of

MEMORY = 768 * 1024 * 1024
SECONDS = 20


def answer(kind: str, data: bytes) -> dict[str, str]:
    """Return the text of a file and what is enclosed in it, or what stands in its way."""
    try:
        text = reader_of(kind, data)(data)
        enclosed = enclosed_in(kind, data)
    except UnreadableError as error:
        return {"problem": error.problem}
    except (MemoryError, RecursionError):
        return {"problem": "too_costly"}
    except Exception:  # noqa: BLE001 whatever a reader stumbles over, the file is at fault
        return {"problem": "broken"}
    if not any(character.isalnum() for character in text):
        return {"problem": "no_text" if kind == "pdf" else "empty"}
    if len(text) > MAX_TEXT:
        return {"problem": "too_long"}
    return {"text": text, "enclosed": enclosed}


def main() -> None:
    """Answer for the file on the standard input."""
    logging.disable()
    confine(MEMORY, SECONDS)
    # Standard output is a pipe, which no limit on files is for.
    json.dump(answer(sys.argv[1], sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
