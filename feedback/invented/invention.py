"""The result of a comparison."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from resumes.document import Section


class InventionKind(TextChoices):
    """What was added."""

    ENTRY = "entry", _("새 항목")
    COMPANY = "company", _("회사·기관")
    SCHOOL = "school", _("학교")
    PERIOD = "period", _("날짜·기간")
    FIGURE = "figure", _("수치")
    UNIT = "unit", _("단위")
    DEGREE = "degree", _("학위·전공")
    CERTIFICATE = "certificate", _("자격·어학")
    TECHNOLOGY = "technology", _("기술")
    LINK = "link", _("링크")
    ROLE = "role", _("직위·역할")
    AWARD = "award", _("수상·실적")
    NAME = "name", _("이름")


@dataclass(frozen=True)
class Invention:
    """One thing that the source does not say.

    `text` stands literally in the rewritten résumé as far as a text was added; where only a code or
    a date changed it is a description. `index` is the rewritten entry's place in its section (from
    0), None where a section has no entries. `field` is a field of the document.
    """

    kind: InventionKind
    text: str
    section: Section
    index: int | None
    field: str
