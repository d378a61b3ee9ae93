"""The text of a Word document (ECMA-376), read as the XML that it is, within limits."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from imports.extracting import UnreadableError

# A part of the longest résumés has some megabytes; what unpacks to more was made to fill memory.
MAX_PART = 30 * 1024 * 1024

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADERS = re.compile(r"word/header\d{1,3}\.xml\Z")
_ENCRYPTED_FLAG = 0x1
_LIST_STYLES = ("ListBullet", "ListNumber")


def read_docx(data: bytes) -> str:
    """Return the text of a document: paragraphs as lines, cells of tables set apart by tabs.

    Raises UnreadableError.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            headers = sorted(filter(_HEADERS.match, archive.namelist()))[:3]
            roots = [_part(archive, name) for name in (*headers, "word/document.xml")]
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError):
        raise UnreadableError("broken") from None
    except (ParseError, DefusedXmlException):
        raise UnreadableError("broken") from None
    lines: list[str] = []
    for root in roots:
        lines += _block(root)
    return "\n".join(lines)


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    info = archive.getinfo(name)
    if info.flag_bits & _ENCRYPTED_FLAG:
        raise UnreadableError("encrypted")
    with archive.open(info) as part:
        # What the archive says of its size may be a lie.
        unpacked = part.read(MAX_PART + 1)
    if len(unpacked) > MAX_PART:
        raise UnreadableError("too_large")
    root: Element = fromstring(unpacked, forbid_dtd=True)
    return root


def _block(parent: Element) -> Iterator[str]:
    """Yield the lines of what holds paragraphs and tables."""
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag != _FALLBACK:
            yield from _block(child)


def _paragraph(paragraph: Element) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[str] = []
    _gather(paragraph, pieces, boxes)
    text = "".join(pieces)
    if text.strip() and _is_item(paragraph):
        text = f"- {text}"
    yield from text.split("\n")
    yield from boxes


def _is_item(paragraph: Element) -> bool:
    """Whether a paragraph is an item of a list: by itself, or by a style of Word's own."""
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return True
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and style.get(f"{_W}val", "").startswith(_LIST_STYLES)


def _gather(element: Element, pieces: list[str], boxes: list[str]) -> None:
    for child in element:
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag == f"{_W}tab":
            pieces.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
        elif child.tag == f"{_W}txbxContent":
            boxes += _block(child)
        elif child.tag not in (_FALLBACK, f"{_W}pPr", f"{_W}rPr"):
            _gather(child, pieces, boxes)


def _table(table: Element) -> Iterator[str]:
    """Yield the rows of a table.

    Where each cell of a row is one line, the row is; where cells hold more, they are the columns of
    a layout, and are read one after the other.
    """
    yield ""
    for row in (*table.findall(f"{_W}tr"), *table.findall(f"{_W}sdt/{_W}sdtContent/{_W}tr")):
        cells = [[line for line in _block(cell) if line.strip()] for cell in row.findall(f"{_W}tc")]
        if all(len(cell) <= 1 for cell in cells):
            # An empty cell keeps the others beneath the heads of their columns.
            yield "\t".join("".join(cell).strip() for cell in cells).rstrip()
        else:
            yield from _tall_row([cell for cell in cells if cell])
    yield ""


def _tall_row(cells: list[list[str]]) -> Iterator[str]:
    # "2019.03 ~ 2021.02 | 회사 \n - 한 일": what is one line high is one line with the next cell.
    head: list[str] = []
    for cell in cells:
        head.append(cell[0].strip())
        if len(cell) > 1:
            yield "\t".join(head)
            yield from cell[1:]
            head = []
    if head:
        yield "\t".join(head)
