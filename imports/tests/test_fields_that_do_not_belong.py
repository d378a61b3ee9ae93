from __future__ import annotations

import pytest

from gaechwi.jobs.models import Engine
from imports.grounding import grounded, unplaced
from imports.models import Problem
from imports.parsing import parse, technologies_in
from imports.reading import read
from resumes.document import ResumeDocument

BELOW = "\n010-0000-5678\n\n경력\n2019.01 ~ 현재 나무유통 재무팀 과장\n- 결산\n"


def read_text(text: str) -> ResumeDocument:
    return grounded(parse(text), text)


# Technologies


@pytest.mark.parametrize(
    ("lines", "technologies"),
    [
        (
            "Language: Kotlin, Java\nFramework: Spring Boot\nDB: MySQL, Redis",
            ["Kotlin", "Java", "Spring Boot", "MySQL", "Redis"],
        ),
        ("- Languages: Java, Kotlin\n- Tools: Git, Jira", ["Java", "Kotlin", "Git", "Jira"]),
        ("Python(상), R(중), SQL(하)", ["Python", "R", "SQL"]),
        ("Python (90%) | Figma ★★★★☆", ["Python", "Figma"]),
        ("AWS(EC2, S3), C++, .NET", ["AWS", "EC2", "S3", "C++", "NET"]),
    ],
)
def test_technologies_are_technologies(lines: str, technologies: list[str]) -> None:
    document = read_text(f"김철수\n\n기술\n{lines}")

    assert document.technology_stacks == technologies
    assert document.qualifications == []


def test_other_labels_end_technologies() -> None:
    document = read_text("김철수\n\n기술: Python, Django\n어학: OPIc IH")

    assert document.technology_stacks == ["Python", "Django"]
    assert [one.title for one in document.qualifications] == ["OPIc"]


def test_a_level_is_no_part_of_a_technology() -> None:
    assert technologies_in("Excel(고급), 포토샵[중]") == ["Excel", "포토샵"]


# Names and titles


@pytest.mark.parametrize(
    ("head", "name", "title"),
    [
        ("노무사\n이수진", "이수진", "노무사"),
        ("전기기사\n김민수", "김민수", "전기기사"),
        ("인사담당\n박지훈", "박지훈", "인사담당"),
        ("주방장\n남궁민", "남궁민", "주방장"),
        ("우대사항\n박지훈", "박지훈", ""),
        ("전화번호\n김민수", "김민수", ""),
        ("변호사 김민수", "김민수", "변호사 김민수"),
        ("안전관리자\n선우은숙", "선우은숙", "안전관리자"),
        ("황보라미\n디자이너", "황보라미", "디자이너"),
        ("김민수\nSenior Engineer", "김민수", "Senior Engineer"),
        ("KIM MINSU\n김민수", "김민수", ""),
        ("김솔", "김솔", ""),
        ("김 민 수", "김 민 수", ""),
        ("Jane Doe\nSenior Engineer", "Jane Doe", "Senior Engineer"),
    ],
)
def test_a_calling_is_no_name(head: str, name: str, title: str) -> None:
    document = read_text(head + BELOW)

    assert (document.name, document.title) == (name, title)


# Tables


def test_heads_with_more_than_a_name_are_heads() -> None:
    text = (
        "김영희\n\n[학력사항]\n재학기간\t구분\t학교명(소재지)\t전공\t학점\n"
        "2015.03 ~ 2019.02\t졸업\t한누리대학교(경기)\t경영학과\t3.92/4.5\n"
        "[경력사항]\n근무기간\t회사명\t부서/직책\t담당업무\n"
        "2021.03 ~ 2024.06\t나루네트웍스\t마케팅팀/대리\t캠페인 운영\n"
    )
    document = read_text(text)

    [school], [job] = document.educations, document.experiences
    assert (school.school, school.major, school.grade) == (
        "한누리대학교(경기)",
        "경영학과",
        "3.92/4.5",
    )
    assert (job.company, job.department, job.position) == ("나루네트웍스", "마케팅팀", "대리")
    assert unplaced(text, document) == []


def test_neither_heads_nor_schools_are_certificates() -> None:
    text = (
        "김영희\n\n자격증\n취득일\n학교명 | 졸업구분\n한누리대학교 | 기계공학\n"
        "2019.06.28 일반기계기사 | 한국산업인력공단"
    )
    document = read_text(text)

    assert [one.title for one in document.qualifications] == ["일반기계기사"]
    assert "한누리대학교 | 기계공학" in unplaced(text, document)


def test_who_gave_a_certificate_is_no_certificate() -> None:
    text = (
        "김영희\n\n자격증\nADsP\n2024.06\n한국데이터산업진흥원\nTOEIC\n2024.05 905\n"
        "한국TOEIC위원회\n- 한국산업인력공단"
    )
    document = read_text(text)

    assert [(one.title, one.agency, one.score) for one in document.qualifications] == [
        ("ADsP", "한국데이터산업진흥원", ""),
        ("TOEIC", "한국TOEIC위원회", "905"),
    ]
    assert "- 한국산업인력공단" in unplaced(text, document)


def test_what_brackets_hold_stays_apart() -> None:
    document = read_text(
        "박미소\n\n면허/자격\n간호사 면허증 (보건복지부, 2018.02)\nBLS Provider (AHA, 2023.01)"
    )

    assert [(one.title, one.agency) for one in document.qualifications] == [
        ("간호사 면허증", "보건복지부"),
        ("BLS Provider", "AHA"),
    ]


def test_a_grade_has_what_it_is_out_of() -> None:
    text = "홍길동\n\n학력\n2011.03 ~ 2017.02 졸업\n한누리대학교 전자공학부\n학점 3.5 / 4.5"
    document = read_text(text)

    assert [(one.school, one.grade) for one in document.educations] == [
        ("한누리대학교", "3.5 / 4.5")
    ]
    assert unplaced(text, document) == []


# Postings


@pytest.mark.parametrize(
    "text",
    [
        "백엔드 개발자 채용\n주식회사 온새미\n자격요건\n- Python 3년 이상\n우대사항\nKafka 경험\n"
        "경력\n3년 ~ 7년\n학력\n대졸 이상\n기술 스택\nPython, Kafka",
        "[지원자격]\n학력: 대학교 졸업\n[우대사항]\n정보처리기사\n[자격증]\n정보처리기사",
    ],
)
def test_a_posting_is_no_resume(text: str) -> None:
    assert read("txt", text.encode(), Engine.OFFLINE).problem == Problem.NOT_A_RESUME


def test_a_resume_that_quotes_a_posting_is_one() -> None:
    text = f"김민수{BELOW}\n지원한 공고\n자격요건\n- Python 3년 이상\n우대사항\n- Kafka 경험"

    assert read("txt", text.encode(), Engine.OFFLINE).problem == ""
