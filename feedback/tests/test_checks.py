from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from feedback.checks import CHECKS, MAX_FINDINGS_PER_CHECK, run_checks
from feedback.checks.figures import has_figure
from feedback.checks.finding import Finding
from feedback.checks.sentences import QUOTE_LIMIT, Ending, ending, split
from feedback.schemas import Division
from resumes.document import (
    ActivityEntry,
    EducationEntry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
    Section,
)

TODAY = date(2026, 1, 15)

STRENGTHS = {
    "figure",
    "tenure",
    "technology_proven",
    "certificate",
    "award",
    "story",
    "leadership",
    "career_line",
}
FLAWS = {
    "gap_open",
    "missing_figure",
    "vague_phrase",
    "cliche",
    "vague_amount",
    "duties_only",
    "date_gap",
    "date_overlap",
    "date_order",
    "future_date",
    "section_missing",
    "section_thin",
    "introduction_short",
    "introduction_long",
    "wall_of_text",
    "long_sentence",
    "mixed_endings",
    "repeated_sentence",
    "technology_unproven",
    "project_incomplete",
    "contact_missing",
    "score_expired",
    "graduation_missing",
    "own_part_unclear",
}

SCHOOL = EducationEntry(
    school="누리대학교",
    major="경영학과",
    education_level="3",
    graduation_status="1",
    start_date=date(2014, 3, 2),
    end_date=date(2018, 2, 20),
)


def found(document: ResumeDocument, check: str, section: Section | None = None) -> list[Finding]:
    return [
        finding
        for finding in run_checks(document, TODAY)
        if finding.check == check and section in (None, finding.section)
    ]


def written(introduction: str) -> ResumeDocument:
    return ResumeDocument(introduction=introduction)


def worked(description: str, **fields: Any) -> ResumeDocument:
    job = ExperienceEntry(company="가온상사", description=description, **fields)
    return ResumeDocument(experiences=[job])


def job(company: str, start: str, end: str | None = None, **fields: Any) -> ExperienceEntry:
    return ExperienceEntry.model_validate(
        {"company": company, "start_date": start, "end_date": end, **fields}
    )


def a_good_nurse() -> ResumeDocument:
    return ResumeDocument(
        title="내과 병동 간호사",
        name="박서연",
        email="seoyeon@mail.example",
        phone="010-1234-5678",
        introduction=(
            "환자의 작은 변화를 숫자로 남기는 간호사입니다. 8년 동안 내과 병동과 중환자실에서 "
            "일했습니다.\n\n"
            "2021년 중환자실로 옮겼을 때 인공호흡기 환자의 욕창이 문제였습니다. 당시 욕창은 월 "
            "평균 7건이었습니다. "
            "저는 3주 동안 체위 변경 기록을 모아 야간에 기록이 비는 것을 확인했고, 체위 변경 "
            "시계를 침상마다 "
            "붙이자고 제안했습니다. 그 결과 욕창은 석 달 만에 월 2건으로 줄었습니다.\n\n"
            "신규 간호사 교육도 맡았습니다. 프리셉터로서 신규 간호사 8명을 가르쳤고, 그중 7명이 "
            "1년 넘게 근무하고 "
            "있습니다. 약물 이름이 비슷한 쌍 42개를 표로 만들어 투약 카트에 붙인 뒤, 투약 오류 "
            "보고는 분기 5건에서 "
            "1건으로 감소했습니다. 다음 병원에서도 먼저 기록하고 먼저 알리는 간호를 하겠습니다."
        ),
        experiences=[
            job(
                "한빛대학교병원",
                "2021-03-02",
                position="간호사",
                department="내과계 중환자실",
                employment_type="1",
                description=(
                    "- 20병상 중환자실에서 환자 2명씩 담당, 3교대 근무\n"
                    "- 욕창 예방 활동을 제안해 월 7건에서 2건으로 줄임\n"
                    "- 프리셉터로 신규 간호사 8명 교육"
                ),
            ),
            job(
                "푸른숲병원",
                "2018-03-05",
                "2021-02-26",
                position="간호사",
                department="내과 병동",
                employment_type="1",
                description=(
                    "- 48병상 병동에서 환자 12명 담당\n"
                    "- 낙상 위험 평가표를 고쳐 낙상을 연 14건에서 6건으로 줄임"
                ),
            ),
        ],
        educations=[SCHOOL.model_copy(update={"major": "간호학과"})],
        qualifications=[
            QualificationEntry(
                title="간호사 면허", agency="보건복지부", acquired_date=date(2018, 2, 20)
            )
        ],
    )


def a_good_new_developer() -> ResumeDocument:
    return ResumeDocument(
        title="신입 프론트엔드 개발자",
        name="정하늘",
        email="haneul@mail.example",
        phone="010-1234-5678",
        introduction=(
            "화면이 멈추는 0.5초를 줄이는 일에 재미를 느끼는 신입 개발자입니다.\n\n"
            "학교 중고 책 거래 서비스를 만들면서 성능을 처음 재어 보았습니다. 책 목록은 첫 "
            "화면이 뜨기까지 4.8초가 "
            "걸렸습니다. 이미지 300장을 한꺼번에 불러오는 것이 원인이었습니다. 저는 보이는 "
            "이미지만 불러오도록 바꾸고, "
            "목록을 20개씩 나누었습니다. 첫 화면은 1.3초로 빨라졌고, 한 학기 동안 학생 640명이 "
            "책 1,120권을 "
            "사고팔았습니다.\n\n"
            "부트캠프에서는 5명이 한 팀이 되어 8주 동안 일정 관리 서비스를 만들었습니다. 저는 "
            "달력 화면과 알림을 "
            "맡았습니다. 공통 컴포넌트 24개를 정리해 코드 검토에 걸리는 시간을 이틀에서 반나절로 "
            "줄였습니다.\n\n"
            "입사하면 먼저 느린 화면 다섯 곳을 재어 보고, 가장 느린 곳부터 고치겠습니다."
        ),
        educations=[
            SCHOOL.model_copy(
                update={
                    "major": "컴퓨터공학과",
                    "start_date": date(2020, 3, 2),
                    "end_date": date(2025, 8, 22),
                }
            )
        ],
        projects=[
            ProjectEntry(
                title="중고 책 거래 서비스",
                role="프론트엔드 개발 (3명 중 화면 전체)",
                start_date=date(2024, 3, 1),
                end_date=date(2024, 12, 20),
                description=(
                    "React와 TypeScript로 목록, 검색, 거래 화면 14개를 개발\n"
                    "이미지 지연 로딩으로 첫 화면을 4.8초에서 1.3초로 단축"
                ),
                technology_stacks=["React", "TypeScript"],
            )
        ],
        technology_stacks=["JavaScript", "TypeScript", "React", "HTML/CSS", "Git"],
    )


