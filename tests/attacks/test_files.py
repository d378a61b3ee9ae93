"""Files that are made to break out, to blow up, or to have our server ask others."""

from __future__ import annotations

import ctypes
import gc
import gzip
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from email import message_from_string
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from pytest_django import Settings

from accounts.models import User
from exports.services import request_export
from exports.tests import done as written
from exports.tests import exported
from imports.models import ResumeImport
from imports.services import import_file
from imports.tests import TEXT, done, read_file
from imports.tests.documents import bomb, docx_of, paragraph, pdf_of, words
from postings.services import paste, read_draft, save_reading
from postings.tests import note_down
from resumes.document import ResumeDocument
from resumes.models import File, Resume
from resumes.services import create_resume
from resumes.tests.pictures import half_red, png_bomb, upload
from studyguides.models import StudyGuide
from studyguides.services import make_guide, request_guide, save_guide
from tests.attacks.addresses import ADDRESSES
from tests.reliability import Outcome

pytestmark = pytest.mark.django_db

SECRET = "아무도모르는말"
NAMES = [
    "../../../etc/passwd",
    "..\\..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\boot.ini",
    "a/../../b",
    "..",
    ".htaccess",
    "x\0.jpg",
    "%2e%2e%2fetc%2fpasswd",
    "a" * 300,
    "x.jpg\r\nSet-Cookie: planted=1",
    "사진<script>.jpg",
    "....//....//etc/passwd",
    "con.jpg",
]
# That a bomb may take of the web process.
MOST_MEGABYTES = 100
KEY = re.compile(r"(photos|imports|exports)/[0-9a-f]{32}(\.[a-z]+)?")


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 100_000


def send(client: Client, path: str, field: str, name: str, data: bytes) -> None:
    """Send a file as no browser does, with its name as it is."""
    head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = head.encode() + data + b"\r\n--x--\r\n"
    client.generic("POST", path, body, content_type="multipart/form-data; boundary=x")


def test_names_of_files_that_climb(
    client: Client, resume: Resume, tmp_path: Path, outcome: Outcome
) -> None:
    outside = tmp_path / "secret"
    outside.write_text(SECRET)
    tried = 0
    for name in NAMES:
        tried += 3
        picture = upload(half_red()).read()
        send(client, f"/resumes/{resume.pk}/photo/", "photo", name, picture)
        send(client, "/imports/", "file", f"{name}.txt", f"{name}\n{TEXT}".encode())
        assert client.get(f"/static/{quote(name)}").status_code in {302, 404}
    keys = list(File.objects.values_list("key", flat=True))
    there = {path for path in tmp_path.rglob("*") if path.is_file()}
    strange = [key for key in keys if not KEY.fullmatch(key)]
    strange += [str(path) for path in there - {outside} if tmp_path / "media" not in path.parents]

    assert len(keys) > len(NAMES) / 2
    assert strange == []
    for name in ResumeImport.objects.values_list("name", flat=True):
        assert "/" not in name
        assert name.isprintable()
    outcome(
        "names of uploads, and paths of static files, that climb out of their folder",
        tried=tried,
        let_in=len(strange),
        happened="stored under random names in their own folder; 404",
    )


class Listener(BaseHTTPRequestHandler):
    """Notes whoever asks for anything."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(200)
        self.end_headers()

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet."""


@pytest.fixture
def listener() -> Iterator[str]:
    """Run a server that nobody is to ask; give its address."""
    Listener.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def with_relations(body: str, relations: str, head: str = "") -> bytes:
    """Return a Word document that refers to something outside."""
    written_file = io.BytesIO(docx_of(body, head))
    with zipfile.ZipFile(written_file, "a") as archive:
        archive.writestr("word/_rels/document.xml.rels", relations)
    return written_file.getvalue()


