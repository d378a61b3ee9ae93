"""An account that is deleted is gone from the database, the storage, the cache and the logs."""

from __future__ import annotations

import logging
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_redis import get_redis_connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from accounts.tests.people import (
    EMAIL,
    block,
    confirm_password,
    new_user,
    sign_in,
    user_form,
)
from interviews import live
from interviews.models import InterviewTurn
from privacy.consent import note_consent
from resumes.models import DeletedFile, File, Resume
from resumes.storage import delete_due_bytes
from tests.test_delete_account import fill

pytestmark = pytest.mark.django_db

NAME = "남김없이"
WORDS = "이 낱말은 어디에도 남지 않아야 한다"
SPOKEN = "면접관이 이 말을 하고 있다"


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def signed_in() -> tuple[Client, User]:
    user = new_user(name=NAME)
    client = Client()
    sign_in(client)
    confirm_password(client)
    return client, user


def everything_kept() -> str:
    """Return every value of every table, and every key and value of the cache, as one text."""
    kept: list[Any] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            kept.extend(cursor.fetchall())
    redis = get_redis_connection()
    for key in redis.keys("*"):
        kept.append(key)
        if redis.type(key) == b"string":
            kept.append((redis.get(key) or b"").decode(errors="replace"))
        elif redis.type(key) == b"stream":
            kept += [value.decode() for _id, said in redis.xrange(key) for value in said.values()]
    return repr(kept)


