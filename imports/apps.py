from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    """Résumés that users have elsewhere, on their way to being résumés here."""

    name = "imports"
    verbose_name = _("이력서 가져오기")
