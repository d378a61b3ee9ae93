"""What a PDF and a Word document look like, as far as a program can tell."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
from docx import Document
from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTContainer, LTImage, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pytest_django import Settings

from accounts.models import User
from confined.parent import BASE_DIR, done_by
from exports.models import Template
from exports.tests import exported, unusual_document
from imports.enclosing import ATTACHMENT
from imports.extracting.pdf import read_pdf
from resumes.document import ResumeDocument
from resumes.models import Resume
from resumes.photos import store_photo
from resumes.sample import sample_document
from resumes.services import create_resume
from resumes.tests.pictures import half_red, upload

pytestmark = [pytest.mark.django_db, pytest.mark.pango]

A4 = (595, 842)
# In points; the lines of a page are farther apart.
ONE_LINE = 6
ORDER: dict[str, object] = {"html": "<p>한글</p>", "template": "classic", "resume": {}}


def pages(data: bytes) -> list[PDFPage]:
    return list(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))))


def fonts(data: bytes) -> list[dict[str, object]]:
    """Return what describes the fonts of a PDF."""
    found = []
    for page in pages(data):
        for font in resolve1(page.resources["Font"]).values():
            of_letters = resolve1(resolve1(resolve1(font)["DescendantFonts"])[0])
            found.append(resolve1(of_letters["FontDescriptor"]))
    return found


@pytest.mark.parametrize("template", Template.values)
def test_it_is_a4_with_its_fonts_in_it(resume: Resume, template: str) -> None:
    data = exported(resume, "pdf", template)

    assert {tuple(map(round, page.mediabox[2:])) for page in pages(data)} == {A4}
    assert fonts(data)
    assert all({"FontFile2", "FontFile3"} & font.keys() for font in fonts(data))
    text = "".join(extract_text(io.BytesIO(data)).split())
    for words in ("나루로지텍", "기사위치조회에Redis캐시를적용하고", "010-0000-0000", "2023.02"):
        assert words in text


@pytest.mark.parametrize("template", Template.values)
@pytest.mark.parametrize("introduction", ["한 문단입니다. " * 30, sample_document().introduction])
def test_a_usual_resume_fits_on_two_pages(user: User, template: str, introduction: str) -> None:
    """Also one with a long introduction, as the sample has, for which lines move closer."""
    document = sample_document().model_copy(update={"introduction": introduction})

    assert len(pages(exported(create_resume(user, document), "pdf", template))) <= 2


@pytest.mark.parametrize("template", Template.values)
def test_no_heading_ends_a_page(user: User, template: str) -> None:
    headings = {"경력", "프로젝트", "기술", "학력", "자격·어학", "활동·수상", "자기소개"}
    for lines in range(24, 60, 12):
        document = sample_document().model_copy(update={"introduction": "줄\n" * lines})
        resume = create_resume(user, document)
        for page in extract_pages(io.BytesIO(exported(resume, "pdf", template))):
            drawn = [line for line in text_lines(page) if line[1]]
            bottom = min(height for height, _words in drawn)
            # Beside its section's first line a heading may stand, and with one more below.
            assert {words for height, words in drawn if height < bottom + ONE_LINE} - headings


def text_lines(container: LTContainer[Any]) -> Iterator[tuple[float, str]]:
    """Yield the lines of a page, each with how high it stands."""
    for element in container:
        if isinstance(element, LTTextLine):
            yield element.y0, element.get_text().strip()
        elif isinstance(element, LTContainer):
            yield from text_lines(element)


def pictures(container: object) -> int:
    """Return how many pictures a page has."""
    if isinstance(container, LTImage):
        return 1
    return sum(map(pictures, container)) if isinstance(container, LTContainer) else 0


def test_the_photo_is_in_it(user: User, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    resume = create_resume(user, unusual_document())
    store_photo(resume, upload(half_red()))
    resume.refresh_from_db()

    [first, *_others] = extract_pages(io.BytesIO(exported(resume, "pdf", "classic")))
    assert pictures(first) == 1
    with zipfile.ZipFile(io.BytesIO(exported(resume, "docx"))) as archive:
        assert [name for name in archive.namelist() if name.startswith("word/media/")]


def test_a_document_reaches_nothing(user: User, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("비밀")
    document = ResumeDocument(
        title='<style>@import "http://127.0.0.1:9/"</style>',
        name="<b>이름</b>",
        introduction=f'<img src="file://{secret}"><link rel="attachment" href="file://{secret}">',
        experiences=[{"company": "<script>1</script>"}],
    )

    data = exported(create_resume(user, document), "pdf", "classic")

    text = read_pdf(data)
    assert "비밀" not in text
    assert "<script>1</script>" in text


class Listener(BaseHTTPRequestHandler):
    """Notes whoever asks for anything."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(404)
        self.end_headers()


