from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostingsConfig(AppConfig):
    """The app."""

    name = "postings"
    verbose_name = _("채용 공고")
