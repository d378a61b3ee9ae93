"""The design system on one page: its tokens, read from the style sheet, and every component."""

from __future__ import annotations

import re

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gaechwi.jobs.models import JobStatus

STYLE_SHEET = settings.BASE_DIR / "static" / "gaechwi.css"
TOKEN = re.compile(r"^    --([\w-]+): (.+);$", re.MULTILINE)


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(
        label=_("제목"), help_text=_("공고마다 다르게 적어 두면 찾기 쉽습니다.")
    )
    company = forms.CharField(label=_("회사"), required=False)
    level = forms.ChoiceField(
        label=_("난이도"), choices=[("easy", _("쉽게")), ("hard", _("어렵게"))], required=False
    )
    text = forms.CharField(
        label=_("자기소개"), required=False, widget=forms.Textarea({"rows": 3, "data-limit": 500})
    )
    agreed = forms.BooleanField(label=_("동의합니다"), required=False)


@login_not_required
@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the design system, in development and in the embedded mode alone."""
    if not (settings.DEBUG or settings.EMBEDDED):
        raise Http404
    tokens = TOKEN.findall(STYLE_SHEET.read_text(encoding="utf-8"))
    context = {
        "colours": [name for name, value in tokens if "#" in value],
        "sizes": [(name, value) for name, value in tokens if "#" not in value],
        "size_head": [_("이름"), _("값")],
        "form": SampleForm({"title": ""}),
        "pages": Paginator(range(30), 10).page(2),
        "jobs": [
            {"is_active": True, "status": JobStatus.RUNNING},
            {"status": JobStatus.FAILED, "get_error_display": _("AI 모델이 답하지 않았습니다.")},
        ],
        "statuses": JobStatus,
    }
    return render(request, "styleguide.html", context)
