from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from feedback.models import ResumeFeedback
from postings.models import JobPosting
from postings.tests import note_down
from resumes.models import Resume

pytestmark = pytest.mark.django_db


def test_it_works(user: User) -> None:
    posting = note_down(user, company="새봄", technology_stacks=["Python", "Django"])

    [kept] = JobPosting.objects.for_user(user)

    assert kept == posting
    assert str(kept) == "백엔드 개발자"
    assert kept.technology_stacks == ["Python", "Django"]
    assert kept.is_active
    kept.full_clean()


def test_each_user_has_their_own(user: User, other_user: User) -> None:
    mine, theirs = note_down(user), note_down(other_user)

    for manager in (JobPosting.objects, JobPosting.with_deleted):
        assert list(manager.for_user(user)) == [mine]
        assert list(manager.for_user(other_user)) == [theirs]


def test_a_deleted_one_vanishes_and_comes_back(user: User) -> None:
    posting, other = note_down(user), note_down(user)

    posting.soft_delete()

    assert list(JobPosting.objects.all()) == [other]
    assert list(JobPosting.objects.for_user(user)) == [other]
    assert list(user.jobposting_set.all()) == [other]
    assert JobPosting.objects.count() == 1
    assert not JobPosting.objects.filter(pk=posting.pk).exists()
    assert set(JobPosting.with_deleted.for_user(user)) == {posting, other}

    JobPosting.with_deleted.get(pk=posting.pk).restore()

    assert set(JobPosting.objects.for_user(user)) == {posting, other}


def test_deleting_is_a_change_and_writes_nothing_else(user: User) -> None:
    posting = note_down(user)
    before = posting.updated_at
    JobPosting.objects.filter(pk=posting.pk).update(title="다른 창에서 고친 제목")

    posting.soft_delete()

    kept = JobPosting.with_deleted.get(pk=posting.pk)
    assert kept.title == "다른 창에서 고친 제목"
    assert kept.updated_at > before
    assert kept.created_at == posting.created_at


def test_the_newest_comes_first(user: User) -> None:
    now = timezone.now()
    old = note_down(user, created_at=now - timedelta(days=2))
    new = note_down(user, created_at=now)
    middle = note_down(user, created_at=now - timedelta(days=1))
    of_the_same_moment = note_down(user, created_at=now)

    assert list(JobPosting.objects.for_user(user)) == [of_the_same_moment, new, middle, old]


def test_a_change_does_not_move_it(user: User) -> None:
    first, second = note_down(user), note_down(user)

    first.save()

    assert list(JobPosting.objects.for_user(user)) == [second, first]


def test_the_database_wants_a_title(user: User) -> None:
    with pytest.raises(IntegrityError, match="posting_title"), transaction.atomic():
        note_down(user, title="")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "가" * 201),
        ("employment_type", "99"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_bad_input_is_refused(user: User, field: str, value: str) -> None:
    posting = JobPosting(user=user, **{"title": "백엔드 개발자", field: value})

    with pytest.raises(ValidationError) as refusal:
        posting.full_clean()

    assert set(refusal.value.message_dict) == {field}


def test_its_feedback_outlives_its_deletion(user: User, resume: Resume) -> None:
    posting = note_down(user)
    feedback = ResumeFeedback.objects.create(
        resume=resume, posting=posting, resume_snapshot={}, posting_snapshot={}
    )

    posting.soft_delete()

    kept = ResumeFeedback.objects.for_user(user).select_related("posting").get()
    assert kept == feedback
    assert kept.posting == posting


def test_it_goes_with_its_user(user: User) -> None:
    posting = note_down(user)
    posting.soft_delete()

    user.delete()

    assert not JobPosting.with_deleted.exists()
