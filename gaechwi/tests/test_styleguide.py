"""The design system: its page, and the promises of its style sheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from gaechwi.styleguide import STYLE_SHEET

pytestmark = pytest.mark.django_db

CSS = STYLE_SHEET.read_text(encoding="utf-8")
TEMPLATES = sorted((django_settings.BASE_DIR / "templates").rglob("*.html"))
MAX_BYTES = 30_000


def test_it_works(settings: Settings) -> None:
    settings.EMBEDDED = True

    page = Client().get("/styleguide/")

    assert page.status_code == 200
    words = page.content.decode()
    assert "<code>--accent</code>" in words
    for size in ("space-3", "step-2", "radius", "shadow"):
        assert f"<td>{size}</td>" in words


def test_it_is_not_there_in_production() -> None:
    assert Client().get("/styleguide/").status_code == 404


def test_every_partial_without_data_of_its_own_is_shown() -> None:
    shown = Path(django_settings.BASE_DIR / "templates/styleguide.html").read_text()

    for name in ("toast", "dialog", "table", "gauge", "bar", "job", "empty", "pager"):
        assert f"partials/_{name}.html" in shown


def test_the_style_sheet_is_small() -> None:
    assert len(CSS.encode()) < MAX_BYTES


def test_colours_stand_in_the_tokens_alone() -> None:
    _tokens, rest = CSS.split("@layer base {")

    assert not re.findall(r"#[0-9a-f]{3,8}\b", rest)


def test_every_token_that_is_used_is_there() -> None:
    made = set(re.findall(r"(--[\w-]+):", CSS))
    used = set(re.findall(r"var\((--[\w-]+)\)", CSS))

    assert used == made


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_style_or_script_of_its_own(template: Path) -> None:
    words = template.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=", words)
