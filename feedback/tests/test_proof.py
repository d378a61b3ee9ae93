"""What of a résumé proves what a posting asks, and how far."""

from __future__ import annotations

from typing import Any

import pytest

from feedback.matching import WEIGHTS, in_hundredths, match
from feedback.matching.requirements import wanted_of
from feedback.matching.result import Match, PartKind
from feedback.matching.scoring import LISTED_SHARE
from feedback.tests.test_matching import TODAY, only_item, worked
from postings.document import PostingDocument
from quality.matching import fitting, postings, rate
from resumes.document import ResumeDocument

each_posting = pytest.mark.parametrize("name", postings())


def resume(**fields: Any) -> ResumeDocument:
    return ResumeDocument.model_validate(fields)


def matched(found: ResumeDocument, **posting: Any) -> Match:
    return match(found, PostingDocument.model_validate({"title": "공고", **posting}), TODAY)


# What is listed, claimed or copied


@pytest.mark.parametrize(
    "listed",
    [
        {"technology_stacks": ["Kafka"]},
        {"introduction": "Kafka에 능숙한 개발자입니다."},
        {"title": "Kafka 개발자"},
    ],
)
def test_what_is_only_listed_counts_for_a_share(listed: dict[str, Any]) -> None:
    item = only_item(resume(**listed), "Kafka 경험")
    assert (item.found, item.score, item.has) == ("partly", LISTED_SHARE, ("Kafka",))


@pytest.mark.parametrize(
    "shown",
    [
        {"experiences": [{"description": "Kafka로 주문을 나눔"}]},
        {"projects": [{"title": "주문", "technology_stacks": ["Kafka"]}]},
        {"activities": [{"title": "Kafka 세미나 발표"}]},
        {"qualifications": [{"title": "Kafka 개발자 인증"}]},
    ],
)
def test_what_is_shown_counts_whole(shown: dict[str, Any]) -> None:
    assert only_item(resume(**shown), "Kafka 경험").score == 1


def test_nouns_that_are_only_claimed_count_for_a_share() -> None:
    told = "뇌졸중 집중치료실 근무"
    assert only_item(resume(introduction=told), told).score == LISTED_SHARE
    assert only_item(worked(told), told).score == 1


@pytest.mark.parametrize("asked", ["성실하고 책임감 있는 분", "운전 가능자 (운전면허 필수)"])
def test_what_everybody_can_only_claim_counts_whole(asked: str) -> None:
    claim = "성실하고 책임감이 강합니다. 운전면허가 있어 운전을 합니다."
    assert only_item(resume(introduction=claim), asked).found == "found"


def _pasted(posting: PostingDocument) -> str:
    stacks = ", ".join(posting.technology_stacks)
    return "\n".join(
        [posting.title, posting.duties, posting.requirements, posting.preferred, stacks]
    )


@each_posting
def test_a_pasted_posting_is_no_fit(name: str) -> None:
    posting = postings()[name]
    other = fitting()["02_accountant" if name == "01_nurse" else "01_nurse"]
    pasted = other.model_copy(update={"introduction": _pasted(posting)})
    assert rate(pasted, posting) < 50


@each_posting
def test_a_bare_list_of_keywords_is_no_fit(name: str) -> None:
    posting = postings()[name]
    names = [
        option.name
        for line in _pasted(posting).splitlines()
        for group in wanted_of(line).groups
        for option in group
    ]
    listed = resume(title=posting.title, technology_stacks=names, introduction=", ".join(names))
    assert rate(listed, posting) < 50


ASKED = "Spring Boot와 JPA를 이용한 REST API 개발 경험"


@pytest.mark.parametrize(
    ("told", "score"),
    [
        (ASKED, LISTED_SHARE),
        (f"{ASKED}.", LISTED_SHARE),
        ("Spring Boot와 JPA를 이용한 REST API 개발", 1),
        ("Spring Boot와 JPA를 이용한 REST API 개발 경험으로 응답을 1.9초에서 0.2초로 줄임", 1),
        (f"{ASKED}\nSpring Boot와 JPA로 주문 REST API 24개를 만듦", 1),
    ],
)
def test_a_line_of_the_posting_word_for_word_tells_nothing(told: str, score: float) -> None:
    assert only_item(worked(told), ASKED).score == pytest.approx(score)


def test_a_short_line_is_what_people_write() -> None:
    line = "Spring Boot 기반 API 개발"
    assert only_item(worked(line), line).score == 1


# Denials


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Spring Boot는 써 봤지만 Java는 모릅니다", "missing"),
        ("쿠버네티스를 운영했으나 Java는 다루지 못합니다", "missing"),
        ("JPA를 썼고 Java는 경험이 없습니다", "missing"),
        ("Spring Boot로 개발했고 Kotlin은 모릅니다", "found"),
        ("Spring Boot를 씀\nJava는 모릅니다", "found"),
    ],
)
def test_a_denial_beats_what_another_skill_of_the_statement_proves(told: str, found: str) -> None:
    assert only_item(worked(told), "Java 경험").found == found


# Majors and alternatives


@pytest.mark.parametrize(
    ("asked", "school", "found"),
    [
        ("컴퓨터공학과 졸업", {"major": "컴퓨터공학과"}, "found"),
        ("간호학 전공", {"major": "간호학과"}, "found"),
        ("조리 관련 학과 졸업", {"major": "호텔조리과"}, "found"),
        ("상경계열 전공자", {"major": "세무회계학과"}, "found"),
        ("경영학 또는 경제학 전공", {"major": "경제학부"}, "found"),
        ("간호학 전공", {"major": "국어국문학과"}, "missing"),
        ("간호학 전공", {"school": "한빛간호대학교"}, "missing"),
        ("컴퓨터공학과 졸업", {"school": "컴퓨터고등학교"}, "missing"),
    ],
)
def test_a_major_is_proven_by_a_school(asked: str, school: dict[str, str], found: str) -> None:
    assert only_item(resume(educations=[school]), asked).found == found


