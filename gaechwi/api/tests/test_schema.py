from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from gaechwi.codes.models import Code

pytestmark = pytest.mark.django_db


def test_it_is_made_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "schema.yml"

    call_command("spectacular", "--validate", "--fail-on-warn", file=str(file))

    assert "/api/resumes/{resume_id}" in file.read_text()


def test_it_says_what_needs_a_token() -> None:
    paths = Client().get("/api/schema").json()["paths"]

    open_to_all = {
        operation["operationId"]
        for operations in paths.values()
        for operation in operations.values()
        if {"token": []} not in operation.get("security", [])
    }

    assert all(name.startswith("auth_") for name in open_to_all), open_to_all


def test_anybody_may_read_it() -> None:
    dead = {"authorization": "Bearer dead"}

    for path in ("/api/schema", "/api/docs"):
        assert Client().get(path).status_code == 200
        assert Client().get(path, headers=dead).status_code == 200


def test_codes_are_those_of_the_table_as_it_stands() -> None:
    Code.objects.create(division="gender", detail_id="new", code_detail="새로 생긴 값")
    Code.objects.refresh_cache()

    schemas = Client().get("/api/schema").json()["components"]["schemas"]

    taken, given = (schemas[name]["properties"]["gender"] for name in ("ResumeRequest", "Resume"))
    assert {"new", ""} < set(taken["allOf"][0]["enum"])
    assert "allOf" not in given, "a code may have been removed since"


def test_its_page_loads_nothing_from_elsewhere() -> None:
    page = Client().get("/api/docs").content.decode()

    assert "swagger-ui-bundle" in page
    assert "http" not in page.replace("http-equiv", "")
