"""Every page of the site, with something to show: for what has to hold on all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx2
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import POSTING, RESUME, WIDTHS, sign_in
from tests.embedded_site import EmbeddedSite

ANSWER = "결제 API의 p95를 800ms에서 120ms로 줄였습니다. 인덱스를 다시 짜고 캐시를 붙였습니다."
PASTED_POSTING = "백엔드 개발자\n회사: 온새미페이\n자격 요건\n- Python 3년 이상\n우대 사항\n- Kafka"
PASTED_RESUME = "이름: 한나루\n이메일: naru@example.com\n\n기술\nPython, Django, PostgreSQL"


def _as_it_is(page: Page) -> None:
    """Do nothing more with a page than open it."""


def _filled_wrongly(page: Page) -> None:
    page.evaluate("for (const form of document.forms) form.noValidate = true")
    page.locator("main form .button").first.click()
    page.locator(".errorlist").first.wait_for()


def _entry_form(page: Page) -> None:
    page.locator("#experiences-add").click()
    page.locator("#experiences .entry-form").wait_for()


def _asked_to_confirm(page: Page) -> None:
    page.locator("#experiences .tool.danger").first.click()
    page.get_by_role("dialog").wait_for()


def _all_open(page: Page) -> None:
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


def _who_it_is(page: Page) -> None:
    password = page.get_by_label("비밀번호")
    # It was given lately where another look came first.
    if password.count():
        password.fill("gaechwi-demo")
        page.locator("main .button").first.click()
    page.get_by_role("heading", name="계정을 지울까요?").wait_for()


@dataclass(frozen=True)
class Screen:
    """A page as it can be seen: its address, who sees it, what is done first, how it answers."""

    name: str
    path: str
    who: str = "demo"
    prepare: Callable[[Page], None] = _as_it_is
    status: int = 200


ANYBODY = [
    Screen("landing", "/", "nobody"),
    Screen("try-out", "/try/", "nobody"),
    Screen("sign-in", "/accounts/login/", "nobody"),
    Screen("sign-up", "/accounts/signup/", "nobody"),
    Screen("password-reset", "/accounts/password/reset/", "nobody"),
    Screen("password-reset-sent", "/accounts/password/reset/done/", "nobody"),
    Screen("not-found", "/nowhere/", "nobody", status=404),
    Screen("privacy", "/privacy/", "nobody"),
    Screen("styleguide", "/styleguide/", "nobody"),
]
BEGINNER = [
    Screen("dashboard-first", "/", "beginner"),
    Screen("resumes-empty", "/resumes/", "beginner"),
    Screen("resume-new", "/resumes/new/", "beginner"),
    Screen("resume-new-wrong", "/resumes/new/", "beginner", _filled_wrongly),
    Screen("postings-empty", "/postings/", "beginner"),
    Screen("feedbacks-empty", "/feedbacks/", "beginner"),
    Screen("interviews-empty", "/interviews/", "beginner"),
    Screen("interview-new-empty", "/interviews/new/", "beginner"),
    Screen("guides-empty", "/guides/", "beginner"),
    Screen("guide-new-empty", "/guides/new/", "beginner"),
]


THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass
class Visitors:
    """A browser context for each who looks at the site."""

    contexts: dict[str, BrowserContext]
    site: EmbeddedSite

    def look(self, screen: Screen, width: int) -> Page:
        """Open a screen in a new page."""
        page = self.contexts[screen.who].new_page()
        page.set_viewport_size({"width": width, "height": 800})
        answer = page.goto(screen.path)
        assert answer is not None
        assert answer.status == screen.status, screen
        screen.prepare(page)
        return page

    def looks(self, screen: Screen) -> Iterator[tuple[Page, str]]:
        """Yield a screen in both themes and both widths, and the name of the look."""
        for width in WIDTHS:
            page = self.look(screen, width)
            for theme in THEMES:
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                yield page, f"{theme}-{width}"
            page.close()


@contextmanager
def visitors(browser: Browser, site: EmbeddedSite) -> Iterator[Visitors]:
    """Let in somebody who is not signed in, a beginner, and the demo account."""
    contexts = {
        who: browser.new_context(base_url=site.url, locale="ko-KR")
        for who in ("nobody", "beginner", "demo")
    }
    page = contexts["beginner"].new_page()
    page.goto("/accounts/signup/")
    page.get_by_label("이메일").fill("beginner@example.com")
    for field in page.get_by_label("비밀번호").all():
        field.fill("a-long-passphrase")
    page.get_by_label("동의합니다").check()
    page.get_by_role("button", name="가입하기").click()
    page.get_by_role("heading", name="님, 안녕하세요").wait_for()
    page.close()
    page = contexts["demo"].new_page()
    sign_in(page)
    page.close()
    try:
        yield Visitors(contexts, site)
    finally:
        for context in contexts.values():
            context.close()


def screens(visitors: Visitors) -> list[Screen]:
    """Make the demo account use everything once, and return all that can be seen then."""
    with httpx2.Client(base_url=visitors.site.url, timeout=70) as http:
        made = _made_by_program(http)
    page = visitors.contexts["demo"].new_page()
    made |= _made_by_hand(page)
    page.close()
    return [
        *ANYBODY,
        *BEGINNER,
        Screen("dashboard", "/"),
        Screen("password", "/accounts/password/change/"),
        Screen("resumes", "/resumes/"),
        Screen("resume", f"/resumes/{made['resume']}/"),
        Screen("resume-edit", f"/resumes/{made['resume']}/edit/"),
        Screen("resume-entry", f"/resumes/{made['resume']}/edit/", prepare=_entry_form),
        Screen("resume-confirm", f"/resumes/{made['resume']}/edit/", prepare=_asked_to_confirm),
        Screen("resume-section", f"/resumes/{made['resume']}/projects/"),
        Screen("import-new", "/imports/"),
        Screen("import", made["import"]),
        Screen("export-new", f"/exports/resumes/{made['resume']}/"),
        Screen("export", made["export"]),
        Screen("postings", "/postings/"),
        Screen("postings-not-found", "/postings/?title=없음"),
        Screen("posting", f"/postings/{made['posting']}/"),
        Screen("posting-edit", f"/postings/{made['posting']}/edit/"),
        Screen("posting-new", "/postings/new/"),
        Screen("posting-paste", "/postings/paste/"),
        Screen("posting-draft", made["draft"]),
        Screen("feedbacks", "/feedbacks/"),
        Screen("feedback", f"/feedbacks/{made['standard']}/"),
        Screen("match", f"/feedbacks/{made['match']}/", prepare=_all_open),
        Screen("improvement", f"/feedbacks/improvements/{made['improvement']}/"),
        Screen("interviews", "/interviews/"),
        Screen("interview-new", "/interviews/new/"),
        Screen("interview", f"/interviews/{made['running']}/"),
        Screen("interview-judged", f"/interviews/{made['judged']}/", prepare=_all_open),
        Screen("guides", "/guides/"),
        Screen("account", "/account/"),
        Screen("accesses", "/account/accesses/"),
        Screen("devices", "/accounts/sessions/"),
        Screen("account-delete", "/account/delete/", prepare=_who_it_is),
        Screen("guide-new", "/guides/new/"),
        Screen("guide", f"/guides/{made['guide']}/", prepare=_all_open),
    ]


def _made_by_program(http: httpx2.Client) -> dict[str, Any]:
    who = {"email": "demo@gaechwi.example", "password": "gaechwi-demo"}
    token = _sent(http, "POST", "/api/auth/token", json=who)["access_token"]
    http.headers.update({"Authorization": f"Bearer {token}", "Prefer": "wait=60"})
    resumes = _sent(http, "GET", "/api/resumes/?page_size=100")["results"]
    resume = next(one["resume_id"] for one in resumes if one["title"] == RESUME)
    postings = _sent(http, "GET", "/api/job-postings/?page_size=100")["results"]
    posting = next(one["posting_id"] for one in postings if one["title"] == POSTING)
    standard = _done(_sent(http, "POST", f"/api/resume_feedbacks/standard/{resume}"))
    match = _done(_sent(http, "POST", f"/api/resume_feedbacks/posting/{resume}/{posting}"))
    feedback = match["feedback_id"]
    improvement = _done(_sent(http, "POST", f"/api/resume_feedbacks/standard_resume/{feedback}"))
    guide = _done(_sent(http, "POST", "/api/study-guides/", json={"feedback_id": feedback}))
    asked = {"resume_id": resume, "posting_id": posting, "interview_type": "1"}
    interviews = [
        _sent(http, "POST", "/api/interviews/", json={**asked, "question_count": 3})["interview_id"]
        for _ in range(3)
    ]
    for interview in interviews:
        _sent(http, "POST", f"/api/interviews/{interview}/conversations", json={"text": ANSWER})
    for interview in interviews[:2]:
        _done(_sent(http, "POST", f"/api/interviews/{interview}/feedback"))
    return {
        "resume": resume,
        "posting": posting,
        "standard": standard["feedback_id"],
        "match": feedback,
        "improvement": improvement["improvement_id"],
        "guide": guide["guide_id"],
        "judged": interviews[0],
        "running": interviews[2],
    }


def _sent(http: httpx2.Client, method: str, path: str, **given: Any) -> Any:
    answer = http.request(method, path, **given)
    assert answer.is_success, answer.text
    return answer.json()


def _done(job: Any) -> Any:
    assert job["status"] == "done", job
    return job


def _made_by_hand(page: Page) -> dict[str, str]:
    page.goto("/postings/paste/")
    page.get_by_role("textbox").fill(PASTED_POSTING)
    page.get_by_role("button", name="읽기").click()
    expect(page.get_by_label("회사")).to_have_value("온새미페이")
    draft = urlsplit(page.url).path
    page.goto("/imports/")
    page.get_by_role("textbox").fill(PASTED_RESUME)
    page.get_by_role("button", name="읽기").click()
    page.get_by_role("button", name="이력서 만들기").wait_for()
    imported = urlsplit(page.url).path
    page.goto("/resumes/")
    page.locator(".item a").first.click()
    page.get_by_role("link", name="내려받기").click()
    page.get_by_label("파일 형식").select_option("docx")
    page.get_by_role("button", name="파일 만들기").click()
    page.get_by_role("link", name="내려받기", exact=True).wait_for()
    return {"draft": draft, "import": imported, "export": urlsplit(page.url).path}
