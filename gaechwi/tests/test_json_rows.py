from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from gaechwi.json_rows import insert_parts, insert_whole
from resumes.models import Experience, Project, Resume, TechnologyStack

pytestmark = pytest.mark.django_db

ODD = "“따옴표” 'it''s' \"said\" \\ \\n \n\t 100% %s %(title)s $1 {} 😀 é </script>"


def project(**values: Any) -> dict[str, Any]:
    """Return a row of a project."""
    empty = {"role": "", "description": "", "link": "", "technology_stacks": []}
    days = {"start_date": None, "end_date": None}
    return {"order": 0, "title": "프로젝트", **empty, **days, **values}


def queries(on_postgresql: int, on_sqlite: int) -> int:
    """Return how many there are on this database."""
    return on_sqlite if connection.vendor == "sqlite" else on_postgresql


def test_parts_are_those_that_django_would_have_written(
    resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given = [
        project(order=100 + number, title=ODD, technology_stacks=stacks, start_date=day)
        for number, (stacks, day) in enumerate(
            [([ODD, "Go"], "2024-02-29"), ([], None), (["한글"], "1999-12-31")]
        )
    ]
    stacks = [{"order": 100, "title": ODD[:50]}]

    with django_assert_num_queries(queries(1, 2)):
        insert_parts(resume, {"projects": given, "technology_stacks": stacks})

    written = list(resume.projects.filter(order__gte=100))
    Project.objects.bulk_create(Project(resume=resume, **{**row, "order": 200}) for row in given)
    others = resume.projects.filter(order=200).order_by("pk")
    for one, other in zip(written, others, strict=True):
        assert one.technology_stacks == other.technology_stacks
        assert (one.title, one.start_date, one.link) == (other.title, other.start_date, other.link)
    assert written[0].start_date == date(2024, 2, 29)
    assert resume.projects.filter(order=101, start_date=None, technology_stacks=[]).exists()
    assert resume.technology_stacks.get(order=100).title == ODD[:50]


def test_a_whole_is_what_django_would_have_saved(
    user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    before = timezone.now()
    whole = Resume(user=user, title=ODD[:100], name="이름", birth_date=date(1999, 12, 31))

    # SQLite: the row itself, each part, and where they begin and end together.
    with django_assert_num_queries(queries(1, 5)):
        insert_whole(whole, {"projects": [project(title=ODD)], "technology_stacks": []})

    saved = Resume.objects.for_user(user).get(pk=whole.pk)
    assert (whole._state.adding, whole._state.db) == (False, "default")
    assert whole.updated_at == saved.updated_at
    assert before <= saved.created_at <= saved.updated_at <= timezone.now()
    assert (saved.title, saved.birth_date, saved.photo) == (ODD[:100], date(1999, 12, 31), None)
    assert (saved.gender, saved.resume_type) == ("", Resume.WRITTEN)
    assert [each.title for each in saved.projects.all()] == [ODD]
    assert not saved.technology_stacks.exists()
    whole.touch()
    assert Resume.objects.filter(user=user, updated_at__gt=saved.updated_at).count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"title": None}, {"order": -1}, {"start_date": "2024-02-02", "end_date": "2024-01-01"}],
)
def test_what_the_table_refuses_is_refused(resume: Resume, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        insert_parts(resume, {"projects": [project(), project(**wrong)]})


@pytest.mark.django_db(transaction=True)
def test_of_what_is_refused_nothing_is_saved(user: User) -> None:
    whole = Resume(user=user, title="제목", name="이름")
    refused = [{"order": 0, "title": "Go"}, {"order": 1, "title": "GO"}]

    with pytest.raises(IntegrityError):
        insert_whole(whole, {"projects": [project()], "technology_stacks": refused})

    assert not Resume.objects.for_user(user).exists()
    assert not Project.objects.exists()
    assert not TechnologyStack.objects.exists()


def test_a_column_that_is_forgotten_is_an_error(resume: Resume) -> None:
    with pytest.raises(IntegrityError):
        insert_parts(resume, {"experiences": [{"order": 0, "company": "회사"}]})


@pytest.mark.parametrize("unknown", ["titel", "id", "resume_id"])
def test_a_name_that_is_no_column_of_its_own_is_an_error(resume: Resume, unknown: str) -> None:
    with pytest.raises(FieldDoesNotExist, match=unknown):
        insert_parts(resume, {"projects": [project(), project(**{unknown: "프로젝트"})]})


def test_no_parts_leave_those_that_are_there(resume: Resume) -> None:
    before = list(Experience.objects.filter(resume=resume).order_by("pk"))

    insert_parts(resume, {"experiences": []})

    assert list(Experience.objects.filter(resume=resume).order_by("pk")) == before
    assert before
