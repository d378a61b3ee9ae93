"""What is enclosed in a file that was written here (`imports.enclosing`), read out of it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from defusedxml.ElementTree import fromstring
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1, stream_value

from imports.enclosing import ATTACHMENT, NAMESPACE, ROOT

PARTS = re.compile(r"customXml/item\d{1,2}\.xml\Z")
# Word documents have one or two.
MOST_PARTS = 5
# Several times a résumé at the limits of all its fields.
MAX_ENCLOSED = 4 * 1024 * 1024


def enclosed_in(kind: str, data: bytes) -> str:
    """Return the JSON that is enclosed in a file of a kind; "" where there is none to be read."""
    read = _READERS.get(kind)
    try:
        return read(data) if read else ""
    except Exception:  # noqa: BLE001 what cannot be read does as well as nothing: there is the text
        return ""


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