GOOD = [a_good_nurse(), a_good_new_developer()]
IDS = ["nurse", "new developer"]


@pytest.mark.parametrize("document", GOOD, ids=IDS)
def test_a_good_resume_is_not_scolded(document: ResumeDocument) -> None:
    flaws = [f for f in run_checks(document, TODAY) if f.division != Division.STRENGTH]
    assert flaws == []


def test_it_sees_what_is_good() -> None:
    nurse = {finding.check for finding in run_checks(a_good_nurse(), TODAY)}
    assert nurse == {"figure", "story", "leadership", "tenure", "career_line", "certificate"}
    developer = {finding.check for finding in run_checks(a_good_new_developer(), TODAY)}
    assert developer == {"figure", "story", "technology_proven"}


# Figures


@pytest.mark.parametrize(
    "text",
    [
        "매출 30% 증가",
        "하루 12건 처리",
        "2021년 매출을 20억 원으로 늘림",
        "p95 응답 시간을 410ms로 단축",
        "불량이 절반으로 줄었습니다",
        "회원이 두 배로 늘었습니다",
        "삼백 명이 참여했습니다",
        "전국 1위를 했습니다",
        "3년 무사고",
        "직원 세 명을 가르쳤습니다",
        "CTR 3.2% 달성",
        "월 2회 방문",
        "마감을 밤 9시에서 7시로 앞당김",
        "지게차 4대 운행",
        "하루 24시간이던 처리를 반나절로 단축",
    ],
)
def test_a_measure_is_a_figure(text: str) -> None:
    assert has_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "2021년에 매출 증가에 기여",
        "2019.03 ~ 2021.02 근무",
        "3년간 고객 응대를 담당",
        "B2B 영업과 S3 운영",
        "Java 17, Python 3.11 사용",
        "ISO 9001 심사 대응",
        "1차 협력사 관리",
        "3교대 근무",
        "HTML5와 ES6",
        "5월 12일 개최",
        "한 번 더 확인했습니다",
        "세 가지를 배웠습니다",
        "매일 아침 7시에 문을 열었습니다",
        "10시마다 순찰 일지를 작성",
        "4대 보험 신고와 급여 대장 작성",
        "24시간 운영 콜센터 상담",
        "한국어교원 2급 취득",
    ],
)
def test_a_date_a_version_or_a_name_is_no_figure(text: str) -> None:
    assert not has_figure(text)


# Achievements


@pytest.mark.parametrize(
    "description",
    [
        "프로모션을 기획해 매출 향상에 기여했습니다.",
        "- 업무 프로세스 개선\n- 거래처 관리 및 주문 접수",
        "재고 회전율을 높였고 폐기를 줄임",
        "신규 고객을 유치해 매출이 크게 증가함",
        "물류비 절감 및 납기 단축",
        "2022년 분기 목표를 달성하였습니다.",
        "교육 자료를 만들어 고객 만족도가 높아졌습니다.",
        "여름 한정 음료를 기획해 손님들의 호평을 받음",
        "지역 최하위이던 지점이 상위권으로 올라섰습니다.",
        "주 3회 회의를 열었습니다. 배송 오류를 줄였습니다.",
    ],
)
def test_a_claim_without_a_figure_is_found(description: str) -> None:
    assert found(worked(description), "missing_figure", Section.EXPERIENCES)


@pytest.mark.parametrize(
    "description",
    [
        "프로모션을 기획해 매출을 30% 향상시켰습니다.",
        "발주 방식을 개선했습니다. 그 결과 재고가 월 120상자 줄었습니다.",
        "- 발주 방식 개선\n  - 재고 월 120상자 감소",
        "서비스 개선 업무 담당",
        "품질 개선 회의를 매주 운영",
        "매출 증대 방안 조사",
        "매출을 늘리고자 합니다. 성장하는 회사에서 일하고 싶습니다.",
        "불만이 증가하여 원인을 조사했습니다.",
        "매출이 감소했던 시기에 입사했습니다.",
        "의사소통 역량을 향상시켰습니다.",
        "배송 오류는 월 30건이었습니다. 상자마다 색을 달리해 배송 오류를 줄였습니다.",
        "포장 단계를 2개 없앴습니다. 이렇게 출고 시간을 줄였습니다.",
        "관객 420명에게 호평을 받았습니다.",
    ],
)
def test_a_measured_claim_or_no_claim_is_left_alone(description: str) -> None:
    assert not found(worked(description), "missing_figure")


@pytest.mark.parametrize(
    ("introduction", "expected"),
    [
        ("저는 진열을 바꾸어 매출을 향상시켰습니다.", True),
        ("매장의 재고 손실을 줄였습니다.", True),
        ("귀사의 매출 향상에 기여하겠습니다.", False),
        ("매출 성장이 중요하다고 생각합니다.", False),
        ("동료들과 함께 성장했습니다.", False),
    ],
)
def test_in_a_story_only_the_past_is_a_claim(introduction: str, expected: bool) -> None:
    claims = found(written(introduction), "missing_figure", Section.INTRODUCTION)
    assert bool(claims) is expected


def test_the_remark_on_a_missing_figure_fits_its_subject() -> None:
    (cost,) = found(worked("발주 방식을 바꿔 식자재 비용을 절감했습니다."), "missing_figure")
    (time_,) = found(worked("서식을 통일해 처리 시간을 단축했습니다."), "missing_figure")
    assert "만 원" in cost.text
    assert "분" in time_.text
    assert cost.quote == "발주 방식을 바꿔 식자재 비용을 절감했습니다."


@pytest.mark.parametrize(
    "description",
    [
        "- 고객 응대 및 매장 관리\n- 재고 정리 및 진열\n- 매출 마감 업무",
        "병동 환자 간호 및 투약 업무를 담당하였습니다. 의사 회진을 보조하고 간호 기록을 "
        "작성했습니다.",
        "매출 증대 및 고객 만족도 향상 업무 담당, 신규 고객 유치 업무 지원, 거래처 관리와 문서 "
        "작성",
    ],
)
def test_a_job_of_duties_only_is_found(description: str) -> None:
    assert found(worked(description), "duties_only", Section.EXPERIENCES)


