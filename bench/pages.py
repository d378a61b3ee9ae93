"""What every page takes the server, and what the dashboard takes the network.

    python -m bench.pages

Starts the site as `make run` does, gives the demo account something of everything, and asks for
each page again and again, one request after the other. Prints the slowest pages, and the bytes of a
first and a later visit of the dashboard as they are sent.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.conftest import WIDTHS
from tests.browser.every_page import screens, visitors
from tests.chromium import launch
from tests.embedded_site import EmbeddedSite

WARM_UP, REQUESTS = 5, 60
SHOWN = 10
AIM_MILLISECONDS = 30
AIM_FIRST_BYTES, AIM_LATER_BYTES = 60_000, 10_000
FOREVER = "max-age=315360000"


def main() -> None:
    """Run the measurement and print it as two tables."""
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedSite(Path(folder) / "site") as site,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        with visitors(browser, site) as guests:
            seen = screens(guests)
            for screen in seen:
                # What asks for the password first is then open.
                guests.look(screen, WIDTHS[0]).close()
            pages = {(screen.path, screen.who, screen.status) for screen in seen}
            cookies = {
                who: "; ".join(f"{one['name']}={one['value']}" for one in context.cookies())
                for who, context in guests.contexts.items()
            }
            host = urlsplit(site.url).netloc
            taken = {
                (path, who): milliseconds(host, path, cookies[who], status)
                for path, who, status in pages
            }
            first, later = bytes_of_visits(host, "/", cookies["demo"])
        browser.close()
    slowest = sorted(taken.items(), key=lambda item: item[1][1], reverse=True)
    print(f"| of {len(taken)} pages the slowest | seen by | p50 | p95 | aim |")
    print("| --- | --- | ---: | ---: | ---: |")
    for (path, who), (middle, late) in slowest[:SHOWN]:
        print(f"| `{path}` | {who} | {middle:.1f} ms | {late:.1f} ms | ≤ {AIM_MILLISECONDS} ms |")
    print("\n| visit of the dashboard | sent | aim |\n| --- | ---: | ---: |")
    print(f"| first | {first / 1000:.1f} KB | ≤ {AIM_FIRST_BYTES / 1000:.0f} KB |")
    print(f"| later | {later / 1000:.1f} KB | ≤ {AIM_LATER_BYTES / 1000:.0f} KB |")


def milliseconds(host: str, path: str, cookie: str, status: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of what a page takes."""
    connection = HTTPConnection(host)
    taken = []
    for number in range(WARM_UP + REQUESTS):
        started = time.perf_counter()
        asked(connection, path, cookie, status)
        if number >= WARM_UP:
            taken.append((time.perf_counter() - started) * 1000)
    return median(taken), quantiles(taken, n=20)[-1]


def asked(connection: HTTPConnection, path: str, cookie: str, status: int = 200) -> tuple[int, str]:
    """Return how many bytes an answer takes, its head included, and how long it may be kept."""
    headers = {"Cookie": cookie, "Accept-Encoding": "gzip, br", "Accept-Language": "ko"}
    connection.request("GET", quote(path, safe="/?="), headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != status:
        sys.exit(f"{path}: {answer.status}")
    lines = [
        f"HTTP/1.1 {answer.status} {answer.reason}",
        *map(": ".join, answer.headers.items()),
        "",
    ]
    head = sum(len(line) + len("\r\n") for line in lines)
    return head + len(body), answer.headers.get("Cache-Control", "")


def bytes_of_visits(host: str, path: str, cookie: str) -> tuple[int, int]:
    """Return what is sent for a page at a first visit, and at a later one."""
    connection = HTTPConnection(host)
    page, _ = asked(connection, path, cookie)
    connection.request("GET", path, headers={"Cookie": cookie})
    html = connection.getresponse().read().decode()
    first, later = page, page
    for file in set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html)):
        sent, kept = asked(connection, file, cookie)
        first += sent
        if FOREVER not in kept:
            later += sent
    return first, later


if __name__ == "__main__":
    main()
