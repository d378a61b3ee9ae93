"""What Lighthouse makes of the pages that matter most.

    python -m tests.browser.lighthouse

Needs Node and its npx, which fetches Lighthouse, and Chromium. Prints a table of scores out of 100
and what cost points, and fails below the aims.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.conftest import PATIENT
from tests.browser.every_page import Screen, screens, visitors
from tests.chromium import CHROMIUM, launch
from tests.embedded_site import EmbeddedSite

LIGHTHOUSE = "lighthouse@13"
ATTEMPTS = 4
PAGES = ["landing", "dashboard", "resume-edit", "feedback"]
AIMS = {"performance": 95, "accessibility": 100, "best-practices": 100}


def main() -> None:
    """Measure all pages; end with an error where one is below an aim."""
    npx = shutil.which("npx")
    if npx is None or CHROMIUM is None:
        sys.exit("Node's npx and Chromium are needed")
    missed = False
    print("| page | " + " | ".join(AIMS) + " |\n| --- |" + " ---: |" * len(AIMS))
    with (
        tempfile.TemporaryDirectory() as folder,
        EmbeddedSite(Path(folder) / "site", **PATIENT) as site,
    ):
        for screen, cookie in _pages(site):
            report = _report(npx, f"{site.url}{screen.path}", cookie, Path(folder))
            scores = {name: round(report["categories"][name]["score"] * 100) for name in AIMS}
            print(f"| {screen.name} | " + " | ".join(map(str, scores.values())) + " |")
            for complaint in _complaints(report):
                print(f"  {complaint}", file=sys.stderr)
            missed |= any(scores[name] < aim for name, aim in AIMS.items())
    sys.exit(missed)


def _pages(site: EmbeddedSite) -> list[tuple[Screen, str]]:
    """Make something to show; return the pages, each with the cookies of who sees it."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        with visitors(browser, site) as guests:
            cookies = {
                who: "; ".join(f"{one['name']}={one['value']}" for one in visitor.cookies())
                for who, visitor in guests.contexts.items()
            }
            shown = {screen.name: screen for screen in screens(guests)}
        browser.close()
    return [(shown[name], cookies[shown[name].who]) for name in PAGES]


def _report(npx: str, url: str, cookie: str, folder: Path) -> Any:
    report = folder / "report.json"
    command = [
        *(npx, "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"),
        f"--only-categories={','.join(AIMS)}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    # It loses the trace of a page now and then, and asks for another run itself (NO_NAVSTART).
    for _attempt in range(ATTEMPTS - 1):
        if subprocess.run(command, check=False, env=environment).returncode == 0:
            break
    else:
        subprocess.run(command, check=True, env=environment)
    return json.loads(report.read_text(encoding="utf-8"))


def _complaints(report: Any) -> list[str]:
    counted = {
        ref["id"]
        for name in AIMS
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"]
    }
    audits = [report["audits"][name] for name in sorted(counted)]
    return [
        f"{audit['id']}: {audit.get('displayValue') or audit['title']}"
        for audit in audits
        if audit["score"] is not None and audit["score"] < 1
    ]


if __name__ == "__main__":
    main()
