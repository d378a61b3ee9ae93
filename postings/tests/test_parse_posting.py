from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from re import _constants, _parser  # type: ignore[attr-defined,unused-ignore]
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postings import deadlines, headings, lines, parsing
from postings.document import PostingDocument
from postings.lines import fold
from postings.models import PASTED_MAX_LENGTH
from postings.parsing import parse
from postings.tests import PASTED_ON, pasted_texts, posting_documents

REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
LIMITS = {"title": 200, "duties": 10_000}
READ = {name: parse(text, PASTED_ON) for name, text in pasted_texts().items()}


# What the rules do not read, or misread, in texts that they were not made for.
MISREAD = {
    "12_bakery_part_time": {"company"},
    "14_data_analyst": {"title", "position", "employment_type", "url"},
}


@pytest.mark.parametrize("field", PostingDocument.model_fields)
@pytest.mark.parametrize("name", pasted_texts())
def test_it_works(request: pytest.FixtureRequest, name: str, field: str) -> None:
    if field in MISREAD.get(name, set()):
        request.applymarker(pytest.mark.xfail(strict=True, raises=AssertionError))
    assert getattr(READ[name].document, field) == getattr(posting_documents()[name], field)


@pytest.mark.parametrize("name", pasted_texts())
def test_what_belongs_to_the_site_is_neither_kept_nor_shown(name: str) -> None:
    document, left = READ[name].document, READ[name].unrecognised
    shown = [*document.model_dump_json().split("\\n"), *left]
    buttons = (
        "로그인",
        "기업회원",
        "스크랩",
        "공유",
        "지원하기",
        "조회수",
        "지도보기",
        "Apply now",
        "점핏",
    )
    for words in buttons:
        assert not [line for line in shown if words in line and "입사지원" not in line]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("01_nurse", "담당자 간호부 인사팀 / 051-000-0000 / nurse-recruit@hanbitnuri.example"),
        ("02_accountant", "시간  주 5일(월~금) 09:00~18:00"),
        ("06_construction_safety", "○ 문의처: 경영지원실 인사담당 (042-000-0000)"),
        ("08_logistics", "💌 궁금한 점은 recruit@baroon.example 로 물어봐 주세요"),
    ],
)
def test_what_found_no_place_is_shown(name: str, line: str) -> None:
    assert line in READ[name].unrecognised


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("02_accountant", "㈜도담식품 채용"),
        ("16_ios_developer", "산책길동무∙서울 송파구∙경력 4-9년"),
    ],
)
def test_a_line_of_the_company_that_is_taken_is_not_left_over(name: str, line: str) -> None:
    assert line in pasted_texts()[name]
    assert line not in READ[name].unrecognised


@pytest.mark.parametrize("line", ["모두의택배", "㈜모두의택배", "주식회사 모두의택배"])
def test_a_company_is_the_same_with_and_without_its_legal_form(line: str) -> None:
    text = f"{line}\n택배 기사 모집\n회사명 : (주)모두의택배\n주요업무\n- 배송"

    parsed = parse(text, PASTED_ON)

    assert (parsed.document.company, parsed.unrecognised) == ("(주)모두의택배", [])