@pytest.mark.parametrize(
    "description",
    [
        "- 고객 응대 및 매장 관리\n- 재고 실사 오차를 월 40건에서 5건으로 줄임",
        "- 매장 관리와 직원 교육\n- 분기 우수 매장으로 선정\n- 재고 정리",
        "- 고객 응대 및 매장 관리\n- 매장 매출 향상에 기여\n- 재고 정리",
        "매장 관리",
    ],
)
def test_a_job_with_any_result_is_not_duties_only(description: str) -> None:
    assert not found(worked(description), "duties_only")


@pytest.mark.parametrize("marks", ["(", "- ", "·", "~", "*", "| "])
def test_marks_alone_are_a_thin_description(marks: str) -> None:
    assert found(worked(marks * 200), "section_thin", Section.EXPERIENCES)


@pytest.mark.parametrize(
    ("introduction", "expected"),
    [
        ("팀원들과 함께 공모전에 나가 대상을 수상했습니다.", True),
        ("저희 팀은 앱을 성공적으로 출시했습니다.", True),
        ("팀에서 매출 목표를 120% 달성했습니다.", True),
        ("구매2팀이 원가를 12억 원 절감했습니다.", True),
        ("저희 학회는 전국 토론 대회에서 2위를 했습니다.", True),
        ("전 직원이 합심하여 표창을 받았습니다.", True),
        ("강서지점의 상반기 목표 달성에 기여했습니다.", True),
        ("구매2팀이 원가를 12억 원 절감했습니다. 저는 단가표를 만들었습니다.", False),
        ("회계팀이 손으로 쓰던 전표를 자동화해 오류를 9건에서 1건으로 줄였습니다.", False),
        ("단가표를 새로 만들어 강서지점의 원가 절감에 기여했습니다.", False),
        ("구매2팀이 자리를 옮겼습니다.", False),
        (
            "팀원들과 함께 공모전에 나가 대상을 수상했습니다. 저는 자료 조사와 발표를 맡았습니다.",
            False,
        ),
        ("제가 이끈 팀은 앱을 성공적으로 출시했습니다.", False),
        ("마케팅팀에서 근무하며 전환율을 3%에서 5%로 높였습니다.", False),
        ("이와 함께 반품 절차를 개선했습니다.", False),
        ("팀원들과 함께 밥을 먹었습니다.", False),
    ],
)
def test_an_achievement_of_a_team_needs_the_own_part(introduction: str, expected: bool) -> None:
    assert bool(found(written(introduction), "own_part_unclear")) is expected


def test_a_project_with_a_role_says_the_own_part() -> None:
    description = "팀원들과 함께 예약 서비스를 완성하고 공모전에서 수상함"
    silent = ResumeDocument(projects=[ProjectEntry(title="예약", description=description)])
    clear = ResumeDocument(
        projects=[ProjectEntry(title="예약", role="화면 개발", description=description)]
    )
    assert found(silent, "own_part_unclear", Section.PROJECTS)
    assert not found(clear, "own_part_unclear")


# Wording


@pytest.mark.parametrize(
    "sentence",
    [
        "저는 무슨 일이든 열심히 하는 사람입니다.",
        "맡은 일에 최선을 다했습니다.",
        "다양한 경험을 통해 많은 것을 배웠습니다.",
        "원활한 소통 능력을 갖추고 있습니다.",
        "성실함과 책임감을 가지고 일했습니다.",
        "새로운 업무도 빠르게 습득합니다.",
        "누구보다 먼저 출근했습니다.",
        "많은 노력을 기울였습니다.",
        "적극적으로 일하는 자세가 장점입니다.",
        "어느 자리에서든 혼신의 힘을 쏟는 사람입니다.",
        "다양한 해외 경험을 쌓았습니다.",
        "색다른 관점으로 일해 왔다고 자부합니다.",
        "매사에 최선을 다하려고 애써 왔습니다.",
        "사람들과 소통을 잘하는 편입니다.",
    ],
)
def test_a_vague_phrase_is_found(sentence: str) -> None:
    (finding,) = found(written(sentence), "vague_phrase", Section.INTRODUCTION)
    assert finding.quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "누구보다 먼저 출근해 매일 40분 동안 기계를 점검했습니다.",
        "성실신고 확인서를 직접 작성했습니다.",
        "고객의 주문을 그날 안에 확인해 답했습니다.",
        "적극적으로 제안했습니다. 그 결과 제안 12건이 채택되었습니다.",
        "반년 동안 계단을 120번씩 올랐습니다. 그만큼 열심히 준비했습니다.",
        "다양한 색의 원단을 골랐습니다.",
        "트렌드 보고서를 매달 썼습니다.",
    ],
)
def test_a_concrete_sentence_is_not_vague(sentence: str) -> None:
    assert not found(written(sentence), "vague_phrase")


def test_a_figure_before_a_vague_phrase_measures_something_else() -> None:
    sentences = "매장 12곳에 물건을 배달했습니다. 힘들어도 열심히 일했습니다."
    (finding,) = found(written(sentences), "vague_phrase")
    assert finding.quote == "힘들어도 열심히 일했습니다."


def test_the_title_is_read_too() -> None:
    vague = ResumeDocument(title="매사에 성실한 시설 관리 담당자")
    worn = ResumeDocument(title="귀사의 발전을 이끌 준비된 인재")
    plain = ResumeDocument(title="전기기사 자격을 가진 시설 관리 담당자")
    assert found(vague, "vague_phrase", Section.BASICS)
    assert found(worn, "cliche", Section.BASICS)
    assert not found(plain, "vague_phrase")
    assert not found(plain, "cliche")


def test_a_sentence_to_be_struck_out_is_scolded_once() -> None:
    sentence = written("열심히 일해 꼭 필요한 인재가 되겠습니다.")
    assert found(sentence, "cliche")
    assert not found(sentence, "vague_phrase")


