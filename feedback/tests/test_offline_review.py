from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from feedback.checks import run_checks
from feedback.offline import LABELS, LIMITS, MAX_OF_ONE_CHECK, RULES_VERSION, review
from feedback.schemas import Division, Review
from feedback.tests.test_checks import (
    FLAWS,
    STRENGTHS,
    a_good_new_developer,
    a_good_nurse,
    job,
    messy,
)
from resumes.document import QualificationEntry, ResumeDocument, Section

TODAY = date(2026, 1, 15)


def of(answer: Review, division: Division) -> list[str]:
    return [content.result for content in answer.contents if content.division == division]


def a_resume_with_every_flaw_many_times() -> ResumeDocument:
    claims = "\n".join(f"- {word} 개선으로 매출 향상" for word in ("진열", "발주", "응대", "포장"))
    return ResumeDocument(
        title="백엔드 개발자",
        introduction="\n".join(
            f"{word} 열심히 했습니다." for word in ("주문", "배송", "상담", "검수")
        ),
        experiences=[
            job(f"회사{n}", f"{2010 + n}-05", f"{2010 + n}-02", description=claims)
            for n in range(8)
        ],
        qualifications=[
            QualificationEntry(title=title, acquired_date=date(2019, 1, 1))
            for title in ("TOEIC", "OPIc", "TEPS", "IELTS")
        ],
        technology_stacks=["Kafka", "Scala", "Rust", "Erlang", "Haskell"],
    )


DOCUMENTS = [
    a_good_nurse(),
    a_good_new_developer(),
    messy(),
    a_resume_with_every_flaw_many_times(),
    ResumeDocument(),
    ResumeDocument(title="제목만"),
]


def test_it_works() -> None:
    answer = review(messy(), TODAY)
    assert of(answer, Division.IMPROVEMENT)
    assert of(answer, Division.RECOMMENDATION)
    assert answer.overall
    assert RULES_VERSION


@pytest.mark.parametrize("document", DOCUMENTS)
def test_it_is_bounded(document: ResumeDocument) -> None:
    answer = review(document, TODAY)
    for division, limit in LIMITS.items():
        assert len(of(answer, division)) <= limit
    assert 0 < len(answer.overall) <= 3000


def test_it_hears_no_check_more_than_three_times() -> None:
    document = a_resume_with_every_flaw_many_times()
    checks = {finding.text: finding.check for finding in run_checks(document, TODAY)}
    results = [content.result for content in review(document, TODAY).contents]
    heard = Counter(
        next(check for text, check in checks.items() if result.startswith(text))
        for result in results
    )
    assert heard["missing_figure"] == MAX_OF_ONE_CHECK
    assert max(heard.values()) == MAX_OF_ONE_CHECK


def test_the_heaviest_comes_first() -> None:
    document = messy()
    weights = {finding.text: finding.weight for finding in run_checks(document, TODAY)}
    for division in Division:
        heard = [
            next(weight for text, weight in weights.items() if result.startswith(text))
            for result in of(review(document, TODAY), division)
        ]
        assert heard == sorted(heard, reverse=True)


def test_every_section_is_heard_before_any_is_heard_twice() -> None:
    document = ResumeDocument(
        introduction="저는 진열을 바꾸어 매출을 향상시켰습니다.",
        experiences=[
            job(
                "가온상사",
                "2020-01",
                description="- 진열 개선\n- 발주 개선\n- 응대 개선\n- 포장 개선",
            )
        ],
    )
    heard = [
        content.section
        for content in review(document, TODAY).contents
        if content.section == Section.INTRODUCTION and "향상" in content.quote
    ]
    assert heard


def test_remarks_on_the_same_words_become_one() -> None:
    description = "매출을 크게 향상시켰습니다. 거래처의 주문을 받아 정리하고 창고에 전했습니다."
    document = ResumeDocument(experiences=[job("가온상사", "2020-01", description=description)])
    remarks = [
        content
        for content in review(document, TODAY).contents
        if content.quote == "매출을 크게 향상시켰습니다."
    ]
    (remark,) = remarks
    assert "성과" in remark.result
    assert "크기" in remark.result


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_remark_rests_on_its_section(document: ResumeDocument) -> None:
    for content in review(document, TODAY).contents:
        texts = [p.text for p in document.passages() if p.section == content.section]
        if content.quote:
            assert any(content.quote in text for text in texts)
        else:
            assert content.section == Section.BASICS or document.is_empty(content.section)


def test_the_overall_judgement_is_made_of_what_was_found() -> None:
    overall = review(a_good_nurse(), TODAY).overall
    assert "경력 2건" in overall
    assert "욕창 예방 활동을 제안해 월 7건에서 2건으로 줄임" in overall
    overall = review(messy(), TODAY).overall
    assert "빠진 연락처" not in overall
    assert "2022.03 ~ 2021.02" in overall


def test_two_resumes_are_judged_in_different_words() -> None:
    assert len({review(document, TODAY).overall for document in DOCUMENTS[:5]}) == 5


def test_a_habit_is_named_with_its_count() -> None:
    overall = review(a_resume_with_every_flaw_many_times(), TODAY).overall
    assert "수치 없는 성과" in overall
    assert "되풀이" in overall
    assert "되풀이" not in review(a_good_nurse(), TODAY).overall


def test_an_empty_resume_is_told_what_is_missing() -> None:
    answer = review(ResumeDocument(), TODAY)
    assert "읽을 내용이 없습니다" in answer.overall
    missing = {c.section for c in answer.contents if c.division == Division.RECOMMENDATION}
    assert missing == {Section.INTRODUCTION, Section.EXPERIENCES, Section.EDUCATIONS}


def test_a_resume_without_flaws_gets_a_next_step_on_its_best_words() -> None:
    (step,) = of(review(a_good_nurse(), TODAY), Division.RECOMMENDATION)
    assert "욕창 예방 활동을 제안해" in step
    assert not of(review(a_good_nurse(), TODAY), Division.IMPROVEMENT)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_it_says_the_same_twice(document: ResumeDocument) -> None:
    assert review(document, TODAY) == review(document.model_copy(deep=True), TODAY)


def test_it_knows_no_today_but_the_one_given() -> None:
    document = ResumeDocument(
        qualifications=[
            QualificationEntry(title="TOEIC", score="900", acquired_date=date(2024, 6, 1))
        ]
    )
    assert "유효 기간" not in str(review(document, date(2026, 6, 1)))
    assert "유효 기간" in str(review(document, date(2026, 7, 1)))


def test_no_personal_data_leaves() -> None:
    answer = review(messy(), TODAY)
    words = " ".join([answer.overall, *(f"{c.quote} {c.result}" for c in answer.contents)])
    for personal in ("보라", "bora.kim", "9876", "성산로"):
        assert personal not in words


def test_every_check_has_a_label() -> None:
    assert set(LABELS) == STRENGTHS | FLAWS
