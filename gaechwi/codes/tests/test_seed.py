from __future__ import annotations

from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from feedback.schemas import Division
from gaechwi.codes.models import Code
from resumes.models import Resume

pytestmark = pytest.mark.django_db

SEEDED = import_module("gaechwi.codes.migrations.0002_seed").CODES


def words() -> dict[str, dict[str, str]]:
    """Return {division: {detail_id: code_detail}}."""
    return {
        division: {detail_id: code["code_detail"] for detail_id, code in codes.items()}
        for division, codes in Code.objects.as_map().items()
    }


def test_it_works() -> None:
    codes = words()

    assert codes == {division: dict(details) for division, details in SEEDED.items()}
    assert set(codes) == {
        "gender",
        "user_type",
        "resume_type",
        "feedback_division",
        "education_level",
        "graduation_status",
        "employment_type",
        "activity_type",
        "interview_type",
        "interview_status",
        "study_item_status",
    }


def test_codes_that_the_program_knows() -> None:
    codes = words()

    assert codes["resume_type"] == {"1": "직접 작성", "2": "AI 개선"}
    assert codes["feedback_division"] == {
        "1": "잘된 부분",
        "2": "개선 제안",
        "3": "추가 권장사항",
    }
    assert set(codes["feedback_division"]) == set(Division.values)
    assert set(codes["study_item_status"]) == {"todo", "doing", "done"}
    default = Resume._meta.get_field("resume_type").default
    assert default in codes["resume_type"]


def test_order_is_as_written() -> None:
    codes = Code.objects.as_map()

    assert all(
        list(codes[division]) == [detail_id for detail_id, _ in details]
        for division, details in SEEDED.items()
    )


def test_a_code_is_there_once() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Code.objects.create(division="gender", detail_id="1", code_detail="또 남성")


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "accounts", "codes", check=True, dry_run=True, verbosity=0)
