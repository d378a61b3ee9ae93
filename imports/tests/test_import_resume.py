from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from gaechwi.jobs.models import Engine, JobStatus
from imports.models import KEPT_FOR, ResumeImport
from imports.services import import_file, import_text
from imports.tasks import forget_left
from imports.tests import TEXT, done, read_file, read_text, upload
from imports.tests.documents import docx, pdf, plain_text
from resumes.models import File, Resume
from resumes.services import to_document
from resumes.tests import HTMX
from tests.ports import free_port

pytestmark = pytest.mark.django_db

# What every page of a signed-in user asks for.
QUERIES = 1
SAVED = {"title": "결제 개발자", "name": "김도윤"}


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_it_works(
    client: Client,
    user: User,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    response = client.post("/imports/", {"file": upload(pdf(TEXT), "나의 이력서.PDF"), "text": ""})

    this = ResumeImport.objects.for_user(user).get()
    here = f"/imports/{this.pk}/"
    assertRedirects(response, here)
    assertContains(client.get(here), "이력서를 읽고 있습니다")
    assert len(stored_files(tmp_path)) == 1

    with django_capture_on_commit_callbacks(execute=True):
        done(this)
    assert stored_files(tmp_path) == []
    assert not File.objects.exists()
    assertContains(client.get("/resumes/"), "나의 이력서.PDF")
    assertContains(client.get("/resumes/"), "다 읽음")
    page = client.get(here)
    assertContains(page, 'value="결제 시스템을 맡아 온 백엔드 개발자"')
    assertContains(page, "한결페이")
    assertContains(page, "<li>주말마다 등산</li>")
    assertContains(page, "AI 모델 없이 정해진 규칙으로 읽었습니다.")
    assert not Resume.objects.exists()

    read = this.document
    response = client.post(here, {"title": "고친 제목", "name": "김도윤"}, follow=True)

    resume = Resume.objects.for_user(user).get()
    assertRedirects(response, f"/resumes/{resume.pk}/edit/")
    assertContains(response, "이력서를 만들었습니다.")
    assert to_document(resume) == read.model_copy(update={"title": "고친 제목"})
    assert read.experiences[0].company == "한결페이"
    this.refresh_from_db()
    assert (this.text, this.result, this.unplaced, this.name) == ("", None, [], "")


def test_it_checks_access(client: Client, other_client: Client, user: User) -> None:
    this = read_text(user)
    here = f"/imports/{this.pk}/"

    assert other_client.get(here).status_code == 404
    assert other_client.post(here, SAVED).status_code == 404
    assert other_client.post(f"{here}retry/").status_code == 404
    assert other_client.post(f"{here}discard/").status_code == 404
    assert Client().get(here).status_code == 302
    assert not Resume.objects.exists()
    assert client.get(here).status_code == 200


@pytest.mark.parametrize("make", [pdf, docx, lambda text: plain_text(text).encode()])
def test_each_kind_says_the_same(user: User, make: object) -> None:
    kind = {pdf: "pdf", docx: "docx"}.get(make, "txt")  # type: ignore[call-overload]

    this = read_file(user, kind, make(TEXT))  # type: ignore[operator]

    assert this.document == read_text(user).document


def test_a_text_can_be_pasted(client: Client, user: User) -> None:
    client.post("/imports/", {"text": TEXT})

    this = done(ResumeImport.objects.for_user(user).get())

    assert this.document.educations[0].school == "해오름대학교"
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("sent", "complaint"),
    [
        ({}, "파일을 고르거나 이력서 글을 붙여 넣어 주세요."),
        ({"text": "  \n"}, "파일을 고르거나 이력서 글을 붙여 넣어 주세요."),
        ({"text": "가" * 60_001}, "60,000자까지 적을 수 있는데 60,001자를 적으셨습니다."),
        ({"file": upload(b"x", "이력서.hwp")}, "PDF, DOCX, JSON, TXT 파일만 가져올 수 있습니다."),
        ({"file": upload(b"x", "이력서")}, "PDF, DOCX, JSON, TXT 파일만 가져올 수 있습니다."),
        ({"file": upload(b"", "이력서.pdf")}, "빈 파일입니다."),
        ({"file": upload(b"x" * (10 * 1024 * 1024 + 1))}, "10 MB까지 올릴 수 있습니다."),
        ({"file": upload(b"x"), "text": "글"}, "파일과 글 가운데 하나만 주세요."),
    ],
)
def test_bad_input_is_answered(
    client: Client, tmp_path: Path, sent: dict[str, object], complaint: str
) -> None:
    assertContains(client.post("/imports/", sent), complaint)
    assert not ResumeImport.objects.exists()
    assert stored_files(tmp_path) == []


