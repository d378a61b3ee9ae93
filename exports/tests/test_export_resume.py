"""A résumé is made into a file and downloaded, on the pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from exports import docx, services
from exports.models import ResumeExport
from exports.services import request_export
from exports.tasks import forget_old, write_export
from exports.tests import done
from gaechwi.jobs.models import JobStatus
from resumes.file_jobs import KEPT_FOR
from resumes.models import File, Resume
from resumes.tests import HTMX, assert_only_for_its_user, bare_resume

pytestmark = pytest.mark.django_db

# What every page of a signed-in user asks for.
QUERIES = 1


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.pango
@pytest.mark.django_db(transaction=True)
def test_it_works(client: Client, resume: Resume, folder: Path) -> None:
    assertContains(client.get(f"/resumes/{resume.pk}/"), f'href="/exports/resumes/{resume.pk}/"')
    start = f"/exports/resumes/{resume.pk}/"
    assertContains(client.get(start), "PDF · 모던")

    response = client.post(start, {"kind": "pdf-modern"})

    this = ResumeExport.objects.get()
    here = f"/exports/{this.pk}/"
    assertRedirects(response, here)
    assertContains(client.get(here), "파일을 만들고 있습니다")
    assert client.get(f"{here}file/").status_code == 404
    assert client.get(f"{here}?seen=queued", headers=HTMX).status_code == 204

    write_export(this.pk)

    part = client.get(f"{here}?seen=queued", headers=HTMX)
    assertContains(part, "파일이 준비되었습니다")
    assertNotContains(part, "<html")
    file = client.get(f"{here}file/")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"].startswith("attachment;")
    assert file["Cache-Control"] == "private, no-store"
    assert file.getvalue().startswith(b"%PDF-")
    assert len(stored_files(folder)) == 1
    assertContains(client.get(start), "PDF · 모던</a>")


@pytest.mark.parametrize(
    ("module", "writer", "kind"),
    [
        pytest.param(services, "to_pdf", ("pdf", "modern"), marks=pytest.mark.pango),
        (docx, "to_docx", ("docx", "")),
    ],
    ids=["pdf", "docx"],
)
@pytest.mark.django_db(transaction=True)
def test_who_prints_keeps_no_connection_from_others(
    resume: Resume,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    writer: str,
    kind: tuple[str, str],
) -> None:
    written, held = getattr(module, writer), []

    def watched(*arguments: Any) -> bytes:
        held.append(connection.connection is not None)
        file: bytes = written(*arguments)
        held.append(connection.connection is not None)
        return file

    monkeypatch.setattr(module, writer, watched)

    write_export(request_export(resume, *kind).pk)

    assert held == [False, False]
    assert ResumeExport.objects.get().status == JobStatus.DONE


@pytest.mark.parametrize("path", ["/exports/resumes/%d/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_it_checks_access(
    client: Client, other_client: Client, resume: Resume, path: str, method: str
) -> None:
    assert_only_for_its_user(lambda pk: path % pk, resume, client, other_client, method)
    assert not ResumeExport.objects.exists()


def test_a_file_is_only_for_its_user(client: Client, other_client: Client, resume: Resume) -> None:
    here = f"/exports/{done(request_export(resume, 'json')).pk}/"

    for path in (here, f"{here}file/"):
        assert other_client.get(path).status_code == 404
        assert Client().get(path).status_code == 302
        assert client.get(path).status_code == 200
    assert other_client.post(f"{here}retry/").status_code == 404
    resume.soft_delete()
    for path in (here, f"{here}file/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("kind", ["", "exe", "pdf", "docx-modern", "PDF-CLASSIC"])
def test_bad_input_is_answered(client: Client, resume: Resume, kind: str) -> None:
    page = client.post(f"/exports/resumes/{resume.pk}/", {"kind": kind})

    assertContains(page, 'class="field invalid"')
    assert not ResumeExport.objects.exists()


def test_who_clicks_twice_waits_for_one_file(client: Client, resume: Resume) -> None:
    path = f"/exports/resumes/{resume.pk}/"

    first = client.post(path, {"kind": "docx"})
    second = client.post(path, {"kind": "docx"})
    other = client.post(path, {"kind": "pdf-classic"})

    assert first["Location"] == second["Location"] != other["Location"]
    done(ResumeExport.objects.get(format="docx"))
    assert client.post(path, {"kind": "docx"})["Location"] != first["Location"]


def test_the_database_knows_the_formats(resume: Resume) -> None:
    for file_format, template in (("pdf", ""), ("docx", "classic"), ("exe", "")):
        with pytest.raises(IntegrityError), transaction.atomic():
            ResumeExport.objects.create(resume=resume, format=file_format, template=template)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("개발자\r\nSet-Cookie: a=b", "김개취"),
        ("../../etc/passwd", ".."),
        ('"; filename="x.exe', "\u202egnp"),
        ("가" * 100, "나" * 50),
        ("/", "\\"),
    ],
)
def test_a_title_says_nothing_in_a_header(
    client: Client, user: User, title: str, name: str
) -> None:
    this = done(request_export(bare_resume(user, title=title, name=name), "json"))

    answer = client.get(f"/exports/{this.pk}/file/")

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer
    file_name = this.file_name
    assert not set(file_name) & set('/\\"\r\n;\u202e')
    assert len(file_name) < 100
    assert file_name.endswith(".json")


@pytest.mark.django_db(transaction=True)
def test_storage_that_is_away_fails_visibly(
    client: Client, resume: Resume, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "in the way"
    this = request_export(resume, "json")

    write_export(this.pk)

    assertContains(client.get(f"/exports/{this.pk}/"), "파일을 만들지 못했습니다")
    assert not File.objects.exists()
    settings.MEDIA_ROOT = tmp_path / "media"
    assertRedirects(client.post(f"/exports/{this.pk}/retry/"), f"/exports/{this.pk}/")
    write_export(this.pk)
    assertContains(client.get(f"/exports/{this.pk}/"), "파일이 준비되었습니다")


@pytest.mark.django_db(transaction=True)
def test_trying_again_beside_a_newer_one_leads_to_that_one(
    client: Client, resume: Resume, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "in the way").write_bytes(b"")
    settings.MEDIA_ROOT = tmp_path / "in the way"
    failed = request_export(resume, "json")
    write_export(failed.pk)
    newer = request_export(resume, "json")

    assertRedirects(client.post(f"/exports/{failed.pk}/retry/"), f"/exports/{newer.pk}/")


def test_bytes_that_are_gone_are_no_page_of_errors(
    client: Client, resume: Resume, folder: Path
) -> None:
    this = done(request_export(resume, "json"))
    [file] = stored_files(folder)
    file.unlink()

    assert client.get(f"/exports/{this.pk}/file/").status_code == 404


def test_a_machine_that_cannot_print_says_so(client: Client, resume: Resume) -> None:
    this = done(request_export(resume, "json"))
    ResumeExport.objects.update(format="pdf", template="classic", problem="no_pango", file=None)

    page = client.get(f"/exports/{this.pk}/")

    assertContains(page, "Pango")
    assertContains(page, "다른 형식으로")
    assertNotContains(page, "준비되었습니다")


def test_files_are_deleted_after_a_day(
    client: Client,
    resume: Resume,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old, new = (done(request_export(resume, "json")) for _number in range(2))
    waiting = request_export(resume, "docx")
    long_ago = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    ResumeExport.objects.exclude(pk=new.pk).update(created_at=long_ago)

    with django_capture_on_commit_callbacks(execute=True):
        forget_old()

    assert set(ResumeExport.objects.all()) == {new, waiting}
    assert len(stored_files(folder)) == 1
    assert client.get(f"/exports/{old.pk}/").status_code == 404


def test_too_many_are_refused(client: Client, resume: Resume, settings: Settings) -> None:
    settings.JOB_REQUESTS_PER_USER = 1
    path = f"/exports/resumes/{resume.pk}/"

    assert client.post(path, {"kind": "json"}).status_code == 302
    refused = client.post(path, {"kind": "docx"})

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert ResumeExport.objects.get().format == "json"


def test_it_is_the_resume_as_it_stands_when_it_is_written(client: Client, resume: Resume) -> None:
    this = request_export(resume, "json")
    resume.title = "고친 제목"
    resume.save()

    done(this)

    assert "고친 제목" in client.get(f"/exports/{this.pk}/file/").getvalue().decode()


def test_trying_again_leaves_a_finished_one_alone(client: Client, resume: Resume) -> None:
    this = done(request_export(resume, "json"))

    client.post(f"/exports/{this.pk}/retry/")

    this.refresh_from_db()
    assert this.status == JobStatus.DONE


def test_its_queries_are_counted(
    client: Client, resume: Resume, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(7):
        this = done(request_export(resume, "json"))
    client.get(f"/exports/{this.pk}/")

    with django_assert_num_queries(QUERIES + 1):
        client.get(f"/exports/{this.pk}/")
    with django_assert_num_queries(QUERIES + 2):
        client.get(f"/exports/resumes/{resume.pk}/")
    with django_assert_num_queries(QUERIES + 1):
        client.get(f"/exports/{this.pk}/file/")
