"""A study guide from a feedback to what is learnt: as a job seeker works through it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from tests.browser.conftest import CHOSEN_POSTING, POSTING, RESUME, WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def compare(page: Page) -> None:
    """Ask for a feedback against the posting, and wait until it is there."""
    page.get_by_role("link", name="이력서", exact=True).click()
    page.get_by_role("link", name=RESUME, exact=True).click()
    page.get_by_label("채용 공고").select_option(label=CHOSEN_POSTING)
    page.get_by_role("button", name="맞춰 보기").click()
    expect(page.get_by_role("heading", name="총평")).to_be_visible(timeout=30_000)


def practise(page: Page) -> None:
    """Hold a short interview about the first item, and come back to the guide."""
    guide = page.url
    page.get_by_role("button", name="면접으로 연습하기").first.click()
    box, over = page.get_by_label("내 답"), page.get_by_text("면접이 끝났습니다.")
    said = page.locator(".chat .candidate")
    expect(box).to_be_visible(timeout=30_000)
    screenshot(page, "guide-practice")
    while not over.is_visible():
        before = said.count()
        box.fill("제가 직접 예제를 만들어 느린 부분을 재고, 원인을 찾아 고쳤습니다.")
        page.get_by_role("button", name="답하기", exact=True).click()
        expect(said).to_have_count(before + 1)
        expect(box.or_(over)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="평가 받기", exact=True).click(timeout=30_000)
    expect(page.get_by_role("img", name=re.compile(r"^총점 \d+점$"))).to_be_visible(timeout=30_000)
    page.goto(guide)
    expect(page.get_by_role("link", name=re.compile(r"^지난 연습 \d+점$"))).to_be_visible()


def note_beside_other_changes(page: Page) -> None:
    """Type a note of the first item while others change around it, and save it only then."""
    first, second = (page.locator(".guide-item").nth(number) for number in range(2))
    title = first.get_by_role("heading", level=3).inner_text()
    first.get_by_text("내 메모").first.click()
    box = first.get_by_label("내 메모")
    box.fill("공식 문서 3장까지 읽음")
    second.get_by_role("button", name="하는 중").click()
    expect(second.get_by_role("button", name="하는 중")).to_have_attribute("aria-pressed", "true")
    expect(box).to_be_visible()
    expect(box).to_have_value("공식 문서 3장까지 읽음")
    second.get_by_role("button", name="위로").click()
    expect(first.get_by_role("heading", level=3)).not_to_have_text(title)
    expect(second.get_by_label("내 메모")).to_have_value("공식 문서 3장까지 읽음")
    first.get_by_role("button", name="아래로").click()
    expect(box).to_be_visible()
    expect(box).to_have_value("공식 문서 3장까지 읽음")
    first.get_by_role("button", name="메모 저장").click()
    expect(first.get_by_label("내 메모")).to_have_value("공식 문서 3장까지 읽음")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        compare(page)
        page.get_by_role("link", name="학습 가이드 만들기").click()
        screenshot(page, "guide-start")
        page.get_by_role("button", name="가이드 만들기").click()
        expect(page.get_by_role("heading", name="어디까지 왔나요")).to_be_visible(timeout=30_000)
        title = f"‘{POSTING}’ 학습 가이드"
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        items = page.locator(".guide-item")
        count = items.count()
        assert count >= 2
        expect(page.get_by_role("img", name=f"{count}개 가운데 0개 끝냄")).to_be_visible()
        note_beside_other_changes(page)
        for number in range(2):
            items.nth(number).get_by_role("button", name="끝냄").click()
            done = page.get_by_role("img", name=f"{count}개 가운데 {number + 1}개 끝냄")
            expect(done).to_be_visible()
            # The button that was pressed keeps the focus in the part that came in its place.
            expect(items.nth(number).get_by_role("button", name="끝냄")).to_be_focused()
        screenshot(page, "guide")
        with page.expect_download() as downloading:
            page.get_by_role("link", name="달력에 넣기").click()
        assert re.fullmatch(r"gaechwi-guide-\d+\.ics", downloading.value.suggested_filename)
        practise(page)
        # What only leads to what is asked does not go into the résumé.
        for number in range(2, count):
            items.nth(number).get_by_role("button", name="끝냄").click()
            done = page.get_by_role("img", name=f"{count}개 가운데 {number + 1}개 끝냄")
            expect(done).to_be_visible()
        page.get_by_role("button", name="이력서 기술에 더하기").first.click()
        expect(page.get_by_text("항목을 더했습니다")).to_be_visible()
        screenshot(page, "guide-added")
        page.get_by_role("link", name="학습", exact=True).click()
        expect(page.get_by_text(f"{count}개 가운데 {count}개 끝냄").first).to_be_visible()
        screenshot(page, "guides")
