"""Data that lies in a file beside its text: the résumé as data, in files that were written here.

As with Europass, whose documents enclose what they say, a file that is imported again is the same
résumé, whatever its layout does to the order of its words.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

from defusedxml.ElementTree import fromstring
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value

# The name of the attachment of a PDF, and where the data of a Word document lies: Word counts such
# parts anew when it saves, so that the name of what is in it tells which one it is.
ATTACHMENT = "resume.gaechwi.json"
PARTS = re.compile(r"customXml/item\d{1,2}\.xml\Z")
NAMESPACE = "urn:gaechwi:resume"
ROOT = f"{{{NAMESPACE}}}resume"
# Word documents have one or two.
MOST_PARTS = 5
# Several times a résumé at the limits of all its fields.
MAX_ENCLOSED = 4 * 1024 * 1024


def enclose(resume: dict[str, Any], text: str) -> str:
    """Return a résumé in JSON Résumé as it is enclosed in a file that has this text."""
    return json.dumps({"letters": letters_of(text), "resume": resume}, ensure_ascii=False)


def enclosed_in(kind: str, data: bytes) -> str:
    """Return the JSON that is enclosed in a file of a kind; "" where there is none to be read."""
    read = _READERS.get(kind)
    try:
        return read(data) if read else ""
    except Exception:  # noqa: BLE001 what cannot be read does as well as nothing: there is the text
        return ""


def letters_of(text: str) -> str:
    """Return a digest of all that a text says: of its characters, without its white space.

    Where a file goes on having the text that it was written with, its data goes on saying the same.
    """
    return hashlib.sha256("".join(text.split()).encode(errors="replace")).hexdigest()


def _from_pdf(data: bytes) -> str:
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    names = dict_value(resolve1(document.catalog["Names"]))
    files = list_value(dict_value(names["EmbeddedFiles"])["Names"])
    for name, file in zip(files[::2], files[1::2], strict=False):
        if resolve1(name).decode() == ATTACHMENT:
            return _bounded(stream_value(dict_value(dict_value(file)["EF"])["F"]))
    return ""


def _bounded(stream: PDFStream) -> str:
    content = stream.get_data()
    return content.decode() if len(content) <= MAX_ENCLOSED else ""


def _from_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in list(filter(PARTS.match, archive.namelist()))[:MOST_PARTS]:
            with archive.open(name) as part:
                content = part.read(MAX_ENCLOSED + 1)
            # Of others nothing is known, not even whether they can be read.
            if len(content) <= MAX_ENCLOSED and NAMESPACE.encode() in content:
                root = fromstring(content, forbid_dtd=True)
                if root.tag == ROOT:
                    return root.text or ""
    return ""


_READERS: dict[str, Callable[[bytes], str]] = {"pdf": _from_pdf, "docx": _from_docx}
