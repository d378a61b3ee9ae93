from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from gaechwi.tests import fill_in, opened, wait_until_waiting
from resumes.models import Resume
from resumes.services import create_resume
from resumes.tests import assert_only_for_its_user, bare_resume, whole_document

pytestmark = pytest.mark.django_db

GIVEN = {
    "title": "새 제목",
    "name": "김새봄",
    "email": "spring@example.com",
    "phone": "010-1234-5678",
    "address": "부산광역시 해운대구",
    "birth_date": "1995-03-01",
    "gender": "2",
    "military_service": "해당 없음",
    "introduction": "첫 줄\r\n둘째 줄",
}


def stored(resume: Resume) -> dict[str, Any]:
    return dict(Resume.with_deleted.filter(pk=resume.pk).values().get())


def path(resume_id: int) -> str:
    return f"/resumes/{resume_id}/edit/"


def test_it_works(client: Client, resume: Resume) -> None:
    assertContains(client.get(path(resume.pk)), resume.introduction[:100])

    response = fill_in(client, path(resume.pk), GIVEN, follow=True)

    assertRedirects(response, path(resume.pk))
    assertContains(response, "저장했습니다.")
    kept = {field: stored(resume)[field] for field in GIVEN}
    assert kept == {
        **GIVEN,
        "birth_date": date(1995, 3, 1),
        "introduction": "첫 줄\n둘째 줄",
    }


def test_all_but_two_may_be_empty(client: Client, resume: Resume) -> None:
    fill_in(client, path(resume.pk), {"title": "제목", "name": "이름"})

    resume.refresh_from_db()
    assert (resume.title, resume.name) == ("제목", "이름")
    assert resume.birth_date is None
    assert {resume.email, resume.phone, resume.gender, resume.introduction} == {""}


def test_it_is_for_its_user_only(client: Client, other_client: Client, resume: Resume) -> None:
    assert_only_for_its_user(path, resume, client, other_client)


def test_only_its_user_can_save(client: Client, other_client: Client, resume: Resume) -> None:
    before = stored(resume)
    given = {**GIVEN, **opened(client, path(resume.pk))}

    assert_only_for_its_user(path, resume, client, other_client, "post")
    client.post(path(resume.pk), given)
    other_client.post(path(resume.pk), given)

    assert stored(resume)["title"] == before["title"]


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (
            "introduction",
            "가" * 50_000,
            "10,000자까지 적을 수 있는데 50,000자를 적으셨습니다.",
        ),
        ("title", "", "필수 항목입니다."),
        ("name", "", "필수 항목입니다."),
        ("title", "나" * 101, "100자까지 적을 수 있는데 101자를 적으셨습니다."),
        ("address", "다" * 201, "200자까지 적을 수 있는데 201자를 적으셨습니다."),
        ("birth_date", "9999-01-01", "생년월일이 오늘보다 나중입니다."),
        ("birth_date", "0995-03-01", "1900년부터 2100년까지"),
        ("birth_date", "1995-02-30", "올바른 날짜를 입력하세요."),
        ("phone", "일이삼", "전화번호를 010-1234-5678처럼 적어 주세요."),
        ("phone", "010", "전화번호를 010-1234-5678처럼 적어 주세요."),
        ("phone", "0------------", "전화번호를 010-1234-5678처럼 적어 주세요."),
        ("email", "spring@", "올바른 이메일 주소를 입력하세요."),
        ("gender", "99", "올바르게 선택해 주세요."),
        ("name", "김\0봄", "null 문자는 사용할 수 없습니다."),
        ("introduction", "김\0봄", "null 문자는 사용할 수 없습니다."),
    ],
)
def test_bad_input_is_answered(
    client: Client, resume: Resume, field: str, text: str, words: str
) -> None:
    before = stored(resume)

    response = fill_in(client, path(resume.pk), {**GIVEN, field: text})

    assertContains(response, words)
    assertContains(response, f'<a href="#id_{field}">')
    assertContains(response, 'aria-invalid="true"', count=1)
    assert stored(resume) == before


def test_what_was_typed_stays(client: Client, resume: Resume) -> None:
    typed = "지우면 안 되는 글. " * 5_000

    response = fill_in(client, path(resume.pk), {**GIVEN, "introduction": typed})

    assertContains(response, typed)
    assertContains(response, 'value="부산광역시 해운대구"')


