"""A résumé as a PDF: laid out by WeasyPrint in a process of its own, which alone loads it."""

from __future__ import annotations

import json
from base64 import b64encode

from django.template.loader import render_to_string
from django.utils.translation import get_language

from confined.parent import TooCostlyError, done_by
from exports.layout import PrintedResume
from imports.jsonresume import Json


class UnprintableError(Exception):
    """No PDF can be had; `problem` is a value of `exports.models.Problem`."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def to_pdf(printed: PrintedResume, resume: Json, photo: bytes | None, template: str) -> bytes:
    """Return a résumé as a PDF that encloses it as JSON Résumé; `photo` is a JPEG.

    Raises UnprintableError.
    """
    picture = f"data:image/jpeg;base64,{b64encode(photo).decode()}" if photo else ""
    page = render_to_string(
        "exports/print.html", {"resume": printed, "photo": picture, "language": get_language()}
    )
    order = {"html": page, "template": template, "resume": resume}
    try:
        answer = done_by("exports.printing", data=json.dumps(order).encode())
    except TooCostlyError:
        raise UnprintableError("too_costly") from None
    if not answer.startswith(b"%PDF-"):
        raise UnprintableError(json.loads(answer)["problem"])
    return answer
