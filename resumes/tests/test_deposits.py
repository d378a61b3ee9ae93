"""Bytes that are stored before their row is written."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.db.models import F
from pytest_django import Settings

from accounts.models import User
from resumes.models import DeletedFile, File
from resumes.storage import DEPOSITED_FOR, claim, delete_left_bytes, deposit, discard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def bytes_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def an_hour_passes() -> None:
    assert DeletedFile.objects.update(deleted_at=F("deleted_at") - DEPOSITED_FOR)


def test_it_works(user: User, folder: Path) -> None:
    made = deposit(BytesIO(b"bytes"), "exports", suffix=".pdf")
    delete_left_bytes()
    assert bytes_in(folder) == [b"bytes"], "their row may be on its way"

    file = claim(made, user.pk, "이력서.pdf", "application/pdf")

    assert File.objects.get() == file
    assert (file.size, file.user) == (5, user)
    assert file.key.startswith("exports/")
    assert file.key.endswith(".pdf")
    # Of the word "bytes", by another program.
    assert file.checksum == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    discard(made)
    delete_left_bytes()
    assert bytes_in(folder) == [b"bytes"]
    assert not DeletedFile.objects.exists()


def test_what_nobody_claims_goes_after_an_hour(user: User, folder: Path) -> None:
    made = deposit(BytesIO(b"bytes"), "exports", suffix=".pdf")
    an_hour_passes()

    with pytest.raises(FileNotFoundError):
        claim(made, user.pk, "이력서.pdf", "application/pdf")
    delete_left_bytes()

    assert bytes_in(folder) == []
    assert not DeletedFile.objects.exists()
    assert not File.objects.exists()


def test_what_is_wanted_no_more_goes_at_once(folder: Path) -> None:
    made = deposit(BytesIO(b"bytes"), "exports", suffix=".pdf")

    discard(made)

    assert bytes_in(folder) == []
    assert not DeletedFile.objects.exists()


def test_a_key_is_known_before_its_bytes_are_there(folder: Path) -> None:
    """Whatever ends the process in between, they go."""
    folder.rmdir()
    folder.write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        deposit(BytesIO(b"bytes"), "exports", suffix=".pdf")

    assert DeletedFile.objects.get().key.startswith("exports/")
    folder.unlink()
