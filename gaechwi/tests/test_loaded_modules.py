"""What processes leave alone: whatever is loaded takes time, and memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from accounts.tests.site import environment
from gaechwi.embedded import BASE_DIR

# Of the workers, and of the confined processes that read and print documents.
HEAVY = ["docx", "kiwipiepy", "numpy", "openai", "pdfminer", "weasyprint"]
REPORT = f"""
print(*(name for name in {HEAVY} if name in sys.modules))
"""
WEB = """
import sys
import gaechwi.asgi
assert "gaechwi.urls" in sys.modules
"""
WORKER = """
import sys
from gaechwi.celery import app
app.loader.import_default_modules()
assert "exports.tasks" in sys.modules
"""
# In a worker that has not asked the model for anything.
STOPPED = """
import sys
import threading
import django
django.setup()
from gaechwi.ai import gateway
before = threading.active_count()
gateway.hang_up()
assert threading.active_count() == before
"""


@pytest.mark.processes
@pytest.mark.parametrize("deed", [WEB, WORKER, STOPPED])
def test_it_loads_nothing_that_it_does_not_need(deed: str) -> None:
    report = subprocess.run(
        [sys.executable, "-c", deed + REPORT],
        cwd=BASE_DIR,
        env={**environment(), "DJANGO_SETTINGS_MODULE": "gaechwi.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert report.stdout.split() == []
