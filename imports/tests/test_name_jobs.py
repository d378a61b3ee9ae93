from __future__ import annotations

import pytest

from imports.grounding import grounded, unplaced
from imports.naming import is_position, sorted_names
from imports.parsing import parse
from resumes.document import ExperienceEntry, ResumeDocument

HEAD = "김철수\n\n경력\n"
RANKS = """
    사원 주임 대리 과장 차장 부장 선임 책임 수석 전임 팀장 연구원 매니저 인턴 간호사 기사 영업 회계
"""


def read_text(text: str) -> ResumeDocument:
    return grounded(parse(text), text)


def jobs(text: str) -> list[tuple[str, str, str]]:
    return [(job.company, job.department, job.position) for job in read_text(text).experiences]


@pytest.mark.parametrize(
    ("names", "company", "department", "position"),
    [
        (["나루로지텍"], "나루로지텍", "", ""),
        (["나루로지텍", "배차팀", "과장"], "나루로지텍", "배차팀", "과장"),
        (["과장", "배차팀", "나루로지텍"], "나루로지텍", "배차팀", "과장"),
        (["나루로지텍 배차팀 과장"], "나루로지텍", "배차팀", "과장"),
        (["나루로지텍 과장"], "나루로지텍", "", "과장"),
        (["나루로지텍 배차팀"], "나루로지텍", "배차팀", ""),
        (
            ["나루로지텍 배차플랫폼팀 백엔드 개발 리드"],
            "나루로지텍",
            "배차플랫폼팀",
            "백엔드 개발 리드",
        ),
        (["나루로지텍", "배차팀 주임"], "나루로지텍", "배차팀", "주임"),
        (["나루로지텍", "과장(배차팀)"], "나루로지텍", "배차팀", "과장"),
        (["(주)나루로지텍", "배차팀", "선임 연구원"], "(주)나루로지텍", "배차팀", "선임 연구원"),
        (["주식회사 나루로지텍"], "주식회사 나루로지텍", "", ""),
        (["주식회사 나루 개발팀 책임"], "주식회사 나루", "개발팀", "책임"),
        (["Naru Inc.", "Senior Engineer"], "Naru Inc.", "", "Senior Engineer"),
        (["누리병원", "내과병동", "책임간호사"], "누리병원", "내과병동", "책임간호사"),
        # Companies whose names end like what people do there.
        (["나라회계", "사원"], "나라회계", "", "사원"),
        (["다온총무", "대리"], "다온총무", "", "대리"),
        (["한결인사", "책임"], "한결인사", "", "책임"),
        # "센터" and "연구소" may be companies, a team may not.
        (["누리심리센터", "상담사"], "누리심리센터", "", "상담사"),
        (["전자부품연구소", "연구원"], "전자부품연구소", "", "연구원"),
        (["재무팀"], "", "재무팀", ""),
        (["재무팀", "과장"], "", "재무팀", "과장"),
        (["재무팀 과장"], "", "재무팀", "과장"),
        (["영업본부 사원"], "", "영업본부", "사원"),
        (["과장"], "", "", "과장"),
        ([], "", "", ""),
    ],
)
def test_names_are_sorted(names: list[str], company: str, department: str, position: str) -> None:
    said = sorted_names(names, names)

    assert (said.get("company", ""), said.get("department", ""), said.get("position", "")) == (
        company,
        department,
        position,
    )


@pytest.mark.parametrize(
    ("names", "employment_type"),
    [
        (["나루로지텍", "정규직"], "정규직"),
        (["나루로지텍(계약직)"], "계약직"),
        (["나루로지텍", "인턴"], "인턴"),
    ],
)
def test_an_employment_type_is_no_name(names: list[str], employment_type: str) -> None:
    said = sorted_names(names, names)

    assert (said["company"], said["employment_type"]) == ("나루로지텍", employment_type)


@pytest.mark.parametrize("rank", RANKS.split())
def test_a_job_may_end_in_any_rank(rank: str) -> None:
    text = (
        f"{HEAD}2019.01 ~ 현재  나무유통 재무팀 {rank}\n- 연결 결산\n"
        f"2015.03 ~ 2018.12  (주)가람상사  회계팀 {rank}\n- 월 결산"
    )

    assert is_position(rank)
    assert jobs(text) == [("나무유통", "재무팀", rank), ("(주)가람상사", "회계팀", rank)]
    assert unplaced(text, read_text(text)) == []


def test_a_rank_ends_no_sentence_above_a_period() -> None:
    text = (
        f"{HEAD}나무유통 | 재무팀 | 주임\n2019.01 ~ 2020.12\n- 결산\n"
        "주식회사 가람 | 개발운영팀 | 선임\n2017.01 ~ 2018.12\n- 개발"
    )

    assert jobs(text) == [("나무유통", "재무팀", "주임"), ("주식회사 가람", "개발운영팀", "선임")]


def test_blank_lines_everywhere_part_nothing() -> None:
    text = (
        f"{HEAD}나무유통\n\n재무팀 과장 | 2019.01 ~ 2020.12\n\n- 결산\n\n"
        "가람상사\n\n영업팀 사원 | 2017.01 ~ 2018.12\n\n- 영업"
    )

    assert jobs(text) == [("나무유통", "재무팀", "과장"), ("가람상사", "영업팀", "사원")]
    assert [job.description for job in read_text(text).experiences] == ["- 결산", "- 영업"]


def test_a_line_about_all_jobs_is_the_name_of_none() -> None:
    text = f"{HEAD}숫자를 좋아하는 재무 전문가\n\n나무유통 | 2019.01 ~ 2020.12\n- 결산"

    assert jobs(text) == [("나무유통", "", "")]
    assert "숫자를 좋아하는 재무 전문가" in unplaced(text, read_text(text))


def test_a_team_without_a_company_is_left_to_its_reader() -> None:
    text = f"{HEAD}재무팀 과장 | 2019.01 ~ 2020.12\n- 결산"

    assert jobs(text) == []
    assert "재무팀 과장 | 2019.01 ~ 2020.12" in unplaced(text, read_text(text))


def test_a_period_in_the_description_of_another_job_is_shown() -> None:
    line = "2015.03 ~ 2018.12 가람상사에서 월 결산을 맡아 하였음"
    text = f"{HEAD}나무유통 | 과장\n2019.01 ~ 2020.12\n{line}"
    document = read_text(text)

    assert document.experiences[0] == ExperienceEntry(
        company="나무유통",
        position="과장",
        start_date=document.experiences[0].start_date,
        end_date=document.experiences[0].end_date,
        description=line,
    )
    assert unplaced(text, document) == [line]
