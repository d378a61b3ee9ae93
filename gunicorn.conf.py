"""How gunicorn runs, wherever it is started; what differs stands on its command line."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import tempfile
from typing import Any

from gunicorn.asgi.protocol import ASGIProtocol

from gaechwi.settings import LOGGING
from gaechwi.stopping import stopping

worker_class = "asgi"
control_socket_disable = True
logger_class = "gaechwi.access_log.AccessLog"
logconfig_dict = LOGGING
# Its handler would write the same lines once more.
errorlog = None

# Longer than what stands before it keeps a connection that rests, or that would send a request into
# one which is just being closed: nginx (keepalive_timeout of its upstreams) and the load balancers
# of AWS keep them for 60 s.
keepalive = 75

# Where the processes of this server add up what they count. A new one counts anew; one that reads
# this file again, told to by SIGHUP, goes on.
_own = os.path.join(tempfile.gettempdir(), f"gaechwi-metrics-{os.getpid()}-")
if not os.environ.get("PROMETHEUS_MULTIPROC_DIR", "").startswith(_own):
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix=os.path.basename(_own))


def post_worker_init(worker: Any) -> None:
    """Have what waits know that the server stops: it would be cut off in the end."""

    def stop() -> None:
        stopping.set()
        worker.handle_exit_signal()
        end_resting_connections()

    worker.loop.add_signal_handler(signal.SIGTERM, stop)


def end_resting_connections() -> None:
    """Close the connections that wait for a request: the stop would wait for them in vain.

    Also for their first one: browsers open some in advance.
    """
    # gunicorn keeps no list of them.
    for connection in gc.get_objects():
        if type(connection) is ASGIProtocol:
            connection._keepalive = 0.1
            if connection._awaiting_request:
                connection._arm_keepalive_timer()


def on_exit(server: Any) -> None:
    """Leave nothing behind."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
