"""Whatever is put into a form, there is an answer, and the pages that show it can be opened."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import User
from feedback.services import request_standard_feedback
from imports.tests.documents import docx, pdf
from postings.tests import note_down
from resumes.models import Resume
from resumes.tests.pictures import half_red, upload
from studyguides.services import make_guide, request_guide, save_guide
from tests.fuzz import budget, spliced, texts

pytestmark = pytest.mark.django_db

SECTIONS = (
    "experiences",
    "educations",
    "projects",
    "activities",
    "qualifications",
    "technology_stacks",
)
LISTS = ("/", "/resumes/", "/postings/", "/imports/", "/guides/", "/interviews/", "/account/")
# All that a form may be answered by: shown again, done, not there, in conflict, or refused.
ANSWERS = {200, 204, 302, 400, 404, 409, 413, 429, 503}
LIKELY = (
    "백엔드 개발자",
    "2020-03",
    "2020-03-15",
    "https://example.com/a",
    "on",
    "1",
    "2",
    "3",
    "",
)

FORMS = {
    "/resumes/new/": {"title", "name"},
    "/postings/new/": {"title", "company", "deadline", "url", "requirements", "technology_stacks"},
    "/postings/paste/": {"text"},
    "/imports/": {"text"},
    "/interviews/new/": {"resume", "posting", "interview_type", "difficulty", "question_count"},
    "/guides/new/": {"feedback", "posting", "interview", "hours_per_week"},
    "/account/": {"name"},
    "/account/delete/": {"email"},
    "/try/": {"resume", "posting", "text"},
    "/accounts/email/": {"email", "action_add", "action_send", "action_remove"},
    "/accounts/password/change/": {"oldpassword", "password1", "password2"},
    "/accounts/reauthenticate/": {"password"},
    "/accounts/signup/": {"email", "name", "password1", "consent", "next"},
    "/accounts/login/": {"login", "password", "remember", "next"},
    "/accounts/password/reset/": {"email"},
    "/theme/": {"theme", "next"},
    "/i18n/setlang/": {"language", "next"},
}


@pytest.fixture(autouse=True)
def _no_limits(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 10**9
    settings.ACCOUNT_RATE_LIMITS = False


def filled_in(names: set[str]) -> st.SearchStrategy[dict[str, str]]:
    """Return what may be posted: any of the fields, and one that no form has."""
    return st.fixed_dictionaries(
        {}, optional={name: texts(*LIKELY) for name in sorted({*names, "is_staff", "version"})}
    )


def send(client: Client, path: str, data: dict[str, Any], **how: Any) -> None:
    """Send a form; an error within a view is raised here."""
    answer = client.post(path, data, **how)
    assert answer.status_code in ANSWERS, (path, answer.status_code)


def look(client: Client) -> None:
    for path in LISTS:
        assert client.get(path).status_code in {200, 302}, path


@pytest.mark.parametrize("path", FORMS)
def test_it_works(client: Client, path: str) -> None:
    names = FORMS[path]

    @budget
    @given(data=filled_in(names), htmx=st.booleans())
    def every(data: dict[str, str], htmx: bool) -> None:
        send(client, path, data, headers={"HX-Request": "true"} if htmx else {})

    every()
    look(client)


@pytest.mark.parametrize("section", SECTIONS)
def test_sections(client: Client, resume: Resume, section: str) -> None:
    page = client.get(f"/resumes/{resume.pk}/{section}/add/")
    form: forms.BaseForm = page.context["form"]

    @budget
    @given(filled_in(set(form.fields)), st.sampled_from(["add/", "1/", "1/move/", "1/remove/"]))
    def every(data: dict[str, str], there: str) -> None:
        entry = getattr(resume, section).order_by("pk").values_list("pk", flat=True).first()
        path = f"/resumes/{resume.pk}/{section}/{there}".replace("/1/", f"/{entry or 1}/")
        if there != "1/remove/" or getattr(resume, section).count() > 1:
            send(client, path, data, headers={"HX-Request": "true"})

    every()
    assert client.get(f"/resumes/{resume.pk}/edit/").status_code == 200
    assert client.get(f"/resumes/{resume.pk}/").status_code == 200
    assert client.get(f"/api/resumes/{resume.pk}").status_code == 200


def of(user: User, resume: Resume) -> dict[str, set[str]]:
    """Return the forms of things that exist, with their fields."""
    posting = note_down(user, requirements="- SQL 활용 능력")
    guide = request_guide(user, posting=posting)
    save_guide(guide, make_guide(guide))
    feedback = request_standard_feedback(Resume.objects.with_sections().get(pk=resume.pk))
    item = guide.items.first()
    assert item is not None
    return {
        f"/resumes/{resume.pk}/edit/": {"title", "name", "email", "birth_date", "introduction"},
        f"/resumes/{resume.pk}/photo/": {"photo"},
        f"/postings/{posting.pk}/edit/": FORMS["/postings/new/"],
        f"/exports/resumes/{resume.pk}/": {"kind"},
        f"/feedbacks/{feedback.pk}/improve/": {"x"},
        "/feedbacks/postings/": {"resume", "posting"},
        f"/guides/items/{item.pk}/status/": {"status"},
        f"/guides/items/{item.pk}/note/": {"note"},
        f"/guides/items/{item.pk}/move/": {"direction"},
    }


def test_of_things_that_exist(client: Client, user: User, resume: Resume) -> None:
    fields = of(user, resume)

    @budget
    @given(st.sampled_from(sorted(fields)).flatmap(lambda path: posts(path, fields[path])))
    def every(post: tuple[str, dict[str, str]]) -> None:
        send(client, *post)

    every()
    look(client)
    assert client.get(f"/resumes/{resume.pk}/").status_code == 200


def posts(path: str, names: set[str]) -> st.SearchStrategy[tuple[str, dict[str, str]]]:
    return st.tuples(st.just(path), filled_in(names))


@pytest.mark.parametrize(
    ("path", "field", "whole"),
    [
        ("/imports/", "file", lambda: pdf("한나루\n경력\n온새미페이 2020.03 ~ 현재")),
        ("/imports/", "file", lambda: docx("한나루\n경력\n온새미페이 2020.03 ~ 현재")),
        ("/resumes/%d/photo/", "photo", lambda: upload(half_red()).read()),
    ],
)
def test_uploads(
    client: Client, resume: Resume, path: str, field: str, whole: Callable[[], bytes]
) -> None:
    @budget
    @given(
        spliced(whole()),
        texts("이력서.pdf", "a.docx", "a.json", "a.txt", "photo.jpg", "../../x.pdf").filter(bool),
    )
    def every(data: bytes, name: str) -> None:
        file = BytesIO(data)
        file.name = name.replace("\0", "")
        send(client, path % resume.pk if "%" in path else path, {field: file})

    every()
    look(client)
