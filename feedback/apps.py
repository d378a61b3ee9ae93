from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """The app."""

    name = "feedback"
    verbose_name = _("피드백")
