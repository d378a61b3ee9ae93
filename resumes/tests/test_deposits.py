"""Bytes that are stored before their row is written."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import OperationalError, connection, transaction
from django.db.models import F
from pytest_django import Settings

from accounts.models import User
from resumes.models import DeletedFile, File
from resumes.storage import (
    DEPOSITED_FOR,
    LATER,
    Deposit,
    bytes_of,
    claim,
    delete_due_bytes,
    deposit,
    deposited,
    discard,
    opened,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def bytes_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def an_hour_passes() -> None:
    assert DeletedFile.objects.update(due_at=F("due_at") - DEPOSITED_FOR)


def test_it_works(user: User, folder: Path) -> None:
    made = deposit(BytesIO(b"bytes"), "exports", suffix=".pdf")
    delete_due_bytes()
    assert bytes_in(folder) == [b"bytes"], "their row may be on its way"

    file = claim(made, user.pk, "이력서.pdf", "application/pdf")

    assert File.objects.get() == file
    assert (file.size, file.user) == (5, user)
    assert file.key.startswith("exports/")
    assert file.key.endswith(".pdf")
    # Of the word "bytes", by another program.
    assert file.checksum == "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9"
    discard(made)
    delete_due_bytes()
    assert bytes_in(folder) == [b"bytes"]
    assert not DeletedFile.objects.exists()


def test_what_nobody_claims_goes_after_an_hour(user: User, folder: Path) -> None:
    made = deposit(BytesIO(b"bytes"), "exports", suffix=".pdf")
    an_hour_passes()

    with pytest.raises(FileNotFoundError):
        claim(made, user.pk, "이력서.pdf", "application/pdf")
    delete_due_bytes()

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


def test_one_that_cannot_be_deleted_holds_no_other_up(folder: Path) -> None:
    (folder / "stuck").mkdir()
    (folder / "stuck" / "inside").write_bytes(b"")
    (folder / "other").write_bytes(b"bytes")
    for key in ("stuck", "other"):
        DeletedFile.objects.create(key=key)

    for _ in range(2):
        delete_due_bytes()
        DeletedFile.objects.update(due_at=F("due_at") - LATER - timedelta(minutes=1))

    assert [each.key for each in DeletedFile.objects.all()] == ["stuck"]
    assert not (folder / "other").exists()


@pytest.mark.django_db(transaction=True)
def test_an_upload_stays_where_only_the_answer_to_its_commit_is_lost(
    user: User, folder: Path
) -> None:
    @transaction.atomic
    def take_in(made: Deposit) -> None:
        claim(made, user.pk, "사진.jpg", "image/jpeg")

    with suppress(OperationalError), deposited(b"bytes", "photos", "away") as made:
        take_in(made)
        raise OperationalError

    delete_due_bytes()
    assert bytes_in(folder) == [b"bytes"]
    assert File.objects.get().key == made.key


@pytest.mark.django_db(transaction=True)
def test_an_upload_goes_where_nothing_was_written_of_it(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), deposited(b"bytes", "photos", "away"):
        raise ZeroDivisionError

    assert bytes_in(folder) == []
    assert not DeletedFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_storage_is_waited_for_without_a_connection(
    user: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is silent, uploads and photos must not take all connections that pages have."""
    held: list[bool] = []

    class Watched(FileSystemStorage):
        def save(self, *args: Any, **kwargs: Any) -> str:
            held.append(connection.connection is not None)
            return super().save(*args, **kwargs)

        def open(self, *args: Any, **kwargs: Any) -> Any:
            held.append(connection.connection is not None)
            return super().open(*args, **kwargs)

        def delete(self, name: str) -> None:
            held.append(connection.connection is not None)
            super().delete(name)

    monkeypatch.setattr("resumes.storage.default_storage", Watched(folder))
    with deposited(b"bytes", "photos", "away") as made:
        file = claim(made, user.pk, "사진.jpg", "image/jpeg")
    assert bytes_of(file, "away") == b"bytes"
    opened(file, "away").close()
    file.delete()

    assert held == [False] * 4
