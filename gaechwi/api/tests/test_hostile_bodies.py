"""What nobody sends by mistake: the answer is a 400 that says why, and it comes at once."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

JSON = "application/json"


def post(client: Client, body: bytes, content_type: str = JSON) -> Any:
    # Not `client.post`, which would write the body anew in the charset of its content type.
    return client.generic("POST", "/api/resumes/", body, content_type=content_type)


DEEP = [b"[" * 100_000, b'{"title":' * 100_000, b'{"title":' + b"[" * 900 + b"]" * 900 + b"}"]


@pytest.mark.parametrize("path", ["resumes/", "auth/token", "auth/refresh"])
@pytest.mark.parametrize("body", DEEP, ids=["lists", "objects", "closed"])
def test_what_is_nested_deeply(client: Client, path: str, body: bytes) -> None:
    answer = client.post(f"/api/{path}", body, content_type=JSON)

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "body", [rb'{"\ud800": 1}', rb'{"experiences": [{"\ud800": 1}]}', rb'{"title": "\ud800"}']
)
def test_halves_of_characters(client: Client, body: bytes) -> None:
    assert post(client, body).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        b'{"title": "a", "title": "b", "name": "c"}',
        b'{"title": "a", "name": "b", "experiences": [{"company": "c", "company": "d"}]}',
    ],
)
def test_a_field_that_stands_twice_is_named(client: Client, body: bytes) -> None:
    answer = post(client, body)

    assert answer.status_code == 400
    assert ("title" if b"experiences" not in body else "company") in answer.json()["detail"]


def test_the_place_of_a_slip_is_told(client: Client) -> None:
    answer = post(client, b'{"title": "a",\n "name": }')

    assert answer.json()["detail"] == "JSON으로 읽을 수 없습니다: 2번째 줄 10번째 글자."


@pytest.mark.parametrize("number", [b"9" * 5_000, b"NaN", b"Infinity"])
def test_what_is_no_number_of_json(client: Client, number: bytes) -> None:
    assert post(client, b'{"title": ' + number + b"}").status_code == 400


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "utf-7", "euc-kr"])
def test_json_is_utf8_whatever_else_is_said(client: Client, charset: str) -> None:
    body = json.dumps({"title": "이력서", "name": "이름"}, ensure_ascii=False).encode()
    started = time.process_time()

    answer = post(client, body, f"{JSON}; charset={charset}")
    post(client, b"a" * 100_000 + b"-" + b"b" * 100_000, f"{JSON}; charset={charset}")

    assert (answer.status_code, answer.json().get("title")) == (201, "이력서")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "body",
    [
        {f"field{number}": 1 for number in range(50_000)},
        {"technology_stacks": [1] * 300_000},
        {"technology_stacks": [""] * 300_000},
        {"projects": [{"title": "a", "technology_stacks": [1] * 300_000}]},
        {"experiences": [{f"field{number}": 1 for number in range(50_000)}]},
    ],
    ids=["unknown", "numbers", "blanks", "nested", "nested unknown"],
)
def test_an_answer_does_not_grow_with_the_faults(client: Client, body: dict[str, Any]) -> None:
    started = time.process_time()

    answer = post(client, json.dumps({"title": "a", "name": "b", **body}).encode())

    assert answer.status_code == 400
    assert 1 <= len(answer.json()["errors"]) <= 100
    assert time.process_time() - started < 3


def test_all_faults_that_a_person_can_make_are_named(client: Client) -> None:
    body = {"title": "a", "name": "b", "experiences": [{"company": ""}] * 30}

    answer = post(client, json.dumps(body).encode())

    assert len(answer.json()["errors"]) == 30
