"""All data of a user as one file."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from accounts.tests.people import PASSWORD, confirm_password, new_user, sign_in
from accounts.tokens import issue
from gaechwi.jobs import services as jobs
from gaechwi.jobs.models import JobError, JobStatus
from privacy.gathering import SECRETS, gather
from privacy.models import DataDownload
from privacy.services import make, request_download, save
from privacy.tasks import gather_data
from resumes.models import DeletedFile, File, Resume
from resumes.storage import Deposit, discard
from resumes.tests import HTMX
from resumes.tests.pictures import half_red, upload
from tests.test_delete_account import OURS, fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def signed_in(**fields: Any) -> tuple[Client, User]:
    user = new_user(**fields)
    client = Client()
    sign_in(client, user.email)
    confirm_password(client)
    return client, user


def failed(user: User) -> DataDownload:
    return DataDownload.objects.create(
        user=user,
        engine="offline",
        status=JobStatus.FAILED,
        error=JobError.INTERNAL,
        finished_at=timezone.now(),
    )


def gathered(user: User) -> tuple[dict[str, list[dict[str, Any]]], ZipFile]:
    content = BytesIO()
    gather(user, content)
    archive = ZipFile(content)
    return json.loads(archive.read("data.json")), archive


@pytest.mark.django_db(transaction=True)
def test_it_works(resume: Resume) -> None:
    client, user = signed_in()
    Resume.objects.filter(pk=resume.pk).update(user=user)
    client.post(f"/resumes/{resume.pk}/photo/", {"photo": upload(half_red())})

    response = client.post("/account/data/")

    this = DataDownload.objects.get()
    here = f"/account/data/{this.pk}/"
    assertRedirects(response, here)
    assertContains(client.get(here), "내 데이터를 모으고 있습니다")
    assert client.get(f"{here}file/").status_code == 404
    assert client.get(f"{here}?seen=queued", headers=HTMX).status_code == 204

    gather_data(this.pk)

    assertContains(client.get(f"{here}?seen=queued", headers=HTMX), "파일이 준비되었습니다")
    answer = client.get(f"{here}file/")
    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"].startswith('attachment; filename="gaechwi-')
    assert answer["Cache-Control"] == "private, no-store"
    archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    data = json.loads(archive.read("data.json"))
    assert [row["title"] for row in data["resumes.resume"]] == [resume.title]
    [photo] = [name for name in archive.namelist() if name.startswith("files/")]
    assert archive.read(photo).startswith(b"\xff\xd8")
    assertContains(client.get("/account/"), f'href="{here}"')


def test_it_holds_all_that_deletion_takes(user: User, other_user: User) -> None:
    """Also what was deleted softly, and nothing of anybody else."""
    fill(user)
    fill(other_user)
    issue(user)

    data, archive = gathered(user)

    for model in apps.get_models():
        if model._meta.app_label in OURS and any(
            getattr(field, "related_model", None) is User
            and field.name == "user"
            and field.concrete
            for field in model._meta.get_fields()
        ):
            own = model._base_manager.filter(user=user).count()
            assert len(data.get(model._meta.label_lower, [])) == own, model
    assert len(data["resumes.resume"]) == 2
    assert {row["is_active"] for row in data["resumes.resume"]} == {True, False}
    assert len(data["resumes.experience"]) > 1
    assert len(data["interviews.interview"]) == 1
    text = json.dumps(data)
    assert user.pk in text
    assert other_user.pk not in text
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert len(files) == File.objects.filter(user=user).count() == 3


def test_no_secret_leaves(user: User) -> None:
    family = issue(user)

    data, _archive = gathered(user)

    text = json.dumps(data)
    assert user.password not in text
    assert family.refresh not in text
    for rows in data.values():
        assert not [name for row in rows for name in row if name in SECRETS]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a\\..\\b", "이력서.txt", ".."]
)
def test_names_of_uploads_lead_nowhere_else(user: User, folder: Path, name: str) -> None:
    (folder / "x").write_bytes(b"bytes")
    File.objects.create(user=user, key="x", original_name=name, size=5)

    _data, archive = gathered(user)

    [path] = [each for each in archive.namelist() if each.startswith("files/")]
    assert path.count("/") == 1
    assert ".." not in path.removeprefix("files/").split("/")
    assert "\\" not in path
    assert archive.read(path) == b"bytes"


@pytest.mark.django_db(transaction=True)
def test_an_earlier_download_is_not_in_it(user: User) -> None:
    gather_data(request_download(user).pk)
    assert File.objects.filter(user=user).count() == 1

    _data, archive = gathered(user)

    assert archive.namelist() == ["readme.txt", "data.json"]


@pytest.mark.django_db(transaction=True)
def test_a_user_has_one_file_at_a_time(user: User, folder: Path) -> None:
    first = request_download(user)
    gather_data(first.pk)
    second = request_download(user)
    assert len(list(folder.rglob("*.zip"))) == 1

    gather_data(second.pk)

    assert list(DataDownload.objects.all()) == [second]
    assert len(list(folder.rglob("*.zip"))) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_file_whose_user_has_gone_meanwhile(user: User, folder: Path) -> None:
    this = request_download(user)

    def make_and_leave(this: DataDownload) -> Deposit:
        made = make(this)
        assert len(list(folder.rglob("*.zip"))) == 1
        user.delete()
        return made

    jobs.run(DataDownload.objects.select_related("user"), this.pk, make_and_leave, save, discard)

    assert not list(folder.rglob("*.zip"))
    assert not File.objects.exists()
    assert not DeletedFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_storage_is_waited_for_without_a_connection(
    user: User, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is silent, the workers of such files must not take all that the others have."""
    held: list[bool] = []

    class Slow(FileSystemStorage):
        def _save(self, name: str, content: Any) -> str:
            held.append(connection.connection is not None)
            return name

    monkeypatch.setattr("resumes.storage.default_storage", Slow(folder))
    gather_data(request_download(user).pk)

    assert held == [False]


