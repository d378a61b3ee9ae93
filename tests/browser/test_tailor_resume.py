"""From the text of a posting to a résumé made for it: the whole way, in one run."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Browse
from postings.tests import pasted_texts
from resumes.document import ResumeDocument
from resumes.sample import sample_document
from tests.browser.conftest import RESUME, WIDTHS, screenshot, sign_in
from tests.embedded_site import EmbeddedSite
from tests.model_rewriting import INVENTED, INVENTED_JOB, rewriting
from tests.model_server import ModelServer, invents_facts

pytestmark = [pytest.mark.browser, pytest.mark.processes]

TITLE = "백엔드 개발자 (Java/Spring)"
READ, CORRECTED = "Java 또는 Kotlin 기반", "Java 또는 Python 기반"
LEFT = ("나루로지텍", "자기소개")


def change(page: Page, words: str) -> Locator:
    return page.locator(".change", has=page.get_by_role("heading", name=words))


def paste(page: Page) -> None:
    page.get_by_role("link", name="공고", exact=True).click()
    page.get_by_role("link", name="공고 붙여 넣기").click()
    page.get_by_label("공고 글").fill(pasted_texts()["04_backend"])
    screenshot(page, "tailor-1-paste")
    page.get_by_role("button", name="읽기").click()
    expect(page.get_by_label("제목")).to_have_value(TITLE, timeout=20_000)
    screenshot(page, "tailor-2-draft")


def correct(page: Page) -> None:
    requirements = page.get_by_label("자격 요건")
    read = requirements.input_value()
    assert READ in read
    requirements.fill(read.replace(READ, CORRECTED))
    page.get_by_role("button", name="공고로 저장").click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.locator(".paper")).to_contain_text(CORRECTED)
    screenshot(page, "tailor-3-posting")


def ask_for_feedback(page: Page) -> None:
    page.get_by_role("combobox", name="이력서").select_option(label=RESUME)
    page.get_by_role("button", name="맞춰 보기").click()
    expect(page.get_by_role("heading", name="공고와의 일치율")).to_be_visible(timeout=30_000)
    for part in ("필수 요건", "우대 사항", "기술", "경력 기간"):
        picture = page.get_by_role("img", name=re.compile(rf"^{part} \d+%, 비중 \d+%$"))
        expect(picture).to_be_visible()
    # What was corrected is what the résumé is held against.
    item = page.locator(".match-items li", has_text=CORRECTED)
    expect(item.locator(".badge")).to_have_text("확인됨")
    expect(item.locator("blockquote")).to_contain_text("Django")
    screenshot(page, "tailor-4-match")


def improve(page: Page) -> None:
    page.get_by_role("button", name="이력서 고쳐 쓰기").click()
    expect(page.get_by_role("heading", name=re.compile("바뀐 곳"))).to_be_visible(timeout=30_000)
    screenshot(page, "tailor-5-improvement")


def decide(page: Page) -> None:
    for one in page.locator(".change").all():
        one.get_by_label("고쳐 쓴 것 받기").check()
    for words in LEFT:
        change(page, words).get_by_label("원래대로 두기").check()
    marked = page.get_by_label("사실이 맞습니다")
    expect(marked).to_have_count(2)
    for one in marked.all():
        one.check()
    screenshot(page, "tailor-6-decided")
    page.get_by_role("button", name="고른 대로 저장").click()
    expect(page.locator(".messages p")).to_have_text(
        re.compile(r"^\s*고른 대로 새 이력서에 저장했습니다\.\s*$")
    )
    screenshot(page, "tailor-7-saved")


def expected() -> ResumeDocument:
    """Return what the model makes of the sample résumé, but for what is left."""
    fields = sample_document().model_dump(mode="json")
    answer = rewriting({"resume": sample_document().model_dump(mode="json")}, invent=True)
    for text in answer["texts"]:
        if text["section"] == "introduction":
            continue
        entry = fields[text["section"]][text["index"]]
        if entry.get("company") not in LEFT:
            entry["description"] = text["text"]
    assert INVENTED in fields["experiences"][-1]["description"]
    [job] = answer["new_entries"]
    fields["experiences"].append({"company": job["name"], "description": job["description"]})
    fields["title"] += " (물결페이에 맞춰 고쳐 씀)"
    return ResumeDocument.model_validate(fields)


def saved(page: Page) -> ResumeDocument:
    """Return the résumé on this page as the API gives it."""
    demo = {"email": "demo@gaechwi.example", "password": "gaechwi-demo"}
    token = page.request.post("/api/auth/token", data=demo).json()["access_token"]
    resume_id = page.url.rstrip("/").rpartition("/")[2]
    answer: dict[str, Any] = page.request.get(
        f"/api/resumes/{resume_id}", headers={"Authorization": f"Bearer {token}"}
    ).json()
    fields = {name: answer[name] for name in ResumeDocument.model_fields}
    return ResumeDocument.model_validate(fields)


@pytest.mark.parametrize("width", WIDTHS)
def test_it_works(browse: Browse, model_site: EmbeddedSite, model: ModelServer, width: int) -> None:
    model.behaviour = invents_facts
    with browse(model_site, width=width) as page:
        sign_in(page)
        paste(page)
        correct(page)
        ask_for_feedback(page)
        improve(page)
        decide(page)
        page.get_by_role("link", name="새 이력서 보기").click()
        expect(page.locator(".paper")).to_contain_text(INVENTED_JOB)
        screenshot(page, "tailor-8-resume")
        assert saved(page).model_dump() == expected().model_dump()
