from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from feedback.matching import match
from feedback.matching.evidence import read
from feedback.matching.levels import asked_level, degree_of, months_of, months_worked
from feedback.matching.requirements import wanted_in, wanted_of
from feedback.matching.result import Item, PartKind
from feedback.matching.scoring import LISTED_SHARE
from postings.document import PostingDocument
from quality.matching import postings
from resumes.document import (
    EducationEntry,
    ExperienceEntry,
    ProjectEntry,
    ResumeDocument,
    Section,
)

TODAY = date(2026, 11, 1)


def job(start: str = "2020-01-01", end: str | None = None, **fields: Any) -> ExperienceEntry:
    return ExperienceEntry.model_validate({"start_date": start, "end_date": end, **fields})


def worked(description: str, **fields: Any) -> ResumeDocument:
    return ResumeDocument(
        title="이력서",
        experiences=[job(position="백엔드 개발자", description=description)],
        **fields,
    )


def only_item(resume: ResumeDocument, requirement: str) -> Item:
    (part,) = match(resume, PostingDocument(title="공고", requirements=requirement), TODAY).parts
    (item,) = part.items
    return item


def test_it_works() -> None:
    posting = PostingDocument(
        title="백엔드 개발자",
        experience_level="경력 3년 이상",
        requirements="- Python 개발 경험\n- PostgreSQL 운영 경험",
        preferred="- Kafka 경험",
        technology_stacks=["Python", "Redis"],
    )
    result = match(worked("파이썬과 포스트그레스로 서버를 만들고 레디스를 씀"), posting, TODAY)

    assert [(part.kind, part.weight, part.score) for part in result.parts] == [
        (PartKind.MUST_HAVE, 0.5, 1.0),
        (PartKind.PREFERRED, 0.15, 0.0),
        (PartKind.TECHNOLOGIES, 0.15, 1.0),
        (PartKind.EXPERIENCE, 0.2, 1.0),
    ]
    assert result.rate == round(100 * result.relevance * 0.85)


# One thing asked


@pytest.mark.parametrize(
    ("requirement", "done", "found"),
    [
        ("자바스크립트 경험", "JS로 화면을 만듦", "found"),
        ("Java 경험", "JavaScript로 화면을 만듦", "missing"),
        ("Java 경험", "Spring Boot로 서버를 만듦", "found"),
        ("Java 또는 Kotlin 경험", "코틀린으로 개발", "found"),
        ("Java와 Kotlin 경험", "코틀린으로 개발", "partly"),
        ("React, Vue 등 프론트엔드 프레임워크 경험", "뷰JS로 프론트엔드 개발", "found"),
        ("CRM(세일즈포스, 허브스팟 등) 사용 경험", "HubSpot으로 고객을 관리", "found"),
        ("관계형 데이터베이스 경험", "MySQL을 운영", "found"),
        ("Kafka 경험", "Kafka는 사용해 본 적이 없음", "missing"),
        ("Kafka 경험", "Kafka는 사용해 본 적이 없음\n카프카를 3년 운영함", "found"),
        ("건설안전산업기사 이상 자격", "건설안전기사로 일함", "found"),
        ("기관지 내시경 보조", "기관지 내시경 보조 120건", "found"),
        (
            "Python으로 주문 API 개발 경험",
            "Python으로 주문 API를 만들어 오류율을 30% 줄이고 처리함",
            "found",
        ),
        ("Kafka 경험", "Kafka에 관심이 있습니다.", "missing"),
        ("Spring Boot 경험", "Spring Boot를 배우고 싶습니다.", "missing"),
        ("MySQL 경험", "MySQL은 책으로 읽을 예정입니다.", "missing"),
        ("Git 경험", "Git은 서툽니다.", "missing"),
        ("쿠버네티스 경험", "쿠버네티스를 배울 것입니다.", "missing"),
        ("Kafka 경험", "Kafka에 관심이 많아 사내에 도입함", "found"),
        ("컴퓨터활용능력 1급 이상", "컴퓨터활용능력 2급 취득", "partly"),
        ("컴퓨터활용능력 2급 이상", "컴퓨터활용능력 1급 취득", "found"),
        ("TOEIC 850점 이상", "TOEIC 600점", "partly"),
        ("TOEIC 850점 이상", "TOEIC 900점", "found"),
        ("파\u200b이썬 경험", "Py\u200dthon 개발", "found"),
        ("JavaScript가 아닌 Java 개발 경험", "자바로 서버를 만듦", "found"),
        ("Java 경험(JavaScript 아님)", "JavaScript로 화면을 만듦", "missing"),
        ("Java 경험", "Java가 아닌 Kotlin으로 서버를 만듦", "missing"),
        ("Java 경험", "Java뿐 아니라 Kotlin으로도 서버를 만듦", "found"),
        ("Java 경험", "Spring Boot는 써 봤지만 Java는 모릅니다", "missing"),
        ("내과 또는 중환자실 경력자", "소화기내과 3교대 근무", "found"),
        ("내과 또는 중환자실 경력자", "중환자실 근무", "found"),
        ("내과 또는 중환자실 경력자", "정형외과 물리치료", "missing"),
        ("물류 혹은 유통 업무 경험", "유통 매장 발주", "found"),
        ("K-IFRS 연결결산 경험자", "K-IFRS 연결결산 2개 종속회사", "found"),
        ("핵심역량 꼼꼼함, 책임감", "꼼꼼하고 책임감이 있음", "found"),
    ],
)
def test_what_is_asked_is_found_by_its_meaning(requirement: str, done: str, found: str) -> None:
    assert only_item(worked(done), requirement).found == found