def test_storage_that_is_away_is_told_of(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "in the way"
    settings.MEDIA_ROOT.write_bytes(b"")

    page = client.post("/imports/", {"file": upload(pdf(TEXT))})

    assertContains(page, "파일을 저장할 곳에 연결하지 못했습니다.")
    assert not ResumeImport.objects.exists()
    assert not File.objects.exists()


def test_a_file_that_nobody_will_read_is_not_kept(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.OPENAI_BASE_URL = f"http://127.0.0.1:{free_port()}/v1"
    settings.MODEL_JOBS_PER_DAY = 0

    page = client.post("/imports/", {"file": upload(pdf(TEXT))})

    assert page.status_code == 429
    assert not ResumeImport.objects.exists()
    assert stored_files(tmp_path) == []


def test_saving_twice_makes_one_resume(client: Client, user: User) -> None:
    here = f"/imports/{read_text(user).pk}/"

    client.post(here, SAVED)
    second = client.post(here, {**SAVED, "title": "또"})

    resume = Resume.objects.get()
    assert second["Location"] == f"/resumes/{resume.pk}/"
    assert resume.title == SAVED["title"]
    resume.delete()
    assertRedirects(client.get(here), "/resumes/")


def test_the_same_file_leads_to_the_same_import(user: User, other_user: User) -> None:
    data = pdf(TEXT)
    this = import_file(user, "pdf", "하나.pdf", data)

    assert import_file(user, "pdf", "둘.pdf", data) == this
    assert import_file(other_user, "pdf", "하나.pdf", data) != this
    assert import_text(user, TEXT) != this
    assert import_text(user, TEXT) == import_text(user, TEXT)


def test_what_was_saved_can_be_imported_anew(client: Client, user: User) -> None:
    this = read_text(user)
    client.post(f"/imports/{this.pk}/", SAVED)

    assert read_text(user) != this


def test_nothing_is_made_without_a_title(client: Client, user: User) -> None:
    page = client.post(f"/imports/{read_text(user).pk}/", {"title": "", "name": "김도윤"})

    assertContains(page, "필수 항목입니다.")
    assert not Resume.objects.exists()


def test_nothing_is_made_of_what_is_not_read(client: Client, user: User) -> None:
    page = client.post(f"/imports/{import_text(user, TEXT).pk}/", SAVED)

    assertContains(page, "이력서를 읽고 있습니다")
    assert not Resume.objects.exists()


def test_the_page_hears_of_news_only(client: Client, user: User) -> None:
    this = import_text(user, TEXT)
    here = f"/imports/{this.pk}/"

    assert client.get(f"{here}?seen=queued", headers=HTMX).status_code == 204
    done(this)
    part = client.get(f"{here}?seen=queued", headers=HTMX)
    assertContains(part, "이 내용으로 이력서 만들기")
    assertNotContains(part, "<html")


def test_an_import_can_be_thrown_away(
    client: Client,
    user: User,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    this = import_file(user, "pdf", "이력서.pdf", pdf(TEXT))

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"/imports/{this.pk}/discard/", follow=True)

    assertContains(response, "올린 파일도 지웠습니다.")
    assert not ResumeImport.objects.exists()
    assert stored_files(tmp_path) == []


def test_what_a_model_read_counts_on_when_it_is_thrown_away(client: Client, user: User) -> None:
    this = read_text(user)
    ResumeImport.objects.update(engine=Engine.OPENAI)

    client.post(f"/imports/{this.pk}/discard/")

    this.refresh_from_db()
    assert (this.discarded, this.text, this.result, this.unplaced) == (True, "", None, [])
    assert client.get(f"/imports/{this.pk}/").status_code == 404


def test_what_became_a_resume_is_not_thrown_away(client: Client, user: User) -> None:
    this = read_text(user)
    client.post(f"/imports/{this.pk}/", SAVED)

    assert client.post(f"/imports/{this.pk}/discard/").status_code == 404


def test_what_is_left_lying_is_deleted(
    user: User,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old = import_file(user, "pdf", "이력서.pdf", pdf(TEXT))
    new = import_text(user, TEXT)
    long_ago = timezone.now() - KEPT_FOR - timedelta(minutes=1)
    ResumeImport.objects.filter(pk=old.pk).update(created_at=long_ago)

    with django_capture_on_commit_callbacks(execute=True):
        forget_left()

    assert list(ResumeImport.objects.all()) == [new]
    assert stored_files(tmp_path) == []


def test_the_name_of_a_file_leads_nowhere(client: Client, user: User, tmp_path: Path) -> None:
    name = "<script>alert(1)</script>\u202e.txt"
    client.post("/imports/", {"file": upload(TEXT.encode(), name)})

    this = ResumeImport.objects.get()
    [stored] = stored_files(tmp_path)
    assert stored.parent.name == "imports"
    assert len(stored.name) == 32
    assert this.file is not None
    assert default_storage.exists(this.file.key)
    for path in ("/resumes/", f"/imports/{this.pk}/"):
        assertNotContains(client.get(path), "<script>alert")
    assert "\u202e" not in this.name


def test_words_in_the_shape_of_a_script_are_only_words(client: Client, user: User) -> None:
    this = read_text(user, f"{TEXT}\n<script>alert(1)</script>")

    page = client.get(f"/imports/{this.pk}/")

    assertNotContains(page, "<script>alert")
    assertContains(page, "<li>&lt;script&gt;alert(1)&lt;/script&gt;</li>")


def test_its_queries_are_counted(
    client: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    this = read_text(user)
    client.get(f"/imports/{this.pk}/")

    with django_assert_num_queries(QUERIES + 1):
        client.get(f"/imports/{this.pk}/")


def test_trying_again_leaves_a_finished_one_alone(client: Client, user: User) -> None:
    this = read_text(user)

    client.post(f"/imports/{this.pk}/retry/")

    this.refresh_from_db()
    assert this.status == JobStatus.DONE
