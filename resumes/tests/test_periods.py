"""How periods are shown: in one form by documents, by the reader's language on pages."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import translation
from pytest_django.asserts import assertContains, assertNotContains

from resumes.models import Resume
from resumes.periods import period_text, shown_period
from resumes.services import create_resume
from resumes.tests import whole_document

START, END = date(2019, 3, 1), date(2021, 12, 1)


@pytest.mark.parametrize(
    ("start", "end", "korean", "english"),
    [
        (START, END, "2019.03 ~ 2021.12", "Mar 2019 – Dec 2021"),
        (START, None, "2019.03 ~ 현재", "Mar 2019 – Present"),
        (None, END, "~ 2021.12", "– Dec 2021"),
        (START, START, "2019.03", "Mar 2019"),
        (None, None, "", ""),
    ],
)
def test_it_works(start: date | None, end: date | None, korean: str, english: str) -> None:
    assert shown_period(period_text(start, end)) == korean
    with translation.override("en"):
        assert shown_period(period_text(start, end)) == english


@pytest.mark.parametrize("part", ["2019.03", " ~ Present", "2019.03 ~ 현재"])
def test_a_marked_part_is_shown_alike(part: str) -> None:
    with translation.override("en"):
        assert "~" not in shown_period(part)
        assert "2019.03" not in shown_period(part)
        assert "현재" not in shown_period(part)


@pytest.mark.parametrize("words", ["2019.03에 시작한 일", "2019.13", "1.25 ~ 3", "~~", "3.8 / 4.5"])
def test_other_words_stay(words: str) -> None:
    with translation.override("en"):
        assert shown_period(words) == words


@pytest.mark.django_db
def test_pages_show_them_by_language(client: Client, resume: Resume) -> None:
    Resume.objects.update(birth_date=date(1994, 5, 7))
    job = resume.experiences.exclude(start_date=None).first()
    assert job is not None
    english = {"Accept-Language": "en"}

    edit = client.get(f"/resumes/{resume.pk}/edit/", headers=english)
    read = client.get(f"/resumes/{resume.pk}/", headers=english)
    korean = client.get(f"/resumes/{resume.pk}/")

    assertContains(edit, f"{job.start_date:%b %Y} – ")
    assertContains(read, f"{job.start_date:%b %Y} – ")
    assertNotContains(read, f"{job.start_date:%Y.%m} ~ ")
    assertContains(korean, f"{job.start_date:%Y.%m} ~ ")


@pytest.mark.django_db
def test_korean_words_are_marked_on_english_pages(client: Client, resume: Resume) -> None:
    english = {"Accept-Language": "en"}

    page = client.get(f"/resumes/{resume.pk}/", headers=english)
    form = client.get(f"/resumes/{resume.pk}/edit/", headers=english)

    assertContains(page, f'<h1><span lang="ko">{resume.title}</span></h1>', html=True)
    assertNotContains(client.get(f"/resumes/{resume.pk}/"), '<span lang="ko">')
    marked = re.findall(r'name="(\w+)"[^>]* lang="ko"', form.content.decode())
    assert "introduction" in marked
    assert "email" not in marked


@pytest.mark.django_db
def test_english_words_are_not_marked(client: Client, resume: Resume) -> None:
    document = whole_document(1)
    english = create_resume(resume.user, document.model_copy(update={"title": "Engineer"}))

    page = client.get(f"/resumes/{english.pk}/", headers={"Accept-Language": "en"})

    assertContains(page, "<h1>Engineer</h1>", html=True)
