"""Exits with 0 if the web server of this container answers that it is healthy."""

from __future__ import annotations

import os
import sys
from http import HTTPStatus
from http.client import HTTPConnection
from urllib.parse import urlsplit

connection = HTTPConnection("127.0.0.1", 8000, timeout=4)
# The site answers to its own name only.
connection.request("GET", "/healthz", headers={"Host": urlsplit(os.environ["SITE_URL"]).netloc})
sys.exit(connection.getresponse().status != HTTPStatus.OK)