def test_what_a_page_refers_to_is_not_fetched(tmp_path: Path) -> None:
    # Past the template, which would have made words of it.
    half_red().save(tmp_path / "red.png")
    (tmp_path / "hide.css").write_text("p { display: none }")
    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = f"""
            <link rel=stylesheet href=file://{tmp_path}/hide.css><p>글</p>
            <link rel=attachment href=file://{tmp_path}/hide.css>
            <img src=file://{tmp_path}/red.png><img src=http://127.0.0.1:{server.server_port}/a>
            <object data=http://127.0.0.1:{server.server_port}/b></object>
        """
        data = done_by("exports.printing", data=json.dumps({**ORDER, "html": page}).encode())
        server.shutdown()

    assert Listener.asked == []
    assert read_pdf(data) == "글"
    [first] = extract_pages(io.BytesIO(data))
    assert pictures(first) == 0
    names = resolve1(PDFDocument(PDFParser(io.BytesIO(data))).catalog["Names"])
    files = resolve1(resolve1(names["EmbeddedFiles"])["Names"])
    assert [resolve1(name).decode() for name in files[::2]] == [ATTACHMENT]


@pytest.mark.parametrize(
    "does",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('made', 'w')",
        "import os; os.system('true')",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.fork()",
    ],
)
def test_a_confined_process_reaches_nothing(tmp_path: Path, does: str) -> None:
    code = f"from confined.child import confine; confine(2**30, 5)\n{does}"
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(BASE_DIR)},
        stderr=subprocess.PIPE,
        check=False,
    )

    assert b"PermissionError" in run.stderr
    assert list(tmp_path.iterdir()) == []


def answered(order: dict[str, object], **environment: str) -> dict[str, str]:
    """Return what the process that prints says on a machine with such an environment."""
    answer = subprocess.run(
        [sys.executable, "-m", "exports.printing"],
        input=json.dumps(order).encode(),
        cwd=BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    said: dict[str, str] = json.loads(answer.stdout)
    return said


def test_a_machine_without_hangul_says_so(tmp_path: Path) -> None:
    # Pango itself wants one font at least, and Debian's package of it brings this one.
    latin = tmp_path / "fonts.conf"
    latin.write_text("<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir></fontconfig>")

    assert answered(ORDER, FONTCONFIG_FILE=str(latin)) == {"problem": "no_font"}


def test_a_machine_without_pango_says_so(tmp_path: Path) -> None:
    # What importing WeasyPrint does where the library is not installed.
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library')")

    assert answered(ORDER, PYTHONPATH=str(tmp_path)) == {"problem": "no_pango"}


def test_what_no_font_has_takes_nothing_else_along(user: User) -> None:
    document = ResumeDocument(
        title="백엔드 🦤 개발자",
        name="홍길동",
        introduction="첫 줄 🚀\n안녕하세요.\x01",
        experiences=[{"company": "가온", "description": "- 매출 👋🏽 두 배\n- -10% 절감"}],
    )

    text = read_pdf(exported(create_resume(user, document), "pdf", "classic"))

    for words in ("홍길동", "안녕하세요.", "매출", "두 배", "-10% 절감", "백엔드"):
        assert words in text
    assert "\x01" not in text


def test_one_that_is_too_long_to_be_imported_is_printed(user: User) -> None:
    jobs = [
        {"company": f"{number}번 회사", "description": "가나다 " * 1_200} for number in range(20)
    ]
    document = ResumeDocument(title="긴 이력서", name="홍길동", experiences=jobs)

    data = exported(create_resume(user, document), "pdf", "compact")

    assert len(pages(data)) > 10
    assert b"/EmbeddedFiles" not in data


def test_a_word_document_has_headings_and_lists(resume: Resume) -> None:
    document = Document(io.BytesIO(exported(resume, "docx")))

    styles = [(str(each.style and each.style.name), each.text) for each in document.paragraphs]
    assert ("Title", "김개취") in styles
    assert ("Heading 1", "경력") in styles
    assert any(name == "List Bullet" and "410ms" in words for name, words in styles)
    assert document.core_properties.author == "김개취"


@pytest.mark.parametrize("process", ["gaechwi.asgi", "gaechwi.celery, exports.tasks"])
def test_no_other_process_loads_weasyprint(process: str) -> None:
    ask = (
        f"import django; django.setup(); import sys, {process}; print('weasyprint' in sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", ask], cwd=BASE_DIR, stdout=subprocess.PIPE, check=True
    )

    assert answer.stdout.strip() == b"False"
