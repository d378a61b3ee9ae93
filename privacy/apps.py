from django.apps import AppConfig
from django.db.models.signals import pre_delete
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """What users may ask for of the data about them, and who has looked at it."""

    name = "privacy"
    verbose_name = _("개인정보")

    def ready(self) -> None:
        """Keep consents, and let an account leave no traces, whatever deletes it."""
        from allauth.account.signals import user_signed_up

        from privacy.consent import note_consent
        from privacy.erasing import erase_traces

        user_signed_up.connect(note_consent, dispatch_uid="note_consent")
        pre_delete.connect(erase_traces, sender="accounts.User", dispatch_uid="erase_traces")
