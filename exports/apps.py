from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportsConfig(AppConfig):
    """Résumés as files, on their way out."""

    name = "exports"
    verbose_name = _("이력서 내보내기")
