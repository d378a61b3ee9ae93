"""How gunicorn runs, wherever it is started; what differs stands on its command line."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from typing import Any

from gaechwi.settings import LOGGING
from gaechwi.stopping import stopping

worker_class = "asgi"
control_socket_disable = True
logger_class = "gaechwi.access_log.AccessLog"
logconfig_dict = LOGGING
# Its handler would write the same lines once more.
errorlog = None

# Where the processes of this server add up what they count. A new one counts anew.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="gaechwi-metrics-")


def post_worker_init(worker: Any) -> None:
    """Have what waits know that the server stops: it would be cut off in the end."""

    def stop() -> None:
        stopping.set()
        worker.handle_exit_signal()

    worker.loop.add_signal_handler(signal.SIGTERM, stop)


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
