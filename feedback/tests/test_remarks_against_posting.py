"""What the rules say of a résumé against a posting: each thing once, and nothing beside it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from feedback.against_posting import review
from feedback.matching import match
from feedback.schemas import Review
from feedback.tests.test_matching import TODAY, worked
from postings.document import PostingDocument
from quality.corpus import RESUMES, load
from quality.matching import fitting, postings
from resumes.document import ResumeDocument


def reviewed(found: ResumeDocument, **posting: Any) -> Review:
    asked = PostingDocument.model_validate({"title": "공고", **posting})
    return review(found, asked, match(found, asked, TODAY), TODAY)


def said(answer: Review) -> list[str]:
    return [content.result for content in answer.contents if "공고의" in content.result]


def pattern(text: str) -> list[str]:
    """Return the sentences of a remark, without what they name."""
    return [re.sub(r"‘[^’]*’", "‘’", part) for part in re.split(r"(?<=[.])\s", text)]


PAIRS = [
    (name, resume)
    for name in postings()
    for resume in (*fitting().values(), *(case.resume for case in load(RESUMES)))
]


def test_no_sentence_is_told_five_times() -> None:
    for name, resume in PAIRS:
        posting = postings()[name]
        answer = review(resume, posting, match(resume, posting, TODAY), TODAY)
        advice = Counter(
            sentence for text in said(answer) for sentence in pattern(text) if "십시오" in sentence
        )
        assert all(count <= 2 for count in advice.values()), advice
        whole = Counter(sentence for text in said(answer) for sentence in pattern(text))
        assert all(count < 5 for count in whole.values()), whole


def test_the_same_gap_is_told_once() -> None:
    answer = reviewed(
        worked("결제 서버를 만듦"),
        requirements="Kafka를 이용한 이벤트 처리 경험\nSpring Boot 개발 경험",
        preferred="Kafka 운영 경험",
        technology_stacks=["Kafka", "Spring Boot"],
    )
    of_kafka = [text for text in said(answer) if "Kafka" in text]
    assert len(of_kafka) == 1
    assert len([text for text in said(answer) if "Spring Boot" in text]) == 1


def test_missing_technologies_are_one_remark() -> None:
    answer = reviewed(
        worked("결제 서버를 만듦"),
        requirements="결제 서버 개발 경험",
        technology_stacks=["Kafka", "Redis", "Kubernetes"],
    )
    (text,) = [text for text in said(answer) if "찾지 못했습니다" in text]
    assert text.startswith("공고의 기술 가운데 Kafka, Redis, Kubernetes를 이력서에서")


def test_many_missing_names_are_counted() -> None:
    names = ["Kafka", "Redis", "Kubernetes", "Terraform", "Ansible", "Rust", "Scala"]
    answer = reviewed(worked("x"), requirements="Java", technology_stacks=names)
    (text,) = [text for text in said(answer) if "찾지 못했습니다" in text]
    assert "Terraform, Ansible 외 2가지를" in text


def test_what_is_missing_quotes_nothing() -> None:
    nurse = fitting()["01_nurse"]
    answer = review(
        nurse, postings()["04_backend"], match(nurse, postings()["04_backend"], TODAY), TODAY
    )
    missing = [content for content in answer.contents if "없습니다. 해 본" in content.result]
    assert missing
    assert all(content.quote == "" for content in missing)
    companies = {job.company for job in nurse.experiences}
    assert not companies & {c.quote for c in answer.contents if "공고의" in c.result}


def test_what_is_only_listed_is_said_to_be() -> None:
    resume = worked("결제 서버를 만듦", technology_stacks=["Redis", "Kafka"])
    answer = reviewed(resume, requirements="결제 서버 개발", technology_stacks=["Redis", "Kafka"])
    (content,) = [c for c in answer.contents if "기술 목록에만" in c.result]
    assert content.result.startswith("Redis, Kafka는 자기소개나 기술 목록에만 있고")
    assert content.quote == "Redis"


def test_periods_and_schools_are_not_to_be_moved_up() -> None:
    for name in postings():
        answer = reviewed(fitting()[name], **postings()[name].model_dump(exclude={"title"}))
        advised = [c for c in answer.contents if "위쪽에 두십시오" in c.result]
        assert len(advised) <= 1
        assert not any(c.section == "educations" or "~" in c.quote[-6:] for c in advised)


def test_alternatives_that_are_met_are_not_the_first_to_mend() -> None:
    answer = reviewed(
        worked("Java로 결제 서버를 만듦"),
        requirements="Java 또는 Kotlin 개발 경험",
        technology_stacks=["Java", "Kotlin"],
    )
    assert "먼저 채울 것은" not in answer.overall
    assert not any("Kotlin" in text and "찾지 못" in text for text in said(answer))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Docker로 배포", "Terraform은 이력서에 없습니다."),
        ("Terraform으로 구성", "Docker는 이력서에 없습니다."),
    ],
)
def test_particles_fit_their_words(told: str, expected: str) -> None:
    answer = reviewed(worked(told), requirements="Docker와 Terraform 경험")
    assert any(expected in text for text in said(answer))
