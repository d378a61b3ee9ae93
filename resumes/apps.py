from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class ResumesConfig(AppConfig):
    """Résumés and their files."""

    name = "resumes"
    verbose_name = _("이력서")

    def ready(self) -> None:
        """Let the bytes of a file go with its row, whatever deletes it."""
        from resumes.storage import delete_bytes

        post_delete.connect(delete_bytes, sender="resumes.File", dispatch_uid="delete_bytes")