def test_a_line_of_the_company_that_says_more_is_left_over() -> None:
    text = "[새봄병원] 간호사 모집\n새봄병원 · 300병상 규모\n새봄병원 신입 간호사 교육 안내"

    parsed = parse(text, PASTED_ON)

    assert parsed.document.company == "새봄병원"
    assert parsed.unrecognised == ["새봄병원 · 300병상 규모", "새봄병원 신입 간호사 교육 안내"]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("주요업무", "• 배포"),
        ("[담당업무]", "- 배포"),
        ("【 담당 업무 】", "▶ 배포"),
        ("■ 주요 업무", "ㆍ배포"),
        ("1. 업무내용", "가. 배포"),
        ("Ⅰ. 담당업무", "1) 배포"),
        ("<담당업무>", "① 배포"),
        ("## 주요업무", "* 배포"),
        ("💻 이런 일을 해요", "✅ 배포"),
        ("🙋‍♀️ 합류하면 이런 일을 하게 돼요", "👉 배포"),
        ("What you'll do", "– 배포"),
        ("Responsibilities (주요 업무)", "배포"),
        ("주요업무 및 상세", "(1) 배포"),
        ("━━ 담당업무 ━━", "· 배포"),
        ("담당업무:", "1️⃣ 배포"),
        ("담당업무: 배포", ""),
        ("담당업무\t배포", ""),
    ],
)
def test_headings_and_bullets_of_all_shapes(heading: str, item: str) -> None:
    parsed = parse(f"새봄\n{heading}\n{item}\n\n자격요건\n- 성실한 분", PASTED_ON)

    assert parsed.document.duties == "배포"
    assert parsed.document.requirements == "성실한 분"


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("회사명: 새봄", "company", "새봄"),
        ("근 무 지 : 서울 중구", "location", "서울 중구"),
        ("급여  연봉 5,000만원", "salary", "연봉 5,000만원"),
        ("경력\n\n경력 3년 이상", "experience_level", "경력 3년 이상"),
        ("경력\n경력무관", "experience_level", "경력무관"),
        ("고용형태\n정규직", "employment_type", "1"),
        ("고용형태: 비정규직(기간제)", "employment_type", "2"),
        ("고용형태: 인턴 (정규직 전환 가능)", "employment_type", "3"),
        ("고용형태: 무기계약직", "employment_type", ""),
        ("근무형태 | 파트타임", "employment_type", "5"),
        ("기술스택: Java·Kotlin, CI/CD", "technology_stacks", ["Java", "Kotlin", "CI/CD"]),
        ("공고 URL: https://a.example/b?c=1에서 지원", "url", "https://a.example/b?c=1"),
        ("공고 URL: javascript:alert(1)", "url", ""),
        ("[새봄] 간호사 모집", "company", "새봄"),
        ("[경력] 간호사 모집", "company", ""),
        ("[급구] 간호사 모집", "company", ""),
        ("구인인증번호 K120\n모집직종 : 간호사", "title", "간호사"),
        ("[연남동] 간호사 모집", "company", ""),
        ("새봄\n서울 중구\n주요업무\n배포", "company", "새봄"),
        ("백엔드 개발자\n주요업무\n배포", "position", "백엔드 개발자"),
        ("백엔드 개발자 모집\n주요업무\n배포", "position", ""),
    ],
)
def test_a_field_alone(words: str, field: str, value: object) -> None:
    assert getattr(parse(words, PASTED_ON).document, field) == value


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026.12.31", date(2026, 12, 31)),
        ("2026. 12. 31. (목) 18:00", date(2026, 12, 31)),
        ("2026년 12월 31일", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("'26.12.31", date(2026, 12, 31)),
        ("~12/31(수)", date(2026, 12, 31)),
        ("~ 1월 5일", date(2027, 1, 5)),
        ("11/20(금)까지", date(2026, 11, 20)),
        ("2026.11.16 10:00 ~ 2026.12.17 23:59", date(2026, 12, 17)),
        ("2026.12.20 ~ 01.10", date(2027, 1, 10)),
        ("12.1 ~ 12.31", date(2026, 12, 31)),
        ("2026.12.31 (채용시 조기마감)", date(2026, 12, 31)),
        ("2026.11.20(금) ~ 2026.12.08(화)", date(2026, 12, 8)),
        ("December 18, 2026", date(2026, 12, 18)),
        ("Dec 5", date(2026, 12, 5)),
        ("2026.02.30", None),
        ("2026.13.45", None),
        ("2026.11.01 ~ 2026.13.45", None),
        ("2026.11.17 10:00 ~ 채용시까지", None),
        ("0000-00-00", None),
        ("0026.12.31", None),
        ("9999.12.31", None),
        ("9999년 12월 31일", None),
        ("12026.12.31", None),
        ("2099-12-31", None),
        ("13/45", None),
        ("상시채용", None),
        ("채용 시까지", None),
        ("", None),
    ],
)
def test_deadlines(words: str, day: date | None) -> None:
    assert parse(f"간호사 모집\n마감일: {words}", PASTED_ON).document.deadline == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("마감일 2026.12.08(화)", date(2026, 12, 8)),
        ("~ 2026년 12월 31일까지 이메일 접수", date(2026, 12, 31)),
        ("~ 2026. 12. 4.(금)", date(2026, 12, 4)),
        ("2026년 12월 20일까지 접수", date(2026, 12, 20)),
        ("Apply by December 18, 2026", date(2026, 12, 18)),
        ("2027년 3월 31일까지 교육비 지원", None),
        ("2027년 12월 31일까지 근무", None),
        ("마감 업무를 12월 31일까지 마침", None),
    ],
)
def test_a_deadline_without_a_heading(line: str, day: date | None) -> None:
    for above in ("간호사 모집", "복리후생\n- 식대"):
        assert parse(f"{above}\n{line}", PASTED_ON).document.deadline == day


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("근무지 강원 강릉시", "location", "강원 강릉시"),
        ("시급 11,000원", "salary", "시급 11,000원"),
        ("연봉 3,200만 원부터", "salary", "연봉 3,200만 원부터"),
        ("5. 제출서류 : 이력서", "memo", ""),
        ("지원방법 이메일", "memo", ""),
        ("문의 010-0000-0000", "memo", ""),
    ],
)
def test_a_label_ends_the_list_above_it(line: str, field: str, value: str) -> None:
    text = f"간호사 모집\n4. 복지\n- 기숙사와 식사를 하루 세 번 제공\n{line}\n스케줄 근무"
    document = parse(text, PASTED_ON).document

    assert document.benefits == "기숙사와 식사를 하루 세 번 제공"
    assert getattr(document, field) == value


