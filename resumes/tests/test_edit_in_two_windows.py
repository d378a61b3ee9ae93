"""A résumé that is open in two windows: neither writes over the other unasked."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertRedirects

from gaechwi.tests import fill_in, opened
from resumes.models import Experience, Resume
from resumes.tests import HTMX

pytestmark = pytest.mark.django_db

COMPLAINT = "이 화면을 연 뒤에 다른 곳에서 내용이 바뀌었습니다"


def test_it_works(client: Client, resume: Resume) -> None:
    path = f"/resumes/{resume.pk}/edit/"
    both = opened(client, path)
    client.post(path, {**both, "title": "첫 창", "name": "김새봄"})

    response = client.post(path, {**both, "title": "둘째 창", "name": "김새봄"})

    assertContains(response, COMPLAINT)
    assertContains(response, 'value="둘째 창"')
    assert response.context["form"]["title"].saved_words == "첫 창"
    resume.refresh_from_db()
    assert resume.title == "첫 창"
    again = {"title": "둘째 창", "name": "김새봄", "version": response.context["form"].version}
    assertRedirects(client.post(path, again), path)


def test_what_is_saved_in_a_section_is_no_conflict(client: Client, resume: Resume) -> None:
    path = f"/resumes/{resume.pk}/edit/"
    old = opened(client, path)
    client.post(f"/resumes/{resume.pk}/experiences/add/", {"company": "새 회사"}, headers=HTMX)

    assertRedirects(client.post(path, {**old, "title": "새 제목", "name": "김새봄"}), path)


def test_an_entry_has_a_version_of_its_own(client: Client, resume: Resume) -> None:
    job = Experience.objects.create(resume=resume, company="새봄", start_date=date(2024, 3, 1))
    path = f"/resumes/{resume.pk}/experiences/{job.pk}/"
    old = opened(client, path)
    fill_in(client, path, {"company": "첫 창", "start_date": "2024-05"})

    response = client.post(path, {**old, "company": "둘째 창"}, headers=HTMX)

    assertContains(response, COMPLAINT)
    assertContains(response, f'hx-get="{path}">저장된 내용으로 바꾸기')
    assert response.context["form"]["start_date"].saved_words == "2024-05"
    job.refresh_from_db()
    assert job.company == "첫 창"