def test_the_page_bears_the_title_that_is_kept(client: Client, resume: Resume) -> None:
    response = fill_in(client, path(resume.pk), {**GIVEN, "name": ""})

    assertContains(response, f'<h1 id="resume-title">{resume.title}</h1>')
    assertContains(response, 'value="새 제목"')


def test_the_longest_introduction_is_kept(client: Client, resume: Resume) -> None:
    # With line ends of two characters it would be too long.
    lines = "\r\n".join("가나다라" for _line in range(2_000))

    fill_in(client, path(resume.pk), {**GIVEN, "introduction": lines})

    assert stored(resume)["introduction"] == lines.replace("\r\n", "\n")
    assert len(stored(resume)["introduction"]) == 9_999


def test_the_browser_cuts_nothing_off(client: Client, resume: Resume) -> None:
    page = client.get(path(resume.pk))

    assertNotContains(page, "maxlength")
    assertContains(page, 'data-limit="10000"')


def test_hangul_of_a_mac_is_composed(client: Client, resume: Resume) -> None:
    text = "각박한 세상을 밝히는 개발자 " * 300
    assert len(text) < 10_000 < len(normalize("NFD", text))

    fill_in(client, path(resume.pk), {**GIVEN, "introduction": normalize("NFD", text)})

    assert stored(resume)["introduction"] == text.strip()


@pytest.mark.parametrize(
    "phone", ["01012345678", "+82 10-1234-5678", "02.123.4567", "02) 123-4567", "(02) 123-4567"]
)
def test_a_phone_number_is_taken_as_people_write_it(
    client: Client, resume: Resume, phone: str
) -> None:
    fill_in(client, path(resume.pk), {**GIVEN, "phone": phone})

    assert stored(resume)["phone"] == phone


def test_today_is_a_birthday_and_tomorrow_is_not(client: Client, resume: Resume) -> None:
    today = timezone.localdate()

    fill_in(client, path(resume.pk), {**GIVEN, "birth_date": today.isoformat()})
    assert stored(resume)["birth_date"] == today

    fill_in(client, path(resume.pk), {**GIVEN, "birth_date": (today + timedelta(1)).isoformat()})
    assert stored(resume)["birth_date"] == today


def test_nothing_else_can_be_changed(client: Client, resume: Resume, other_user: User) -> None:
    fill_in(
        client,
        path(resume.pk),
        {**GIVEN, "user": other_user.pk, "resume_type": "2", "is_active": "", "photo": "1"},
    )

    kept = stored(resume)
    assert kept["title"] == GIVEN["title"]
    assert (kept["user_id"], kept["resume_type"]) == (resume.user_id, Resume.WRITTEN)
    assert kept["is_active"] is True
    assert kept["photo_id"] is None


def test_each_label_has_a_field_of_its_own(client: Client, resume: Resume) -> None:
    """Entries are added into this page: their fields must not take the ids of those here."""
    page = client.get(path(resume.pk)).content.decode()
    for section in ("projects", "activities", "technology_stacks"):
        part = client.get(f"/resumes/{resume.pk}/{section}/add/", headers={"HX-Request": "true"})
        page += part.content.decode().replace(f'id="{section}', 'id="')

    ids = [piece.split('"')[0] for piece in page.split(' id="id_')[1:]]
    assert len(ids) > 20
    assert len(ids) == len(set(ids))


def test_its_queries_do_not_grow(client: Client, user: User) -> None:
    small, large = create_resume(user, whole_document(1)), create_resume(user, whole_document(40))
    client.get(path(small.pk))

    with CaptureQueriesContext(connection) as at_6:
        client.get(path(small.pk))
    with CaptureQueriesContext(connection) as at_240:
        client.get(path(large.pk))

    assert len(at_6) == len(at_240) <= 10


@pytest.mark.django_db(transaction=True)
def test_a_save_does_not_bring_back_what_another_window_deletes(user: User, client: Client) -> None:
    resume = bare_resume(user)
    given = {**GIVEN, **opened(client, path(resume.pk))}

    def save() -> int:
        try:
            return client.post(path(resume.pk), given).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as window:
        with transaction.atomic():
            Resume.objects.select_for_update().get(pk=resume.pk).soft_delete()
            saving = window.submit(save)
            wait_until_waiting(1)
        assert saving.result(timeout=10) == 404

    assert stored(resume)["is_active"] is False
    assert stored(resume)["title"] == resume.title
