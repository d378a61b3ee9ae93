"""Exits with 0 if the web server of this container answers that it is healthy."""

from __future__ import annotations

import sys
from http import HTTPStatus
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
connection.request("GET", "/healthz")
sys.exit(connection.getresponse().status != HTTPStatus.OK)
