"""The database is killed and started again."""

from __future__ import annotations

import time

import pytest

from tests.faults.load import Load
from tests.faults.system import System
from tests.reliability import Outcome

pytestmark = pytest.mark.processes


def test_it_is_killed_and_started_again(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        system.backing.kill_postgres()
        time.sleep(4)
        system.backing.start_postgres()
        recovered = load.wait_for_recovery(time.monotonic())

    longest = max(answer.seconds for answer in load.answers)
    load.report(
        outcome,
        "PostgreSQL killed, and started 4 s later",
        f"{load.refused()} answered 503, the longest waited {longest:.0f} s;"
        f" recovered in {recovered:.1f} s",
    )
