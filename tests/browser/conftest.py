from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.embedded_site import EmbeddedSite
from tests.model_server import ModelServer

SCREENSHOTS = Path(__file__).resolve().parent.parent.parent / "test-results"
WIDTHS = [1280, 360]
# A browser that is driven asks faster than a person.
PATIENT = {"JOB_REQUESTS_PER_USER": "1000", "JOB_REQUESTS_PER_ADDRESS": "1000"}
# What the demo account begins with. Other tests write more into the same site.
RESUME = "커머스·물류 백엔드 개발자 김개취 (9년 차)"
POSTING = "커머스 정산 플랫폼 백엔드 개발자"
# As the forms that offer it call it.
CHOSEN_POSTING = f"{POSTING} · 달무리커머스"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSite]:
    """What `make run` starts: the offline reviewer and the demo account."""
    with EmbeddedSite(tmp_path_factory.mktemp("site"), **PATIENT) as site:
        yield site


@pytest.fixture(scope="session")
def model() -> Iterator[ModelServer]:
    """The OpenAI-compatible server that `model_site` asks."""
    with ModelServer() as model:
        yield model


@pytest.fixture(scope="session")
def model_site(
    tmp_path_factory: pytest.TempPathFactory, model: ModelServer
) -> Iterator[EmbeddedSite]:
    """The same with a model."""
    folder = tmp_path_factory.mktemp("model-site")
    variables = {**PATIENT, "OPENAI_BASE_URL": model.url, "OPENAI_MODEL": "test-model"}
    with EmbeddedSite(folder, **variables) as site:
        yield site


def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the whole page, and see that nothing sticks out at its side."""
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def sign_in(page: Page) -> None:
    """Sign in as the demo account."""
    page.goto("/accounts/login/")
    page.get_by_label("이메일").fill("demo@gaechwi.example")
    page.get_by_label("비밀번호").fill("gaechwi-demo")
    page.get_by_role("button", name="로그인").click()
    page.get_by_role("heading", name="님, 안녕하세요").wait_for()