@pytest.mark.pango
def test_servers_that_ours_is_made_to_ask(
    client: Client, user: User, listener: str, tmp_path: Path, outcome: Outcome
) -> None:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    markup = (
        f'<img src="{listener}/img"><link rel="stylesheet" href="{listener}/css">'
        f'<link rel="attachment" href="file://{secret}"><iframe src="file://{secret}"></iframe>'
        f"<style>@import '{listener}/import'; @font-face {{ src: url({listener}/font) }}</style>"
    )
    entity = f'<!DOCTYPE x [<!ENTITY a SYSTEM "file://{secret}"><!ENTITY b SYSTEM "{listener}/b">]>'
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" TargetMode="External" Target="{listener}/template"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'attachedTemplate"/></Relationships>'
    )
    resume_json = {
        "$schema": f"{listener}/schema",
        "basics": {"name": "한나루", "image": f"{listener}/image", "url": f"file://{secret}"},
        "projects": [{"name": "일", "url": f"{listener}/project"}],
    }
    lines = "".join(map(paragraph, TEXT.splitlines()))
    link = f"/A << /S /URI /URI ({listener}/uri) >> /OpenAction << /S /URI /URI ({listener}/o) >>"
    texts: list[str] = []
    for kind, data in (
        ("docx", with_relations(lines, relation)),
        ("docx", docx_of(f"<w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p>{lines}", entity)),
        ("json", json.dumps(resume_json).encode()),
        ("txt", f"{TEXT}\n{listener}/text {markup}".encode()),
        ("pdf", pdf_of([words(TEXT.splitlines()[0], 50, 700)], extra=link)),
    ):
        this = read_file(user, kind, data, name=f"{len(texts)}")
        texts.append(f"{this.text} {this.result}")
    made = create_resume(
        user,
        ResumeDocument(
            title=markup[:90],
            name="이름",
            introduction=markup,
            projects=[{"title": "일", "link": f"{listener}/link", "description": markup}],
        ),
    )
    for kind, template in (("pdf", "classic"), ("docx", ""), ("json", "")):
        texts.append(exported(made, kind, template).decode(errors="replace"))
    client.post("/postings/new/", {"title": "공고", "url": f"{listener}/posting"})
    draft = paste(user, f"백엔드 개발자\n{listener}/pasted\n자격 요건\n- Python")
    save_reading(draft, read_draft(draft))
    for path in ("/postings/", "/postings/1/", f"/resumes/{made.pk}/", "/"):
        client.get(path)

    assert Listener.asked == []
    assert [text for text in texts if SECRET in text] == []
    outcome(
        "addresses of another server and of files in imported documents, résumés and postings,"
        " read, shown and printed",
        tried=12,
        let_in=len(Listener.asked),
        happened="the other server was asked for nothing, no file was read",
    )


def peak() -> int:
    """Return the most memory that this process has had since `costs` began, in megabytes."""
    [line] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(line) // 1024


def costs(work: Callable[[], str]) -> tuple[str, int]:
    """Return what some work says, and how many megabytes it took at its peak."""
    gc.collect()
    # What went before would hide this one: memory that was not given back yet, and its peak.
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    said = work()
    return said, peak() - before


def black(width: int, height: int) -> SimpleUploadedFile:
    """Return a picture that is whole, and of one colour: a small file."""
    written_file = io.BytesIO()
    Image.new("RGB", (width, height)).save(written_file, "PNG", compress_level=1)
    return SimpleUploadedFile("black.png", written_file.getvalue())


def test_files_that_blow_up(client: Client, user: User, resume: Resume, outcome: Outcome) -> None:
    started = time.monotonic()

    def imported(kind: str, data: bytes) -> str:
        return done(import_file(user, kind, f"{len(data)}.{kind}", data)).problem

    def photo(picture: SimpleUploadedFile) -> str:
        page = client.post(f"/resumes/{resume.pk}/photo/", {"photo": picture}).content.decode()
        return "errorlist" if "errorlist" in page else ""

    def compressed(encoding: str, data: bytes) -> str:
        headers = {"Content-Encoding": encoding}
        kind = "application/json"
        answer = client.generic("POST", "/api/resumes/", data, kind, headers=headers)
        return str(answer.status_code) if 400 <= answer.status_code < 500 else ""

    def fields(form: str) -> str:
        kind = "application/x-www-form-urlencoded"
        answer = client.post("/resumes/new/", form, content_type=kind)
        return str(answer.status_code) if answer.status_code == 400 else ""

    zeros = gzip.compress(bytes(200 * 1024 * 1024), 1)
    # Made before they are measured: what it takes to make them is not what they cost.
    bombs: dict[str, Callable[[], str]] = {
        "docx": partial(imported, "docx", bomb()),
        "pdf": partial(imported, "pdf", pdf_of([" " * 100_000_000])),
        "json": partial(imported, "json", b"{" + b'"a":{' * 50_000 + b"}" * 50_001),
        "png 60000": partial(photo, png_bomb(60_000, 60_000)),
        "png 30000": partial(photo, png_bomb(30_000, 20_000)),
        "png 9000": partial(photo, black(9_000, 9_000)),
        **{name: partial(compressed, name, zeros) for name in ("gzip", "deflate", "br")},
        "fields": partial(fields, "&".join(f"a{number}=1" for number in range(200_000))),
    }
    answers = {name: costs(work) for name, work in bombs.items()}
    blown = [name for name, (said, _megabytes) in answers.items() if not said]

    assert blown == []
    assert not File.objects.exists()
    assert Resume.with_deleted.count() == 1
    assert {name: taken for name, (_said, taken) in answers.items() if taken > MOST_MEGABYTES} == {}
    assert time.monotonic() - started < 60
    outcome(
        "decompression bombs: Word, PDF, JSON, pictures, compressed bodies; 200,000 fields",
        tried=len(answers),
        let_in=len(blown),
        happened="refused, each with its reason; none took the web process more than"
        f" {MOST_MEGABYTES} MB",
    )


