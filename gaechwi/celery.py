"""The Celery application that the web process sends to and the worker runs."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gaechwi.settings")

app = Celery("gaechwi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
