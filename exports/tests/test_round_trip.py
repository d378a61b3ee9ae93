"""A file that was written here becomes the same résumé here."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.utils import translation
from docx import Document
from docx.document import Document as DocumentObject
from pydantic import ValidationError

from accounts.models import User
from exports.jsonresume import to_json_resume
from exports.tests import KINDS, exported, unusual_document
from gaechwi.jobs.models import Engine
from imports.enclosing import NAMESPACE, enclose
from imports.extracting.docx import read_docx
from imports.reading import read
from imports.tests import read_file
from resumes.document import ResumeDocument
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume, to_document

pytestmark = [pytest.mark.django_db, pytest.mark.pango]


@pytest.mark.parametrize(("file_format", "template"), KINDS)
@pytest.mark.parametrize("document", [sample_document(), unusual_document()], ids=["sample", "odd"])
def test_it_works(user: User, document: ResumeDocument, file_format: str, template: str) -> None:
    resume = create_resume(user, document)

    this = read_file(user, file_format, exported(resume, file_format, template))

    assert this.problem == ""
    assert this.document == document == to_document(resume)
    assert this.unplaced == []


@pytest.mark.parametrize("file_format", ["pdf", "docx", "json"])
def test_it_works_in_english(user: User, file_format: str) -> None:
    document = unusual_document()
    with translation.override("en"):
        template = "classic" if file_format == "pdf" else ""
        data = exported(create_resume(user, document), file_format, template)

    assert read_file(user, file_format, data).document == document


def test_the_least_there_can_be(user: User) -> None:
    document = ResumeDocument(title="가", name="나", experiences=[{"company": "다"}])

    for file_format, template in KINDS:
        data = exported(create_resume(user, document), file_format, template)
        assert read(file_format, data, Engine.OFFLINE).document == document


@pytest.mark.parametrize(
    ("before", "after"),
    [("배차플랫폼팀", "정산플랫폼팀"), ("3.2초에서 410ms로", "32초에서 4.10ms로")],
)
def test_what_was_changed_in_word_is_read_as_it_stands(
    user: User, resume: Resume, before: str, after: str
) -> None:
    document = Document(io.BytesIO(exported(resume, "docx")))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(before, after)

    this = read_file(user, "docx", saved(document))

    first = this.document.experiences[0]
    assert after in f"{first.department}\n{first.description}"
    assert before not in this.document.model_dump_json()


def test_what_was_moved_in_word_is_read_where_it_stands(user: User, resume: Resume) -> None:
    document = Document(io.BytesIO(exported(resume, "docx")))
    [heading] = [one for one in document.paragraphs if one.text.startswith("피움소프트")]
    [first] = [one for one in document.paragraphs if one.text.startswith("나루로지텍")]
    first._p.addprevious(heading._p)

    companies = [
        job.company for job in read_file(user, "docx", saved(document)).document.experiences
    ]

    assert companies[:2] == ["피움소프트", "나루로지텍"]


def test_codes_are_taken_from_words_of_the_text(user: User) -> None:
    resume = create_resume(user, unusual_document())
    data = exported(resume, "docx")
    forged = unusual_document().model_copy(update={"gender": "1"})
    forged.experiences[0].employment_type = "4"

    this = read_file(user, "docx", with_enclosed(data, to_json_resume(forged)))

    assert this.document.gender == "2"
    # What the rules make of the text, and not what the file says of itself.
    assert this.document.experiences[0].employment_type != "4"


def test_no_word_of_a_broken_file_gets_into_the_log(
    user: User, caplog: pytest.LogCaptureFixture
) -> None:
    said = {
        "basics": {"name": "비밀이름\ud800"},
        "work": [{"name": "비밀회사\0", "startDate": "2020-01"}],
    }

    this = read_file(user, "json", json.dumps(said).encode())

    assert this.document.name == "비밀이름"
    assert this.document.experiences[0].company == "비밀회사"
    assert "비밀" not in caplog.text
    with pytest.raises(ValidationError) as error:
        ResumeDocument(title=["비밀"])
    assert "비밀" not in str(error.value)


def saved(document: DocumentObject) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_enclosed(data: bytes, resume: dict[str, Any]) -> bytes:
    """Return our own Word document with other data in it, and the digest of its text."""
    document = Document(io.BytesIO(data))
    [part] = [
        related.target_part
        for related in document.part.rels.values()
        if str(related.target_part.partname) == "/customXml/item2.xml"
    ]
    words = enclose(resume, read_docx(data))
    part._blob = f'<g:resume xmlns:g="{NAMESPACE}"><![CDATA[{words}]]></g:resume>'.encode()
    return saved(document)


def test_nothing_is_believed_that_is_not_in_the_text(user: User, resume: Resume) -> None:
    made_up = {"basics": {"name": "John Doe", "label": "CEO"}, "work": [{"name": "Acme Corp."}]}

    this = read_file(user, "docx", with_enclosed(exported(resume, "docx"), made_up))

    assert this.document.name == "김개취"
    assert "Acme" not in this.document.model_dump_json()


def test_codes_that_there_are_not_are_dropped(user: User) -> None:
    said = {
        "basics": {"name": "김가온", "gaechwi": {"gender": "모름"}},
        "work": [{"name": "가온", "gaechwi": {"employment_type": ["정규직"]}}],
    }

    this = read_file(user, "json", json.dumps(said).encode())

    assert this.document.gender == ""
    assert this.document.experiences[0].employment_type == ""
