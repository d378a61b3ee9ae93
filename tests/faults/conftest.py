"""The system that is broken, once for all tests of a process, and mended after each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.system import System


@pytest.fixture(scope="session")
def whole(_static_files: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The whole, as the last test left it."""
    with System(tmp_path_factory.mktemp("system")) as whole:
        yield whole


@pytest.fixture
def system(whole: System) -> Iterator[System]:
    """The whole, up and well; what a test breaks, also one that fails, is brought back."""
    yield whole
    whole.restore()
