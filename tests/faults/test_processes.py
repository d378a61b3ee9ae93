"""Web, worker and beat are killed while they work."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.faults.load import NO_CONNECTION, Load
from tests.faults.system import System, answers
from tests.model_server import slow, well
from tests.processes import wait_until
from tests.reliability import Outcome

pytestmark = pytest.mark.processes

KILLS = 3


def test_the_worker_is_killed_every_five_seconds(system: System, outcome: Outcome) -> None:
    # Each kill shall find jobs in hand.
    system.model.behaviour = slow(1)
    with Load(system) as load:
        for _ in range(KILLS):
            wait_until(lambda: load.jobs()["running"], 20)
            system.worker.kill()
            system.worker.start()
            time.sleep(5)
        system.model.behaviour = well

    assert load.statuses().keys() <= {200, 201, 202}
    load.report(outcome, f"Worker killed every 5 s, {KILLS} times", "no request noticed")


def test_beat_is_killed_and_messages_are_lost(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        system.beat.kill()
        system.worker.kill()
        wait_until(lambda: load.jobs()["queued"] >= 4, 20)
        system.backing.valkey.client().flushall()
        system.worker.start()
        wait_until(lambda: load.jobs()["done"], 30)
    # Of these no worker hears, and nobody looks for them.
    assert load.jobs()["queued"]
    system.beat.start()

    load.report(outcome, "Beat and worker killed, and the queue emptied", "no request noticed")


def test_a_process_of_the_web_server_is_killed(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        killed = system.web.children
        os.kill(killed[0], signal.SIGKILL)
        died = time.monotonic()
        wait_until(lambda: len(set(system.web.children) - {killed[0]}) == len(killed), 30)
        recovered = load.wait_for_recovery(died)

    cut_off = load.statuses()[NO_CONNECTION]
    load.report(
        outcome,
        "One of two web processes killed",
        f"{cut_off} cut off; recovered in {recovered:.1f} s",
    )


def test_the_whole_web_server_is_killed(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        system.web.kill()
        system.web.start()
        wait_until(lambda: answers(system.url), 30)
        recovered = load.wait_for_recovery(time.monotonic())

    cut_off = load.statuses()[NO_CONNECTION]
    load.report(
        outcome,
        "The web server killed and started again",
        f"{cut_off} found nobody or were cut off; recovered in {recovered:.1f} s",
    )