def test_headers_and_lines_out_of_names(client: Client, user: User, outcome: Outcome) -> None:
    hostile = [
        'a"; filename="evil.exe',
        "a\r\nSet-Cookie: planted=1",
        "a\nLocation: https://evil.example",
        "한글 이력서 ‘따옴표’ \\",
        "../../etc/passwd",
        "a;b=c,d",
        "\u202egnp.exe",
    ]
    broken = []
    for title in hostile:
        body = {"title": title, "name": title[:40]}
        made = client.post("/api/resumes/", body, content_type="application/json").json()
        export = written(request_export(Resume.objects.get(pk=made["resume_id"]), "json"))
        for path in (f"/exports/{export.pk}/file/", f"/api/resume_exports/{export.pk}/file"):
            answer = client.get(path)
            assert answer.status_code == 200
            header = answer["Content-Disposition"]
            read = message_from_string(f"Content-Disposition: {header}\n\n")
            name = read.get_filename() or ""
            right = (
                "\n" not in header
                and "\r" not in header
                and read.get_content_disposition() == "attachment"
                and "/" not in name
                and name.endswith(".json")
                and answer["X-Content-Type-Options"] == "nosniff"
                and not {"Set-Cookie", "Location"} & set(answer.headers)
            )
            if not right:
                broken.append(f"{title!r}: {header}")
    assert "\n".join(broken) == ""
    outcome(
        "names of exported files with line ends, quotes, paths and Hangul, in headers",
        tried=2 * len(hostile),
        let_in=len(broken),
        happened="one header, an attachment with the right ending and no path",
    )


def test_events_out_of_titles(client: Client, user: User, outcome: Outcome) -> None:
    posting = note_down(user, title="공고", requirements="- SQL 활용 능력\n- Python")
    guide = request_guide(user, posting=posting)
    StudyGuide.objects.filter(pk=guide.pk).update(status="done", finished_at=timezone.now())
    save_guide(guide, make_guide(guide))
    path = f"/guides/{guide.pk}/calendar.ics"
    events = len(Calendar.from_ical(client.get(path).content).walk("VEVENT"))
    hostile = [
        f"a{end}END:VEVENT{end}BEGIN:VEVENT{end}SUMMARY:심은 일{end}ATTACH:https://evil.example"
        for end in ("\r\n", "\n", "\r", "\\n", "\x0b", "\x85", "\u2028")
    ]
    broken = []
    for title in hostile:
        StudyGuide.objects.filter(pk=guide.pk).update(title=title)
        guide.items.update(title=title, description=title)
        ics = client.get(path).content
        planted = re.search(rb"^ATTACH|^SUMMARY:\xec\x8b\xac", ics, re.MULTILINE)
        bare = b"\r" in ics.replace(b"\r\n", b"")
        if planted or bare or len(Calendar.from_ical(ics).walk("VEVENT")) != events:
            broken.append(repr(title))

    assert events
    assert "\n".join(broken) == ""
    outcome(
        "line ends in titles of a study guide, as a calendar file",
        tried=len(hostile),
        let_in=len(broken),
        happened="as many events as items, none planted",
    )


def test_tables_with_formulas(client: Client, user: User, outcome: Outcome) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    actions = {
        name
        for model, shown in admin.site._registry.items()
        for name in [*(shown.actions or []), *admin.site._actions]
    }
    routes = [one.route for one in ADDRESSES if re.search(r"csv|xls|tsv", one.route)]
    for model in admin.site._registry:
        path = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        answer = client.get(path, headers={"Accept": "text/csv"})
        assert answer["Content-Type"].startswith("text/html")

    assert actions == {"delete_selected", "make_verified"}
    assert routes == []
    outcome(
        "formulas (=, +, -, @) for a spreadsheet of staff's",
        tried=len(admin.site._registry),
        let_in=len(routes),
        happened="there is no such export: no action of the admin and no address gives a table",
    )
