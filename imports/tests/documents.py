"""Makes files of résumés out of plain text, without a library: PDF and DOCX as programs write them.

A text is lines; a tab sets cells apart. `=== left` and `=== right` begin the columns of a page,
`=== across` what stands across both, `=== page` a new page, `=== table` rows of a table, and
`=== columns` with `=== beside` two cells that are columns.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from html import escape

PAGE = (595, 842)
LEADING = 15
_LEFT, _RIGHT, _TOP = 50, 230, 790
_TAB = 130
_SIDE, _PAGE_WIDTH = 165, 560

Block = tuple[str, list[str]]


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, each with its kind."""
    kind = "across"
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("=== "):
            if lines:
                yield kind, lines
            kind, lines = line.removeprefix("=== ").strip(), []
        else:
            lines.append(line)
    yield kind, lines


def plain_text(text: str) -> str:
    """Return a text without its marks."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("=== "))


# PDF


def pdf(
    text: str,
    *,
    size: float = 10,
    leading: float = LEADING,
    spacing: float = 0,
    tab: float = _TAB,
    compressed: bool = True,
) -> bytes:
    """Return a text as a PDF whose font is named and not embedded, as for any Korean reader.

    Lines stand `leading` below each other, paragraphs `spacing` more, cells `tab` apart.
    """
    pages: list[list[str]] = [[]]
    top = across = float(_TOP)
    for kind, lines in blocks(text):
        if kind == "page":
            pages.append([])
            top = across = _TOP
        elif kind == "left":
            across = top
        if kind == "right":
            y, x = across, _RIGHT
        else:
            y, x = top, _LEFT
        width = _SIDE if kind == "left" else _PAGE_WIDTH - x
        for paragraph_words in lines:
            for line in _wrapped(paragraph_words, width, size, tab):
                if y < 50 and kind not in ("left", "right"):
                    pages.append([])
                    y = float(_TOP)
                pages[-1] += [
                    words(cell, x + place * tab, y, size)
                    for place, cell in enumerate(line.split("\t"))
                    if cell.strip()
                ]
                y -= leading if line.strip() else leading * 0.9
            y -= spacing
        top = min(top, y) if kind == "right" else y
    return pdf_of([" ".join(page) for page in pages], compressed=compressed)


def _wrapped(line: str, width: float, size: float, tab_width: float) -> Iterator[str]:
    """Yield a line, broken at spaces if it is too long; cells go on beneath each other."""
    lead, tab, last = line.rpartition("\t")
    free = width - tab_width * line.count("\t")
    kept = ""
    for word in last.split(" "):
        longer = f"{kept} {word}" if kept else word
        if kept and sum(size if letter > "\u1000" else size / 2 for letter in longer) > free:
            yield lead + tab + kept
            lead = "\t" * max(0, line.count("\t") - 1)
            kept = word
        else:
            kept = longer
    yield lead + tab + kept


def words(text: str, x: float, y: float, size: float = 10, colour: str = "0 g") -> str:
    """Return what draws some words at a place of a page."""
    shown = text.encode("utf-16-be").hex().upper()
    return f"BT {colour} /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{shown}> Tj ET"


def pdf_of(pages: list[str], *, compressed: bool = True, extra: str = "") -> bytes:
    """Return a PDF with pages of these contents; `extra` goes into its trailer."""
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /HYSMyeongJo-Medium"
        b" /Encoding /UniKS-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HYSMyeongJo-Medium /DW 1000"
        b" /W [1 95 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >>"
        b" /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /HYSMyeongJo-Medium /Flags 6 /Ascent 752"
        b" /Descent -271 /CapHeight 737 /StemV 58 /ItalicAngle 0"
        b" /FontBBox [0 -148 1001 880] >>",
    ]
    for number, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}]"
            f" /Resources << /Font << /F1 3 0 R >> >> /Contents {7 + 2 * number} 0 R >>".encode()
        )
        content = zlib.compress(page.encode()) if compressed else page.encode()
        flate = " /Filter /FlateDecode" if compressed else ""
        head = f"<< /Length {len(content)}{flate} >>\nstream\n".encode()
        objects.append(head + content + b"\nendstream")
    written = io.BytesIO()
    written.write(b"%PDF-1.5\n")
    places = []
    for number, value in enumerate(objects, start=1):
        places.append(written.tell())
        written.write(f"{number} 0 obj\n".encode() + value + b"\nendobj\n")
    start = written.tell()
    written.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    written.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    written.write(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra} >>\n"
        f"startxref\n{start}\n%%EOF\n".encode()
    )
    return written.getvalue()


ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    f" /O <{'11' * 32}> /U <{'22' * 32}> >> /ID [<{'33' * 16}> <{'33' * 16}>]"
)


# DOCX

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def docx(text: str) -> bytes:
    """Return a text as a Word document; a tab in a `table` block begins another cell."""
    body = []
    for kind, lines in blocks(text):
        if kind == "table":
            rows = (
                "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in line.split("\t"))
                for line in lines
                if line.strip()
            )
            body.append(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")
        elif kind == "columns":
            body.append("<w:tbl><w:tr>" + cell_of(lines))
        elif kind == "beside":
            body.append(cell_of(lines) + "</w:tr></w:tbl>")
        else:
            body += [paragraph(line) for line in lines]
    return docx_of("".join(body))


def cell_of(lines: list[str]) -> str:
    """Return lines as a cell of a table."""
    return f"<w:tc>{''.join(map(paragraph, lines))}</w:tc>"


def docx_of(body: str, head: str = "") -> bytes:
    """Return a Word document with a body of this XML."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {_W}><w:body>{body}'
            "</w:body></w:document>",
        )
    return written.getvalue()


def paragraph(line: str) -> str:
    """Return a line as a paragraph; one that begins with "- " is of a list."""
    style = ""
    if line.startswith("- "):
        style = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        line = line.removeprefix("- ")
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{escape(piece, quote=False)}</w:t></w:r>'
        for piece in line.split("\t")
    )
    return f"<w:p>{style}{runs}</w:p>"


def bomb(size: int = 40 * 1024 * 1024) -> bytes:
    """Return a small Word document that unpacks to many megabytes."""
    return docx_of(f"<w:p><w:r><w:t>{'가' * (size // 3)}</w:t></w:r></w:p>")
