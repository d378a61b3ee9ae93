"""The store of uploaded files is away, and rows and files stay one."""

from __future__ import annotations

import time

import pytest

from tests.faults.load import Load
from tests.faults.system import System
from tests.processes import wait_until
from tests.reliability import Outcome

pytestmark = pytest.mark.processes


def test_it_is_away(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        with system.backing.store_away():
            away = time.monotonic()
            wait_until(lambda: load.refused("upload") >= 3, 60)
            others = load.kinds() - {"upload"}
            assert others <= load.succeeded(away)
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused(*others) == 0
    load.report(
        outcome,
        "S3 away",
        f"{load.refused('upload')} uploads answered 503, all else went on;"
        f" recovered in {recovered:.1f} s",
    )


def test_it_takes_all_and_says_nothing(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        with system.backing.store_silent():
            silent = time.monotonic()
            wait_until(lambda: load.refused("upload"), 60)
            waited = time.monotonic() - silent
            others = load.kinds() - {"upload"}
            assert others <= load.succeeded(silent)
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused(*others) == 0
    load.report(
        outcome,
        "S3 takes all and says nothing",
        f"uploads answered 503 after {waited:.0f} s, all else went on;"
        f" recovered in {recovered:.1f} s",
    )
