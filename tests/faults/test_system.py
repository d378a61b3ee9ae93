"""The tests do not break for each other what they break."""

from __future__ import annotations

import pytest

from tests.faults.load import Load
from tests.faults.system import System
from tests.model_server import slow

pytestmark = pytest.mark.processes


def test_what_a_test_left_broken_is_brought_back(system: System) -> None:
    system.backing.kill_postgres()
    system.backing.stop_valkey()
    system.model.behaviour = slow(60)
    for process in (system.web, system.worker, system.beat):
        process.kill()

    system.restore()

    with Load(system) as load:
        assert load.kinds() <= load.succeeded()
    assert system.beat.is_alive
