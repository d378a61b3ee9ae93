from __future__ import annotations

import re
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from accounts.models import User
from accounts.tests.people import PASSWORD, is_signed_in, new_user, sign_in

pytestmark = pytest.mark.django_db


def test_it_works() -> None:
    user = User.objects.create_user("jisu.kim@example.kr", PASSWORD, name="김지수")

    assert user.check_password(PASSWORD)
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)
    assert (user.user_type, user.gender, user.birth_date, user.phone) == ("1", "", None, "")
    assert user.last_login is None
    assert str(user) == user.get_full_name() == "김지수"


def test_key_cannot_be_guessed() -> None:
    keys = [User.objects.create_user(f"user{number}@example.kr").user_id for number in range(50)]

    assert len(set(keys)) == 50
    assert all(re.fullmatch(r"[0-9a-f]{32}", key) for key in keys)
    assert keys != sorted(keys)


def test_user_without_password_has_none() -> None:
    user = User.objects.create_user("jisu.kim@example.kr")

    assert not user.has_usable_password()


def test_address_is_kept_in_lower_case() -> None:
    user = User.objects.create_user("Jisu.Kim@Example.KR")

    user.refresh_from_db()
    assert user.email == "jisu.kim@example.kr"
    assert User.objects.get_by_natural_key("JISU.KIM@EXAMPLE.KR") == user


def test_nobody_is_without_an_address() -> None:
    user = new_user()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(email="")
    with pytest.raises(IntegrityError), transaction.atomic():
        User(email="").save()


def test_who_was_deleted_does_not_come_back() -> None:
    """Such as by a new password that another request was about to keep."""
    user = new_user()
    User.objects.get(pk=user.pk).delete()
    user.set_password("another-long-passphrase")

    with pytest.raises(DatabaseError), transaction.atomic():
        user.save()

    assert not User.objects.exists()


def test_validation_finds_the_same_address_in_other_letters() -> None:
    new_user()
    other = User(email="JISU.KIM@example.kr", password="x")

    with pytest.raises(ValidationError, match="이미 가입된 이메일입니다"):
        other.full_clean()


@pytest.mark.parametrize(("field", "value"), [("gender", "9"), ("user_type", "9")])
def test_unknown_code(field: str, value: str) -> None:
    user = User(email="jisu.kim@example.kr", password="x", **{field: value})

    with pytest.raises(ValidationError, match="고를 수 없는 값입니다"):
        user.full_clean()


def test_createsuperuser(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "Root@Example.KR")

    call_command("createsuperuser", interactive=False, stdout=StringIO())

    user = User.objects.get()
    assert (user.email, user.user_type) == ("root@example.kr", User.STAFF)
    assert (user.is_staff, user.is_superuser) == (True, True)
    assert EmailAddress.objects.get(user=user).verified
    sign_in(client, "root@example.kr")
    assert is_signed_in(client), "no mail is needed by whoever has the server's console"


def test_createsuperuser_needs_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DJANGO_SUPERUSER_EMAIL", raising=False)

    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False)


def test_deleted_user_leaves_no_session(client: Client) -> None:
    user = new_user()
    sign_in(client)

    user.delete()

    assert not is_signed_in(client)
