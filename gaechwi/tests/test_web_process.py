"""What the web process leaves alone: whatever is loaded takes time at its start, and memory."""

from __future__ import annotations

import subprocess
import sys

import pytest

from accounts.tests.site import environment
from gaechwi.embedded import BASE_DIR

# Of the workers, and of the confined processes that read and print documents.
HEAVY = ["docx", "kiwipiepy", "numpy", "openai", "pdfminer", "weasyprint"]
REPORT = f"""
import sys
import gaechwi.asgi
print(*(name for name in {HEAVY} if name in sys.modules))
"""


@pytest.mark.processes
def test_it_loads_nothing_that_it_does_not_need() -> None:
    report = subprocess.run(
        [sys.executable, "-c", REPORT],
        cwd=BASE_DIR,
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )

    assert report.stdout.split() == []
