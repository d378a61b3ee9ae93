from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import TokenFamily, User, UserBlacklist
from gaechwi.prepared import Parameter, Prepared

pytestmark = pytest.mark.django_db


def names() -> Prepared:
    return Prepared(
        lambda: User.objects.filter(pk=Parameter("pk")).values_list("name", "is_active")
    )


def test_it_works(user: User, other_user: User) -> None:
    User.objects.filter(pk=user.pk).update(name="한나루")
    User.objects.filter(pk=other_user.pk).update(name="’; --", is_active=False)
    prepared = names()

    assert prepared.row(pk=user.pk) == ("한나루", True)
    assert prepared.row(pk=other_user.pk) == ("’; --", False)
    assert prepared.row(pk="' OR 1=1 --") is None


def test_each_asking_is_one_query(
    user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    prepared = names()

    for _ in range(2):
        with django_assert_num_queries(1):
            prepared.row(pk=user.pk)


def test_values_go_in_and_come_out_as_their_fields_keep_them(user: User) -> None:
    """SQLite keeps ids and times as texts."""
    moment = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    family = TokenFamily.objects.create(user=user, expires_at=moment)
    expires = TokenFamily._meta.get_field("expires_at")
    prepared = Prepared(
        lambda: TokenFamily.objects.filter(
            pk=Parameter("pk", TokenFamily._meta.pk), expires_at__gt=Parameter("at", expires)
        ).values_list("family_id", "expires_at")
    )

    assert prepared.row(pk=family.pk, at=moment - timedelta(seconds=1)) == (family.pk, moment)
    assert prepared.row(pk=str(family.pk), at=moment - timedelta(days=1)) == (family.pk, moment)
    assert prepared.row(pk=family.pk, at=moment) is None


def test_all_rows_come_in_their_order(
    user: User, other_user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    moment = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
    families = [
        TokenFamily.objects.create(user=user, expires_at=moment + timedelta(days=days))
        for days in (1, 3, 2)
    ]
    of_user = TokenFamily.objects.filter(user=Parameter("user")).order_by("expires_at")
    prepared = Prepared(lambda: of_user.values_list("family_id", "expires_at"))

    with django_assert_num_queries(1):
        rows = prepared.rows(user=user.pk)

    first, last, between = [(family.pk, family.expires_at) for family in families]
    assert rows == [first, between, last]
    assert prepared.rows(user=other_user.pk) == []


def test_what_is_not_named_is_an_error(user: User) -> None:
    with pytest.raises(KeyError):
        names().row(user=user.pk)


@pytest.mark.django_db(transaction=True)
def test_one_thread_compiles_it_and_all_may_ask(user: User) -> None:
    UserBlacklist.objects.create(user=user, reason="까닭", blocked_from=timezone.now())
    blocks = UserBlacklist.objects.filter(user=Parameter("user"))
    prepared = Prepared(lambda: blocks.values_list("reason", "blocked_from"))
    first = prepared.row(user=user.pk)
    found: list[Any] = []

    def ask() -> None:
        found.append(prepared.row(user=user.pk))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert first is not None
    assert found == [first]
