"""Every journey by the keyboard alone: what is worked with is reached by Tab, and can be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from conftest import Browse
from imports.tests import TEXT
from tests.browser.conftest import RESUME, sign_in
from tests.embedded_site import EmbeddedSite

pytestmark = [pytest.mark.browser, pytest.mark.processes]

# More than any page has: whoever presses it so often has been round.
MOST_TABS = 200
POSTING = """\
[채용] 자판 백엔드 개발자
회사: 온새미페이
자격요건
- Python 개발 경력 3년 이상
우대사항
- Kafka 경험
"""
# What a person who looks for the focus sees: a name, and whether there is a ring around it.
FOCUS = """
() => {
  const one = document.activeElement;
  const label = one.labels && one.labels[0] ? one.labels[0].textContent : "";
  const name = one.getAttribute("aria-label") || label || one.textContent || "";
  const style = getComputedStyle(one);
  return [
    name.trim().replace(/\\s+/g, " "),
    style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  ];
}
"""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def to(self, name: str) -> Keyboard:
        """Press Tab until something whose name begins so has the focus, visibly."""
        met = []
        for _ in range(MOST_TABS):
            self._page.keyboard.press("Tab")
            focused, is_seen = self._page.evaluate(FOCUS)
            met.append(focused[:30])
            if focused.startswith(name):
                assert is_seen, f"the focus on {name!r} cannot be seen"
                return self
        pytest.fail(f"the Tab key does not lead to {name!r}, but to {dict.fromkeys(met)}")

    def enter(self) -> None:
        """Press what has the focus, and wait for the page that it leads to."""
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")

    def press(self, *keys: str) -> Keyboard:
        """Press keys one after the other."""
        for key in keys:
            self._page.keyboard.press(key)
        return self

    def write(self, text: str) -> Keyboard:
        """Put a text in the place of what the focused field holds, all of it at once."""
        self._page.keyboard.press("ControlOrMeta+a")
        self._page.keyboard.insert_text(text)
        return self


@pytest.fixture
def page(browse: Browse, site: EmbeddedSite) -> Iterator[Page]:
    with browse(site) as page:
        yield page


@pytest.fixture
def keyboard(page: Page) -> Keyboard:
    return Keyboard(page)


@pytest.fixture
def at_home(page: Page) -> None:
    sign_in(page)


def test_to_sign_up_and_out(page: Page, keyboard: Keyboard) -> None:
    page.goto("/")
    keyboard.to("회원가입").enter()
    keyboard.to("이메일").write("keys@example.com")
    for field in ("비밀번호", "비밀번호"):
        keyboard.to(field).write("a-long-passphrase-of-keys")
    keyboard.to("개인정보 처리방침을 읽었고").press("Space")
    keyboard.to("가입하기").enter()
    expect(page.get_by_role("heading", level=1)).to_contain_text("안녕하세요")

    keyboard.to("본문으로 건너뛰기").press("Enter")
    keyboard.to("이력서 쓰기")
    keyboard.to("어둡게").enter()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    keyboard.to("English").enter()
    keyboard.to("keys").press("Enter")
    keyboard.to("Sign out").enter()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_to_import_a_resume_and_have_it_as_a_file(
    page: Page, keyboard: Keyboard, at_home: None
) -> None:
    keyboard.to("이력서").enter()
    keyboard.to("이력서 가져오기").enter()
    keyboard.to("또는 이력서 글").write(f"{TEXT}\n자판으로 가져온 이력서")
    keyboard.to("읽기").enter()
    expect(page.get_by_label("이력서 제목")).to_be_visible(timeout=20_000)
    keyboard.to("이력서 제목").write("자판으로 가져온 이력서")
    keyboard.to("이 내용으로 이력서 만들기").enter()
    expect(page.locator(".messages")).to_contain_text("이력서를 만들었습니다.")

    page.goto(page.url.removesuffix("edit/"))
    keyboard.to("내려받기").enter()
    keyboard.to("파일 형식").press("End", "ArrowUp")
    keyboard.to("파일 만들기").enter()
    expect(page.get_by_role("heading", name="파일이 준비되었습니다")).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        keyboard.to("내려받기").press("Enter")
    assert download.value.suggested_filename.endswith(".docx")

    page.goto("/resumes/")
    keyboard.to("자판으로 가져온 이력서").enter()
    keyboard.to("지우기").enter()
    keyboard.to("되돌리기").enter()
    expect(page.locator(".messages")).to_contain_text("되살렸습니다.")
    # Other tests of the same account look for theirs.
    keyboard.to("자판으로 가져온 이력서").enter()
    keyboard.to("지우기").enter()


def test_to_note_a_posting_and_be_compared_with_it(
    page: Page, keyboard: Keyboard, at_home: None
) -> None:
    keyboard.to("공고").enter()
    keyboard.to("공고 붙여 넣기").enter()
    keyboard.to("공고 글").write(POSTING)
    keyboard.to("읽기").enter()
    expect(page.get_by_label("회사")).to_have_value("온새미페이", timeout=20_000)
    keyboard.to("공고로 저장").enter()
    expect(page.get_by_role("heading", level=1)).to_contain_text("자판 백엔드 개발자")

    keyboard.to("이력서").enter()
    keyboard.to(RESUME).enter()
    keyboard.to("채용 공고").press("Home")
    keyboard.to("맞춰 보기").enter()
    expect(page.get_by_role("heading", name="총평")).to_be_visible(timeout=30_000)

    keyboard.to("공고").enter()
    keyboard.to("[채용] 자판 백엔드 개발자").enter()
    keyboard.to("지우기").enter()
    keyboard.to("되돌리기").enter()
    expect(page.locator(".messages")).to_contain_text("되살렸습니다.")
    keyboard.to("제목으로 찾기").write("자판").enter()
    expect(page).to_have_url(re.compile("title="))
    keyboard.to("[채용] 자판 백엔드 개발자").enter()


def test_to_be_interviewed(page: Page, keyboard: Keyboard, at_home: None) -> None:
    keyboard.to("이력서").enter()
    keyboard.to(RESUME).enter()
    keyboard.to("모의 면접 시작").enter()
    keyboard.to("질문 수").write("3")
    keyboard.to("면접 시작").enter()
    box, over = page.get_by_label("내 답"), page.get_by_text("면접이 끝났습니다.")
    said = page.locator(".chat .candidate")
    while True:
        expect(box.or_(over)).to_be_visible(timeout=30_000)
        if over.is_visible():
            break
        # It is one's turn: the field has the focus by itself.
        expect(box).to_be_focused()
        before = said.count()
        keyboard.write("정산 쿼리를 나눠 40분을 6분으로 줄였습니다.")
        keyboard.to("답하기").press("Enter")
        expect(said).to_have_count(before + 1)
    keyboard.to("평가 받기").enter()
    expect(page.get_by_role("img", name=re.compile(r"^총점 \d+점$"))).to_be_visible(timeout=30_000)


def test_to_learn(page: Page, keyboard: Keyboard, at_home: None) -> None:
    keyboard.to("이력서").enter()
    keyboard.to(RESUME).enter()
    keyboard.to("채용 공고").press("End")
    keyboard.to("맞춰 보기").enter()
    expect(page.get_by_role("heading", name="총평")).to_be_visible(timeout=30_000)
    keyboard.to("학습 가이드 만들기").enter()
    keyboard.to("가이드 만들기").enter()
    expect(page.get_by_role("heading", name="어디까지 왔나요")).to_be_visible(timeout=30_000)
    first = page.locator(".guide-item").first
    title = first.get_by_role("heading", level=3).inner_text()

    keyboard.to("하는 중").press("Enter")
    doing = first.get_by_role("button", name="하는 중")
    expect(doing).to_have_attribute("aria-pressed", "true")
    # What came in the place of the list has the focus where the old one had it.
    expect(doing).to_be_focused()
    keyboard.press("Tab", "Tab")
    keyboard.press("Enter")
    expect(first.get_by_role("heading", level=3)).not_to_have_text(title)
    keyboard.to("내 메모").press("Enter")
    keyboard.to("내 메모").write("3장까지 읽음")
    keyboard.to("메모 저장").enter()
    expect(page.get_by_text("3장까지 읽음").first).to_be_visible()
