"""Data that lies in a file beside its text: the résumé as data, in files that are written here.

As with Europass, whose documents enclose what they say, a file that is imported again is the same
résumé, whatever its layout does to the order of its words.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

# The name of the attachment of a PDF, and what the data of a Word document is the root of: Word
# counts such parts anew when it saves, so that the name of what is in it tells which one it is.
ATTACHMENT = "resume.gaechwi.json"
NAMESPACE = "urn:gaechwi:resume"
ROOT = f"{{{NAMESPACE}}}resume"


def enclose(resume: dict[str, Any], text: str) -> str:
    """Return a résumé in JSON Résumé as it is enclosed in a file that has this text."""
    return json.dumps({"letters": letters_of(text), "resume": resume}, ensure_ascii=False)


def letters_of(text: str) -> str:
    """Return a digest of all that a text says: of its characters, without its white space.

    Where a file goes on having the text that it was written with, its data goes on saying the same.
    """
    return hashlib.sha256("".join(text.split()).encode(errors="replace")).hexdigest()