def test_it_works(
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    caplog.set_level(logging.DEBUG)
    client, user = signed_in()
    # What fills the account brings an address of its own.
    EmailAddress.objects.filter(user=user).delete()
    fill(user)
    note_consent(user=user)
    voice, _before = live.Voice.take(InterviewTurn.objects.get(interview__user=user).pk, uuid4())
    voice.say(SPOKEN)
    Resume.objects.filter(user=user).update(introduction=WORDS, title=WORDS)
    staff = User.objects.create_superuser("staff@example.com", "a-long-passphrase")
    at_admin = Client()
    at_admin.force_login(staff)
    resume = Resume.objects.for_user(user).first()
    assert resume is not None
    at_admin.post(f"/admin/accounts/user/{user.pk}/change/", user_form(user))
    assert LogEntry.objects.filter(object_repr=NAME).exists()
    assert UserSession.objects.filter(user=user).count() == 1
    traces = (EMAIL, NAME, WORDS, SPOKEN)
    before = everything_kept()
    assert all(trace in before for trace in traces)

    page = client.get("/account/delete/")
    assertContains(page, "되돌릴 수 없습니다")
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/account/delete/", {"email": EMAIL.upper()})

    assertRedirects(response, "/")
    after = everything_kept()
    assert not [trace for trace in traces if trace in after]
    assert not [path for path in folder.rglob("*") if path.is_file()]
    assert not [trace for trace in traces if trace in caplog.text]
    assertContains(client.get("/"), "회원가입")


def test_a_session_alone_deletes_nothing_through_the_api(client: Client, user: User) -> None:
    answer = client.delete("/api/users/me")

    assert answer.status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_bytes_go_once_their_storage_is_back(user: User, folder: Path) -> None:
    (folder / "photo").write_bytes(b"bytes")
    File.objects.create(user=user, key="photo", size=5)
    # Nothing can be deleted in a folder that is a file.
    folder.rename(folder.with_suffix(".away"))
    folder.write_bytes(b"")

    user.delete()
    delete_due_bytes()

    assert DeletedFile.objects.get().key == "photo"
    folder.unlink()
    folder.with_suffix(".away").rename(folder)
    DeletedFile.objects.update(due_at=timezone.now())
    delete_due_bytes()
    assert not (folder / "photo").exists()
    assert not DeletedFile.objects.exists()


def test_every_session_ends_in_the_cache_too() -> None:
    client, user = signed_in()
    other = Client()
    sign_in(other)
    keys = [each.session.session_key for each in (client, other)]
    assert Session.objects.filter(pk__in=keys).count() == 2

    user.delete()

    assert not Session.objects.filter(pk__in=keys).exists()
    assert not [key for key in keys if cache.get(f"django.contrib.sessions.cached_db{key}")]
    assert other.get("/account/").status_code == 302


def test_staff_who_delete_people_leave_no_more(user: User) -> None:
    """The admin deletes many at once, by no method of theirs."""
    block(user, reason=WORDS)
    staff = User.objects.create_superuser("staff@example.com", "a-long-passphrase")
    User.objects.filter(pk=user.pk).update(name=NAME)
    at_admin = Client()
    at_admin.force_login(staff)
    user.refresh_from_db()
    at_admin.post(f"/admin/accounts/user/{user.pk}/change/", user_form(user))
    assert NAME in everything_kept()

    User.objects.filter(pk=user.pk).delete()

    assert NAME not in everything_kept()
    assert WORDS not in everything_kept()


def test_staff_can_delete_who_has_a_bit_of_everything(user: User) -> None:
    """Such as whoever asks for it by mail; no part of theirs may be deleted by itself."""
    EmailAddress.objects.filter(user=user).delete()
    fill(user)
    staff = User.objects.create_superuser("staff@example.com", "a-long-passphrase")
    at_admin = Client()
    at_admin.force_login(staff)
    here = f"/admin/accounts/user/{user.pk}/delete/"

    assertContains(at_admin.get(here), "이력서")
    assert at_admin.post(here, {"post": "yes"}).status_code == 302

    assert list(User.objects.all()) == [staff]


def test_a_voice_that_still_speaks_is_heard_no_more(user: User) -> None:
    fill(user)
    turn = InterviewTurn.objects.get(interview__user=user)
    voice, _before = live.Voice.take(turn.pk, uuid4())

    user.delete()

    with pytest.raises(live.SilencedError):
        voice.say(SPOKEN)
    with pytest.raises(live.SilencedError):
        live.Voice.take(turn.pk, uuid4())
    assert SPOKEN not in everything_kept()


@pytest.mark.django_db(transaction=True)
def test_a_deletion_that_loses_to_a_job_is_done_all_the_same(user: User) -> None:
    """Each waits for what the other one holds, and the database ends one of them."""
    lost = iter([OperationalError("deadlock detected")])

    def lose_once(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith("DELETE") and (error := next(lost, None)):
            raise error
        return execute(sql, *rest)

    with connection.execute_wrapper(lose_once):
        user.delete()

    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_storage_that_is_away_is_asked_once(
    user: User, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for number in range(5):
        File.objects.create(user=user, key=f"photo{number}/x", size=5)
    # What lies in a file cannot be deleted.
    for number in range(5):
        (folder / f"photo{number}").write_bytes(b"")

    user.delete()

    assert caplog.text.count("A deleted file waits for its storage") == 1
    assert DeletedFile.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_accounts_that_a_backup_brought_back_are_deleted_again(
    user: User, other_user: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By what their deletion left in the log, and nothing else of them."""
    caplog.set_level(logging.INFO)
    told = f"account {user.pk} is deleted"
    user.delete()
    assert told in caplog.text
    User.objects.create_user("seeker@example.com", pk=told.split()[1])
    said = StringIO()

    monkeypatch.setattr("sys.stdin", StringIO(f"{told.split()[1]}\nunknown\n"))
    call_command("delete_accounts", stdout=said)

    assert said.getvalue() == "1 of 2 accounts deleted\n"
    assert list(User.objects.all()) == [other_user]
    call_command("delete_accounts", other_user.pk, stdout=said)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_account_that_cannot_be_deleted_is_named_and_holds_up_no_other(
    user: User, other_user: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)

    def refuse(execute: Any, sql: str, params: Any, *rest: Any) -> Any:
        if sql.startswith('DELETE FROM "accounts_user"') and user.pk in params:
            raise OperationalError("deadlock detected")
        return execute(sql, params, *rest)

    said = StringIO()
    with (
        connection.execute_wrapper(refuse),
        pytest.raises(CommandError, match=f"^not deleted: {user.pk}$"),
    ):
        call_command("delete_accounts", user.pk, other_user.pk, stdout=said)

    assert said.getvalue() == "1 of 2 accounts deleted\n"
    assert list(User.objects.all()) == [user]
    assert f"account {other_user.pk} is deleted" in caplog.text
    assert f"account {user.pk} is deleted" not in caplog.text


@pytest.mark.parametrize("email", ["", "x", "other@example.com", f"{EMAIL}x"])
def test_bad_input_is_answered(email: str) -> None:
    client, user = signed_in()

    assertContains(client.post("/account/delete/", {"email": email}), "errorlist")

    assert User.objects.filter(pk=user.pk).exists()
    assert client.get("/account/").status_code == 200


def test_the_password_is_asked_for_where_it_was_not_given_lately(
    client: Client, user: User
) -> None:
    for response in (
        client.get("/account/delete/"),
        client.post("/account/delete/", {"email": user.email}),
    ):
        assert response["Location"].startswith("/accounts/reauthenticate/")
    assert User.objects.filter(pk=user.pk).exists()


def test_devices_can_be_seen_and_signed_out() -> None:
    client, _user = signed_in()
    other = Client(headers={"user-agent": "Another/1.0 <script>"})
    sign_in(other)

    page = client.get("/accounts/sessions/")
    assertContains(page, "Another/1.0 &lt;script&gt;")
    assertContains(page, "지금 이 기기", count=1)
    client.post("/accounts/sessions/")

    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200
