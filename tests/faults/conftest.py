"""The system that is broken, once for all tests of a process."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.system import System


@pytest.fixture(scope="session")
def system(_static_files: None) -> Iterator[System]:
    """The whole, up and well."""
    # Not pytest's own folder: another run closes that one to all other accounts.
    with (
        tempfile.TemporaryDirectory(prefix="gaechwi-faults-") as folder,
        System(Path(folder)) as system,
    ):
        yield system