def test_the_proof_is_a_sentence_of_work_rather_than_a_mere_list() -> None:
    resume = worked("사내 결제 서버를 만듦\nKafka로 주문을 나눔", technology_stacks=["Kafka"])
    item = only_item(resume, "카프카 경험")
    assert (item.section, item.quote) == (Section.EXPERIENCES, "Kafka로 주문을 나눔")


def test_keywords_say_what_was_found_and_what_was_not() -> None:
    item = only_item(worked("Docker로 배포"), "Docker와 Terraform 경험")
    assert (item.has, item.lacks) == (("Docker",), ("Terraform",))


def test_words_of_a_technology_do_not_deny_its_neighbour() -> None:
    resume = ResumeDocument.model_validate(
        {"projects": [{"title": "과제", "technology_stacks": ["Java", "경험 없음"]}]}
    )
    assert only_item(resume, "Java").found == "found"


def test_personal_data_and_notes_are_not_matched() -> None:
    posting = PostingDocument(title="공고", requirements="파이썬", memo="자바", benefits="도커")
    resume = ResumeDocument(name="파이썬", address="파이썬로 12", email="python@python.example")
    result = match(resume, posting, TODAY)
    assert result.rate == 0
    assert [item.text for part in result.parts for item in part.items] == ["파이썬"]


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("Python과 Django 또는 FastAPI", [["Python"], ["Django", "FastAPI"]]),
        ("PostgreSQL 등 관계형 데이터베이스", [["PostgreSQL", "관계형 데이터베이스"]]),
        ("엑셀이나 SQL로 데이터를", [["Excel", "SQL"]]),
        ("Prometheus, Grafana 등으로", [["Prometheus", "Grafana"]]),
        ("BLS·KALS 이수자", [["BLS"], ["ACLS"]]),
        ("전자의무기록(EMR)", [["EMR"], ["EMR"]]),
        ("중등학교 정교사(수학)", [["정교사"], ["수학"]]),
        ("Java 제외", []),
    ],
)
def test_alternatives_are_told_from_lists(line: str, groups: list[list[str]]) -> None:
    assert [[option.name for option in group] for group in wanted_of(line).groups] == groups


def test_lines_that_no_resume_can_show_are_set_aside() -> None:
    asked, unchecked = wanted_in("- 인근 거주자\n- 결격 사유가 없는 분\n- 나이스(NEIS) 사용 경험")
    assert [wanted.text for wanted in asked] == ["나이스(NEIS) 사용 경험"]
    assert unchecked == ["인근 거주자", "결격 사유가 없는 분"]


@pytest.mark.parametrize(
    "line", ["학력 무관", "- 나이·성별 무관", "경력무관.", "연령은 무관합니다"]
)
def test_what_does_not_matter_is_no_condition_to_look_after(line: str) -> None:
    assert wanted_in(line) == ([], [])


def test_what_stands_beside_what_does_not_matter_is_still_told() -> None:
    asked, unchecked = wanted_in("학력 무관, 결격 사유가 없는 분")
    assert asked == []
    assert unchecked == ["학력 무관, 결격 사유가 없는 분"]


