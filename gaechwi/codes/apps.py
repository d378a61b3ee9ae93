from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CodesConfig(AppConfig):
    """The code table."""

    name = "gaechwi.codes"
    verbose_name = _("코드")
