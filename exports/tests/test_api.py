"""A résumé is made into a file, by programs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from accounts.tokens import issue
from exports.models import ResumeExport
from exports.services import request_export
from exports.tasks import write_export
from exports.tests import done
from resumes.models import Resume

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def program(user: User) -> Client:
    return Client(headers={"authorization": f"Bearer {issue(user).access}"})


@pytest.fixture
def strangers(other_user: User) -> Client:
    return Client(headers={"authorization": f"Bearer {issue(other_user).access}"})


def ask(client: Client, resume: Resume, body: object, **headers: str) -> Any:
    path = f"/api/resumes/{resume.pk}/exports"
    return client.post(path, body, content_type="application/json", headers=headers)


@pytest.mark.django_db(transaction=True)
def test_it_works(program: Client, resume: Resume) -> None:
    answer = ask(program, resume, {"format": "docx"})

    assert answer.status_code == 202
    this = ResumeExport.objects.get()
    assert answer["Location"] == f"/api/resume_exports/{this.pk}"
    assert answer.json()["status"] == "queued"
    assert answer.json()["file_url"] is None
    file = f"/api/resume_exports/{this.pk}/file"
    assert program.get(file).status_code == 404

    write_export(this.pk)

    made = program.get(answer["Location"]).json()
    assert made == {
        **answer.json(),
        "status": "done",
        "file_url": made["file_url"],
        "size": made["size"],
        "finished_at": made["finished_at"],
    }
    assert made["file_url"].endswith(file)
    content = program.get(file)
    assert len(content.getvalue()) == made["size"] > 1000
    assert content["Content-Type"].startswith("application/vnd.openxmlformats")


def test_it_checks_access(program: Client, strangers: Client, resume: Resume) -> None:
    here = f"/api/resume_exports/{done(request_export(resume, 'json')).pk}"

    assert ask(strangers, resume, {"format": "json"}).status_code == 404
    assert ask(Client(), resume, {"format": "json"}).status_code == 401
    for path in (here, f"{here}/file"):
        assert strangers.get(path).status_code == 404
        assert Client().get(path).status_code == 401
        assert program.get(path).status_code == 200
    resume.soft_delete()
    assert ask(program, resume, {"format": "json"}).status_code == 404
    for path in (here, f"{here}/file"):
        assert program.get(path).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "format"),
        ({"format": "exe"}, "format"),
        ({"format": 1}, "format"),
        ({"format": "pdf", "template": "loud"}, "template"),
        ({"format": "docx", "template": "modern"}, "template"),
        ({"format": "pdf", "colour": "red"}, "colour"),
        ([], None),
    ],
)
def test_bad_input_is_answered(
    program: Client, resume: Resume, body: object, field: str | None
) -> None:
    answer = ask(program, resume, body)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    if field:
        assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not ResumeExport.objects.exists()


def test_a_pdf_is_classic_unless_said(program: Client, resume: Resume) -> None:
    assert ask(program, resume, {"format": "pdf"}).json()["template"] == "classic"
    assert ask(program, resume, {"format": "pdf", "template": "modern"}).json()["template"] == (
        "modern"
    )
    assert ask(program, resume, {"format": "json"}).json()["template"] is None


def test_the_same_key_starts_no_second_one(program: Client, resume: Resume) -> None:
    key = {"idempotency-key": "k"}
    first = ask(program, resume, {"format": "json"}, **key)
    done(ResumeExport.objects.get())

    again = ask(program, resume, {"format": "json"}, **key)

    assert again["Location"] == first["Location"]
    assert ask(program, resume, {"format": "docx"}, **key).status_code == 409
    assert ResumeExport.objects.count() == 1


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/pdf", 200), ("*/*", 200), ("application/json", 200), ("text/csv", 406)],
)
def test_a_file_can_be_asked_for_by_its_kind(
    program: Client, resume: Resume, accept: str, status: int
) -> None:
    this = done(request_export(resume, "json"))

    answer = program.get(f"/api/resume_exports/{this.pk}/file", headers={"accept": accept})

    assert answer.status_code == status


def test_its_queries_are_counted(
    program: Client, resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here = f"/api/resume_exports/{done(request_export(resume, 'json')).pk}"

    # The token, and the export with its file.
    for path in (here, f"{here}/file"):
        with django_assert_num_queries(2):
            assert program.get(path).status_code == 200