@pytest.mark.parametrize("asked", ["조리 관련 학과 졸업", "조리학 전공자"])
def test_a_major_is_not_proven_by_work(asked: str) -> None:
    cook = resume(experiences=[{"position": "조리사", "department": "양식 주방"}])
    assert only_item(cook, asked).found == "missing"


def test_one_of_several_wards_suffices() -> None:
    nurse = resume(
        experiences=[
            {"position": "간호사", "department": "소화기내과", "description": "내과병동에서 투약"}
        ]
    )
    assert only_item(nurse, "내과 또는 중환자실 경력자").found == "found"


@pytest.mark.parametrize(
    ("asked", "done", "found"),
    [
        ("데이터분석 경험", "판매 데이터 분석으로 재고를 줄임", "found"),
        ("데이터 분석 경험", "판매 데이터분석으로 재고를 줄임", "found"),
        ("재고관리 경험", "창고의 재고 관리를 맡음", "found"),
        ("노선관리 경험", "버스 노선 관리를 맡음", "found"),
        ("재고 관리 경험", "고객 관리와 일정 관리를 맡음", "missing"),
        ("노선관리 경험", "고객 관리와 일정 관리를 맡음", "missing"),
        ("물류 혹은 유통 업무 경험", "편의점 유통 점검", "found"),
        ("간호사 또는 간호조무사", "간호조무사로 접수와 투약을 도움", "found"),
        ("의료기기 또는 제약 영업", "의료 자료를 모음", "missing"),
    ],
)
def test_compounds_and_alternatives(asked: str, done: str, found: str) -> None:
    assert only_item(resume(experiences=[{"description": done}]), asked).found == found


def test_the_line_with_all_of_a_compound_is_its_proof() -> None:
    told = "매월 결산을 3일 안에 마감\nK-IFRS 연결결산 2개 종속회사"
    item = only_item(worked(told), "K-IFRS 연결결산 경험자")
    assert (item.found, item.quote) == ("found", "K-IFRS 연결결산 2개 종속회사")


def test_three_people_in_a_line_are_three_things() -> None:
    seller = worked("의료기기 영업으로 병원 20곳을 맡음")
    (part,) = matched(
        seller, requirements="의료기기 영업 경험자, 차량 소지자, 컴퓨터 활용 가능자"
    ).parts
    assert [item.found for item in part.items] == ["found", "missing", "missing"]


@pytest.mark.parametrize(
    ("done", "found"), [("월 50만 원 예산 집행", "partly"), ("월 6천만 원 광고 예산 집행", "found")]
)
def test_amounts_are_compared(done: str, found: str) -> None:
    assert only_item(worked(done), "월 5천만 원 이상의 광고 예산 운영").found == found


def test_a_claim_of_care_is_one() -> None:
    item = only_item(resume(introduction="꼼꼼하고 성실합니다"), "핵심역량 꼼꼼함, 책임감")
    assert (item.found, item.has, item.lacks) == ("partly", ("꼼꼼함",), ("책임감",))


def test_what_is_missing_has_no_proof() -> None:
    item = only_item(worked("Docker로 배포"), "Docker, Terraform, Ansible, Kafka, Redis 경험")
    assert (item.found, item.quote, item.section) == ("missing", "", None)


# Technologies of which one suffices


def test_technologies_that_are_alternatives_are_one() -> None:
    result = matched(
        worked("Java로 결제 서버를 만듦"),
        requirements="Java 또는 Kotlin 개발 경험\nMySQL 등 관계형 데이터베이스 경험",
        technology_stacks=["Java", "Kotlin", "MySQL", "Redis"],
    )
    technologies = result.parts[-1]
    assert [(item.text, item.found, item.lacks) for item in technologies.items] == [
        ("Java / Kotlin", "found", ()),
        ("MySQL", "missing", ("MySQL / 관계형 데이터베이스",)),
        ("Redis", "missing", ("Redis",)),
    ]


def test_a_technology_that_is_asked_alone_as_well_is_asked_alone() -> None:
    result = matched(
        worked("Java로 결제 서버를 만듦"),
        requirements="Java 또는 Kotlin 개발 경험\nKotlin 코루틴 경험",
        technology_stacks=["Java", "Kotlin"],
    )
    assert [item.found for item in result.parts[-1].items] == ["found", "missing"]


# Weights


@pytest.mark.parametrize(
    "kinds",
    [
        [PartKind.MUST_HAVE, PartKind.PREFERRED, PartKind.EXPERIENCE],
        [PartKind.PREFERRED, PartKind.TECHNOLOGIES, PartKind.EXPERIENCE],
        [PartKind.MUST_HAVE, PartKind.TECHNOLOGIES],
        [PartKind.EXPERIENCE],
    ],
)
def test_weights_add_up_to_a_hundred(kinds: list[PartKind]) -> None:
    weights = in_hundredths({kind: WEIGHTS[kind] for kind in kinds})
    hundredths = [round(100 * weight, 6) for weight in weights.values()]
    assert all(share == int(share) for share in hundredths)
    assert sum(hundredths) == 100
    assert list(weights) == kinds


def test_weights_of_a_match_add_up() -> None:
    result = matched(
        worked("x"), requirements="Java", preferred="Kafka", experience_level="경력 3년"
    )
    assert [part.weight for part in result.parts] == [0.59, 0.18, 0.23]
