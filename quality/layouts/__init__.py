"""The same résumés as different people lay them out, in the formats that they keep them in."""

from __future__ import annotations

from collections.abc import Callable

from quality.layouts import pdfs, plain, words
from resumes.document import ResumeDocument

Layout = tuple[str, str, Callable[[ResumeDocument], bytes]]
LAYOUTS: tuple[Layout, ...] = (
    ("TXT, bars", "txt", plain.plain_pipes),
    ("PDF, one column", "pdf", pdfs.pdf_one_column),
    ("PDF, sidebar", "pdf", pdfs.pdf_sidebar),
    ("DOCX, paragraphs", "docx", words.docx_paragraphs),
    ("DOCX, tables", "docx", words.docx_tables),
    ("JSON Résumé", "json", plain.json_resume),
    ("TXT in CP949, from a job site", "txt", plain.pasted_site),
    ("Markdown", "txt", plain.markdown),
    ("PDF, headings on the left", "pdf", pdfs.pdf_labels_left),
    ("PDF, two columns and a page", "pdf", pdfs.pdf_halves),
    ("DOCX, table as columns", "docx", words.docx_columns),
    ("TXT in UTF-16, no blank lines", "txt", plain.plain_tight),
    ("PDF, room between paragraphs", "pdf", pdfs.pdf_spaced),
    ("PDF, sidebar, room between paragraphs", "pdf", pdfs.pdf_sidebar_spaced),
    ("PDF, wide lines", "pdf", pdfs.pdf_wide_lines),
    ("PDF, form of tables", "pdf", pdfs.pdf_form),
)
