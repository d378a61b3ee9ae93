from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudyGuidesConfig(AppConfig):
    """Study guides: what is missing, turned into an order in which it can be learnt."""

    name = "studyguides"
    verbose_name = _("학습 가이드")
