from django.apps import AppConfig


class CodesConfig(AppConfig):
    """The code table."""

    name = "gaechwi.codes"
    verbose_name = "코드"
