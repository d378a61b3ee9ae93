"""What a rewriting may say in other words, and what it may not add."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feedback.invented import Invention, InventionKind, Origins, find_inventions
from feedback.invented.origins import NAMES
from feedback.invented.plain import plain, spelled
from feedback.invented.source import Read
from feedback.invented.words import spelled_alike
from quality.inventions import (
    FILES,
    HELD_OUT_UNLISTED,
    Rewrite,
    assess,
    load,
    totals,
)
from resumes.document import (
    EducationEntry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
    Section,
)
from resumes.sample import sample_document


def added(old: str, new: str) -> list[tuple[str, str]]:
    """Return (kind, text) of what the description of one job gained."""
    job = {"company": "㈜도담페이", "start_date": "2020-03", "end_date": "2022-04"}
    source = ResumeDocument(experiences=[ExperienceEntry(**job, description=old)])
    rewritten = ResumeDocument(experiences=[ExperienceEntry(**job, description=new)])
    return [(i.kind.value, i.text) for i in find_inventions(source, rewritten)]


def test_it_works() -> None:
    document = sample_document()
    rewritten = document.model_copy(deep=True)
    rewritten.experiences[1].description += "\n- 서버 비용을 75% 절감함"

    assert find_inventions(document, document) == []
    assert find_inventions(document, rewritten) == [
        Invention(InventionKind.FIGURE, "75%", Section.EXPERIENCES, 1, "description")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("매출 1,200만 원", "매출 12,000,000원"),
        ("5점 만점에 4.8점", "4.8점(5점 만점)"),
        ("따로 점검함", "하나하나 별도로 점검함"),
        ("서버 이전", "서버 마이그레이션"),
        ("뷔슐랭 예약", "예약은 뷔슐랭으로 받음"),
        ("매출 1200만원", "매출 1천2백만 원"),
        ("매출 이천만 원", "매출 2,000만 원"),
        ("예산 9만 4천 원", "예산 94,000원"),
        ("유저 5천 명", "유저 5K"),
        ("유저 5K", "유저 5k명"),
        ("누적 200만 건", "누적 2M건"),
        ("예산 2만 달러", "예산 $20K"),
        ("예산 $20,000", "예산 2만 달러"),
        ("30만 원 절감", "￦300,000 절감"),
        ("10배 빠름", "10x 빠름"),
        ("1920x1080 화면", "1920×1080 화면"),
        ("4K 영상", "4K 영상"),
        ("5년간 일함", "오 년간 일함"),
        ("칠 명과 일함", "7명과 일함"),
        ("석 달 걸림", "삼 개월 걸림"),
        ("3학년 담임", "삼학년 담임"),
        ("회의 자료", "이 건과 이 점, 이 회의와 이 대표의 자료"),
        ("거래처 자료", "구 대리점, 구 페이지, 사 개발팀의 거래처 자료"),
        ("두께를 잼", "두께를 μm로 재고 χ² 검정, β버전, Δt를 봄"),
        ("Кафка와 Jаvа", "Jаvа와 Кафка"),
        ("30% 줄임", "30퍼센트 줄임"),
        ("30% 줄임", "３０ 프로 줄임"),
        ("3개월 걸림", "석 달 걸림"),
        ("1년 6개월 걸림", "18개월 걸림"),
        ("90분에서 끝냄", "한 시간 반에 끝냄"),
        ("1.8초", "1,800ms"),
        ("2023.03에 시작", "2023년 3월에 시작"),
        ("약 40곳에 공급", "40곳에 공급"),
        ("312건 처리", "300여 건 처리"),
        ("312건 처리", "300건 넘게 처리"),
        ("Java로 개발", "자바로 개발"),
        ("동료 네 명과 일함", "동료 4명과 일함"),
        ("월 12건", "매월 12건"),
        ("출결을 개발", "출결\u200b을 개발"),
        ("서버 개발", "2022년까지 2년간 서버 개발"),
        ("팀장으로 일함", "팀을 이끌며 총괄함"),
        ("정보처리기사 시험을 준비함", "정보처리기사를 준비하고 있음"),
        ("정보처리기사 시험을 오래 준비했고 2022년에 취득함", "정보처리기사를 취득함"),
        ("정보처리기사 필기와 실기를 준비해 취득함", "정보처리기사 보유"),
        ("정보처리기사 시험을 준비해 최종 합격", "정보처리기사 합격"),
        ("정보처리기사와 SQLD를 준비 중", "SQLD와 정보처리기사를 준비하고 있음"),
        ("정보처리기사, SQLD 준비 중", "정보처리기사 시험과 SQLD 시험을 공부함"),
        ("정보처리기사 취득, SQLD 준비 중", "SQLD를 준비하며 정보처리기사를 보유함"),
        ("석사 과정 수료 예정", "석사 과정을 수료할 예정"),
        ("토익 845점", "TOEIC 845점"),
        ("우수사원상을 받음", "우수사원상 수상"),
        ("사내 최우수팀으로 선정됨", "사내 최우수 팀에 뽑힘"),
        ("공모전 은상", "공모전에서 은상을 수상함"),
        ("고객 상담", "고객을 대상으로 상담하고 상담 대상을 정함"),
        ("고객 상담", "업무상, 안전상의 일과 우수 고객을 살피고 보상을 받을 일을 정리함"),
        ("수업을 맡음", "바람직한 교사상과 인재상을 세우고 좋은 인상을 받도록 수업을 맡음"),
        ("채용을 맡음", "우수 개발자 채용과 우수 사원 선발을 맡음"),
        ("5점 만점에 4.8점", "별점 4.8점"),
        ("평점 4.8", "★4.8"),
        ("★★★★★ 후기", "별 다섯 개의 후기"),
        ("학점 4.2/4.5", "평점 4.2/4.5"),
        ("일을 나눔", "★ 일을 나눔, 성별과 요일별로 나눔"),
        ("Google Ads 운영", "구글 애즈 운영"),
        ("틱톡 광고 집행", "TikTok Ads와 틱톡 집행"),
        ("영상 광고를 집행함", "영상 광고와 검색 광고를 집행함"),
        ("자료는 https://example.com/a/ 에 있음", "자료: example.com/a"),
    ],
)
def test_other_words_for_the_same_are_no_invention(old: str, new: str) -> None:
    assert added(old, new) == []


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("유저 확보", "유저 5K 확보", "figure"),
        ("유저 5천 명 확보", "유저 5M 확보", "figure"),
        ("예산 절감", "예산 $20K 절감", "figure"),
        ("예산 2만 원 절감", "예산 $20K 절감", "unit"),
        ("건수 처리", "2M 건 처리", "figure"),
        ("속도 개선", "속도 10x 개선", "figure"),
        ("속도 개선", "속도 2.5× 개선", "figure"),
        ("함께 일함", "오 년간 함께 일함", "figure"),
        ("함께 일함", "오년간 함께 일함", "figure"),
        ("함께 일함", "칠 명과 함께 일함", "figure"),
        ("함께 일함", "이 개월 동안 함께 일함", "figure"),
        ("30명", "30+명", "figure"),
        ("서버 개발", "J\u0430v\u0430로 서버 개발", "technology"),
        ("서버 개발", "\u039aafka로 서버 개발", "technology"),
        ("서버 개발", "\u0420\u0423\u0422\u041d\u041e\u041d으로 서버 개발", "technology"),
        ("30% 줄임", "30명 줄임", "unit"),
        ("3개 만듦", "3배 만듦", "unit"),
        ("월 12건", "연 12건", "unit"),
        ("12건", "월 12건", "unit"),
        ("3%p 오름", "3% 오름", "unit"),
        ("47명", "50명", "figure"),
        ("47명", "50여 명", "figure"),
        ("30% 줄임", "30% 이상 줄임", "figure"),
        ("최대 40% 줄임", "40% 줄임", "figure"),
        ("3~5건", "3~10건", "figure"),
        ("3건과 4건", "모두 7건", "figure"),
        ("9분에서 55분으로", "55분에서 9분으로", "figure"),
        ("목표 30억 원", "30억 원 달성", "figure"),
        ("10명을 맡겠습니다", "10명을 맡았습니다", "figure"),
        ("사원으로 일함", "팀장으로 일함", "role"),
        ("업무를 보조함", "업무를 총괄함", "role"),
        ("두 명이 발표함", "단독으로 발표함", "role"),
        ("Java로 개발", "JavaScript로 개발", "technology"),
        ("Java 경험은 없음", "Java 경험", "technology"),
        ("서버 개발", "쿠버네티스로 서버 개발", "technology"),
        ("서버 개발", "삼성전자 서버 개발", "company"),
        ("서버 개발", "㈜새론과 서버 개발", "company"),
        ("연구함", "서울대학교에서 연구함", "school"),
        ("연구함", "석사 학위를 받고 연구함", "degree"),
        ("정보처리기사 시험을 준비함", "정보처리기사를 취득함", "certificate"),
        ("정보처리기사 준비 중", "정보처리기사 준비를 마치고 정보처리기사를 취득", "certificate"),
        ("정보처리기사 준비 중", "정보처리기사 취득, 사내 공부 모임 운영", "certificate"),
        ("정보처리기사 준비 중", "정보처리기사 시험을 오래 준비했고 취득함", "certificate"),
        ("정보처리기사 준비 중", "꾸준히 준비한 정보처리기사를 땄음", "certificate"),
        ("정보처리기사 필기 합격", "정보처리기사 합격", "certificate"),
        ("정보처리기사, SQLD 준비 중", "정보처리기사, SQLD 취득", "certificate"),
        ("정보처리기사를 준비하며 운전면허를 취득함", "정보처리기사를 취득함", "certificate"),
        ("SQLD를 취득하고 정보처리기사를 준비함", "정보처리기사를 취득함", "certificate"),
        ("석사 과정 수료 예정", "석사 과정을 수료함", "degree"),
        ("전산세무 2급", "전산세무 1급", "certificate"),
        ("토익 845점", "토익 945점", "figure"),
        ("우수상을 받음", "최우수상을 받음", "award"),
        ("서버 개발", "2019년부터 서버 개발", "period"),
        ("서버 개발", "서버 개발 https://example.com", "link"),
        ("서버 개발", "서버 개발로 우수사원상", "award"),
        ("서버 개발", "서버 개발로 해커톤 대상 수상", "award"),
        ("서버 개발", "서버 개발로 최우수 평가, 이달의 사원", "award"),
        ("서버 개발", "서버 개발로 최우수상", "award"),
        ("서버 개발", "서버 개발로 시장상을 받음", "award"),
        ("서버 개발", "서버 개발로 빛나는별상을 수상함", "award"),
        ("국내 최초 서버 개발", "서버 개발로 수상", "award"),
        ("앱 개발", "별점 4.9의 앱 개발", "figure"),
        ("앱 개발", "평점 4.8점 앱 개발", "figure"),
        ("앱 개발", "★4.9 앱 개발", "figure"),
        ("앱 개발", "★★★★★ 앱 개발", "figure"),
        ("앱 오류 4.9%", "앱 별점 4.9", "unit"),
        ("별점 4.2", "별점 4.2에서 4.8로 올림", "figure"),
        ("앱 5개 개발", "별 다섯 개를 받은 앱 5개 개발", "unit"),
        ("광고 집행", "네이버 검색광고 집행", "technology"),
        ("광고 집행", "카카오모먼트로 광고 집행", "technology"),
        ("광고 집행", "구글 애즈로 광고 집행", "technology"),
        ("광고 집행", "메타 광고 집행", "technology"),
        ("광고 집행", "틱톡 광고 집행", "technology"),
        ("틱톡 채널 운영", "틱톡 광고 집행", "technology"),
        ("앱 개발", "별 셋을 받은 앱 개발", "figure"),
        ("앱 개발", "별 하나 앱 개발", "figure"),
        ("앱 별 네 개", "앱 별 네 개 반", "figure"),
        ("강의를 맡음", "만족도 만점 강의를 맡음", "figure"),
        ("만족도 5점 만점에 4점", "만족도 만점", "figure"),
        ("영업을 맡음", "영업을 맡아 S등급 평가", "award"),
        ("요리를 맡음", "미쉐린 가이드에 오른 요리를 맡음", "award"),
        ("영업을 맡음", "판매왕으로 영업을 맡음", "award"),
        ("예약을 받음", "캐치테이블로 예약을 받음", "technology"),
        ("입찰을 맡음", "나라장터로 입찰을 맡음", "technology"),
        ("요리를 배움", "르 꼬르동 블루에서 요리를 배움", "name"),
        ("예약을 받음", "뷔슐랭으로 예약을 받음", "name"),
    ],
)
def test_a_change_of_meaning_is_one(old: str, new: str, kind: str) -> None:
    assert kind in {kind for kind, _text in added(old, new)}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("토익 900점", "certificate"),
        ("정처기", "certificate"),
        ("１２０％", "figure"),
        ("㈜새론", "company"),
        ("쿠버\u200b네티스", "technology"),
        ("HTTPS://Example.com/A", "link"),
    ],
)
def test_it_is_quoted_as_it_was_written(words: str, kind: str) -> None:
    said = dict(added("서버 개발", f"앞 ① 서버 개발 ②  {words} 뒤"))

    assert said[kind]
    assert said[kind] in words


PIECES = ["가", "ㄱ", "ㅏ", "\u1100", "\u1161", "\u11a8", "e", "\u0301", "\u200b", "①", "㈜", "ﷺ"]
PIECES += ["ｶ", "ﾞ", "ﾡ", "ￂ", "３", "0", "％", "토익", " ", "\n", "×", "½", "K", "…", "Å"]


@given(text=st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example(text="토익 스피킹 토익, 정처기")
def test_every_place_in_a_plain_text_is_one_in_the_text(text: str) -> None:
    read = Read(text)

    assert spelled(text).text == plain(text)
    for place, letter in enumerate(read.plain):
        before = read.spelled.original(place, place + 1)
        assert letter in spelled_alike(spelled(text[slice(*before)])).text


def test_a_figure_may_not_move_to_another_entry() -> None:
    jobs = [
        ExperienceEntry(company="도담페이", description="민원 37건을 줄임"),
        ExperienceEntry(company="솔빛소프트", description="서버 개발"),
    ]
    source = ResumeDocument(experiences=jobs)
    moved = source.model_copy(deep=True)
    moved.experiences[1].description = "민원 37건을 줄이며 서버 개발"

    assert [(i.kind, i.index) for i in find_inventions(source, moved)] == [("figure", 1)]


def test_a_job_may_say_what_the_introduction_tells_of_it() -> None:
    source = ResumeDocument(
        introduction="도담페이에서 민원 37건을 줄였습니다.",
        experiences=[ExperienceEntry(company="(주)도담페이", description="서버 개발")],
    )
    rewritten = source.model_copy(deep=True)
    rewritten.experiences[0].description = "서버 개발, 민원 37건을 줄임"

    assert find_inventions(source, rewritten) == []


def test_fields_that_are_no_text_are_compared_too() -> None:
    source = ResumeDocument(
        experiences=[
            ExperienceEntry(
                company="도담페이",
                position="사원",
                employment_type="3",
                start_date=date(2020, 3, 2),
                end_date=date(2021, 2, 1),
            )
        ],
        educations=[EducationEntry(school="가온대학교", graduation_status="5", grade="3.4/4.5")],
        qualifications=[QualificationEntry(title="정보처리기사 (필기 합격)")],
        projects=[ProjectEntry(title="대사 도구", technology_stacks=["Java"])],
        technology_stacks=["Java"],
    )
    rewritten = source.model_copy(deep=True)
    job, school = rewritten.experiences[0], rewritten.educations[0]
    job.position, job.employment_type, job.end_date = "대리", "1", None
    school.graduation_status, school.grade = "1", "4.3/4.5"
    rewritten.qualifications[0].title = "정보처리기사"
    rewritten.qualifications[0].acquired_date = date(2022, 1, 1)
    rewritten.projects[0].link = "https://example.com"
    rewritten.projects[0].technology_stacks += ["Kafka"]
    rewritten.technology_stacks += ["Terraform"]

    origins: Origins = {section: [0] for section in NAMES}
    assert {(i.field, i.kind.value) for i in find_inventions(source, rewritten, origins)} == {
        ("position", "role"),
        ("employment_type", "role"),
        ("end_date", "period"),
        ("graduation_status", "degree"),
        ("grade", "figure"),
        ("acquired_date", "period"),
        ("title", "certificate"),
        ("link", "link"),
        ("technology_stacks", "technology"),
        ("title", "technology"),
    }


def test_a_new_entry_is_one() -> None:
    source = sample_document()
    rewritten = source.model_copy(deep=True)
    rewritten.educations.append(EducationEntry(school="하늘대학교", education_level="4"))

    said = find_inventions(source, rewritten)

    assert [(i.kind, i.text, i.index) for i in said] == [("school", "하늘대학교", 2)]


def test_the_id_of_a_code_is_no_figure() -> None:
    job = ExperienceEntry(company="도담", employment_type="1", description="앱 개발")
    starred = job.model_copy(update={"description": "별 하나를 받은 앱 개발"})

    said = find_inventions(ResumeDocument(experiences=[job]), ResumeDocument(experiences=[starred]))

    assert [i.text for i in said] == ["별 하나"]


def test_a_name_from_anywhere_in_the_resume_is_known() -> None:
    source = sample_document()
    source.introduction += "\n뷔슐랭에서 예약을 맡았습니다."
    rewritten = source.model_copy(deep=True)
    rewritten.experiences[0].description += "\n- 뷔슐랭 서버를 맡음"

    assert find_inventions(source, rewritten) == []


def test_most_of_what_was_planted_is_found() -> None:
    shares = dict.fromkeys(FILES, 0.95) | {HELD_OUT_UNLISTED: 0.5}
    for name, share in shares.items():
        found, planted, _alarms = totals(name)
        assert found / planted >= share


HONEST = [rewrite for name in FILES for rewrite in load(name) if not rewrite.planted]


@pytest.mark.parametrize("rewrite", HONEST, ids=lambda case: f"{case.resume}: {case.why}")
def test_an_honest_rewriting_raises_no_alarm(rewrite: Rewrite) -> None:
    assert assess(rewrite).false_alarms == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1,",
        "1만 ",
        "하루 ",
        "가",
        "a.",
        "2023.",
        "㈜",
        "에서 ",
        "http://a",
        "(주)가 ",
        "1~",
        "두 ",
        "★",
        "별 ",
        "대회 ",
        "우수상",
        "별 셋 ",
        "뷁",
        "뷁쉙 ",
    ],
)
def test_the_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        source = ResumeDocument(introduction=text, experiences=[ExperienceEntry(company="가")])
        rewritten = source.model_copy(update={"introduction": text + " 7"})
        began = time.process_time()
        find_inventions(source, rewritten)
        return time.process_time() - began

    assert seconds(20_000) < 8 * max(seconds(5_000), 0.25)
