"""The Celery application that the web process sends to and the worker runs."""

from __future__ import annotations

import os
from importlib import import_module
from logging.config import dictConfig

from celery import Celery
from celery.signals import setup_logging, worker_init
from django.conf import settings

# On a machine that both share, the pages come before the jobs: somebody looks at them.
WORKER_NICENESS = 10

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaechwi.settings")

app = Celery("gaechwi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def log_as_set(**_signal: object) -> None:
    """Let worker and beat log as the settings say: Celery leaves it to whoever listens here."""
    dictConfig(settings.LOGGING)


@worker_init.connect
def give_way(**_signal: object) -> None:
    """Lower the priority of the worker's process, and so of all threads that it will have."""
    os.nice(WORKER_NICENESS)


@worker_init.connect
def load_client(**_signal: object) -> None:
    """Load the model's client, for which the first jobs would wait together, where there is one."""
    if import_module("gaechwi.ai.gateway").is_configured():
        import_module("gaechwi.ai.calls")
