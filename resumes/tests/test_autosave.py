"""The page saves the basics of a résumé while they are written."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from gaechwi.tests import opened
from resumes.models import Resume
from resumes.tests import HTMX

pytestmark = pytest.mark.django_db


def path_of(resume: Resume) -> str:
    return f"/resumes/{resume.pk}/edit/"


def opened_fields(client: Client, resume: Resume) -> dict[str, Any]:
    """Return what the page sends besides what is changed."""
    return {**opened(client, path_of(resume)), "title": resume.title, "name": resume.name}


def save(client: Client, resume: Resume, fields: dict[str, Any]) -> Any:
    """Save as the page does while somebody writes."""
    return client.post(path_of(resume), fields, headers=HTMX)


def saved(response: Any) -> Any:
    """Return what the page is told about a save."""
    return json.loads(response.headers["HX-Trigger"])["saved"]


def test_it_works(client: Client, resume: Resume) -> None:
    fields = {**opened_fields(client, resume), "title": "새 제목"}

    response = save(client, resume, fields)

    assertContains(response, "에 저장했습니다.")
    assertContains(response, "새 제목")
    assertNotContains(response, "<html")
    resume.refresh_from_db()
    assert resume.title == "새 제목"


def test_the_next_save_is_no_conflict(client: Client, resume: Resume) -> None:
    fields = {**opened_fields(client, resume), "title": "첫째"}
    version = saved(save(client, resume, fields))["version"]

    response = save(client, resume, {**fields, "version": version, "title": "둘째"})

    assertContains(response, "에 저장했습니다.")
    resume.refresh_from_db()
    assert resume.title == "둘째"


def test_another_window_is_not_written_over(client: Client, resume: Resume) -> None:
    fields = opened_fields(client, resume)
    save(client, resume, {**fields, "title": "첫 창"})

    response = save(client, resume, {**fields, "title": "둘째 창"})

    assertContains(response, "다른 창에서 바뀐 내용이 있어 저장하지 않았습니다.")
    assertContains(response, "data-compares")
    assert "HX-Trigger" not in response.headers
    resume.refresh_from_db()
    assert resume.title == "첫 창"


def test_what_is_wrong_is_named_and_the_rest_is_saved(client: Client, resume: Resume) -> None:
    wrong = {"title": "", "birth_date": "2999-01-01", "phone": "일이삼", "name": "새 이름"}
    fields = {**opened_fields(client, resume), **wrong}
    before = resume.title, resume.birth_date, resume.phone

    response = save(client, resume, fields)

    assertContains(response, "고쳐야 저장되는 칸:")
    assertContains(response, '<a href="#id_birth_date">생년월일</a>')
    assertContains(response, "나머지는")
    assert set(saved(response)["errors"]) == {"title", "birth_date", "phone"}
    resume.refresh_from_db()
    assert (resume.title, resume.birth_date, resume.phone) == before
    assert resume.name == "새 이름"


def test_what_is_mended_is_saved_after_the_rest(client: Client, resume: Resume) -> None:
    fields = {**opened_fields(client, resume), "title": "", "name": "새 이름"}
    version = saved(save(client, resume, fields))["version"]

    response = save(client, resume, {**fields, "version": version, "title": "새 제목"})

    assert saved(response)["errors"] == {}
    resume.refresh_from_db()
    assert (resume.title, resume.name) == ("새 제목", "새 이름")


def test_nothing_wrong_is_saved_over_another_window(client: Client, resume: Resume) -> None:
    fields = opened_fields(client, resume)
    save(client, resume, {**fields, "title": "첫 창"})

    response = save(client, resume, {**fields, "name": "둘째 창", "phone": "일이삼"})

    assertContains(response, "다른 창에서 바뀐 내용이 있어 저장하지 않았습니다.")
    assertContains(response, "첫 창")
    assert "HX-Trigger" not in response.headers


def test_it_checks_access(other_client: Client, resume: Resume) -> None:
    assert save(other_client, resume, {"title": "남의 것", "name": "남"}).status_code == 404


def test_it_checks_sign_in(resume: Resume) -> None:
    assert save(Client(), resume, {"title": "남의 것", "name": "남"}).status_code == 302


def test_the_page_begins_without_a_word(client: Client, resume: Resume) -> None:
    page = client.get(path_of(resume))

    assertContains(page, 'id="save-state"')
    assertNotContains(page, "에 저장했습니다.")