@pytest.mark.parametrize(
    "sentence",
    [
        "화목한 가정에서 자라 예의를 배웠습니다.",
        "엄하신 아버지와 자상하신 어머니 밑에서 자랐습니다.",
        "저는 어려서부터 호기심이 많았습니다.",
        "귀사의 발전에 이바지하겠습니다.",
        "입사하면 뼈를 묻겠습니다.",
        "2남 1녀 중 장남으로 태어났습니다.",
        "뽑아만 주신다면 무엇이든 하겠습니다.",
        "손님의 하루를 행복으로 채우는 바리스타가 되겠습니다.",
        "동료에게 든든한 버팀목이 되고 싶습니다.",
        "조직에 없어서는 안 될 사람이 되겠습니다.",
        "귀사의 장기 비전에 보탬이 되겠습니다.",
        "할머니의 말씀을 마음 깊이 새기며 살았습니다.",
        "저는 동물을 진심으로 사랑하는 수의테크니션입니다.",
    ],
)
def test_a_cliche_is_found(sentence: str) -> None:
    assert found(written(sentence), "cliche", Section.INTRODUCTION)


@pytest.mark.parametrize(
    "sentence",
    [
        "가정용 정수기 영업을 맡았습니다.",
        "아버지의 가게에서 3년 동안 배달을 했습니다.",
        "어린이집에서 여섯 살 반을 맡았습니다.",
        "3년 안에 병동의 상처 전문 간호사가 되겠습니다.",
        "2년 안에 자격 3개를 갖춘 믿고 맡길 수 있는 기사가 되겠습니다.",
        "귀사의 반품 규정을 읽고 지원했습니다.",
        "행복주택 입주 상담을 맡았습니다.",
    ],
)
def test_a_plain_sentence_is_no_cliche(sentence: str) -> None:
    assert not found(written(sentence), "cliche")


@pytest.mark.parametrize(
    "description",
    [
        "다수의 프로젝트를 수행",
        "매출을 크게 향상시킴",
        "비용을 대폭 절감함",
        "여러 거래처를 관리하고 많은 고객을 상담함",
        "상당한 성과를 거둠",
        "수리 비용의 상당 부분을 아낌",
        "무수한 현장을 다님",
        "많은 사람을 상대하는 안내 업무",
    ],
)
def test_a_vague_amount_is_found(description: str) -> None:
    assert found(worked(description), "vague_amount", Section.EXPERIENCES)


@pytest.mark.parametrize(
    "description",
    [
        "비용을 대폭(월 300만 원) 절감함",
        "업무를 크게 세 가지로 나누어 맡음",
        "여러분의 의견을 듣는 설문 진행",
        "처리 시간을 크게 줄였습니다. 평균 3일이던 것이 1일이 되었습니다.",
        "담당 고객의 주문을 관리함",
        "여러 사람이 쓰는 공구실 관리",
    ],
)
def test_a_measured_or_harmless_amount_is_left_alone(description: str) -> None:
    assert not found(worked(description), "vague_amount")


# Style


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("처리했습니다.", Ending.POLITE),
        ("처리했다.", Ending.PLAIN),
        ("처리함", Ending.NOMINAL),
        ("기간을 줄임", Ending.NOMINAL),
        ("감사장을 받음", Ending.NOMINAL),
        ("고객 응대 담당", None),
        ("결제 시스템", None),
        ("부가세 포함", None),
        ("영업팀 책임", None),
    ],
)
def test_it_knows_how_a_sentence_ends(words: str, expected: Ending | None) -> None:
    (sentence,) = split(words)
    assert ending(sentence) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 첫째\n• 둘째 항목", ["첫째", "둘째 항목"]),
        ("1. 가나다\n2) 라마바", ["가나다", "라마바"]),
        ("3.5배로 늘렸습니다. 끝입니다.", ["3.5배로 늘렸습니다.", "끝입니다."]),
        ("2019. 3. 입사했습니다.", ["2019. 3. 입사했습니다."]),
        ("했습니다.그리고 했습니다.", ["했습니다.", "그리고 했습니다."]),
        ("-20% 절감", ["20% 절감"]),
        ("---\n\n***", []),
        ("매출 분석 • 보고서 작성", ["매출 분석", "보고서 작성"]),
    ],
)
def test_it_splits_sentences_and_bullets(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in split(text)] == expected


def test_mixed_endings_are_found_and_the_odd_one_is_quoted() -> None:
    description = "고객을 상담했습니다.\n주문을 정리했습니다.\n반품 절차를 새로 만듦"
    (finding,) = found(worked(description), "mixed_endings", Section.EXPERIENCES)
    assert finding.quote == "반품 절차를 새로 만듦"


@pytest.mark.parametrize(
    "description",
    [
        "고객을 상담했습니다.\n주문을 정리했습니다.",
        "고객을 상담함\n주문을 정리함\n반품 처리",
        "고객 상담\n주문 정리를 맡았습니다.",
    ],
)
def test_even_endings_are_left_alone(description: str) -> None:
    assert not found(worked(description), "mixed_endings")


def test_endings_are_compared_within_one_text_only() -> None:
    document = ResumeDocument(
        introduction="고객을 먼저 생각합니다.",
        experiences=[job("가온상사", "2024-01", description="고객 문의를 처리함")],
    )
    assert not found(document, "mixed_endings")


def test_headings_of_an_introduction_have_no_ending() -> None:
    document = written("도전을 두려워하지 않음\n저는 새 기계를 먼저 배웠습니다.")
    assert not found(document, "mixed_endings")


def test_a_long_sentence_is_found() -> None:
    at_limit = "가" * 149 + "."
    assert not found(written(at_limit), "long_sentence")
    (finding,) = found(written("가" + at_limit), "long_sentence")
    assert "151자" in finding.text


def test_a_wall_of_text_is_found() -> None:
    sentence = "손님의 주문을 받아 적었습니다. "
    wall = sentence * (810 // len(sentence) + 1)
    assert found(written(wall), "wall_of_text", Section.INTRODUCTION)
    half = len(wall) // 2
    assert not found(written(wall[:half] + "\n\n" + wall[half:]), "wall_of_text")


def test_a_repeated_sentence_is_found_where_it_stands_again() -> None:
    document = ResumeDocument(
        introduction="거래처의 재고 주기를 표로 만들어 관리했습니다.",
        experiences=[
            job("가온상사", "2024-01", description="거래처의 재고 주기를 표로 만들어 관리함")
        ],
    )
    (finding,) = found(document, "repeated_sentence")
    assert finding.section == Section.EXPERIENCES


def test_short_duties_may_repeat() -> None:
    document = ResumeDocument(
        experiences=[
            job("가온상사", "2024-01", description="- 고객 응대 및 상담\n- 재고 관리"),
            job("나래상사", "2022-01", "2023-12", description="- 고객 응대 및 상담\n- 진열"),
        ]
    )
    assert not found(document, "repeated_sentence")


# Sections


def test_an_empty_resume_lacks_its_sections() -> None:
    missing = {finding.section for finding in found(ResumeDocument(), "section_missing")}
    assert missing == {Section.INTRODUCTION, Section.EXPERIENCES, Section.EDUCATIONS}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("백엔드 개발자", {Section.TECHNOLOGY_STACKS, Section.PROJECTS}),
        ("데이터 분석가", {Section.TECHNOLOGY_STACKS, Section.PROJECTS}),
        ("병동 간호사", {Section.QUALIFICATIONS}),
        ("한식 조리사", {Section.QUALIFICATIONS}),
        ("메뉴 개발자", set()),
        ("사무 보조", set()),
    ],
)
def test_what_is_missing_depends_on_the_trade(title: str, expected: set[Section]) -> None:
    document = ResumeDocument(
        title=title,
        introduction="소개",
        educations=[SCHOOL],
        activities=[ActivityEntry(title="현장 실습")],
    )
    missing = {finding.section for finding in found(document, "section_missing")}
    assert missing == expected


