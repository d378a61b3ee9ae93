"""The table of docs/reliability.md, out of the tests of faults and attacks: `make reliability`.

A pytest plugin. A test under `tests/faults/` or `tests/attacks/` says by the fixture `outcome` what
it tried and what came of it; with `--reliability FILE` the table is written when all of them hold.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

_PROPERTY = "outcome"
_KINDS = {"tests/faults/": "fault", "tests/attacks/": "attack"}

HEAD = """<!-- Made by `make reliability`. Do not edit by hand. -->

# What was broken and attacked, and what came of it

Each row is made by tests that CI runs with every change. *Tried* counts what was tried (requests,
kills, jobs: the row says which), *lost* is what had been accepted and was not found afterwards,
*let in* is what should have been refused and was not.

| | what | tried | what happened | lost | let in |
| --- | --- | ---: | --- | ---: | ---: |
"""


class Outcome(Protocol):
    """Says what a test tried; fails it where something was lost or let in."""

    def __call__(
        self, what: str, *, tried: int, happened: str, lost: int = 0, let_in: int = 0
    ) -> None:
        """Note one row; what several tests tell of the same `what` is added up."""
        ...


@pytest.fixture
def outcome(record_property: Callable[[str, object], None]) -> Outcome:
    """Note what was tried, and what came of it."""

    def note(what: str, *, tried: int, happened: str, lost: int = 0, let_in: int = 0) -> None:
        row = {"what": what, "tried": tried, "happened": happened, "lost": lost, "let_in": let_in}
        record_property(_PROPERTY, row)
        assert tried, f"{what}: nothing was tried"
        assert not lost, f"{what}: {lost} lost"
        assert not let_in, f"{what}: {let_in} let in"

    return note


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the file to write the table to."""
    parser.addoption("--reliability", metavar="FILE", help="write the table of faults and attacks")


def pytest_configure(config: pytest.Config) -> None:
    """Gather in the process that hears of all tests, whatever processes they run in."""
    path = config.getoption("--reliability")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Gatherer(Path(path)))


class _Gatherer:
    """Hears what the tests tell, and writes it down once all hold."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up what a test told."""
        if report.when != "call":
            return
        [kind] = [kind for place, kind in _KINDS.items() if report.nodeid.startswith(place)]
        for name, told in report.user_properties:
            if name == _PROPERTY and isinstance(told, dict):
                row = self.rows.setdefault((kind, told["what"]), {"happened": []})
                for number in ("tried", "lost", "let_in"):
                    row[number] = row.get(number, 0) + told[number]
                if told["happened"] not in row["happened"]:
                    row["happened"].append(told["happened"])

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Write the table, unless something failed."""
        if exitstatus == pytest.ExitCode.OK:
            self.path.write_text(self._page(), encoding="utf-8")

    def _page(self) -> str:
        ordered = sorted(self.rows.items(), key=lambda item: (item[0][0] != "fault", item[0][1]))
        return HEAD + "".join(
            f"| {kind} | {what} | {row['tried']:,} | {'; '.join(row['happened'])}"
            f" | {row['lost']:,} | {row['let_in']:,} |\n"
            for (kind, what), row in ordered
        )