@pytest.mark.parametrize(
    ("text", "preferred"),
    [
        ("우대사항\n- 자격증\n\n그리고 드리는 말\n- 식대", "자격증"),
        ("우대조건 : 차량 소지자\n병역특례 희망 : 비희망\n기타", "차량 소지자"),
        ("우대조건 : 차량 소지자\n컴퓨터 활용 가능자", "차량 소지자\n컴퓨터 활용 가능자"),
    ],
)
def test_what_is_no_item_ends_the_list(text: str, preferred: str) -> None:
    assert parse(text, PASTED_ON).document.preferred == preferred


def test_a_word_that_a_sentence_begins_with_is_no_label() -> None:
    text = "담당업무\n지역 사회와 함께하는 행사 진행\n마감 업무와 정산\n기타 팀 운영 업무"
    assert parse(text, PASTED_ON).document.duties == text.partition("\n")[2]


@pytest.mark.parametrize(
    "menu",
    [
        "채용정보  헤드헌팅  연봉정보  커뮤니티",
        "홈 채용정보 인재검색",
        "고용24 워크넷 채용정보",
        "로그인 | 회원가입",
        "기업회원",
        "개인회원\t기업회원",
        "Home  My Network  Jobs  Messaging",
    ],
)
def test_a_menu_is_no_title(menu: str) -> None:
    parsed = parse(f"{menu}\n[새봄병원] 간호사 모집", PASTED_ON)
    assert (parsed.document.title, parsed.unrecognised) == ("[새봄병원] 간호사 모집", [])


@pytest.mark.parametrize(
    ("rows", "location"),
    [
        ("시설관리\t2명\t대전", "대전"),
        ("시설관리\t2명\t대전\n전산\t1명\t광주", ""),
        ("시설관리\t2명", ""),
    ],
)
def test_a_table_of_one_job_is_read(rows: str, location: str) -> None:
    text = f"직원 채용 공고\n1. 채용분야 및 인원\n구분\t인원\t근무지\n{rows}\n2. 응시자격\n가. 면허"
    document = parse(text, PASTED_ON).document

    assert (document.position, document.location) == ("", location)
    assert document.requirements == "면허"


@pytest.mark.parametrize(
    ("title", "employment_type"),
    [
        ("기간제 사서 채용", "2"),
        ("인턴(정규직 전환형) 채용", ""),
        ("알바생 관리 매니저 채용", ""),
    ],
)
def test_a_title_tells_the_employment_type(title: str, employment_type: str) -> None:
    assert parse(title, PASTED_ON).document.employment_type == employment_type


def test_an_open_end_is_understood_and_not_left_over() -> None:
    assert parse("간호사 모집\n마감일\n채용시까지", PASTED_ON).unrecognised == []


def test_hangul_of_a_mac_reads_the_same() -> None:
    text = pasted_texts()["01_nurse"]
    assert parse(normalize("NFD", text), PASTED_ON) == parse(text, PASTED_ON)


def test_what_is_too_long_for_a_field_is_cut() -> None:
    items = "\n".join(f"- {number} {'가' * 90}" for number in range(200))
    document = parse(f"{'나' * 300}\n주요업무\n{items}", PASTED_ON).document

    for name in LIMITS:
        assert 0 < len(getattr(document, name)) <= LIMITS[name]
    assert document.duties.endswith("가" * 90)