def test_requirements_in_the_style_of_the_public_sector_are_asked() -> None:
    asked, unchecked = wanted_in(
        "정보처리기사 자격을 보유할 것\n간호사 면허를 소지할 것\nPython 경험"
        "\n공공기관 회계 규정을 숙지할 것\n국가공무원법의 결격사유에 해당하지 아니할 것"
    )
    assert [wanted.text for wanted in asked] == [
        "정보처리기사 자격을 보유할 것",
        "간호사 면허를 소지할 것",
        "Python 경험",
        "공공기관 회계 규정을 숙지할 것",
    ]
    assert unchecked == ["국가공무원법의 결격사유에 해당하지 아니할 것"]


def test_what_applicants_are_requested_to_do_is_set_aside_unless_it_names_a_skill() -> None:
    asked, unchecked = wanted_in("작업물을 함께 올려 주세요\nFigma 작업물을 함께 올려 주세요")
    assert [wanted.text for wanted in asked] == ["Figma 작업물을 함께 올려 주세요"]
    assert unchecked == ["작업물을 함께 올려 주세요"]


def test_duties_stand_in_for_must_haves() -> None:
    posting = PostingDocument(title="공고", duties="- 내시경 장비를 세척하고 소독합니다")
    (part,) = match(worked("내시경 장비 세척과 소독"), posting, TODAY).parts
    assert (part.kind, part.weight, part.score) == (PartKind.MUST_HAVE, 1.0, 1.0)


def test_an_empty_posting_has_no_parts() -> None:
    result = match(worked("Python"), PostingDocument(title="공고"), TODAY)
    assert (result.rate, result.parts) == (None, ())


def test_every_statement_is_read_once_however_many_there_are() -> None:
    lines = [f"{number}호기 점검" for number in range(9_000)]
    posting = PostingDocument(title="공고", requirements="Kafka\n설비 점검\nJava\n장비 조작")
    read.cache_clear()

    match(worked("\n".join(lines)), posting, TODAY)

    assert read.cache_info().misses == len(lines) + len(["이력서", "백엔드 개발자"])


def test_what_a_posting_can_do_without_is_not_asked() -> None:
    asked, _unchecked = wanted_in(
        "React는 몰라도 괜찮아요\nKotlin 경험은 없어도 됩니다\nDocker 경험은 필수가 아닙니다"
    )
    assert asked == []


def test_people_in_a_list_are_asked_for_one_by_one() -> None:
    asked, _unchecked = wanted_in("의료기기 영업 경험자, 차량 소지자, 컴퓨터 활용 가능자")
    assert [w.text for w in asked] == ["의료기기 영업 경험자", "차량 소지자", "컴퓨터 활용 가능자"]


@pytest.mark.parametrize(
    ("asked", "major", "found"),
    [
        ("컴퓨터공학과 졸업", "컴퓨터공학", "found"),
        ("간호학 전공", "간호학과", "found"),
        ("조리 관련 학과 졸업", "호텔조리학과", "found"),
        ("조리 관련 학과 졸업", "경영학과", "missing"),
    ],
)
def test_what_was_studied_is_proven_by_what_was_studied(asked: str, major: str, found: str) -> None:
    cook = job(position="조리사", department="양식 주방", description="컴퓨터로 간호학 식단 조리")
    school = EducationEntry(school="조리대학교", major=major)
    resume = ResumeDocument(experiences=[cook], educations=[school])
    assert only_item(resume, asked).found == found


def test_a_school_that_is_asked_for_is_no_noun_besides() -> None:
    school = EducationEntry(education_level="1", graduation_status="1")
    assert only_item(ResumeDocument(educations=[school]), "고졸 이상").score == 1.0


POSTING = postings()["04_backend"]
ASKED_LINES = "\n".join((POSTING.requirements, POSTING.preferred, POSTING.duties))


@pytest.mark.parametrize(
    "resume",
    [
        ResumeDocument(title="개발자", technology_stacks=list(POSTING.technology_stacks)),
        ResumeDocument(title="간호사", introduction=ASKED_LINES),
        ResumeDocument(title="간호사", projects=[ProjectEntry(description=ASKED_LINES)]),
    ],
    ids=["keywords", "pasted as introduction", "pasted as a project"],
)
def test_words_of_the_posting_without_work_get_no_half(resume: ResumeDocument) -> None:
    rate = match(resume, POSTING, TODAY).rate
    assert rate is not None
    assert rate < 50


def test_what_is_told_as_work_counts_more_than_what_is_listed() -> None:
    listed = ResumeDocument(technology_stacks=["Kafka"])
    assert only_item(listed, "Kafka 경험").score == LISTED_SHARE
    assert only_item(worked("Kafka로 주문을 나눔"), "Kafka 경험").score == 1.0


