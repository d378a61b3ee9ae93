"""What the schema says is what the API answers: every operation, with good data and bad."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from pytest_django.live_server_helper import LiveServer
from schemathesis import Case

from accounts import tokens
from resumes.models import Resume

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SCHEMA = schemathesis.openapi.from_dict(
    SchemaGenerator().get_schema(public=True)  # type: ignore[no-untyped-call]
)


def test_it_is_made_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "schema.yml"

    call_command("spectacular", "--validate", "--fail-on-warn", file=str(file))

    assert "/api/resumes/{resume_id}" in file.read_text()


@SCHEMA.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_what_it_says_is_answered(case: Case[Any], live_server: LiveServer, resume: Resume) -> None:
    if "resume_id" in case.path_parameters:
        case.path_parameters["resume_id"] = resume.pk
    access = tokens.issue(resume.user).access

    case.call_and_validate(base_url=live_server.url, headers={"Authorization": f"Bearer {access}"})