@pytest.mark.parametrize(
    ("title", "link", "expected"),
    [
        ("패키지 디자이너", "", True),
        ("영상 편집자", "", True),
        ("패키지 디자이너", "작업물: https://works.example", False),
        ("헤어 디자이너", "", False),
        ("총무 담당", "", False),
    ],
)
def test_who_is_judged_by_works_has_to_show_them(title: str, link: str, expected: bool) -> None:
    document = ResumeDocument(
        title=title,
        introduction=f"소개 {link}",
        educations=[SCHOOL],
        experiences=[job("가온상사", "2021-01")],
    )
    assert bool(found(document, "section_missing", Section.PROJECTS)) is expected


def test_a_newcomer_with_projects_need_not_have_worked() -> None:
    newcomer = ResumeDocument(projects=[ProjectEntry(title="졸업 작품")])
    assert not found(newcomer, "section_missing", Section.EXPERIENCES)
    silent = ResumeDocument(
        introduction="5년간 근무했습니다.", projects=[ProjectEntry(title="졸업 작품")]
    )
    assert found(silent, "section_missing", Section.EXPERIENCES)


def test_a_thin_job_is_found() -> None:
    assert found(worked("", start_date=date(2024, 1, 1)), "section_thin", Section.EXPERIENCES)
    (finding,) = found(worked("매장 관리", start_date=date(2024, 1, 1)), "section_thin")
    assert finding.quote == "매장 관리"
    full = "- 매장 관리와 직원 12명의 근무표 작성\n- 재고 실사 오차를 월 40건에서 5건으로 줄임"
    assert not found(worked(full, start_date=date(2024, 1, 1)), "section_thin")


def test_a_job_without_dates_is_thin() -> None:
    full = "- 매장 관리와 직원 12명의 근무표 작성\n- 재고 실사 오차를 월 40건에서 5건으로 줄임"
    (finding,) = found(worked(full), "section_thin")
    assert "기간" in finding.text


def test_a_school_needs_a_major_and_a_period() -> None:
    bare = EducationEntry(school="누리대학교", graduation_status="1")
    (finding,) = found(ResumeDocument(educations=[bare]), "section_thin", Section.EDUCATIONS)
    assert "전공" in finding.text
    assert "기간" in finding.text
    high_school = SCHOOL.model_copy(
        update={"school": "누리고등학교", "major": "", "education_level": "1"}
    )
    assert not found(ResumeDocument(educations=[high_school, SCHOOL]), "section_thin")


@pytest.mark.parametrize(
    ("length", "check"),
    [(299, "introduction_short"), (300, None), (3000, None), (3001, "introduction_long")],
)
def test_the_length_of_an_introduction_is_judged(length: int, check: str | None) -> None:
    document = written("가" * length)
    checks = {"introduction_short", "introduction_long"}
    assert {f.check for f in run_checks(document, TODAY)} & checks == ({check} if check else set())


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"role": ""}, "역할"),
        ({"start_date": None, "end_date": None}, "기간"),
        (
            {"description": "예약을 받는 화면과 서버를 만드는 프로젝트로, 화면을 만들었습니다."},
            "결과",
        ),
    ],
)
def test_a_project_needs_a_role_a_period_and_a_result(
    changes: dict[str, Any], missing: str
) -> None:
    project = ProjectEntry(
        title="예약 서비스",
        role="화면 개발",
        start_date=date(2024, 3, 1),
        end_date=date(2024, 6, 30),
        description="예약 화면 12개를 만들어 학교 식당에서 한 학기 동안 학생 400명이 사용함",
    )
    assert not found(ResumeDocument(projects=[project]), "project_incomplete")
    changed = project.model_copy(update=changes)
    (finding,) = found(ResumeDocument(projects=[changed]), "project_incomplete")
    assert finding.quote == "예약 서비스"
    assert missing in finding.text


def test_a_project_of_one_person_needs_no_role() -> None:
    project = ProjectEntry(
        title="개인 프로젝트: 가계부",
        start_date=date(2024, 3, 1),
        description="가계부 앱을 만들어 스토어에 출시, 내려받은 횟수 3,200회",
    )
    assert not found(ResumeDocument(projects=[project]), "project_incomplete")


def test_graduation_has_to_be_told() -> None:
    silent = SCHOOL.model_copy(update={"graduation_status": ""})
    (finding,) = found(ResumeDocument(educations=[silent]), "graduation_missing")
    assert (finding.section, finding.quote) == (Section.EDUCATIONS, "누리대학교")
    told = silent.model_copy(update={"school": "누리대학교 (졸업)"})
    assert not found(ResumeDocument(educations=[SCHOOL, told]), "graduation_missing")


# Contact


@pytest.mark.parametrize(
    ("email", "phone", "named"),
    [
        ("", "010-1234-5678", ["이메일"]),
        ("a@mail.example", "", ["전화"]),
        ("", "", ["이메일", "전화"]),
    ],
)
def test_missing_contact_details_are_found(email: str, phone: str, named: list[str]) -> None:
    document = ResumeDocument(title="영업 사원", email=email, phone=phone)
    (finding,) = found(document, "contact_missing", Section.BASICS)
    assert finding.quote == ""
    assert all(word in finding.text for word in named)


def test_full_contact_details_are_left_alone() -> None:
    document = ResumeDocument(email="a@mail.example", phone="010-1234-5678")
    assert not found(document, "contact_missing")


# Dates


