from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.quotes import is_supported, locate, split_by_support
from feedback.schemas import Division, ReviewContent
from resumes.document import ExperienceEntry, Passage, ResumeDocument, Section

DOCUMENT = ResumeDocument(
    title="백엔드 개발자",
    name="김개취",
    introduction="저는 결제 시스템을\n\n운영했습니다.  응답 시간을 40% 줄였습니다.",
    experiences=[
        ExperienceEntry(company="가나소프트", description="정산 배치를 자동화함"),
        ExperienceEntry(company="다라상사", description="재고 관리"),
    ],
    technology_stacks=["C", "Python"],
)


def remark(quote: str, section: Section = Section.INTRODUCTION) -> ReviewContent:
    return ReviewContent(
        division=Division.STRENGTH, section=section, quote=quote, result="좋습니다."
    )


def test_it_works() -> None:
    found = locate("응답 시간을 40% 줄였습니다", DOCUMENT.passages())

    assert found is not None
    assert found.passage.section == Section.INTRODUCTION
    assert found.passage.text[found.start : found.end] == "응답 시간을 40% 줄였습니다"


def test_white_space_is_not_compared() -> None:
    found = locate("  결제 시스템을 운영했습니다. 응답  시간을 ", DOCUMENT.passages())

    assert found is not None
    assert (
        found.passage.text[found.start : found.end] == "결제 시스템을\n\n운영했습니다.  응답 시간을"
    )


def test_hangul_in_single_letters_is_the_same_hangul() -> None:
    from unicodedata import normalize

    assert locate(normalize("NFD", "정산 배치를"), DOCUMENT.passages()) is not None


@pytest.mark.parametrize(
    "quote",
    [
        "응답 시간을 50% 줄였습니다",
        "응답시간을 40% 줄였습니다",
        "가나소프트 정산 배치를 자동화함",
        "김개취",
        "",
        "   ",
        "는",
    ],
)
def test_words_that_do_not_stand_there(quote: str) -> None:
    assert locate(quote, DOCUMENT.passages()) is None


def test_a_single_letter_is_a_quote_where_it_is_the_whole_passage() -> None:
    assert locate("C", DOCUMENT.passages()) is not None


def test_a_quote_must_stand_in_the_section_that_is_named() -> None:
    assert is_supported(remark("정산 배치를 자동화함", Section.EXPERIENCES), DOCUMENT)
    assert not is_supported(remark("정산 배치를 자동화함", Section.PROJECTS), DOCUMENT)


def test_no_quote_is_needed_for_what_is_not_there() -> None:
    assert is_supported(remark("", Section.PROJECTS), DOCUMENT)
    assert is_supported(remark("", Section.BASICS), DOCUMENT)
    assert not is_supported(remark("", Section.EXPERIENCES), DOCUMENT)


def test_splitting() -> None:
    right = remark("응답 시간을 40% 줄였습니다.")
    misplaced = remark("정산 배치를 자동화함", Section.INTRODUCTION)
    invented = remark("매출을 두 배로 늘렸습니다.")

    supported, unsupported = split_by_support([right, misplaced, invented], DOCUMENT)

    assert [(content.section, content.quote) for content in supported] == [
        (Section.INTRODUCTION, right.quote),
        (Section.EXPERIENCES, misplaced.quote),
    ]
    assert unsupported == [invented]


@given(
    text=st.text(alphabet="가나다라 \n\tabc.", min_size=1, max_size=80),
    cut=st.tuples(st.integers(0, 80), st.integers(0, 80)),
)
def test_every_part_of_a_passage_is_found_in_it(text: str, cut: tuple[int, int]) -> None:
    start, end = sorted(cut)
    quote = text[start:end]
    passage = Passage(Section.INTRODUCTION, None, "introduction", text)

    found = locate(quote, [passage])

    words = " ".join(quote.split())
    if len(words) >= 2:
        assert found is not None
        assert " ".join(text[found.start : found.end].split()) == words
