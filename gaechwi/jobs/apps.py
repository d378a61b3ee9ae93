from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """The app."""

    name = "gaechwi.jobs"
    verbose_name = _("작업")

    def ready(self) -> None:
        """Sweep as soon as a worker is up, rather than at the next beat."""
        from celery.signals import worker_ready

        from gaechwi.jobs.tasks import sweep_at_start

        worker_ready.connect(sweep_at_start, dispatch_uid="sweep_at_start")