def test_an_end_before_its_start_is_found() -> None:
    document = ResumeDocument(experiences=[job("가온상사", "2022-03", "2021-02")])
    (finding,) = found(document, "date_order", Section.EXPERIENCES)
    assert finding.quote == "2022.03 ~ 2021.02"
    one_month = ResumeDocument(experiences=[job("가온상사", "2022-03", "2022-03")])
    assert not found(one_month, "date_order")


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"start_date": "2026-03", "end_date": None}, True),
        ({"start_date": "2024-03", "end_date": "2026-09"}, True),
        ({"start_date": "2024-03", "end_date": "2026-09", "employment_type": "2"}, False),
        ({"start_date": "2024-03", "end_date": "2029-09", "employment_type": "2"}, True),
        ({"start_date": "2024-03", "end_date": "2026-01-31"}, False),
        ({"start_date": "2024-03", "end_date": None}, False),
    ],
)
def test_a_job_in_the_future_is_found(entry: dict[str, Any], expected: bool) -> None:
    entry = {"company": "가온상사", **entry}
    document = ResumeDocument(experiences=[ExperienceEntry.model_validate(entry)])
    assert bool(found(document, "future_date", Section.EXPERIENCES)) is expected


def test_a_graduation_may_be_ahead_and_a_certificate_may_not() -> None:
    school = SCHOOL.model_copy(
        update={"start_date": date(2022, 3, 1), "end_date": date(2026, 2, 20)}
    )
    certificate = QualificationEntry(title="유통관리사", acquired_date=date(2026, 11, 1))
    document = ResumeDocument(educations=[school], qualifications=[certificate])
    (finding,) = found(document, "future_date")
    assert (finding.section, finding.quote) == (Section.QUALIFICATIONS, "2026.11")


JOB_TO_2020_02 = job("가온상사", "2018-03", "2020-02-28")


@pytest.mark.parametrize(
    ("start", "expected"), [("2020-08-30", False), ("2020-09-01", True), ("2021-03", True)]
)
def test_a_gap_of_more_than_half_a_year_is_found(start: str, expected: bool) -> None:
    document = ResumeDocument(experiences=[job("나래상사", start), JOB_TO_2020_02])
    gaps = found(document, "date_gap", Section.EXPERIENCES)
    assert [gap.quote for gap in gaps] == ([f"{start[:7].replace('-', '.')} ~ 현재"] * expected)


@pytest.mark.parametrize(
    "filler",
    [
        {"educations": [{"school": "누리대학원", "start_date": "2020-03", "end_date": "2021-02"}]},
        {"activities": [{"title": "직업 훈련", "start_date": "2020-04", "end_date": "2021-01"}]},
        {"projects": [{"title": "앱", "start_date": "2020-04", "end_date": "2021-01"}]},
        {"military_service": "육군 만기전역 (2020.03 ~ 2021.02)"},
        {"military_service": "육군 병장 만기전역 2020년 3월 2일 ~ 2021년 2월 20일"},
    ],
    ids=["school", "training", "project", "service", "service in words"],
)
def test_a_gap_that_is_accounted_for_is_left_alone(filler: dict[str, Any]) -> None:
    jobs = [JOB_TO_2020_02, job("나래상사", "2021-03")]
    assert found(ResumeDocument(experiences=jobs), "date_gap")
    assert not found(ResumeDocument.model_validate({"experiences": jobs, **filler}), "date_gap")


def test_an_award_or_an_exemption_fills_no_gap() -> None:
    document = ResumeDocument(
        experiences=[JOB_TO_2020_02, job("나래상사", "2021-03")],
        activities=[ActivityEntry(title="표어 공모전 장려상", start_date=date(2020, 3, 1))],
        military_service="면제 (2020.03 ~ 2021.02)",
    )
    assert found(document, "date_gap")


@pytest.mark.parametrize(
    ("service", "expected"), [("육군 병장 만기전역", False), ("면제", True), ("", True)]
)
def test_an_undated_service_fills_a_gap_of_its_length(service: str, expected: bool) -> None:
    document = ResumeDocument(
        experiences=[JOB_TO_2020_02, job("나래상사", "2021-12")], military_service=service
    )
    assert bool(found(document, "date_gap")) is expected


def test_a_service_within_the_studies_fills_no_gap() -> None:
    document = ResumeDocument(
        experiences=[JOB_TO_2020_02, job("나래상사", "2021-12")],
        educations=[SCHOOL.model_copy(update={"start_date": date(2012, 3, 1)})],
        military_service="육군 병장 만기전역",
    )
    assert found(document, "date_gap")


def test_the_time_since_the_last_job_counts() -> None:
    ended = ResumeDocument(experiences=[job("가온상사", "2022-01", "2025-03")])
    (finding,) = found(ended, "date_gap", Section.EXPERIENCES)
    assert finding.quote == "2022.01 ~ 2025.03"
    assert not found(
        ResumeDocument(experiences=[job("가온상사", "2022-01", "2025-12")]), "date_gap"
    )


def test_a_mistaken_date_opens_no_gap() -> None:
    swapped = [JOB_TO_2020_02, job("나래상사", "2025-12", "2020-03")]
    assert not found(ResumeDocument(experiences=swapped), "date_gap")
    mistyped = [job("가온상사", "2018-03", "2023-02"), job("나래상사", "2032-03")]
    assert not found(ResumeDocument(experiences=mistyped), "date_gap")


def test_the_time_after_the_last_school_counts_without_a_job() -> None:
    (finding,) = found(ResumeDocument(educations=[SCHOOL]), "date_gap", Section.EDUCATIONS)
    assert finding.quote == "2014.03 ~ 2018.02"
    fresh = SCHOOL.model_copy(update={"end_date": date(2025, 8, 20)})
    studying = SCHOOL.model_copy(update={"end_date": None})
    assert not found(ResumeDocument(educations=[fresh]), "date_gap")
    assert not found(ResumeDocument(educations=[studying]), "date_gap")


