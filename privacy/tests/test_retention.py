"""What was deleted, or is old, goes for good after its time, and not before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import User
from accounts.tests.people import new_user, sign_in
from feedback.services import request_posting_feedback
from interviews.models import Interview
from postings.tests import note_down
from privacy.erasing import deleted_for_good
from privacy.models import Deed, StaffAccess
from privacy.services import request_download
from privacy.tasks import forget, gather_data
from resumes.models import File, Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from resumes.tests.pictures import half_red, upload
from studyguides.models import StudyGuide
from studyguides.services import delete_guide, request_guide

pytestmark = pytest.mark.django_db

OLD = timezone.now() - timedelta(days=31)


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def deleted_long_ago(row: Resume) -> None:
    row.soft_delete()
    type(row).with_deleted.filter(pk=row.pk).update(updated_at=OLD)


def test_it_works(
    client: Client,
    resume: Resume,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.post(f"/resumes/{resume.pk}/photo/", {"photo": upload(half_red())})
    kept = create_resume(resume.user, sample_document())
    lately = create_resume(resume.user, sample_document())
    lately.soft_delete()
    deleted_long_ago(resume)

    with django_capture_on_commit_callbacks(execute=True):
        forget()

    assert set(Resume.with_deleted.values_list("pk", flat=True)) == {kept.pk, lately.pk}
    assert not File.objects.exists()
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_what_something_seen_rests_on_stays(user: User, resume: Resume) -> None:
    posting = note_down(user, requirements="- SQL 활용 능력")
    request_posting_feedback(resume, posting)
    guide = request_guide(user, posting=posting)
    deleted_long_ago(posting)  # type: ignore[arg-type]

    forget()
    assert type(posting).with_deleted.filter(pk=posting.pk).exists()

    StudyGuide.objects.filter(pk=guide.pk).delete()
    forget()
    assert type(posting).with_deleted.filter(pk=posting.pk).exists()

    # It can still be brought back, with its feedback.
    resume.soft_delete()
    forget()
    assert type(posting).with_deleted.filter(pk=posting.pk).exists()

    deleted_long_ago(resume)
    forget()
    assert not type(posting).with_deleted.filter(pk=posting.pk).exists()


def test_a_guide_is_kept_for_as_long_after_its_deletion(user: User) -> None:
    guide = request_guide(user, posting=note_down(user, requirements="- SQL 활용 능력"))
    StudyGuide.objects.update(created_at=OLD)
    delete_guide(guide)

    forget()
    assert StudyGuide.objects.exists()

    StudyGuide.objects.update(deleted_at=OLD)
    forget()
    assert not StudyGuide.objects.exists()


def test_looks_of_staff_and_their_log_go_after_their_time(user: User, settings: Settings) -> None:
    settings.STAFF_ACCESS_KEPT_DAYS = 10
    for days in (9, 11):
        at = timezone.now() - timedelta(days=days)
        StaffAccess.objects.create(deed=Deed.LIST, what="accounts.user", at=at)
        LogEntry.objects.create(user=user, action_flag=CHANGE, action_time=at)

    forget()

    assert (StaffAccess.objects.count(), LogEntry.objects.count()) == (1, 1)


def test_the_admins_log_forgets_what_rows_that_are_gone_were_called(
    user: User, resume: Resume
) -> None:
    staff = User.objects.create_superuser("staff@example.com", "a-long-passphrase")
    gone = create_resume(user, sample_document())
    for row in (resume, gone):
        LogEntry.objects.log_actions(staff.pk, [row], CHANGE, row.title, single_object=True)
    gone_key = str(gone.pk)
    gone.delete()

    forget()

    log = {entry.object_id: entry for entry in LogEntry.objects.all()}
    assert (log[gone_key].object_repr, log[gone_key].change_message) == ("", "")
    assert resume.title in log[str(resume.pk)].object_repr


@pytest.mark.django_db(transaction=True)
def test_downloads_go_after_a_day(user: User, folder: Path) -> None:
    this = request_download(user)
    gather_data(this.pk)
    assert len(list(folder.rglob("*.zip"))) == 1

    forget()
    assert len(list(folder.rglob("*.zip"))) == 1

    type(this).objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    forget()

    assert not type(this).objects.exists()
    assert not list(folder.rglob("*.zip"))


def test_what_is_kept_of_a_device_goes_with_its_session() -> None:
    new_user()
    there, gone = Client(), Client()
    for client in (there, gone):
        sign_in(client)
    Session.objects.filter(pk=gone.session.session_key).delete()

    forget()

    assert UserSession.objects.get().session_key == there.session.session_key


def test_sessions_that_have_run_out_go(client: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    other = Client()
    other.force_login(User.objects.create_user("third@example.com"))

    forget()

    assert Session.objects.count() == 1


def test_it_reads_no_table_from_end_to_end(user: User) -> None:
    create_resume(user, sample_document())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for rows in deleted_for_good(OLD)[1:]:
        assert (
            f"{rows.model._meta.model_name}_deleted"
            in rows.explain().replace("jobposting_deleted", "posting_deleted")
            or "posting_deleted" in rows.explain()
        )


def test_interviews_too(user: User, resume: Resume) -> None:
    from interviews.conversing import begin

    interview = begin(user, resume, None, interview_type="1", question_count=3)
    interview.soft_delete()
    Interview.with_deleted.update(updated_at=OLD)

    forget()

    assert not Interview.with_deleted.exists()
