"""The model is away, slow, busy, and talks nonsense."""

from __future__ import annotations

import os
import time

import pytest

from tests.faults.load import Load
from tests.faults.system import System
from tests.model_server import Behaviour, busy, prose, slow, well
from tests.reliability import Outcome

pytestmark = pytest.mark.processes

# `make reliability` takes its time; every call is given up long before (OPENAI_TIME_LIMIT).
FAULT_SECONDS = float(os.environ.get("MODEL_FAULT_SECONDS", "4"))
EVERY_TIME = 1_000_000


@pytest.mark.parametrize(
    ("what", "behaviour"),
    [
        ("does not answer in time", slow(60)),
        ("is busy (429)", busy(EVERY_TIME, retry_after=1)),
        ("answers prose in place of JSON", prose(EVERY_TIME)),
    ],
)
def test_it_answers_badly(
    system: System, outcome: Outcome, what: str, behaviour: Behaviour
) -> None:
    with Load(system) as load:
        system.model.behaviour = behaviour
        began = time.monotonic()
        meanwhile = load.wait_for_recovery(began)
        time.sleep(max(0.0, FAULT_SECONDS - meanwhile))
        system.model.behaviour = well
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused() == 0
    load.report(
        outcome,
        f"The model {what} for {FAULT_SECONDS:.0f} s",
        f"the site did not notice; recovered in {recovered:.1f} s",
    )


def test_it_is_away(system: System, outcome: Outcome) -> None:
    with Load(system) as load:
        with system.model_away():
            time.sleep(FAULT_SECONDS)
        recovered = load.wait_for_recovery(time.monotonic())

    assert load.refused() == 0
    load.report(
        outcome,
        f"The model is away for {FAULT_SECONDS:.0f} s",
        f"the site did not notice; recovered in {recovered:.1f} s",
    )
