"""What it takes until a process can work, and what it holds of memory then.

    python -m bench.start

Imports what the web server and a worker import, each in new processes, in turn with the same and
what they leave to others (`gaechwi/tests/test_loaded_modules.py`). Prints the medians.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack
from statistics import median

from tests.services import BASE_DIR, start_services, stop_services

ROUNDS = 5
IMPORTS = {
    "web": "import gaechwi.asgi",
    "worker": "from gaechwi.celery import app; app.loader.import_default_modules()",
}
# Seconds since the process began, and megabytes.
REPORT = """
import os, time
began = float(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19])
now = time.clock_gettime(time.CLOCK_BOOTTIME)
print(now - began / os.sysconf("SC_CLK_TCK"))
print(int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20)
"""


def main() -> None:
    """Run the measurement and print it as a table."""
    with ExitStack() as stack:
        stack.callback(stop_services)
        start_services()
        os.environ["DJANGO_SETTINGS_MODULE"] = "gaechwi.settings"
        from gaechwi.tests.test_loaded_modules import HEAVY

        print("| process | begins in | with all | ratio | memory | with all | ratio |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
        for name, lean in IMPORTS.items():
            heavy = f"{lean}; import {', '.join(HEAVY)}"
            taken = [(*taken_by(lean), *taken_by(heavy)) for _ in range(ROUNDS)]
            seconds, memory, heavy_seconds, heavy_memory = map(median, zip(*taken, strict=True))
            print(
                f"| {name} | {seconds:.1f} s | {heavy_seconds:.1f} s"
                f" | {seconds / heavy_seconds:.2f} | {memory:.0f} MB | {heavy_memory:.0f} MB"
                f" | {memory / heavy_memory:.2f} |"
            )


def taken_by(imports: str) -> tuple[float, float]:
    """Return the seconds until a new process has these imports, and its megabytes then."""
    report = subprocess.run(
        [sys.executable, "-c", f"{imports}\n{REPORT}"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
    )
    if report.returncode:
        sys.exit(report.stderr)
    seconds, memory = map(float, report.stdout.split())
    return seconds, memory


if __name__ == "__main__":
    main()
