"""A mock interview from its beginning to its judgement: as a job seeker holds it."""

from __future__ import annotations

import re
import threading
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from tests.browser.conftest import WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite
from tests.model_server import Exchange, ModelServer, speaks

pytestmark = [pytest.mark.browser, pytest.mark.processes]

ANSWER = (
    "당시 결제 응답이 느려 고객 불만이 한 달에 37건 있었습니다. 제가 기록을 분석해 원인을 찾고 "
    "캐시를 설계했습니다. 그 결과 p95 응답이 800ms에서 120ms로 줄었습니다."
)
QUESTION = "결제 API를 만드실 때 무엇이 가장 어려웠는지 말씀해 주시겠어요?"


def begin(page: Page, questions: int = 3) -> None:
    page.get_by_role("link", name="이력서", exact=True).click()
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="모의 면접 시작").click()
    page.get_by_label("질문 수").fill(str(questions))


def say(page: Page, text: str) -> None:
    box = page.get_by_label("내 답")
    expect(box).to_be_visible(timeout=30_000)
    said = page.locator(".chat .candidate")
    before = said.count()
    box.fill(text)
    page.get_by_role("button", name="답하기", exact=True).click()
    expect(said).to_have_count(before + 1)


def judged(page: Page) -> None:
    score = page.get_by_role("img", name=re.compile(r"^총점 \d+점$"))
    expect(score).to_be_visible(timeout=30_000)


def begin_by_model(page: Page) -> None:
    begin(page)
    page.get_by_role("button", name="면접 시작").click()


def test_words_come_while_they_are_spoken(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer
) -> None:
    spoken, words = threading.Event(), count()

    def stop_in_the_middle(exchange: Exchange) -> None:
        exchange.speak(QUESTION, before_each=lambda: next(words) < 5 or spoken.wait(60))

    model.behaviour = stop_in_the_middle
    with browse(model_site, width=360) as page:
        sign_in(page)
        begin_by_model(page)
        last = page.locator(".chat .interviewer").last
        expect(last).to_contain_text("결제 API를 만드실", timeout=30_000)
        expect(last).not_to_contain_text("주시겠어요")
        expect(page.get_by_label("내 답")).to_be_hidden()
        screenshot(page, "interview-speaking")
        page.reload()
        expect(last).to_contain_text("결제 API를 만드실", timeout=30_000)
        spoken.set()
        expect(page.get_by_label("내 답")).to_be_focused(timeout=30_000)
        expect(page.locator(".chat .words")).to_have_count(1)
        expect(last).to_contain_text(QUESTION)


def test_words_that_cannot_be_heard_are_read(
    browse: Browse, model_site: EmbeddedSite, model: ModelServer
) -> None:
    model.behaviour = speaks(0.1, QUESTION)
    with browse(model_site) as page:
        page.add_init_script(
            "EventSource = class extends EventTarget { constructor() { super(); "
            "this.readyState = 2; setTimeout(() => this.dispatchEvent(new Event('error'))); } "
            "close() {} static CLOSED = 2 }"
        )
        sign_in(page)
        begin_by_model(page)
        expect(page.get_by_label("내 답")).to_be_visible(timeout=10_000)
        expect(page.locator(".chat .words")).to_contain_text(QUESTION)


SPEECH = """
window.SpeechRecognition = class extends EventTarget {
  start() {
    const results = [[{ transcript: "캐시를 설계했습니다" }]];
    const heard = Object.assign(new Event("result"), { results, resultIndex: 0 });
    setTimeout(() => this.dispatchEvent(heard));
  }
  stop() { this.dispatchEvent(new Event("end")); }
};
"""


def test_an_answer_is_spoken(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360) as page:
        # The speech service of a real browser is not to be had in a test.
        page.add_init_script(SPEECH)
        sign_in(page)
        begin(page)
        page.get_by_role("button", name="면접 시작").click()
        box = page.get_by_label("내 답")
        expect(box).to_be_visible(timeout=30_000)
        box.fill("제가")
        page.get_by_role("button", name="말로 답하기").click()
        expect(box).to_have_value("제가 캐시를 설계했습니다")
        screenshot(page, "interview-speech")
        page.get_by_role("button", name="그만 듣기").click()
        expect(page.get_by_role("button", name="말로 답하기")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, site: EmbeddedSite, width: int) -> None:
    with browse(site, width=width) as page:
        sign_in(page)
        begin(page, questions=5)
        screenshot(page, "interview-start")
        page.get_by_role("button", name="면접 시작").click()
        expect(page).to_have_url(re.compile(r"/interviews/\d+/$"))
        expect(page.get_by_label("내 답")).to_be_focused(timeout=30_000)
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^0:0[1-9]$"))
        say(page, "모르겠습니다.")
        expect(page.get_by_text("이어지는 질문")).to_have_count(1, timeout=30_000)
        say(page, ANSWER)
        page.reload()
        expect(page.locator(".chat .candidate")).to_have_count(2)
        screenshot(page, "interview")
        box, over = page.get_by_label("내 답"), page.get_by_text("면접이 끝났습니다.")
        expect(box.or_(over)).to_be_visible(timeout=30_000)
        while not over.is_visible():
            say(page, ANSWER)
            expect(box.or_(over)).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="평가 받기", exact=True).click(timeout=30_000)
        judged(page)
        expect(page.get_by_role("img", name=re.compile(r"^질문 \d: \d+점$"))).to_have_count(5)
        screenshot(page, "interview-judged")
        page.get_by_role("button", name="같은 질문으로 다시").click()
        say(page, ANSWER)
        expect(page.get_by_text("질문 5개 가운데 2번째")).to_be_visible(timeout=30_000)
        page.get_by_role("button", name="여기서 끝내고 평가 받기").click()
        judged(page)
        page.get_by_role("link", name="모의 면접", exact=True).click()
        expect(page.get_by_role("img", name=re.compile("^평가받은 면접"))).to_be_visible()
        screenshot(page, "interviews")


def test_it_works_without_javascript(browse: Browse, site: EmbeddedSite) -> None:
    with browse(site, width=360, javascript=False) as page:
        sign_in(page)
        begin(page)
        page.get_by_role("button", name="면접 시작").click()
        say(page, ANSWER)
        page.get_by_role("button", name="여기서 끝내고 평가 받기").click()
        judged(page)
