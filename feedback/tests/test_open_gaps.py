"""A résumé with gaps that its applicant has not filled yet is told to fill them."""

from __future__ import annotations

from datetime import date

import pytest

from feedback import against_posting, offline
from feedback.checks import run_checks
from feedback.matching import match
from feedback.placeholders import FIGURE, SCENE
from feedback.rewriting import rewrite
from feedback.schemas import Division, Review
from postings.document import PostingDocument
from quality.corpus import RESUMES, load
from quality.matching import fitting
from resumes.document import ExperienceEntry, ResumeDocument
from resumes.sample import sample_document

TODAY = date(2026, 11, 1)
POSTING = PostingDocument(
    title="백엔드 개발자", requirements="- Redis 사용 경험\n- Kafka 사용 경험"
)


def with_job(description: str) -> ResumeDocument:
    job = ExperienceEntry(company="가온상사", start_date=date(2020, 1, 1), description=description)
    return fitting()["01_nurse"].model_copy(update={"experiences": [job]})


def gaps(answer: Review) -> list[str]:
    return [content.quote for content in answer.contents if "채우지 않은 자리" in content.result]


def test_it_is_the_first_to_mend() -> None:
    document = with_job(f"- 배차 모듈을 고쳐 유지보수성을 향상시킴 {FIGURE}\n- 민원 12건을 처리함")

    answer = offline.review(document, TODAY)

    assert gaps(answer) == [f"배차 모듈을 고쳐 유지보수성을 향상시킴 {FIGURE}"]
    assert answer.overall.startswith("먼저 고칠 곳은 경력 항목의 ‘배차 모듈을")
    assert "(채우지 않은 자리)" in answer.overall
    assert gaps(against_posting.review(document, POSTING, match(document, POSTING, TODAY), TODAY))


@pytest.mark.parametrize("gap", [f" {FIGURE}", f". {FIGURE}", f" {FIGURE}."])
def test_a_sentence_with_a_gap_is_not_judged(gap: str) -> None:
    told = "매출이 3배로 늘어 목표를 달성했습니다. 배차 모듈을 고쳐 유지보수성을 향상시켰습니다"

    document = with_job(f"{told}{gap}")
    found = [f for f in run_checks(document, TODAY) if "향상시켰습니다" in f.quote]

    assert [f.check for f in found] == ["gap_open"]
    assert "mixed_endings" not in {f.check for f in run_checks(document, TODAY)}


@pytest.mark.parametrize("resume", [sample_document(), *(case.resume for case in load(RESUMES))])
def test_a_rewritten_resume_is_told_of_its_gaps_alone(resume: ResumeDocument) -> None:
    rewritten, _origins = rewrite(resume, TODAY)

    findings = run_checks(rewritten, TODAY)

    assert any(finding.check == "gap_open" for finding in findings)
    for finding in findings:
        passages = [p.text for p in rewritten.passages() if p.section == finding.section]
        assert not finding.quote or any(finding.quote in text for text in passages)
        if finding.check != "gap_open":
            assert "적어 주세요]" not in finding.quote + finding.text


def test_what_has_no_gap_is_judged_as_ever() -> None:
    untouched = "- 민원 12건을 처리해 만족도를 2배 높임\n- 배차 모듈을 고쳐 유지보수성을 향상시킴"

    def of(description: str) -> list[str]:
        found = run_checks(with_job(description), TODAY)
        return [f.text for f in found if f.check not in ("gap_open", "section_thin")]

    assert of(f"{untouched}\n- 응대를 개선함 {SCENE}") == of(f"{untouched}\n- 응대를 맡음")


def test_what_stands_beside_a_gap_is_evidence() -> None:
    told = "Redis 캐시로 응답 시간을 줄임"

    found = match(with_job(f"- {told} {FIGURE}."), POSTING, TODAY)

    assert found == match(with_job(f"- {told}"), POSTING, TODAY)
    assert [item.quote for part in found.parts for item in part.items if item.quote] == [told]


def test_a_gap_is_no_strength() -> None:
    strengths = [
        f
        for f in run_checks(with_job(f"- 매출을 3억에서 9억으로 늘림 {SCENE}"), TODAY)
        if f.division == Division.STRENGTH and "매출" in f.quote
    ]

    assert strengths == []
