"""Files that no résumé can be had from: each says why, and no résumé is made."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from gaechwi.jobs.models import Engine, JobStatus
from imports.children import content_of
from imports.extracting import UnreadableError
from imports.models import Problem, ResumeImport
from imports.services import import_file
from imports.tasks import read_resume
from imports.tests import TEXT, read_file
from imports.tests.documents import ENCRYPTED, bomb, docx, docx_of, pdf, pdf_of, words
from resumes.models import File, Resume

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Each of the entities is ten of the one before.
LAUGHS = "<!DOCTYPE x [<!ENTITY a0 '하'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
)

HOSTILE = {
    "encrypted pdf": ("pdf", pdf_of([words(TEXT, 50, 700)], extra=ENCRYPTED), Problem.ENCRYPTED),
    "encrypted docx": (
        "docx",
        COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        Problem.ENCRYPTED,
    ),
    "scan": ("pdf", pdf_of(["0 0 m 100 100 l S"] * 2), Problem.NO_TEXT),
    "101 pages": ("pdf", pdf_of([words("경력", 50, 700)] * 101), Problem.TOO_MANY_PAGES),
    "long text": ("pdf", pdf_of([words("가" * 1000, 50, 700)] * 61), Problem.TOO_LONG),
    "zip bomb": ("docx", bomb(), Problem.TOO_LARGE),
    "laughs": ("docx", docx_of("<w:p><w:t>&a8;</w:t></w:p>", LAUGHS), Problem.BROKEN),
    "cut pdf": ("pdf", pdf(TEXT)[:400], Problem.BROKEN),
    "cut docx": ("docx", docx(TEXT)[:400], Problem.BROKEN),
    "broken json": ("json", b'{"basics": {"name": "', Problem.BROKEN),
    "a list": ("json", b"[1, 2]", Problem.BROKEN),
    "binary text": ("txt", b"\x81\x81\xff\xfe\x01" * 9, Problem.BROKEN),
    "docx as pdf": ("pdf", docx(TEXT), Problem.MISMATCH),
    "pdf as docx": ("docx", pdf(TEXT), Problem.MISMATCH),
    "pdf as text": ("txt", pdf(TEXT), Problem.MISMATCH),
    "text as pdf": ("pdf", TEXT.encode(), Problem.MISMATCH),
    "hwp as docx": ("docx", COMPOUND + bytes(600), Problem.MISMATCH),
    "spaces": ("txt", b" \n\t ", Problem.EMPTY),
    "empty docx": ("docx", docx(""), Problem.EMPTY),
    "empty json": ("json", b"{}", Problem.EMPTY),
    "a letter": ("txt", "안녕하세요.\n오늘은 비가 옵니다.".encode(), Problem.NOT_A_RESUME),
    "other json": ("json", b'{"name": "x", "version": "1.0"}', Problem.NOT_A_RESUME),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "data", "problem"), list(HOSTILE.values()), ids=list(HOSTILE))
def test_it_says_why(client: Client, user: User, kind: str, data: bytes, problem: Problem) -> None:
    this = read_file(user, kind, data)

    assert this.problem == problem
    assert (this.result, this.text, this.engine) == (None, "", Engine.OFFLINE)
    assert not File.objects.exists()
    page = client.get(f"/imports/{this.pk}/")
    assertContains(page, str(problem.label))
    assertContains(page, "이력서는 만들지 않았습니다.")
    assertNotContains(page, "이 내용으로 이력서 만들기")
    client.post(f"/imports/{this.pk}/", {"title": "제목", "name": "이름"})
    assert not Resume.objects.exists()
    assertContains(client.get("/resumes/"), "가져올 수 없음")
    client.post(f"/imports/{this.pk}/discard/")
    assert not ResumeImport.objects.exists()


def test_every_problem_is_tried() -> None:
    # What costs too much has tests of its own.
    assert {problem for _k, _d, problem in HOSTILE.values()} == {*Problem} - {Problem.TOO_COSTLY}


def problem_of(kind: str, data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        content_of(kind, data)
    return error.value.problem


def test_a_file_that_takes_all_time_ends_its_reader_alone() -> None:
    # Twenty million signs that draw nothing, in twenty kilobytes.
    assert problem_of("pdf", pdf_of(["q Q " * 5_000_000])) == Problem.TOO_COSTLY


def test_a_file_that_takes_all_memory_ends_its_reader_alone() -> None:
    deep = "<w:p>" * 3_000_000

    assert problem_of("docx", docx_of(deep)) in {
        Problem.TOO_COSTLY,
        Problem.BROKEN,
    }


def test_deep_json_is_refused() -> None:
    assert problem_of("json", b'{"a":' * 100_000) == Problem.TOO_COSTLY


@pytest.mark.parametrize("kind", ["pdf", "docx", "json", "txt"])
def test_junk_never_raises(kind: str) -> None:
    head = {"pdf": b"%PDF-1.7\n", "docx": b"PK\x03\x04", "json": b"{", "txt": b"\xff\xfe"}[kind]

    assert problem_of(kind, head + bytes(range(256)) * 40) in Problem.values


@pytest.mark.django_db(transaction=True)
def test_no_word_of_a_resume_reaches_the_log(user: User, caplog: pytest.LogCaptureFixture) -> None:
    for kind, data in (("pdf", pdf(TEXT)), ("json", json.dumps({"a": TEXT}).encode()[:-3])):
        this = import_file(user, kind, "한결페이.pdf", data)
        with caplog.at_level("DEBUG"):
            read_resume(this.pk)
        this.refresh_from_db()
        assert this.status == JobStatus.DONE

    assert "한결페이" not in caplog.text
    assert "김도윤" not in caplog.text
