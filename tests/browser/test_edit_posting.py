"""A posting is written and edited: where the focus goes, and what two windows do to each other."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def save(page: Page) -> None:
    page.locator("main").get_by_role("button", name="저장").click()


def open_twice(page: Page, fields: dict[str, str]) -> Page:
    """Write a posting, open its form in this window and in another, and return that one."""
    sign_in(page)
    page.goto("/postings/new/")
    for label, words in fields.items():
        page.get_by_label(label).fill(words)
    save(page)
    page.get_by_role("link", name="고치기").click()
    other = page.context.new_page()
    other.goto(page.url)
    return other


@pytest.mark.parametrize("width", WIDTHS)
def test_two_windows(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        other = open_twice(page, {"제목": "물류 매니저", "주요 업무": "입고와 출고\n재고 조사"})
        other.get_by_label("급여").fill("4,200만 원")
        other.get_by_label("주요 업무").fill("입고와 출고\n재고 조사\n협력사 관리")
        save(other)

        page.get_by_label("근무지").fill("경기 이천시")
        save(page)

        summary = page.get_by_role("alert")
        expect(summary).to_be_focused()
        expect(summary).to_contain_text("다른 곳에서 내용이 바뀌었습니다")
        screenshot(page, "posting-conflict")
        summary.get_by_role("link", name="급여").click()
        salary = page.get_by_label("급여", exact=True)
        expect(salary).to_be_focused()
        expect(salary).to_have_value("")
        expect(page.get_by_role("region", name="지금 저장된 내용: 급여")).to_contain_text("4,200")
        salary.fill("4,200만 원")
        page.get_by_role("button", name="이대로 저장").click()

        expect(page.locator(".facts")).to_contain_text("경기 이천시")
        expect(page.locator(".facts")).to_contain_text("4,200만 원")


def test_what_is_saved_can_be_taken_instead(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, javascript=False) as page:
        other = open_twice(page, {"제목": "내과 병동 간호사"})
        other.get_by_label("제목").fill("외과 병동 간호사")
        save(other)
        page.get_by_label("제목").fill("소아과 병동 간호사")
        save(page)
        expect(page.get_by_role("alert")).to_be_focused()

        page.get_by_role("link", name="저장된 내용으로 바꾸기").click()

        expect(page.get_by_label("제목")).to_have_value("외과 병동 간호사")
        save(page)
        expect(page.get_by_role("heading", name="외과 병동 간호사")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["with", "without"])
def test_the_focus_goes_to_what_is_wrong(
    browse: Browse, site: EmbeddedSite, javascript: bool
) -> None:
    with browse(site, javascript=javascript) as page:
        page.goto("/accounts/login/")
        page.get_by_label("이메일").fill("demo@gaechwi.example")
        page.get_by_label("비밀번호").fill("아닌 비밀번호")
        page.get_by_role("button", name="로그인").click()
        expect(page.locator("main").get_by_role("alert")).to_be_focused()

        # What the browser itself refuses would never be sent.
        page.locator("main form").first.evaluate("form => form.noValidate = true")
        page.get_by_label("이메일").fill("demo@gaechwi.example")
        page.get_by_label("비밀번호").fill("")
        page.get_by_role("button", name="로그인").click()
        password = page.get_by_label("비밀번호")
        expect(password).to_be_focused()
        expect(password).to_have_attribute("aria-invalid", "true")
        expect(password).to_have_accessible_description("필수 항목입니다.")

        sign_in(page)
        page.goto("/postings/new/")
        page.get_by_label("제목").fill("가" * 201)
        save(page)
        summary = page.locator("main").get_by_role("alert")
        expect(summary).to_be_focused()
        summary.get_by_role("link", name="제목").click()
        expect(page.get_by_label("제목")).to_be_focused()
        expect(page.get_by_label("제목")).to_have_accessible_description(
            "200자까지 적을 수 있는데 201자를 적으셨습니다."
        )
