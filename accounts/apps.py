from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Users, their sign-in and the block list."""

    name = "accounts"
    verbose_name = _("회원")
