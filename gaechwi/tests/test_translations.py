from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from feedback.offline import review
from gaechwi.codes.models import Code
from gaechwi.tests import fill_in
from gaechwi.translations import LOCALE_DIR
from resumes.models import Experience, Resume
from resumes.sections import KINDS
from resumes.services import to_document

BASE_DIR = LOCALE_DIR.parent
HANGUL = re.compile("[ㄱ-ㆎ가-힣]")
PLACEHOLDER = re.compile(r"%\(\w+\)[\d.]*[a-z]|%%|\{\w*\}")
# The name of the language in itself, and the endings of Korean sentences that a remark is about.
MEANT = re.compile("한국어|~함|~합니다")
KOREAN_RESUME = re.compile(r'<div class="sample">.*?</section>', re.DOTALL)
ENGLISH = {"Accept-Language": "en"}


def read(file: Path) -> Catalog:
    with file.open("rb") as lines:
        return read_po(lines, locale="en")


def pairs(message: Any) -> Iterator[tuple[str, str]]:
    """Yield what is translated and its translation: two pairs where there is a plural."""
    if isinstance(message.id, str):
        yield message.id, message.string
    else:
        yield from zip(message.id, message.string, strict=True)


CATALOG = read(LOCALE_DIR / "en" / "LC_MESSAGES" / "django.po")
MESSAGES = [message for message in CATALOG if message.id]
TEXTS = [pair for message in MESSAGES for pair in pairs(message)]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The texts of the sources, looked for as `make messages` does."""
    template = tmp_path_factory.mktemp("messages") / "django.pot"
    keywords = re.findall(r"-k \S+", (BASE_DIR / "Makefile").read_text())
    subprocess.run(
        [
            *(sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.toml"),
            *(part for keyword in keywords for part in keyword.split()),
            *("-o", template, "."),
        ],
        cwd=BASE_DIR,
        check=True,
    )
    return read(template)


def test_every_text_is_translated() -> None:
    assert len(TEXTS) > 400
    assert not [text for text, english in TEXTS if not english.strip()]


def test_no_translation_is_a_guess() -> None:
    assert not [message.id for message in MESSAGES if message.fuzzy]


def test_every_text_of_the_sources_is_in_the_catalogue(sources: Catalog) -> None:
    assert len(sources) > 400
    assert not [m.id for m in sources if m.id and CATALOG.get(m.id, m.context) is None]


@pytest.mark.django_db
def test_every_seeded_code_is_in_the_catalogue() -> None:
    names = set(Code.objects.values_list("code_detail", flat=True))

    assert names
    assert not {name for name in names if name not in CATALOG}


@pytest.mark.parametrize("kept", [PLACEHOLDER, re.compile("<[^>]+>"), re.compile(r"^\s+|\s+$")])
def test_translations_keep_what_is_not_words(kept: re.Pattern[str]) -> None:
    assert not [
        (text, english)
        for text, english in TEXTS
        if sorted(kept.findall(text)) != sorted(kept.findall(english))
    ]


def test_translations_are_english() -> None:
    assert not [english for _text, english in TEXTS if HANGUL.search(MEANT.sub("", english))]


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def user(user: User) -> User:
    """Somebody in whose data there is no Hangul."""
    user.name = "Jamie"
    user.save()
    return user


@pytest.fixture
def resume(user: User) -> Resume:
    """A résumé that says next to nothing, and that in English."""
    resume = Resume.objects.create(user=user, title="Backend", name="Jamie")
    Experience.objects.create(resume=resume, company="Acme", start_date=date(2020, 3, 1))
    return resume


def check(page: Any) -> None:
    """Check that nothing of a page is in Korean but the switch to it, and a Korean résumé."""
    words = KOREAN_RESUME.sub("", page.content.decode())
    assert '<html lang="en">' in words
    assert words.count("한국어") == 1
    lines = words.replace("한국어", "").splitlines()
    assert not [line.strip() for line in lines if HANGUL.search(line)]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/accounts/signup/", "/nowhere/"])
def test_pages_for_anybody(address: str) -> None:
    check(Client(headers=ENGLISH).get(address))


@pytest.mark.parametrize("name", ["home", "resumes:list", "resumes:create", "feedback:list"])
def test_pages_of_a_user(client: Client, name: str) -> None:
    check(client.get(reverse(name), headers=ENGLISH))


@pytest.mark.parametrize("name", ["home", "resumes:list"])
def test_pages_that_show_a_resume(client: Client, resume: Resume, name: str) -> None:
    page = client.get(reverse(name), headers=ENGLISH)

    assert resume.title in page.content.decode()
    check(page)


@pytest.mark.parametrize("name", ["resumes:edit", "resumes:detail"])
def test_pages_of_a_resume(client: Client, resume: Resume, name: str) -> None:
    page = client.get(reverse(name, args=[resume.pk]), headers=ENGLISH)

    assert "Mar 2020 – Present" in page.content.decode()
    check(page)


@pytest.mark.parametrize("section", KINDS)
def test_forms_of_the_sections(client: Client, resume: Resume, section: str) -> None:
    check(client.get(reverse("resumes:entry_add", args=[resume.pk, section]), headers=ENGLISH))


def test_a_resume_left_without_a_name_is_refused(client: Client, resume: Resume) -> None:
    page = fill_in(
        client,
        reverse("resumes:edit", args=[resume.pk]),
        {"title": "", "name": "", "phone": "?", "birth_date": "2999-01-01"},
        headers=ENGLISH,
    )

    assert {"title", "name", "phone", "birth_date"} == set(page.context["form"].errors)
    check(page)


def test_a_resume_that_changed_meanwhile(client: Client, resume: Resume) -> None:
    path = reverse("resumes:edit", args=[resume.pk])
    page = client.post(path, {"title": "Title", "name": "Name"}, headers=ENGLISH)

    assert page.context["form"].is_stale
    check(page)


def test_the_switch(client: Client) -> None:
    check(client.post("/i18n/setlang/", {"language": "en", "next": "/"}, follow=True))


def test_a_page_that_breaks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gaechwi.views.Resume", None)
    client.raise_request_exception = False

    page = client.get("/", headers=ENGLISH)

    assert page.status_code == 500
    assert '<html lang="en">' in page.content.decode()
    assert not HANGUL.search(page.content.decode())


@pytest.mark.django_db
def test_mail() -> None:
    Client(headers=ENGLISH).post("/accounts/password/reset/", {"email": "nobody@example.com"})

    message = mail.outbox[0]
    assert message.subject == "[GAECHWI] No account uses this email"
    assert not HANGUL.search(str(message.body))


def test_a_review_for_an_english_reader(resume: Resume) -> None:
    with translation.override("en"):
        answer = review(to_document(resume), date(2026, 1, 1))

    assert answer.contents
    assert not HANGUL.search(answer.model_dump_json())