def test_bytes_that_are_gone_do_not_keep_the_rest(user: User) -> None:
    File.objects.create(user=user, key="gone", original_name="사진.jpg", size=5)

    data, archive = gathered(user)

    assert data["resumes.file"][0]["original_name"] == "사진.jpg"
    assert archive.namelist() == ["readme.txt", "data.json"]


def test_it_checks_access(user: User, other_client: Client) -> None:
    this = failed(user)

    for path in ("", "file/"):
        here = f"/account/data/{this.pk}/{path}"
        assert Client().get(here).status_code == 302
        assert other_client.get(f"/account/data/{this.pk}/").status_code == 404
    assert other_client.post(f"/account/data/{this.pk}/retry/").status_code == 404
    assert Client().post("/account/data/").status_code == 302
    assert DataDownload.objects.count() == 1


def test_the_password_is_asked_for_where_it_was_not_given_lately(client: Client) -> None:
    """A session that was left open gives nobody everything at once."""
    response = client.post("/account/data/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/reauthenticate/")
    assert not DataDownload.objects.exists()


def test_who_clicks_twice_waits_for_one_file() -> None:
    client, _user = signed_in()

    first, second = (client.post("/account/data/")["Location"] for _ in range(2))

    assert first == second
    assert DataDownload.objects.count() == 1


def test_a_failed_one_can_be_tried_again() -> None:
    client, user = signed_in()
    this = failed(user)
    here = f"/account/data/{this.pk}/"
    assertContains(client.get(here), f'action="{here}retry/"')

    assertRedirects(client.post(f"{here}retry/"), here)

    this.refresh_from_db()
    assert this.status == JobStatus.QUEUED


def test_queries_do_not_grow(
    client: Client, user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 20):
        for _ in range(number):
            failed(user)
        with django_assert_num_queries(5):
            client.get("/account/")


def test_an_address_is_changed_only_where_a_mail_proves_it(
    client: Client, user: User, settings: Settings
) -> None:
    assertContains(client.get("/account/"), 'href="/accounts/email/"')

    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    assertNotContains(client.get("/account/"), 'href="/accounts/email/"')
    form = {"email": "new@example.com", "action_add": ""}
    assert client.post("/accounts/email/", form).status_code == 404
    user.refresh_from_db()
    assert user.email == "seeker@example.com"


def test_the_name_can_be_changed(client: Client, user: User) -> None:
    assertRedirects(client.post("/account/", {"name": "한나루"}), "/account/")

    user.refresh_from_db()
    assert user.name == "한나루"
    assertContains(client.post("/account/", {"name": "가" * 51}), "errorlist")
    user.refresh_from_db()
    assert user.name == "한나루"
    assert PASSWORD not in client.get("/account/").content.decode()
