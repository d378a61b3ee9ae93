"""A résumé as a Word document that goes on being edited: real headings, real lists, one style."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from lxml import etree

from exports.layout import PrintedEntry, PrintedResume
from imports.enclosing import ROOT, enclose
from imports.extracting.docx import read_docx
from imports.jsonresume import Json

# What Word brings on every machine; others take their own.
FONT = "맑은 고딕"
MARGIN, WIDTH = Mm(20), Mm(170)
PHOTO_WIDTH = Mm(27)
# The first is the template's own.
PART = "/customXml/item2.xml"
GREY = RGBColor(0x55, 0x55, 0x55)


def to_docx(printed: PrintedResume, resume: Json, photo: bytes | None) -> bytes:
    """Return a résumé as a document that encloses it as JSON Résumé; `photo` is a JPEG."""
    document = _styled()
    _write(document, printed, photo)
    _enclose(document, enclose(resume, read_docx(_saved(document))))
    return _saved(document)


def _styled() -> DocumentObject:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    for name, size, before, after in (
        ("Normal", 10, 0, 2),
        ("Title", 22, 0, 2),
        ("Heading 1", 13, 12, 4),
        ("Heading 2", 11, 6, 0),
        ("List Bullet", 10, 0, 1),
    ):
        style = document.styles[name]
        if not isinstance(style, ParagraphStyle):
            raise TypeError(name)
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # Hangul has a font of its own, and a style may name that of its theme instead.
        for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{script}"), None)
        fonts.set(qn("w:eastAsia"), FONT)
        fonts.set(qn("w:hAnsi"), FONT)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    return document


def _write(document: DocumentObject, printed: PrintedResume, photo: bytes | None) -> None:
    document.core_properties.title = printed.title
    document.core_properties.author = printed.name
    document.core_properties.comments = ""
    if photo:
        document.add_picture(io.BytesIO(photo), width=PHOTO_WIDTH)
    document.add_paragraph(printed.name, "Title")
    document.add_paragraph(printed.title)
    for label, value in printed.contact:
        document.add_paragraph(f"{label}: {value}")
    for section in printed.sections:
        document.add_paragraph(section.heading, "Heading 1")
        for entry in section.entries:
            _write_entry(document, entry)


def _write_entry(document: DocumentObject, entry: PrintedEntry) -> None:
    if entry.name:
        heading = document.add_paragraph(entry.name, "Heading 2")
        heading.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
        if entry.period:
            period = heading.add_run(f"\t{entry.period}")
            period.bold, period.font.size, period.font.color.rgb = False, Pt(10), GREY
    if entry.facts:
        facts = document.add_paragraph().add_run(entry.facts)
        facts.font.color.rgb = GREY
    for line in entry.lines:
        document.add_paragraph(line.words, "List Bullet" if line.is_marked else "Normal")
    for words in (entry.technologies, entry.link):
        if words:
            document.add_paragraph(words)


def _enclose(document: DocumentObject, data: str) -> None:
    root = etree.Element(ROOT)
    root.text = data
    blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    package = document.part.package
    part = Part(PackURI(PART), CONTENT_TYPE.XML, blob, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _saved(document: DocumentObject) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
