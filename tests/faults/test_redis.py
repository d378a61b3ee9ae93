"""Cache and broker are stopped, emptied and frozen."""

from __future__ import annotations

import os
import time

import pytest

from tests.faults.load import Load
from tests.faults.system import System
from tests.reliability import Outcome

pytestmark = pytest.mark.processes

# Longer than every time limit that the processes have with it; `make reliability` takes longer.
AWAY_SECONDS = float(os.environ.get("REDIS_FAULT_SECONDS", "8"))


def test_it_is_stopped_and_started_again(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        system.backing.stop_valkey()
        meanwhile = load.wait_for_recovery(time.monotonic())
        time.sleep(AWAY_SECONDS)
        system.backing.start_valkey()
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused() == 0
    assert system.worker.is_alive
    assert system.beat.is_alive
    load.report(
        outcome,
        f"Redis stopped, and started {AWAY_SECONDS:.0f} s later",
        f"without it all went on after {meanwhile:.1f} s; recovered in {recovered:.1f} s",
    )


def test_it_is_emptied(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        for _ in range(3):
            system.backing.valkey.client().flushall()
            time.sleep(1)
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused() == 0
    assert system.worker.is_alive
    assert load.jobs()["failed"] == 0
    load.report(outcome, "Redis emptied three times", f"recovered in {recovered:.1f} s")


def test_it_is_frozen(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        with system.backing.stalled_valkey():
            meanwhile = load.wait_for_recovery(time.monotonic())
            time.sleep(max(0.0, AWAY_SECONDS - meanwhile))
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused() == 0
    assert system.worker.is_alive
    load.report(
        outcome,
        f"Redis takes all and says nothing for {AWAY_SECONDS:.0f} s",
        f"without it all went on, the slowest after {meanwhile:.1f} s;"
        f" recovered in {recovered:.1f} s",
    )
