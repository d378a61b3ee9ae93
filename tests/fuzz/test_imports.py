"""Files and texts of strangers are read as what stands in them, or refused in words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaechwi.jobs.models import Engine
from imports.extracting.__main__ import answer
from imports.grounding import grounded, squeezed
from imports.jsonresume import lines_of, read_json_resume
from imports.models import Problem
from imports.parsing import parse
from imports.reading import read
from imports.tests.documents import docx, pdf
from resumes.document import ResumeDocument, Section
from tests.fuzz import budget, spliced, texts

pytestmark = pytest.mark.django_db

LINES = (
    "한나루",
    "010-1234-5678 / naru@example.com",
    "경력",
    "온새미페이 결제팀 백엔드 개발자 2020.03 ~ 현재",
    "- 결제 API의 p95를 800ms에서 120ms로 줄임",
    "학력",
    "한빛대학교 컴퓨터공학과 2012.03 - 2018.02 (졸업)",
    "프로젝트: 정산 배치 (2021/01 ~ 2021/06)",
    "자격증",
    "정보처리기사 2019.05 한국산업인력공단",
    "기술 스택: Python, Django, PostgreSQL",
    "Experience",
    "Acme Corp.\tBackend Engineer\tJan 2019 – Present",
    "자기소개",
    "=== left",
    "=== right",
    "=== table",
)
TEXT = "\n".join(LINES)

resumes = st.lists(texts(*LINES), max_size=40).map("\n".join)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts(*LINES, "2020-03", "2020"),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            texts("basics", "work", "name", "startDate", "highlights", "keywords"),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)
json_resumes = st.fixed_dictionaries(
    {},
    optional={
        name: values | st.lists(values, max_size=3)
        for name in (
            "basics",
            "work",
            "education",
            "projects",
            "skills",
            "volunteer",
            "awards",
            "certificates",
            "publications",
            "languages",
        )
    },
)


# What a résumé only says in words of its own: periods, codes, lists and the title made for it.
_WORDED = {"period", "acquired_date", "technology_stacks"}


def assert_stands_in(document: ResumeDocument, text: str) -> None:
    """Fail where a résumé has words that do not stand in a text."""
    whole = squeezed(text)
    for passage in document.passages():
        if passage.field not in _WORDED and passage.section != Section.BASICS:
            for line in passage.text.splitlines():
                assert squeezed(line) in whole, passage


@budget
@given(resumes)
def test_a_text_is_read_as_what_stands_in_it(text: str) -> None:
    document = grounded(parse(text), text)

    assert_stands_in(document, text)
    assert grounded(document, text) == document


@budget
@given(
    st.sampled_from(["pdf", "docx", "txt", "json"]),
    st.one_of(
        spliced(pdf(TEXT)),
        spliced(pdf(TEXT, compressed=False)),
        spliced(docx(TEXT)),
        spliced(TEXT.encode()),
        spliced(TEXT.encode("utf-16")),
        st.binary(max_size=300),
    ),
)
def test_whatever_the_bytes_there_is_a_text_or_a_problem(kind: str, data: bytes) -> None:
    said = answer(kind, data)

    if "problem" in said:
        assert said["problem"] in Problem.values
    else:
        document = parse(said["text"])
        assert ResumeDocument.model_validate_json(document.model_dump_json()) == document


@budget
@given(json_resumes)
def test_any_json_is_a_resume_or_none(value: dict[str, Any]) -> None:
    document = read_json_resume(value)

    assert ResumeDocument.model_validate_json(document.model_dump_json()) == document
    assert isinstance(lines_of(value), str)


@budget
@given(st.builds(lambda value: json.dumps(value).encode(), json_resumes | values))
def test_any_json_file_is_read_or_refused(data: bytes) -> None:
    """Through the process that opens files, as a worker does."""
    reading = read("json", data, Engine.OFFLINE)

    assert (reading.problem in Problem.values) != (reading.document is not None)
