from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from exports.models import ExportFormat, Template

# One choice for the person who makes it: only a PDF comes in several looks.
KINDS = {
    "pdf-classic": (ExportFormat.PDF, Template.CLASSIC, _("PDF · 기본: 흑백에 줄로 나눈 모양")),
    "pdf-modern": (
        ExportFormat.PDF,
        Template.MODERN,
        _("PDF · 모던: 색을 넣고 제목을 옆에 둔 모양"),
    ),
    "pdf-compact": (
        ExportFormat.PDF,
        Template.COMPACT,
        _("PDF · 간결: 한 쪽에 가장 많이 담는 모양"),
    ),
    "docx": (ExportFormat.DOCX, "", _("워드(DOCX): 내려받아 더 고칠 수 있음")),
    "json": (ExportFormat.JSON, "", _("JSON Résumé: 다른 프로그램으로 옮길 때")),
}


class ExportForm(forms.Form):
    """What kind of file a résumé is to become."""

    kind = forms.ChoiceField(
        label=_("파일 형식"), choices=[(name, words) for name, (*_made, words) in KINDS.items()]
    )

    @property
    def made(self) -> tuple[str, str]:
        """The format and the template that were chosen."""
        file_format, template, _words = KINDS[self.cleaned_data["kind"]]
        return file_format, template
