from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """The app."""

    name = "gaechwi.jobs"
    verbose_name = _("작업")

    def ready(self) -> None:
        """Sweep as soon as a worker is up; hand back what it has when it is told to stop."""
        from celery.signals import worker_ready, worker_shutting_down

        from gaechwi.jobs.stopping import hand_back_in_time
        from gaechwi.jobs.tasks import sweep_at_start

        worker_ready.connect(sweep_at_start, dispatch_uid="sweep_at_start")
        worker_shutting_down.connect(hand_back_in_time, dispatch_uid="hand_back_in_time")
