"""How gunicorn runs, wherever it is started; what differs stands on its command line."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import Any

from gaechwi.settings import LOGGING

worker_class = "asgi"
control_socket_disable = True
logger_class = "gaechwi.access_log.AccessLog"
logconfig_dict = LOGGING
# Its handler would write the same lines once more.
errorlog = None

# Where the processes of this server add up what they count. A new one counts anew.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="gaechwi-metrics-")


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
