"""From a review to an improved résumé, change by change: as a job seeker does it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Browse
from tests.browser.conftest import CHOSEN_POSTING, RESUME, WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite
from tests.model_rewriting import INVENTED, INVENTED_JOB
from tests.model_server import ModelServer, invents_facts

pytestmark = [pytest.mark.browser, pytest.mark.processes]


def ask_for_improvement(page: Page) -> None:
    """Go from the sample résumé through its feedback to the finished improvement."""
    page.goto("/resumes/")
    page.get_by_role("link", name=RESUME, exact=True).click()
    page.get_by_role("button", name="피드백 받기").click()
    expect(page.get_by_role("heading", name="총평")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="이력서 고쳐 쓰기").click()
    expect(page).to_have_url(re.compile(r"/feedbacks/improvements/\d+/$"))
    expect(page.get_by_role("heading", name=re.compile("바뀐 곳"))).to_be_visible(timeout=20_000)


def change(page: Page, words: str) -> Locator:
    return page.locator(".change", has=page.get_by_role("heading", name=words))


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        ask_for_improvement(page)
        screenshot(page, "improvement")
        expect(page.get_by_text("AI 모델 없이 정해진 규칙으로 고쳤습니다.")).to_be_visible()
        expect(page.get_by_text("직접 채울 자리가")).to_be_visible()
        for words in ("나루로지텍", "자기소개"):
            change(page, words).get_by_label("원래대로 두기").check()
        page.get_by_role("button", name="고른 대로 저장").click()
        expect(page.get_by_text("고른 대로 새 이력서에 저장했습니다.")).to_be_visible()
        expect(change(page, "자기소개").get_by_label("원래대로 두기")).to_be_checked()
        page.get_by_role("link", name="새 이력서 보기").click()
        expect(page.locator(".paper")).to_contain_text("유지보수성을 향상시킴")
        expect(page.locator(".paper")).not_to_contain_text("유지보수성을 향상시킴 [")
        expect(page.locator(".paper")).to_contain_text(
            "고객 만족도를 높임 [성과 수치를 적어 주세요]"
        )
        expect(page.get_by_text("에서 고쳐 쓴 이력서입니다.")).to_be_visible()
        screenshot(page, "improved-resume")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_what_a_model_invents_is_confirmed_or_left(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer, width: int, javascript: bool
) -> None:
    model.behaviour = invents_facts
    with browse(model_site, width=width, javascript=javascript) as page:
        sign_in(page)
        ask_for_improvement(page)
        marked = page.locator(".change.marked")
        expect(marked).to_have_count(2)
        for one in marked.all():
            expect(one.get_by_label("원래대로 두기")).to_be_checked()
        if javascript:
            screenshot(page, "improvement-marked")
        for words in ("나루로지텍", "자기소개"):
            change(page, words).get_by_label("원래대로 두기").check()
        for one in marked.all():
            one.get_by_label("고쳐 쓴 것 받기").check()
        marked.filter(has_text=INVENTED_JOB).get_by_label("사실이 맞습니다").check()
        page.get_by_role("button", name="고른 대로 저장").click()
        expect(page.get_by_text("확인하지 않은 1군데는 원래대로 두었습니다.")).to_be_visible()
        page.get_by_role("link", name="새 이력서 보기").click()
        paper = page.locator(".paper")
        expect(paper).to_contain_text(INVENTED_JOB)
        expect(paper).not_to_contain_text(INVENTED)


@pytest.mark.parametrize("width", WIDTHS)
def test_what_the_posting_asks_is_moved_to_the_front(
    browse: Browse, site: EmbeddedSite, width: int
) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        page.get_by_role("link", name="이력서", exact=True).click()
        page.get_by_role("link", name=RESUME, exact=True).click()
        page.get_by_role("combobox", name="채용 공고").select_option(label=CHOSEN_POSTING)
        page.get_by_role("button", name="맞춰 보기").click()
        expect(page.get_by_role("heading", name="공고와의 일치율")).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="이력서 고쳐 쓰기").click()
        expect(page.get_by_role("heading", name=re.compile("바뀐 곳"))).to_be_visible(
            timeout=30_000
        )
        expect(page.get_by_text("공고가 묻는 프로젝트와 자격, 기술은 앞에")).to_be_visible()
        technologies = page.locator(".change").last
        expect(technologies.get_by_text("번째에서").first).to_be_visible()
        expect(technologies.locator("ins, del")).to_have_count(0)
        screenshot(page, "improvement-for-posting")


def test_it_works_by_keyboard_alone(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site) as page:
        sign_in(page)
        ask_for_improvement(page)
        option = change(page, "자기소개").get_by_label("고쳐 쓴 것 받기")
        for _ in range(60):
            page.keyboard.press("Tab")
            if option.evaluate("element => element === document.activeElement"):
                break
        page.keyboard.press("ArrowDown")
        expect(change(page, "자기소개").get_by_label("원래대로 두기")).to_be_checked()
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent.trim()") == "고른 대로 저장":
                break
        page.keyboard.press("Enter")
        expect(page.get_by_text("고른 대로 새 이력서에 저장했습니다.")).to_be_visible()
        expect(change(page, "자기소개").get_by_label("원래대로 두기")).to_be_checked()
