"""What is written is JSON Résumé, as its own schema says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from accounts.models import User
from exports.jsonresume import to_json_resume
from exports.tests import exported, unusual_document
from resumes.document import ResumeDocument
from resumes.sample import sample_document
from resumes.services import create_resume

pytestmark = pytest.mark.django_db

# Version 1.0.0 as jsonresume.org publishes it, under the MIT licence.
SCHEMA = json.loads((Path(__file__).parent / "jsonresume-1.0.0.schema.json").read_text())


def faults(resume: Any) -> list[str]:
    validator = Draft7Validator(SCHEMA, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(resume)]


@pytest.mark.parametrize(
    "document",
    [sample_document(), unusual_document(), ResumeDocument(title="가", name="나")],
    ids=["sample", "odd", "bare"],
)
def test_it_passes_the_schema(user: User, document: ResumeDocument) -> None:
    resume = json.loads(exported(create_resume(user, document), "json"))

    assert faults(resume) == []
    assert resume["basics"]["name"] == document.name


@pytest.mark.parametrize(
    "broken",
    [
        {"basics": {"email": "no address"}},
        {"work": [{"startDate": "2019.03"}]},
        {"skills": ["Python"]},
    ],
)
def test_the_schema_refuses_what_is_none(broken: dict[str, Any]) -> None:
    assert faults(broken) != []


def test_other_programs_find_what_they_look_for() -> None:
    resume = to_json_resume(unusual_document())

    work = resume["work"][0]
    assert work["startDate"] == "2021-03-15"
    assert "endDate" not in work
    assert resume["projects"][0]["highlights"] == ["a", "b"]
    assert resume["projects"][0]["roles"] == ["기여도 40%"]
    assert resume["awards"][0]["awarder"] == "한국기획협회"
    assert [activity["position"] for activity in resume["volunteer"]] == [
        "봉사",
        "동아리",
        "진행 중인 수상 활동",
    ]
    assert resume["skills"][0] == {"name": "Figma"}
