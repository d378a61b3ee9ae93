from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InterviewsConfig(AppConfig):
    """Mock interviews: questions from a résumé and a posting, a conversation, a judgement."""

    name = "interviews"
    verbose_name = _("모의 면접")
