from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from feedback.models import ResumeFeedback
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume, to_document
from resumes.tests import assert_only_for_its_user, bare_resume

pytestmark = pytest.mark.django_db


def delete(client: Client, resume: Resume) -> str:
    response = client.post(f"/resumes/{resume.pk}/delete/")
    assert response.status_code == 302
    return response["Location"]


def test_it_works(client: Client, resume: Resume) -> None:
    document = to_document(resume)

    response = client.get(delete(client, resume))

    assertContains(response, f"‘{resume.title}’ 이력서를 지웠습니다.")
    assertContains(response, f'action="/resumes/{resume.pk}/restore/"')
    assertContains(response, "아직 이력서가 없습니다")

    response = client.post(f"/resumes/{resume.pk}/restore/", follow=True)

    assertRedirects(response, "/resumes/")
    assertContains(response, f"‘{resume.title}’ 이력서를 되살렸습니다.")
    assertContains(response, f'href="/resumes/{resume.pk}/"')
    assertNotContains(response, "restore")
    assert to_document(Resume.objects.get(pk=resume.pk)) == document


def test_it_vanishes_from_every_page(client: Client, resume: Resume) -> None:
    feedback = ResumeFeedback.objects.create(
        resume=resume, resume_snapshot=to_document(resume).model_dump(mode="json")
    )
    entry = resume.experiences.first()
    assert entry is not None
    pages = [
        f"/resumes/{resume.pk}/",
        f"/resumes/{resume.pk}/edit/",
        f"/resumes/{resume.pk}/experiences/",
        f"/resumes/{resume.pk}/experiences/add/",
        f"/resumes/{resume.pk}/experiences/{entry.pk}/",
        f"/resumes/{resume.pk}/experiences/{entry.pk}/remove/",
        f"/feedbacks/{feedback.pk}/",
    ]
    lists = ["/", "/resumes/", "/feedbacks/"]
    for page in pages:
        assert client.get(page).status_code == 200
    for page in lists:
        assertContains(client.get(page), resume.title)

    delete(client, resume)

    for page in pages:
        assert client.get(page).status_code == 404
    for page in lists:
        assertNotContains(client.get(page), resume.title)

    client.post(f"/resumes/{resume.pk}/restore/")

    for page in pages:
        assert client.get(page).status_code == 200
    client.get("/")
    for page in lists:
        assertContains(client.get(page), resume.title)


def test_others_stay(client: Client, user: User) -> None:
    kept, deleted = bare_resume(user, title="남는 것"), bare_resume(user, title="지운 것")

    delete(client, deleted)

    assert list(Resume.objects.all()) == [kept]


@pytest.mark.parametrize("step", ["delete/", "restore/"])
def test_looking_changes_nothing(client: Client, resume: Resume, step: str) -> None:
    assert client.get(f"/resumes/{resume.pk}/{step}").status_code == 405
    assert Resume.objects.filter(pk=resume.pk).exists()


def test_it_is_for_its_user_only(client: Client, other_client: Client, resume: Resume) -> None:
    assert other_client.post(f"/resumes/{resume.pk}/delete/").status_code == 404
    assert Client().post(f"/resumes/{resume.pk}/delete/").status_code == 302
    assert Resume.objects.filter(pk=resume.pk).exists()

    assert_only_for_its_user(
        lambda resume_id: f"/resumes/{resume_id}/delete/", resume, client, other_client, "post"
    )


def test_only_its_user_brings_it_back(client: Client, other_client: Client, resume: Resume) -> None:
    delete(client, resume)

    assert other_client.post(f"/resumes/{resume.pk}/restore/").status_code == 404
    assert Client().post(f"/resumes/{resume.pk}/restore/").status_code == 302
    assert not Resume.objects.filter(pk=resume.pk).exists()


def test_what_was_never_there_does_not_come_back(client: Client, resume: Resume) -> None:
    assert client.post(f"/resumes/{resume.pk + 1}/restore/").status_code == 404


@pytest.mark.parametrize(
    "way",
    [
        lambda user: Resume.objects.all(),
        lambda user: Resume.objects.for_user(user),
        lambda user: Resume.objects.for_user(user).for_lists(),
        lambda user: user.resume_set.all(),
    ],
)
def test_no_query_finds_the_deleted(user: User, way: Callable[[User], object]) -> None:
    kept, deleted = bare_resume(user), create_resume(user, sample_document())
    deleted.soft_delete()

    assert list(way(user)) == [kept]  # type: ignore[call-overload]
    assert set(Resume.with_deleted.for_user(user)) == {kept, deleted}

    deleted.restore()

    assert list(way(user)) == [deleted, kept]  # type: ignore[call-overload]


def test_each_user_has_their_own(user: User, other_user: User) -> None:
    mine, theirs = bare_resume(user), bare_resume(other_user)

    for manager in (Resume.objects, Resume.with_deleted):
        assert list(manager.for_user(user)) == [mine]
        assert list(manager.for_user(other_user)) == [theirs]


def test_deleting_writes_nothing_else(user: User) -> None:
    resume = bare_resume(user)
    stale = Resume.objects.get(pk=resume.pk)
    Resume.objects.filter(pk=resume.pk).update(title="다른 창에서 고친 제목")

    stale.soft_delete()
    stale.restore()

    assert Resume.objects.get(pk=resume.pk).title == "다른 창에서 고친 제목"
