"""Whether this web process was told to stop: what waits for something then waits no longer."""

from __future__ import annotations

from threading import Event

stopping = Event()