@pytest.mark.parametrize(
    ("first_job", "expected"),
    [("2019-01", False), ("2019-06", False), ("2024-06", True), ("2024-01", False)],
)
def test_only_a_recent_long_search_for_the_first_job_counts(first_job: str, expected: bool) -> None:
    graduated = date(2023, 2, 20) if first_job > "2020" else date(2017, 2, 20)
    document = ResumeDocument(
        experiences=[job("가온상사", first_job)],
        educations=[SCHOOL.model_copy(update={"end_date": graduated})],
    )
    assert bool(found(document, "date_gap")) is expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"start": "2020-01-10"}, True),
        ({"start": "2020-02-15"}, False),
        ({"start": "2020-03"}, False),
        ({"start": "2019-06", "employment_type": "4"}, False),
        ({"start": "2019-06", "employment_type": "5"}, False),
        ({"start": "2019-06", "position": "프리랜서 번역가"}, False),
        ({"start": "2019-06", "company": "가온상사"}, False),
    ],
)
def test_jobs_that_overlap_are_found(second: dict[str, Any], expected: bool) -> None:
    document = ResumeDocument(
        experiences=[JOB_TO_2020_02, job(**{"company": "나래상사", **second})]
    )
    assert bool(found(document, "date_overlap", Section.EXPERIENCES)) is expected


def test_an_overlap_with_an_earlier_long_job_is_found_behind_a_short_one() -> None:
    document = ResumeDocument(
        experiences=[
            job("가온상사", "2015-01", "2022-12"),
            job("나래상사", "2016-01", "2016-12"),
            job("다온상사", "2020-01", "2024-12"),
        ]
    )
    assert len(found(document, "date_overlap")) == 2


# Technologies


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        ("React", "리액트로 화면을 만듦"),
        ("리액트", "React 화면 개발"),
        ("Vue.js", "Vue 3로 관리자 화면 개발"),
        ("Java 17", "Spring Boot로 서버 개발"),
        ("SQL", "MySQL 쿼리 작성"),
        ("Adobe Photoshop", "포토샵으로 상세 페이지 제작"),
        ("쿠버네티스(Kubernetes)", "k8s 클러스터 운영"),
        ("HTML/CSS", "HTML로 소식지 제작"),
        ("C++", "C++로 제어기 개발"),
        ("더존 Smart A", "더존으로 전표 입력"),
        ("재고 관리", "재고를 관리함"),
        ("Git", "고객 응대"),
        ("Excel", "고객 응대"),
    ],
)
def test_a_technology_shown_or_everyday_is_left_alone(listed: str, shown: str) -> None:
    document = worked(shown).model_copy(update={"technology_stacks": [listed]})
    assert not found(document, "technology_unproven")


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        ("Java", "JavaScript 화면 개발"),
        ("React Native", "React 화면 개발"),
        ("Kafka", "Redis 캐시 적용"),
        ("Go", "Google 광고 운영"),
        ("SAP", "고객 응대"),
    ],
)
def test_a_technology_nothing_shows_is_found(listed: str, shown: str) -> None:
    document = worked(shown).model_copy(update={"technology_stacks": [listed]})
    (finding,) = found(document, "technology_unproven", Section.TECHNOLOGY_STACKS)
    assert finding.quote == listed


def test_an_introduction_proves_a_technology_only_without_work() -> None:
    told = "Kafka로 주문 서버를 만들었습니다."
    newcomer = ResumeDocument(introduction=told, technology_stacks=["Kafka"])
    assert not found(newcomer, "technology_unproven")
    employed = newcomer.model_copy(update={"experiences": [job("가온상사", "2024-01")]})
    assert found(employed, "technology_unproven")


def test_technologies_in_use_are_a_strength_that_names_the_place() -> None:
    document = ResumeDocument(
        projects=[ProjectEntry(title="예약 서비스", technology_stacks=["Django", "Redis"])],
        technology_stacks=["Django", "Redis", "Kafka"],
    )
    (finding,) = found(document, "technology_proven", Section.TECHNOLOGY_STACKS)
    assert "예약 서비스" in finding.text
    assert "Kafka" not in finding.text


# Language scores


@pytest.mark.parametrize(
    ("title", "acquired", "expected"),
    [
        ("TOEIC", date(2023, 12, 20), True),
        ("TOEIC", date(2024, 1, 20), False),
        ("토익 스피킹", date(2023, 6, 1), True),
        ("OPIc (영어)", date(2022, 6, 1), True),
        ("OPIc (영어)", date(2025, 6, 1), False),
        ("JLPT N1", date(2015, 7, 5), False),
        ("정보처리기사", date(2015, 7, 5), False),
    ],
)
def test_a_language_score_counts_for_two_years(title: str, acquired: date, expected: bool) -> None:
    score = QualificationEntry(title=title, acquired_date=acquired, score="900")
    document = ResumeDocument(qualifications=[score])
    assert bool(found(document, "score_expired", Section.QUALIFICATIONS)) is expected
    assert bool(found(document, "certificate")) is not expected


def test_a_language_test_needs_a_score_and_a_date() -> None:
    bare = ResumeDocument(qualifications=[QualificationEntry(title="TOEIC")])
    (finding,) = found(bare, "section_thin", Section.QUALIFICATIONS)
    assert "점수" in finding.text
    full = QualificationEntry(title="TOEIC 900점", acquired_date=date(2025, 3, 1))
    assert not found(ResumeDocument(qualifications=[full]), "section_thin")


# Strengths


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("재고 실사 오차를 월 40건에서 5건으로 줄임", True),
        ("불량률 3.2% → 1.1%", True),
        ("2년 연속 매출 1위", True),
        ("환자 12명 담당", False),
        ("매출 향상에 기여", False),
        ("2023년부터 재고 관리", False),
        ("물류2팀이 오배송을 40건에서 5건으로 줄임", False),
    ],
)
def test_an_achievement_in_figures_is_a_strength(description: str, expected: bool) -> None:
    assert bool(found(worked(description), "figure", Section.EXPERIENCES)) is expected


def test_a_problem_or_a_promise_in_figures_is_no_strength() -> None:
    assert not found(written("행사 첫날 재고보다 312건이 더 팔리는 사고가 났습니다."), "figure")
    assert not found(written("입사 후 매출을 20% 향상시키겠습니다."), "figure")


@pytest.mark.parametrize(("end", "expected"), [("2022-12", False), ("2023-01", True), (None, True)])
def test_three_years_at_one_company_are_a_strength(end: str | None, expected: bool) -> None:
    document = ResumeDocument(experiences=[job("가온상사", "2020-01", end)])
    assert bool(found(document, "tenure", Section.EXPERIENCES)) is expected