@pytest.mark.parametrize("lacking", [{}, {"preferred": ""}, {"technology_stacks": []}])
def test_the_weights_shown_add_up_to_a_hundred_percent(lacking: dict[str, Any]) -> None:
    parts = match(ResumeDocument(), POSTING.model_copy(update=lacking), TODAY).parts
    assert sum(round(100 * part.weight) for part in parts) == 100
    assert all(part.weight == round(part.weight, 2) for part in parts)


# Experience


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("경력 3년 이상", 36),
        ("경력 3-8년", 36),
        ("3~5년", None),
        ("경력 3~5년", 36),
        ("경력 2년↑", 24),
        ("3+ years (경력 3년 이상)", 36),
        ("병동 경력 6개월 이상", 6),
        ("학력 대학교졸업(4년) 이상", None),
        ("2015 또는 2022년 개정 교육과정 경험", None),
        ("전문대학(2년) 졸업", None),
    ],
)
def test_months_are_read(text: str, months: int | None) -> None:
    assert months_of(text) == months


@pytest.mark.parametrize(
    ("level", "months"),
    [("신입", None), ("경력무관", None), ("신입·경력", None), ("경력", 12), ("", None)],
)
def test_an_experience_level_asks_for_months(level: str, months: int | None) -> None:
    assert asked_level(level) == months


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("대학교 졸업(4년) 이상", 3),
        ("대학(2,3년) 졸업↑", 2),
        ("석사 이상", 4),
        ("고졸 이상", 1),
        ("학사 또는 석사", 3),
        ("Bachelor's degree", 3),
        ("학력 무관", None),
        ("Python 경험", None),
    ],
)
def test_degrees_are_read(text: str, degree: int | None) -> None:
    assert degree_of(text) == degree


def test_months_of_overlapping_jobs_count_once() -> None:
    jobs = [
        job("2024-01-01", "2024-06-30"),
        job("2024-04-01", "2024-08-31"),
        job("2026-10-15"),
        job("2027-01-01"),
        job("2025-05-01", "2025-01-01"),
    ]
    assert months_worked(jobs, TODAY) == 8 + 2


def test_only_jobs_of_the_calling_count() -> None:
    posting = PostingDocument(
        title="백엔드 개발자", experience_level="경력 4년 이상", requirements="Python 서버 개발"
    )
    cook = job("2010-01-01", "2020-12-31", position="조리사", description="주방에서 조리")
    developer = job("2024-11-01", position="백엔드 개발자", description="Python 서버 개발")
    both = match(ResumeDocument(experiences=[cook, developer]), posting, TODAY)
    (level,) = both.parts[-1].items
    assert both.parts[-1].kind == PartKind.EXPERIENCE
    assert level.score == pytest.approx(25 / 48, abs=0.001)
    assert level.quote == "2024.11 ~ 현재"


def test_more_experience_than_asked_is_not_worse() -> None:
    posting = PostingDocument(title="공고", experience_level="경력 1~2년", requirements="Python")
    resume = worked("Python 서버를 Python으로 만듦")
    assert match(resume, posting, TODAY).parts[-1].score == 1


def test_a_posting_of_everyday_things_is_met_by_whoever_has_them() -> None:
    posting = PostingDocument(
        title="사무보조",
        experience_level="신입",
        requirements="- 고졸 이상\n- 엑셀 등 문서 작성 가능\n- 의사소통 능력",
        preferred="- 운전면허\n- 컴퓨터활용능력 2급",
    )
    newcomer = ResumeDocument.model_validate(
        {
            "title": "신입",
            "introduction": "엑셀로 문서를 작성하고 원활한 의사소통을 합니다.",
            "educations": [{"school": "한강고등학교", "education_level": "1"}],
            "qualifications": [{"title": "운전면허 1종 보통"}, {"title": "컴퓨터활용능력 2급"}],
        }
    )

    rate = match(newcomer, posting, TODAY).rate
    assert rate is not None
    assert rate > 85


def test_the_points_of_a_test_stand_beside_its_name() -> None:
    def with_points(points: str) -> ResumeDocument:
        return worked("해외 영업", qualifications=[{"title": "TOEIC", "score": points}])

    assert only_item(with_points("600"), "TOEIC 850점 이상").found == "partly"
    assert only_item(with_points("870"), "TOEIC 850점 이상").found == "found"


def test_formal_requirements_are_read() -> None:
    lines = "정보처리기사 자격을 보유할 것\n간호사 면허를 소지할 것\nPython 경험"

    wanted, _unchecked = wanted_in(lines)

    assert [item.text for item in wanted] == lines.splitlines()
