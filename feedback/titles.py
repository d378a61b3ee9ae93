"""What an improved résumé is called: as its source, and that it was rewritten, and for whom."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from feedback.invented.plain import company_name
from resumes.models import Resume

# Of a company's name, as much as leaves room for the title of the résumé itself.
COMPANY_LENGTH = 30


def improved_title(title: str, company: str, language: str) -> str:
    """Return the title of a résumé that was rewritten, for a company or "" for none.

    What the title says of an earlier rewriting makes room for it.
    """
    with translation.override(language):
        mark = _mark(company_name(company)[:COMPANY_LENGTH].rstrip())
    longest: Any = Resume._meta.get_field("title").max_length
    own = _marks().sub("", title)
    return f"{own[: longest - len(mark) - 3].rstrip()} ({mark})"


def _mark(company: str) -> str:
    return _("%(company)s에 맞춰 고쳐 씀") % {"company": company} if company else _("고쳐 씀")


@cache
def _marks() -> re.Pattern[str]:
    """Return what finds the marks at the end of a title, in whatever language they were made."""
    # One pair of parentheses may stand in a name.
    name = r"(?:[^()]|\([^()]*\)){1,60}"
    marks = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            marks |= {re.escape(_mark("")), re.escape(_mark("\0")).replace("\0", name)}
    return re.compile(rf"(?:\s\((?:{'|'.join(sorted(marks))})\))+$")
