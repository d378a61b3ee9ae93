"""The text layer of a PDF, in the order in which a person reads it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import LIT

from imports.extracting import MAX_PAGES, MAX_TEXT, UnreadableError
from imports.extracting.layout import Piece, in_reading_order

# What stands for a letter that the font does not name.
_NAMELESS = re.compile(r"\(cid:\d{1,6}\)")


def read_pdf(data: bytes) -> str:
    """Return the text of a PDF. Raises UnreadableError.

    All that is drawn is read, also what is white, tiny or beside the page: it is text like other
    text, and its reader sees it before anything comes of it.
    """
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except (PDFPasswordIncorrect, PDFEncryptionError):
        raise UnreadableError("encrypted") from None
    pieces = list(_pieces(document))
    text = in_reading_order(pieces)
    named = _NAMELESS.sub("", text)
    # A text of which most letters have no name is a picture to us.
    if len(named) * 2 < len(text):
        raise UnreadableError("no_text")
    return named


class _Resources(PDFResourceManager):
    """Fonts, of which some bring the table of their codes along."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return a font. What its letters are stands beside their codes, as these stand on pages.

        Other tables of codes, which pdfminer does not read, would leave it without any letter.
        """
        own_table = isinstance(resolve1(spec.get("Encoding")), PDFStream)
        if own_table and "ToUnicode" in spec:
            spec = {**spec, "Encoding": LIT("Identity-H")}
        return super().get_font(objid, spec)


def _pieces(document: PDFDocument) -> Iterator[Piece]:
    resources = _Resources()
    # The order of lines is found in `layout`: that of boxes tears the rows of tables apart.
    device = PDFPageAggregator(
        resources, laparams=LAParams(boxes_flow=None, char_margin=1.2, all_texts=True)
    )
    interpreter = PDFPageInterpreter(resources, device)
    top, length = 0.0, 0
    pages: list[PDFPage] = []
    for page in PDFPage.create_pages(document):
        if len(pages) == MAX_PAGES:
            raise UnreadableError("too_many_pages")
        pages.append(page)
    if not pages:
        raise UnreadableError("broken")
    for number, page in enumerate(pages):
        interpreter.process_page(page)
        drawn: LTPage = device.get_result()
        for line in _lines(drawn):
            words = line.get_text().strip()
            length += len(words)
            if length > MAX_TEXT:
                raise UnreadableError("too_long")
            if words:
                size = max((c.size for c in line if isinstance(c, LTChar)), default=line.height)
                yield Piece(words, line.x0, line.x1, top - line.y1, top - line.y0, size, number)
        # As if all pages were one: columns go on from each to the next.
        top += 10_000.0


def _lines(container: LTContainer[Any]) -> Iterator[LTTextLine]:
    for element in container:
        if isinstance(element, LTTextLine):
            yield element
        elif isinstance(element, LTContainer):
            yield from _lines(element)
