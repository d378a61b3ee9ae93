from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from accounts.tests.site import environment
from gaechwi.codes.models import CACHE_KEY, Code
from gaechwi.embedded import BASE_DIR
from tests.ports import free_port

# What another process does: one line for each line that it is sent.
READER = """
import sys, django
django.setup()
from gaechwi.codes.models import Code
for line in sys.stdin:
    print(Code.objects.detail(*line.split()), flush=True)
"""


class Reader:
    """Another process of the site, which has read the codes before."""

    def __init__(self) -> None:
        variables = {"DJANGO_SETTINGS_MODULE": "gaechwi.settings", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", READER],
            cwd=BASE_DIR,
            env=environment(**variables),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def detail(self, division: str, detail_id: str) -> str:
        """Return the words of a code, as that process sees them."""
        if self.process.stdin is None or self.process.stdout is None:
            raise ValueError("no pipes")
        self.process.stdin.write(f"{division} {detail_id}\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Return another process."""
    reader = Reader()
    yield reader
    reader.process.communicate(timeout=20)


@pytest.mark.django_db
def test_it_works(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        cold = Code.objects.choices("gender")
    with django_assert_num_queries(0):
        warm = Code.objects.choices("gender")
        other = Code.objects.detail("user_type", "1")

    assert cold == warm == [("1", "남성"), ("2", "여성")]
    assert other == "구직자"


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_another_process_sees_an_edit_in_the_admin_at_once(reader: Reader) -> None:
    assert reader.detail("gender", "1") == "남성"
    staff = Client()
    staff.force_login(User.objects.create_superuser("staff@example.kr"))
    code = Code.objects.get(division="gender", detail_id="1")
    form = {"division": "gender", "detail_id": "1", "code_detail": "남", "order": "1"}

    staff.post(f"/admin/codes/code/{code.pk}/change/", form)
    assert reader.detail("gender", "1") == "남"

    staff.post(f"/admin/codes/code/{code.pk}/delete/", {"post": "yes"})
    assert reader.detail("gender", "1") == ""

    staff.post("/admin/codes/code/add/", {**form, "code_detail": "남자"})
    assert reader.detail("gender", "1") == "남자"

    delete = {"action": "delete_selected", "post": "yes"}
    chosen = {"_selected_action": [str(code.pk) for code in Code.objects.filter(division="gender")]}
    staff.post("/admin/codes/code/", {**delete, **chosen})
    assert not Code.objects.filter(division="gender").exists()
    assert reader.detail("gender", "1") == ""


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_nobody_sees_an_edit_that_was_undone(reader: Reader) -> None:
    code = Code.objects.get(division="gender", detail_id="1")
    with transaction.atomic():
        code.code_detail = "남"
        code.save()
        assert reader.detail("gender", "1") == "남성"
        transaction.set_rollback(True)

    assert reader.detail("gender", "1") == "남성"
    assert Code.objects.detail("gender", "1") == "남성"


@pytest.mark.django_db(transaction=True)
def test_a_slow_reader_does_not_bring_back_what_was_before() -> None:
    """One that read the table before an edit, and comes to the cache after it."""
    before = Code.objects._read_map()
    code = Code.objects.get(division="gender", detail_id="1")
    code.code_detail = "남"
    code.save()

    cache.add(CACHE_KEY, before)

    assert Code.objects.detail("gender", "1") == "남"


@pytest.mark.django_db
def test_lists_of_some_codes_do_not_end_up_in_the_cache() -> None:
    assert not hasattr(Code.objects.filter(division="gender"), "as_map")


@pytest.mark.django_db
def test_a_request_sees_one_state_of_the_table() -> None:
    with Code.objects.read_once():
        before = Code.objects.detail("gender", "1")
        Code.objects.filter(division="gender", detail_id="1").update(code_detail="남")
        cache.clear()

        assert Code.objects.detail("gender", "1") == before

    assert Code.objects.detail("gender", "1") == "남"


@pytest.mark.django_db(transaction=True)
def test_a_request_sees_its_own_edit() -> None:
    code = Code.objects.get(division="gender", detail_id="1")
    with Code.objects.read_once():
        assert Code.objects.detail("gender", "1") == "남성"
        code.code_detail = "남"
        code.save()

        assert Code.objects.detail("gender", "1") == "남"


@pytest.mark.django_db
def test_a_page_asks_the_cache_once(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Without a cache each look would be a query."""
    client = Client()
    client.get("/try/")
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }

    with django_assert_num_queries(1):
        page = client.get("/try/").content.decode()

    assert page.count(Code.objects.detail("feedback_division", "2")) > 1


@pytest.mark.django_db
def test_without_the_cache(settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }

    assert Code.objects.detail("gender", "1") == "남성"
    assert Code.objects.choices("gender") == [("1", "남성"), ("2", "여성")]


@pytest.mark.django_db(transaction=True)
def test_edit_without_the_cache(settings: Settings) -> None:
    settings.CACHES = {
        "default": {
            **settings.CACHES["default"],
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }
    code = Code.objects.get(division="gender", detail_id="1")
    code.code_detail = "남"

    code.save()

    assert Code.objects.detail("gender", "1") == "남"


@pytest.mark.django_db(transaction=True)
def test_many_readers_at_once() -> None:
    seen: list[Any] = []

    def read() -> None:
        seen.append(Code.objects.choices("gender"))
        connection.close()

    threads = [threading.Thread(target=read) for _reader in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [[("1", "남성"), ("2", "여성")]] * 8
