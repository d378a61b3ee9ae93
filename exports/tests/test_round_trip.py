"""A file that was written here becomes the same résumé here."""

from __future__ import annotations

import io
import json

import pytest
from django.utils import translation
from docx import Document

from accounts.models import User
from exports.tests import KINDS, exported, unusual_document
from gaechwi.jobs.models import Engine
from imports.extracting.docx import read_docx
from imports.extracting.enclosed import enclose
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


def test_what_was_changed_in_word_is_read_as_it_stands(user: User, resume: Resume) -> None:
    document = Document(io.BytesIO(exported(resume, "docx")))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("배차플랫폼팀", "정산플랫폼팀")
    changed = io.BytesIO()
    document.save(changed)

    this = read_file(user, "docx", changed.getvalue())

    assert "정산플랫폼팀" in this.text
    assert this.document.experiences[0].department == "정산플랫폼팀"


def test_nothing_is_believed_that_is_not_in_the_text(user: User, resume: Resume) -> None:
    data = exported(resume, "docx")
    made_up = {"basics": {"name": "John Doe", "label": "CEO"}, "work": [{"name": "Acme Corp."}]}
    document = Document(io.BytesIO(data))
    [part] = [
        related.target_part
        for related in document.part.rels.values()
        if str(related.target_part.partname) == "/customXml/item2.xml"
    ]
    words = json.dumps(enclose(made_up, read_docx(data)))[1:-1].replace("\\", "")
    part._blob = f'<g:resume xmlns:g="urn:gaechwi:resume"><![CDATA[{words}]]></g:resume>'.encode()
    forged = io.BytesIO()
    document.save(forged)

    this = read_file(user, "docx", forged.getvalue())

    assert this.problem == "not_a_resume"


def test_codes_that_there_are_not_are_dropped(user: User) -> None:
    said = {
        "basics": {"name": "김가온", "gaechwi": {"gender": "99"}},
        "work": [{"name": "가온", "gaechwi": {"employment_type": ["1"]}}],
    }

    this = read_file(user, "json", json.dumps(said).encode())

    assert this.document.gender == ""
    assert this.document.experiences[0].employment_type == ""
