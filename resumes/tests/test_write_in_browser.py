"""Writing a résumé as its user sees it: focus, what stays typed, and narrow screens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from conftest import Browse
from resumes.models import Resume
from resumes.services import create_resume
from resumes.tests import bare_resume, whole_document
from resumes.tests.pictures import half_red, upload

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

# What a narrow screen would cut off; a row that scrolls sideways by itself may be wider.
STICKING_OUT = """parts => parts
    .filter(part => !part.closest(".jump") && part.getBoundingClientRect().right > 361)
    .map(part => part.outerHTML.slice(0, 100))"""

BOTTOM = "part => part.getBoundingClientRect().bottom"
TOP = "part => part.getBoundingClientRect().top"

Open = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def resume(user: User) -> Resume:
    return bare_resume(user)


@pytest.fixture
def open_page(
    browse: Browse, live_server: LiveServer, client: Client, tmp_path: Path, settings: Settings
) -> Open:
    """Open a browser in which `user` is signed in."""
    settings.MEDIA_ROOT = tmp_path
    # The live server serves the sources of the static files, which bear no hash in their names.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }

    @contextmanager
    def open_page(**how: Any) -> Iterator[Page]:
        with browse(live_server, **how) as page:
            session = client.cookies["sessionid"].value
            page.context.add_cookies(
                [{"name": "sessionid", "value": session, "url": live_server.url}]
            )
            yield page

    return open_page


def picture() -> FilePayload:
    photo = upload(half_red())
    return {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photo.read()}


def names(page: Page, section: str) -> list[str]:
    return page.locator(f"#{section} .entry-words strong").all_inner_texts()


def test_the_way_back_leads_to_what_was_saved(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        page.locator("#experiences-add").click()
        page.locator("#id_experiences_company").fill("첫 회사")
        page.locator("#experiences .entry-form button").first.click()
        expect(page.locator("#experiences .entry-words")).to_contain_text("첫 회사")
        page.get_by_label("이력서 제목").fill("고친 제목")
        expect(page.locator("#save-state")).to_contain_text("저장", timeout=10_000)
        expect(page.locator("#resume-title")).to_have_text("고친 제목", timeout=10_000)

        page.get_by_role("link", name="미리 보기").click()
        expect(page.locator(".paper")).to_contain_text("첫 회사")
        page.go_back()

        expect(page.get_by_label("이력서 제목")).to_have_value("고친 제목")
        expect(page.locator("#experiences .entry-words")).to_contain_text("첫 회사")
        # And what is saved from there is no older than what there is.
        page.get_by_label("이력서 제목").fill("다시 고친 제목")
        expect(page.locator("#resume-title")).to_have_text("다시 고친 제목", timeout=10_000)
        page.go_forward()
        page.reload()
        expect(page.locator(".paper-title")).to_have_text("다시 고친 제목")


def test_it_works_by_keyboard_alone(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        press = page.keyboard.press
        page.goto(f"/resumes/{resume.pk}/edit/")
        jobs = page.locator("#experiences")
        add = page.locator("#experiences-add")
        company = page.locator("#id_experiences_company")

        add.focus()
        for name in ("첫 회사", "둘째 회사"):
            press("Enter")
            expect(company).to_be_focused()
            page.keyboard.type(name)
            press("Enter")
            expect(add).to_be_focused()
            expect(page.locator("#said")).to_have_text("저장했습니다.")
        assert names(page, "experiences") == ["첫 회사", "둘째 회사"]

        jobs.locator("button[value=down]").first.focus()
        press("Enter")
        expect(jobs.locator("strong").first).to_have_text("둘째 회사")
        # The first one is last now: the focus stays with it, on the way back.
        expect(jobs.locator("button[value=up]").last).to_be_focused()
        press("Enter")
        expect(jobs.locator("strong").first).to_have_text("첫 회사")
        expect(jobs.locator("button[value=down]").first).to_be_focused()

        press("Tab")
        press("Enter")
        expect(company).to_be_focused()
        expect(company).to_have_value("첫 회사")
        page.get_by_role("link", name="취소").focus()
        press("Enter")
        expect(jobs.get_by_role("link", name="고치기").first).to_be_focused()

        press("Tab")
        press("Enter")
        dialog = page.get_by_role("dialog", name="‘첫 회사’ 항목을 지울까요?")
        expect(dialog.get_by_role("button", name="취소")).to_be_focused()
        press("Escape")
        expect(dialog).to_be_hidden()
        expect(jobs.get_by_role("link", name="지우기").first).to_be_focused()
        press("Enter")
        press("Tab")
        expect(dialog.get_by_role("button", name="지우기")).to_be_focused()
        press("Enter")
        expect(jobs.locator("strong")).to_have_text(["둘째 회사"])
        expect(add).to_be_focused()


def test_the_focus_goes_to_what_is_wrong(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        page.locator("#experiences-add").click()
        page.get_by_label("회사").fill("새봄")
        page.get_by_label("시작").fill("2023-03")
        page.get_by_label("끝").fill("2023-02")
        page.locator("#experiences").get_by_role("button", name="저장").click()

        summary = page.locator("#experiences .error-summary")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("끝난 때가 시작한 때보다 빠릅니다.")
        summary.get_by_role("link", name="끝").click()
        expect(page.get_by_label("끝")).to_be_focused()

        page.get_by_label("전화번호").fill("일이삼")
        page.locator("#basics").get_by_role("button", name="저장").click()
        expect(page.locator("#basics .error-summary")).to_be_focused()


def test_what_is_typed_stays_when_something_else_is_saved(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        introduction = page.get_by_role("textbox", name="자기소개")
        introduction.fill("아직 저장하지 않은 글")

        page.get_by_label("사진").set_input_files(picture())
        page.get_by_role("button", name="사진 올리기").click()
        photo = page.get_by_role("img", name="증명사진")
        expect(photo).to_be_visible()
        assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") == 80
        expect(page.get_by_role("button", name="사진 바꾸기")).to_be_focused()
        page.locator("#technology_stacks-add").click()
        page.get_by_label("더할 기술").fill("EMR, OCS")
        page.locator("#technology_stacks").get_by_role("button", name="저장").click()

        expect(page.locator("#technology_stacks strong")).to_have_text(["EMR", "OCS"])
        expect(introduction).to_have_value("아직 저장하지 않은 글")


def test_it_saves_while_one_writes(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        introduction = page.get_by_role("textbox", name="자기소개")
        introduction.fill("첫 문장입니다.")
        expect(page.locator("#save-state")).to_have_text("아직 저장하지 않은 내용이 있습니다.")
        expect(page.locator("#save-state")).to_contain_text("에 저장했습니다.")
        introduction.press_sequentially(" 둘째")
        expect(page.locator("#save-state")).to_have_text("아직 저장하지 않은 내용이 있습니다.")
        expect(page.locator("#save-state")).to_contain_text("에 저장했습니다.")
        expect(introduction).to_be_focused()

        title = page.get_by_label("이력서 제목")
        title.fill("")
        expect(page.locator("#save-state")).to_contain_text("고쳐야 저장되는 칸: 이력서 제목")
        expect(title).to_have_accessible_description(re.compile("필수"))
        title.fill("새 제목")
        expect(page.get_by_role("heading", level=1)).to_have_text("새 제목")

        # Nothing is unsaved: nobody is asked.
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto("/resumes/")
        expect(page.get_by_role("link", name="새 제목")).to_be_visible()
    resume.refresh_from_db()
    assert resume.introduction == "첫 문장입니다. 둘째"


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)])
def test_one_sees_whether_it_is_saved_wherever_one_writes(
    open_page: Open, resume: Resume, width: int, height: int
) -> None:
    with open_page(width=width) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"/resumes/{resume.pk}/edit/")
        state = page.locator("#save-state")
        for label, text in {
            "이력서 제목": "새 제목",
            "병역": "해당 없음",
            "자기소개": "첫 문장입니다.\n" * 30,
        }.items():
            field = page.get_by_role("textbox", name=label)
            field.focus()
            page.keyboard.insert_text(text)
            expect(state).to_be_in_viewport(ratio=1)
            expect(state).to_have_text("아직 저장하지 않은 내용이 있습니다.")
            expect(state).to_contain_text("에 저장했습니다.")
            expect(state).to_be_in_viewport(ratio=1)
            assert field.evaluate(BOTTOM) <= page.locator(".save-bar").evaluate(TOP)

        phone = page.get_by_label("전화번호")
        phone.fill("일이삼")
        expect(state).to_contain_text("고쳐야 저장되는 칸: 전화번호")
        expect(state).to_be_in_viewport(ratio=1)
        expect(phone).to_be_focused()
        expect(phone).to_have_attribute("aria-invalid", "true")
        expect(phone).to_have_accessible_description(re.compile("010-1234-5678"))
        fault = page.locator("#id_phone_error").evaluate(BOTTOM)
        assert fault <= page.locator(".save-bar").evaluate(TOP)
        # The way from the state to the field.
        page.get_by_role("textbox", name="자기소개").focus()
        state.get_by_role("link", name="전화번호").click()
        expect(phone).to_be_focused()
        phone.fill("010-0000-0000")
        expect(state).to_contain_text(re.compile("^\\s*(오전|오후).*에 저장했습니다."))
        expect(page.locator("#id_phone_error")).to_have_count(0)
        assert phone.get_attribute("aria-invalid") is None

        # Nor does it cover what one comes to by the Tab key.
        page.get_by_label("이력서 제목").focus()
        for label in ("이름", "이메일", "전화번호", "주소"):
            page.keyboard.press("Tab")
            field = page.get_by_role("textbox", name=label, exact=True)
            expect(field).to_be_focused()
            assert field.evaluate(BOTTOM) <= page.locator(".save-bar").evaluate(TOP)


def test_half_a_date_takes_no_date_away(open_page: Open, resume: Resume) -> None:
    resume.birth_date = date(1994, 5, 17)
    resume.save()
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        day = page.get_by_label("생년월일")
        day.focus()
        page.keyboard.press("Delete")
        expect(page.locator("#save-state")).to_contain_text("고쳐야 저장되는 칸: 생년월일")
        expect(day).to_have_attribute("aria-invalid", "true")
    resume.refresh_from_db()
    assert resume.birth_date == date(1994, 5, 17)


def test_two_windows_are_compared(open_page: Open, resume: Resume) -> None:
    with open_page() as first:
        second = first.context.new_page()
        for page in (first, second):
            page.goto(f"/resumes/{resume.pk}/edit/")
        first.get_by_label("이력서 제목").fill("첫 창")
        expect(first.locator("#save-state")).to_contain_text("에 저장했습니다.")

        second.get_by_label("이력서 제목").fill("둘째 창")
        compare = second.get_by_role("button", name="견주어 보고 저장하기")
        expect(compare).to_be_in_viewport(ratio=1)
        compare.click()

        expect(second.locator(".saved")).to_contain_text("첫 창")
        title = second.get_by_role("textbox", name="이력서 제목")
        expect(title).to_have_value("둘째 창")
        second.get_by_role("button", name="이대로 저장").click()
        expect(second.get_by_role("heading", level=1)).to_have_text("둘째 창")


def test_a_save_that_fails_is_made_again(open_page: Open, resume: Resume) -> None:
    with open_page(may_complain=True) as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        address = f"**/resumes/{resume.pk}/edit/"
        page.route(address, lambda route: route.abort() if route.request.method == "POST" else None)
        page.get_by_label("이력서 제목").fill("되살린 제목")
        expect(page.locator("#save-state")).to_contain_text("잠시 뒤에 다시 저장합니다.")
        page.unroute(address)
        expect(page.locator("#save-state")).to_contain_text("에 저장했습니다.", timeout=10_000)
    resume.refresh_from_db()
    assert resume.title == "되살린 제목"


def test_a_save_that_is_refused_does_not_seem_to_go_on(open_page: Open, resume: Resume) -> None:
    with open_page(may_complain=True) as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        other = page.context.new_page()
        other.goto(f"/resumes/{resume.pk}/")
        other.get_by_role("button", name="지우기").click()
        expect(other.get_by_text("이력서를 지웠습니다.")).to_be_visible()
        page.get_by_label("이력서 제목").fill("지운 뒤의 제목")
        expect(page.locator(".messages")).to_contain_text("이미 없어진 내용입니다.")
        expect(page.locator("#save-state")).to_have_text("아직 저장하지 않은 내용이 있습니다.")


def test_signing_out_elsewhere_loses_no_words(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        page.locator("#projects-add").click()
        title = page.get_by_label("프로젝트 이름")
        title.fill("오래 쓴 글")
        save = page.locator("#projects").get_by_role("button", name="저장")
        [value] = [c["value"] for c in page.context.cookies() if c["name"] == "sessionid"]
        page.context.clear_cookies(name="sessionid")

        save.click()

        expect(page.locator(".message.error")).to_contain_text("로그아웃되었습니다.")
        expect(title).to_have_value("오래 쓴 글")

        # Signing in again brings a session and another token.
        home = urljoin(page.url, "/")
        page.context.add_cookies([{"name": "sessionid", "value": value, "url": home}])
        other = page.context.new_page()
        other.goto("/resumes/")
        other.close()
        save.click()

        expect(page.locator("#projects strong")).to_have_text(["오래 쓴 글"])
        expect(page.locator(".message")).to_have_count(0)


def test_the_length_is_counted_as_the_server_counts(open_page: Open, resume: Resume) -> None:
    with open_page() as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        introduction, counter = (
            page.get_by_role("textbox", name="자기소개"),
            page.locator("#basics .counter"),
        )
        expect(counter).to_have_text("0 / 10,000자")

        introduction.fill("가나\n다 😀 ")
        expect(counter).to_have_text("6 / 10,000자")
        introduction.fill("가" * 10_001)
        expect(counter).to_have_text("10,001 / 10,000자")
        expect(counter).to_have_class("counter over")


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_a_narrow_screen_shows_all(open_page: Open, user: User, javascript: bool) -> None:
    words = dict.fromkeys(["title", "company", "school", "description", "link"], "가나다" * 16)
    resume = create_resume(user, whole_document(3, **words))
    with open_page(width=360, javascript=javascript) as page:
        for path in ("", "edit/", "experiences/add/"):
            page.goto(f"/resumes/{resume.pk}/{path}")
            html = page.locator("html").bounding_box()
            main = page.locator("main").bounding_box()
            assert html is not None
            assert main is not None
            assert max(html["width"], main["width"]) <= 360
            assert page.locator("main *").evaluate_all(STICKING_OUT) == []


def test_it_works_without_javascript(open_page: Open, resume: Resume) -> None:
    with open_page(width=360, javascript=False) as page:
        page.goto(f"/resumes/{resume.pk}/edit/")
        page.get_by_label("사진").set_input_files(picture())
        page.get_by_role("button", name="사진 올리기").click()
        expect(page.get_by_role("img", name="증명사진")).to_be_visible()
        for name in ("첫 회사", "둘째 회사"):
            page.locator("#experiences-add").click()
            page.get_by_label("회사").fill(name)
            page.get_by_role("button", name="저장").click()
        page.get_by_role("button", name="위로: 둘째 회사").click()
        assert names(page, "experiences") == ["둘째 회사", "첫 회사"]
        page.get_by_role("link", name=re.compile("고치기.*첫 회사")).click()
        page.get_by_label("회사").fill("고친 회사")
        page.get_by_role("button", name="저장").click()
        page.get_by_role("link", name=re.compile("지우기.*둘째 회사")).click()
        page.get_by_role("button", name="지우기").click()

        assert names(page, "experiences") == ["고친 회사"]
        page.get_by_role("link", name="미리 보기").click()
        page.get_by_role("button", name="지우기").click()
        page.get_by_role("button", name="되돌리기").click()
        expect(page.get_by_text("이력서를 되살렸습니다.")).to_be_visible()
