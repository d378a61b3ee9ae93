from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from gaechwi.json_rows import insert_rows
from resumes.models import Experience, Project, Resume, TechnologyStack

pytestmark = pytest.mark.django_db

ODD = "“따옴표” 'it''s' \"said\" \\ \\n \n\t 100% %s $1 {} 😀 é </script>"


def project(resume: Resume, **values: Any) -> dict[str, Any]:
    """Return a row of a project."""
    empty = {"role": "", "description": "", "link": "", "technology_stacks": []}
    days = {"start_date": None, "end_date": None}
    return {"resume_id": resume.pk, "order": 0, "title": "프로젝트", **empty, **days, **values}


def test_rows_are_those_that_django_would_have_written(
    resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    given = [
        project(resume, order=100 + number, title=ODD, technology_stacks=stacks, start_date=day)
        for number, (stacks, day) in enumerate(
            [([ODD, "Go"], "2024-02-29"), ([], None), (["한글"], "1999-12-31")]
        )
    ]

    with django_assert_num_queries(1):
        insert_rows(Project, given)

    written = list(Project.objects.filter(order__gte=100))
    Project.objects.bulk_create(Project(**{**row, "order": 200}) for row in given)
    others = Project.objects.filter(order=200).order_by("pk")
    for one, other in zip(written, others, strict=True):
        assert one.technology_stacks == other.technology_stacks
        assert (one.title, one.start_date, one.link) == (other.title, other.start_date, other.link)
    assert written[0].start_date == date(2024, 2, 29)
    assert Project.objects.filter(order=101, start_date=None, technology_stacks=[]).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"title": None}, {"order": -1}, {"start_date": "2024-02-02", "end_date": "2024-01-01"}],
)
def test_what_the_table_refuses_is_refused(resume: Resume, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        insert_rows(Project, [project(resume), project(resume, **wrong)])


def test_a_column_that_is_forgotten_is_an_error(resume: Resume) -> None:
    with pytest.raises(IntegrityError):
        insert_rows(Experience, [{"resume_id": resume.pk, "order": 0, "company": "회사"}])


def test_a_name_that_is_no_column_is_an_error(resume: Resume) -> None:
    with pytest.raises(FieldDoesNotExist, match="titel"):
        insert_rows(Project, [project(resume, titel="프로젝트")])


def test_no_rows_are_no_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        insert_rows(TechnologyStack, iter(()))