NAMES = """
    주요업무 자격요건 우대사항 복리후생 마감일 근무지 경력 학력 급여 기술스택 회사명 전형절차
    고용형태 포지션 문의 기타 근무조건 공고주소 백엔드개발자
"""
VALUES = """
    ~12/31(수) 2026.12.31 상시채용 정규직 신입 무관 Java 새봄은 (주)새봄 서울 모집 지도보기 공유하기
    https://a.kr/ab 스크랩 경력3년이상의아주긴문장으로끝나지않는줄입니다
"""
MARKS = ["", "", "• ", "■ ", "1. ", "가. ", "[", "【", "- ", "✅", "💻 ", "   "]
WORDS = st.sampled_from([*NAMES.split(), *VALUES.split()])
LABELLED = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(MARKS),
    st.sampled_from(NAMES.split()),
    st.sampled_from([": ", "\t"]),
    WORDS,
)
LINES = st.builds(
    lambda *parts: "".join(parts),
    st.sampled_from(MARKS),
    WORDS,
    st.sampled_from(["", ": ", " ", "\t", "  ", "]", "】", " 및 ", "·"]),
    st.one_of(WORDS, st.just(""), st.text(max_size=8)),
)
ANY_LINE = st.one_of(WORDS, LABELLED, LINES, st.just(""), st.text(max_size=20))
TEXTS = st.lists(ANY_LINE, max_size=40).map("\n".join)


def assert_it_invents_nothing(text: str) -> None:
    """Assert that every line of every field stands in the text, and every figure of the day."""
    document = parse(text, PASTED_ON).document
    whole = fold(text)
    values = document.model_dump(exclude={"employment_type", "deadline", "technology_stacks"})
    for value in (*values.values(), *document.technology_stacks):
        for line in value.split("\n"):
            assert fold(line) in whole
    if document.deadline:
        figures = {int(figure) for figure in re.findall(r"\d{1,4}", text)}
        assert {document.deadline.month, document.deadline.day} <= figures


@given(TEXTS)
@example("주요업무\n• https://a.kr/ab: 지도보기\n백엔드개발자")
@example("학력\n:\n백엔드개발자")
@example("주요업무\n0\x1b0 개발")
@example(f"주요업무\n- {'정산 배치를 설계하고 ' * 8}\n:\n운영합니다")
@settings(max_examples=500, deadline=None)
def test_it_invents_nothing_and_never_raises(text: str) -> None:
    assert_it_invents_nothing(text)


def patterns() -> Iterator[re.Pattern[str]]:
    for module in (deadlines, headings, lines, parsing):
        for value in vars(module).values():
            if isinstance(value, re.Pattern):
                yield value
    yield from (pattern for _kind, pattern in headings._SENTENCES)


@pytest.mark.parametrize("pattern", list(patterns()), ids=lambda pattern: pattern.pattern[:30])
def test_no_pattern_repeats_without_a_bound(pattern: re.Pattern[str]) -> None:
    def repeats(part: Any) -> Iterator[Any]:
        if isinstance(part, tuple) and part and part[0] in REPEATS:
            yield part[1]
        if isinstance(part, (tuple, list, _parser.SubPattern)):
            for inner in part:
                yield from repeats(inner)

    for least, most, inner in repeats(_parser.parse(pattern.pattern, pattern.flags)):
        assert most is not _constants.MAXREPEAT
        # No repeat of repeats either: their bounds would multiply.
        assert most <= 1 or not [r for r in repeats(inner) if r[1] > 1], least


@pytest.mark.parametrize(
    "text",
    [
        "a\n" * (PASTED_MAX_LENGTH // 2),
        "•" * PASTED_MAX_LENGTH,
        "가" * PASTED_MAX_LENGTH,
        "[" * PASTED_MAX_LENGTH,
        "1. " * (PASTED_MAX_LENGTH // 3),
        "주요업무\n" * (PASTED_MAX_LENGTH // 5),
        "경력 : " * (PASTED_MAX_LENGTH // 5),
        "마감일: " + "12.31 " * 3000,
        "\n".join(f"가{number}는 새봄" for number in range(2500)),
        "https://" * 2500,
        "\t" * PASTED_MAX_LENGTH + "가",
        "홈 " * (PASTED_MAX_LENGTH // 2),
        "가  " * (PASTED_MAX_LENGTH // 3),
        "가∙서울 " * (PASTED_MAX_LENGTH // 5),
        "2026. " * (PASTED_MAX_LENGTH // 6),
        "~ 2026" + " " * (PASTED_MAX_LENGTH - 10) + "까지",
        "구분\t인원\t근무지\n" + "가\t1명\t서울\n" * 1500,
        "마감 " * (PASTED_MAX_LENGTH // 3),
    ],
    ids=lambda text: text[:8],
)
def test_it_bears_hostile_texts(text: str) -> None:
    assert_it_invents_nothing(text)
