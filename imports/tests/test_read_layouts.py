from __future__ import annotations

import pytest

from gaechwi.jobs.models import Engine
from imports.headings import column_of, section_of
from imports.reading import read
from imports.tests.documents import pdf, pdf_of, words
from resumes.document import ResumeDocument

ONE_COLUMN = """\
박서윤
8년차 프론트엔드 개발자
010-0000-7890
소개
기다리지 않는 화면을 만드는 개발자입니다. 세 개의 서비스를 처음부터 백만 사용자까지 키웠습니다.
경력사항
(주)한빛소프트랩
프론트엔드팀 / 선임 연구원 | 2020.03 ~ 현재
• 첫 화면을 4.2초에서 1.8초로 단축
• 디자인 시스템을 만들어 12개 팀이 사용
주식회사 모두컴
웹개발팀 / 사원 | 2017.01 ~ 2020.02
• 주문 관리 화면 개편
학력
한바다대학교 컴퓨터공학과 2010.03 ~ 2016.08 졸업
기술 스택
React, TypeScript"""
TWO_COLUMNS = """\
=== left
이도현
연락처
010-0000-1234
기술
Python
SQL
학력
서마루대학교
경제학과 졸업
2012.03 ~ 2018.02
=== right
경력
네모커머스 데이터팀 · 매니저
2019년 5월 - 2023년 12월
• 전환율 12% 개선
• 매출 예측 모델 운영
세모리서치 연구원
2018년 3월 - 2019년 4월
• 설문 40건 분석
프로젝트
추천 시스템 개선
2022.01 - 2022.06
• 행렬 분해로 클릭률 1.4배"""
# The leading of a size of 10, and what is added to it below a paragraph.
SPACINGS = [(15, 0), (15, 4), (15, 8), (18, 8), (15, 16), (20, 0), (20, 10), (12, 0)]


def document_in(data: bytes) -> ResumeDocument:
    document = read("pdf", data, Engine.OFFLINE).document
    assert document is not None
    return document


@pytest.mark.parametrize(("leading", "spacing"), SPACINGS)
def test_any_spacing_reads_alike_in_one_column(leading: float, spacing: float) -> None:
    document = document_in(pdf(ONE_COLUMN, leading=leading, spacing=spacing))

    assert [
        (job.company, job.department, job.position, job.description) for job in document.experiences
    ] == [
        (
            "(주)한빛소프트랩",
            "프론트엔드팀",
            "선임 연구원",
            "• 첫 화면을 4.2초에서 1.8초로 단축\n• 디자인 시스템을 만들어 12개 팀이 사용",
        ),
        ("주식회사 모두컴", "웹개발팀", "사원", "• 주문 관리 화면 개편"),
    ]
    assert [school.school for school in document.educations] == ["한바다대학교"]
    assert document.technology_stacks == ["React", "TypeScript"]


@pytest.mark.parametrize(("leading", "spacing"), SPACINGS)
def test_any_spacing_reads_alike_in_two_columns(leading: float, spacing: float) -> None:
    document = document_in(pdf(TWO_COLUMNS, leading=leading, spacing=spacing))

    assert [(job.company, job.department, job.position) for job in document.experiences] == [
        ("네모커머스", "데이터팀", "매니저"),
        ("세모리서치", "", "연구원"),
    ]
    assert [(school.school, school.major) for school in document.educations] == [
        ("서마루대학교", "경제학과")
    ]
    assert [project.title for project in document.projects] == ["추천 시스템 개선"]
    assert document.technology_stacks == ["Python", "SQL"]


def test_a_blank_line_still_parts_what_stands_closer() -> None:
    text = "자격증\n운전면허 1종\n2015.01\n경찰청\n\n전산회계 1급\n2019.06\n세무사회"

    document = document_in(pdf(text, leading=20, spacing=4))

    assert [(one.title, one.agency) for one in document.qualifications] == [
        ("운전면허 1종", "경찰청"),
        ("전산회계 1급", "세무사회"),
    ]


# The form of the stationer's: a title in the middle, tables below it, each with its columns.

FORM = [
    (["성명", "최민준", "생년월일", "1995. 02. 14"], 130),
    (["연락처", "010-0000-3333", "이메일", "mj.choi@example.com"], 130),
    (["학력사항"], 130),
    (["기간", "학교명", "전공", "졸업구분"], 130),
    (["2014.03 - 2020.02", "남해누리대학교", "기계공학", "졸업"], 130),
    (["2011.03 - 2014.02", "누리고등학교", "인문계", "졸업"], 130),
    (["경력사항"], 130),
    (["근무기간", "회사명", "직위", "담당업무"], 130),
    (["2020.04 - 2023.08", "동남기계(주)", "대리", "가공 공정 설계"], 130),
    (["자격 및 면허"], 130),
    (["취득일", "자격명", "발행처"], 173),
    (["2019.06.28", "일반기계기사", "한국산업인력공단"], 173),
    (["2015.01.20", "1종 보통 운전면허", "경찰청"], 173),
]


@pytest.mark.parametrize("title", ["이 력 서", "입사지원서", "RESUME", ""])
@pytest.mark.parametrize("heading_left", [50, 270])
def test_the_title_of_a_form_makes_no_columns(title: str, heading_left: int) -> None:
    page = [words(title, 270, 800, 20)] if title else []
    for row, (cells, width) in enumerate(FORM):
        left = heading_left if len(cells) == 1 else 50
        page += [
            words(cell, left + place * width, 760 - row * 22) for place, cell in enumerate(cells)
        ]

    document = document_in(pdf_of([" ".join(page)]))

    assert document.name == "최민준"
    assert [(s.school, s.major) for s in document.educations] == [
        ("남해누리대학교", "기계공학"),
        ("누리고등학교", "인문계"),
    ]
    assert [(job.company, job.position) for job in document.experiences] == [
        ("동남기계(주)", "대리")
    ]
    assert [(one.title, one.agency) for one in document.qualifications] == [
        ("일반기계기사", "한국산업인력공단"),
        ("1종 보통 운전면허", "경찰청"),
    ]


def test_titles_and_columns_are_told() -> None:
    assert section_of("이 력 서") == "basics"
    assert column_of("학교명(소재지)", frozenset(["school"])) == "school"