@pytest.mark.parametrize(
    ("activity", "expected"),
    [
        ({"title": "창업 경진대회 최우수상"}, True),
        ({"title": "사내 해커톤 1위", "activity_type": "3"}, True),
        ({"title": "봉사단", "description": "구청장 표창을 받음"}, True),
        ({"title": "봉사단", "description": "노인을 대상으로 스마트폰 교육"}, False),
        ({"title": "경진대회", "description": "아쉽게 수상하지 못했지만 완주함"}, False),
        ({"title": "수상 안전 교육", "activity_type": "4"}, False),
    ],
)
def test_an_award_is_a_strength(activity: dict[str, str], expected: bool) -> None:
    document = ResumeDocument(activities=[ActivityEntry.model_validate(activity)])
    assert bool(found(document, "award", Section.ACTIVITIES)) is expected


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("팀원 5명을 이끌며 매장 운영", True),
        ("조리사 6명 관리", True),
        ("네 명이 일하는 팀의 리드", True),
        ("고객 100명 관리", False),
        ("5명이 한 팀이 되어 일정 관리 서비스 개발", False),
        ("팀을 이끌며 매장 운영", False),
    ],
)
def test_leading_a_counted_team_is_a_strength(description: str, expected: bool) -> None:
    assert bool(found(worked(description), "leadership")) is expected


def test_a_story_needs_situation_action_and_measured_result() -> None:
    situation = "당시 반품이 자주 지연되었습니다. "
    action = "저는 반품 서식을 한 장으로 정리했습니다. "
    result = "그 결과 처리 기간이 5일에서 2일로 줄었습니다."
    (finding,) = found(written(situation + action + result), "story", Section.INTRODUCTION)
    assert finding.quote == result
    assert not found(written(situation + action), "story")
    assert not found(written(situation + action + "그 결과 모두 좋아했습니다."), "story")


def test_one_line_of_work_is_a_strength() -> None:
    line = [
        job("가온병원", "2021-01", position="수간호사"),
        job("나래병원", "2018-01", "2020-12", position="병동 간호사"),
    ]
    assert found(ResumeDocument(experiences=line), "career_line", Section.EXPERIENCES)
    ranks = [
        job("가온상사", "2021-01", position="대리"),
        job("나래상사", "2018-01", "2020-12", position="대리"),
    ]
    assert not found(ResumeDocument(experiences=ranks), "career_line")


# What holds for all checks


def messy() -> ResumeDocument:
    return ResumeDocument(
        title="김보라 이력서",
        name="김보라",
        email="bora.kim@mail.example",
        phone="010-9876-5432",
        address="서울특별시 마포구 성산로 12",
        birth_date=date(1995, 3, 12),
        introduction=(
            "화목한 가정에서 자란 김보라입니다. 열심히 하겠습니다. "
            "저는 열심히 일하니 bora.kim@mail.example 또는 010-9876-5432로 꼭 연락 주십시오."
        ),
        experiences=[
            job("가온상사", "2022-03", "2021-02", description="매출 향상에 기여"),
            job("나래상사", "2019-01", "2020-01", description="매장 관리"),
        ],
        educations=[EducationEntry(school="누리대학교")],
        projects=[ProjectEntry(title="예약", description="여러 프로젝트 수행")],
        qualifications=[QualificationEntry(title="TOEIC", acquired_date=date(2019, 1, 1))],
        activities=[ActivityEntry(title="학회", start_date=date(2027, 1, 1))],
        technology_stacks=["Kafka"],
    )


@pytest.mark.parametrize("document", [*GOOD, messy(), ResumeDocument()])
def test_every_quote_stands_in_its_section(document: ResumeDocument) -> None:
    for finding in run_checks(document, TODAY):
        assert len(finding.quote) <= QUOTE_LIMIT
        passages = [p.text for p in document.passages() if p.section == finding.section]
        if finding.quote:
            assert any(finding.quote in text for text in passages), finding
        else:
            assert document.is_empty(finding.section) or finding.check == "contact_missing"


@pytest.mark.parametrize("document", [*GOOD, messy(), ResumeDocument()])
def test_every_check_has_its_place_and_name(document: ResumeDocument) -> None:
    for finding in run_checks(document, TODAY):
        names = STRENGTHS if finding.division == Division.STRENGTH else FLAWS
        assert finding.check in names
        assert 0 < len(finding.text) <= 1000
        assert "%(" not in finding.text


def test_no_personal_data_leaves() -> None:
    findings = run_checks(messy(), TODAY)
    assert any(finding.check == "cliche" for finding in findings)
    for finding in findings:
        for words in ("보라", "bora.kim", "9876", "성산로", "1995"):
            assert words not in finding.quote
            assert words not in finding.text


def test_it_finds_the_same_twice() -> None:
    assert run_checks(messy(), TODAY) == run_checks(messy(), TODAY)


HOSTILE = [
    "가",
    " ",
    "1",
    "a",
    "\n",
    "매출 향상. ",
    "1명 ",
    "다수의 ",
    "팀원들과 함께 성공했습니다. ",
    "- ",
    "•",
    "2019.",
    "a@",
    "(",
    "했습니다 ",
    "상당",
    "노력을 ",
    "매출이 가나 ",
    "010-",
    "팀이 1위 ",
    "본부의 달성에 ",
    "귀사의 매출 ",
    "많은 사람 ",
    "사람이 되고 싶",
    "오전 9시 ",
]


def hostile(piece: str, size: int) -> ResumeDocument:
    text = "가" + piece * (size // len(piece)) + "가"
    return ResumeDocument(
        name="김보라",
        address=text[:500],
        military_service=text,
        introduction=text,
        experiences=[ExperienceEntry(company=text, position=text, description=text)],
        projects=[ProjectEntry(title=text, description=text)],
        qualifications=[QualificationEntry(title=text, acquired_date=date(2025, 1, 1))],
        technology_stacks=[text],
    )


def seconds(document: ResumeDocument) -> float:
    started = time.process_time()
    findings = run_checks(document, TODAY)
    assert len(findings) <= len(CHECKS) * MAX_FINDINGS_PER_CHECK
    return time.process_time() - started


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    """Bound the complexity, not the speed: a quadratic rule would take sixteen times as long."""
    short = seconds(hostile(piece, 20_000))
    long = seconds(hostile(piece, 80_000))
    assert long < 10 * short + 1
    assert long < 5


def test_many_entries_take_no_longer_than_their_number() -> None:
    """Bound the complexity of the rules that compare entries with each other."""
    document = ResumeDocument(
        experiences=[job(f"회사{n}", f"{1980 + n % 40}-0{n % 9 + 1}") for n in range(2000)],
        projects=[ProjectEntry(title=f"과제{n}") for n in range(2000)],
        technology_stacks=[f"Tool{n}x" for n in range(2000)],
    )
    assert seconds(document) < 5
