from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "gaechwi.codes"
    verbose_name = "코드"
