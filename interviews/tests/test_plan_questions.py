from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import product

import pytest
from django.utils import translation

from feedback.checks.sentences import excerpt
from feedback.matching.wishes import wants_something
from feedback.orders import is_order
from interviews.materials import gather
from interviews.planning import plan
from interviews.questions import WORDINGS, Form
from interviews.topics import BasisKind, Difficulty, InterviewType, Topic
from interviews.wording import closing, greeting
from postings.document import PostingDocument
from quality.corpus import RESUMES, load
from quality.matching import SAME_TRADE, fitting, postings
from resumes.document import EducationEntry, ExperienceEntry, ProjectEntry, ResumeDocument, Section
from resumes.privacy import redaction_for
from tests.injected_orders import INJECTIONS, Injection, posting_with, resume_with

ON = date(2026, 11, 1)
CASES = {case.trade: case.resume for case in load(RESUMES)}
PAIRS = [(CASES[trade], postings()[name]) for name, trade in SAME_TRADE.items() if trade] + [
    (resume, postings()[name]) for name, resume in fitting().items()
]
NURSE, BACKEND = CASES["간호사"], CASES["백엔드 개발자"]
# It names a major, and nothing done.
THIN = ResumeDocument(
    title="신입", name="김하나", educations=[EducationEntry(school="가나대", major="경영학과")]
)


def planned(
    resume: ResumeDocument,
    posting: PostingDocument | None = None,
    interview_type: InterviewType = InterviewType.JOB,
    difficulty: Difficulty = Difficulty.NORMAL,
    count: int = 5,
) -> list[Topic]:
    return plan(resume, posting, interview_type, difficulty, count, ON)


@cache
def every_interview() -> list[tuple[ResumeDocument, PostingDocument | None, list[Topic]]]:
    return [
        (resume, asked, planned(resume, asked, kind, difficulty, 10))
        for (resume, posting), kind, difficulty in product(PAIRS[::3], InterviewType, Difficulty)
        for asked in (posting, None)
    ]


def test_it_works() -> None:
    topics = planned(BACKEND, postings()["04_backend"], InterviewType.TECHNICAL, count=7)

    assert len(topics) == 7
    kinds = {topic.kind for topic in topics}
    assert {BasisKind.TECHNOLOGY, BasisKind.PROJECT, BasisKind.REQUIREMENT, BasisKind.GAP} <= kinds


@pytest.mark.parametrize("count", range(3, 11))
@pytest.mark.parametrize("interview_type", InterviewType)
@pytest.mark.parametrize("resume", [NURSE, THIN, ResumeDocument()])
def test_there_are_always_enough(
    resume: ResumeDocument, interview_type: InterviewType, count: int
) -> None:
    topics = planned(resume, None, interview_type, count=count)

    assert len({topic.question for topic in topics}) == count


@pytest.mark.parametrize("count", [2, 11])
def test_other_counts_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        planned(NURSE, count=count)


def test_no_question_and_no_basis_comes_twice() -> None:
    for _resume, _posting, topics in every_interview():
        assert len({topic.question for topic in topics}) == 10
        bases = [(topic.quote, topic.requirement) for topic in topics]
        rested = [basis for basis in bases if any(basis)]
        assert len(set(rested)) == len(rested)


def test_no_way_to_ask_comes_twice_in_an_interview() -> None:
    asks = {
        max(re.split(r"%\(\w+\)\w", str(ask)), key=len)
        for wording in WORDINGS.values()
        for texts in wording.asks.values()
        for ask in texts
    }
    for _resume, _posting, topics in every_interview():
        text = "\n".join(topic.question for topic in topics)
        assert not [ask for ask in asks if text.count(ask) > 1]


def test_quotes_stand_in_their_section() -> None:
    for resume, _posting, topics in every_interview():
        for topic in topics:
            assert bool(topic.quote) == (topic.section is not None)
            passages = [p.text for p in resume.passages() if p.section == topic.section]
            assert not topic.quote or any(topic.quote in text for text in passages)


def test_requirements_stand_in_the_posting() -> None:
    for _resume, posting, topics in every_interview():
        asked = posting.model_dump_json() if posting else ""
        for topic in topics:
            for name in topic.requirement.split(" / "):
                assert name.replace('"', '\\"') in asked


def test_what_was_found_is_asked_for_in_depth_and_what_was_not_as_a_gap() -> None:
    topics = planned(CASES["호텔 조리사"], postings()["07_hotel_cook"], count=10)

    gaps = [topic for topic in topics if topic.kind == BasisKind.GAP]
    assert "한식조리기능사 자격증 소지자" in {topic.requirement for topic in gaps}
    assert not any(topic.quote for topic in gaps)
    shown = [topic for topic in topics if topic.kind == BasisKind.REQUIREMENT]
    assert shown
    assert all(topic.quote and topic.requirement for topic in shown)


def test_an_interview_without_a_posting_speaks_of_none() -> None:
    for _resume, posting, topics in every_interview():
        if posting is None:
            assert not [topic for topic in topics if topic.requirement or "공고" in topic.question]


@pytest.mark.parametrize("count", [3, 6, 10])
def test_a_general_one_begins_with_the_person_and_ends_with_the_posting(count: int) -> None:
    posting = postings()["01_nurse"]

    topics = planned(NURSE, posting, InterviewType.GENERAL, count=count)

    assert topics[0].kind == topics[-1].kind == BasisKind.INTRODUCTION
    assert topics[-1].requirement == posting.position
    assert posting.company in topics[-1].question


def test_types_ask_differently() -> None:
    technical = planned(BACKEND, None, InterviewType.TECHNICAL, count=6)
    personal = planned(BACKEND, None, InterviewType.PERSONALITY, count=6)

    assert sum(topic.kind == BasisKind.TECHNOLOGY for topic in technical) >= 2
    assert not any(topic.kind == BasisKind.ATTITUDE for topic in technical)
    assert sum(topic.kind == BasisKind.ATTITUDE for topic in personal) >= 2
    assert not any(topic.kind == BasisKind.TECHNOLOGY for topic in personal)


def test_difficulty_changes_what_is_asked_and_not_of_what() -> None:
    easy, hard = (
        planned(BACKEND, None, difficulty=level, count=4)
        for level in (Difficulty.EASY, Difficulty.HARD)
    )

    assert [topic.quote for topic in easy] == [topic.quote for topic in hard]
    assert not {topic.question for topic in easy} & {topic.question for topic in hard}


def worked(start: date, end: date | None) -> ResumeDocument:
    job = ExperienceEntry(company="가온", position="영업", start_date=start, end_date=end)
    return ResumeDocument(title="영업", experiences=[job])


@pytest.mark.parametrize(
    ("resume", "asked"),
    [
        (worked(date(2021, 3, 2), date(2025, 1, 31)), "경력을 마친 뒤로 지금까지 21개월쯤"),
        (worked(date(2026, 1, 2), date(2026, 8, 30)), "가온에서는 ‘2026.01 ~ 2026.08’, 7개월"),
        (worked(date(2021, 3, 2), None), ""),
    ],
)
def test_periods_are_asked_about(resume: ResumeDocument, asked: str) -> None:
    topics = planned(resume, None, InterviewType.PERSONALITY, count=6)

    of_periods = [topic for topic in topics if topic.kind == BasisKind.PERIOD]
    assert len(of_periods) == bool(asked)
    assert not asked or asked in of_periods[0].question


def test_particles_follow_the_name() -> None:
    resume = ResumeDocument(title="개발자", technology_stacks=["Kafka", "Kotlin"])

    text = "\n".join(
        topic.question for topic in planned(resume, None, InterviewType.TECHNICAL, count=4)
    )

    assert "Kafka를" in text
    assert "Kotlin을" in text


def test_what_is_sold_is_not_asked_about_as_a_tool() -> None:
    sales = gather(CASES["B2B 영업"], None, ON)[Form.TOOL_USED]
    backend = gather(BACKEND.model_copy(update={"technology_stacks": []}), None, ON)

    assert "네트워크 장비" not in {material.name for material in sales}
    assert "MySQL" in {material.name for material in backend[Form.TOOL_USED]}


def test_the_same_is_asked_again() -> None:
    assert planned(NURSE, count=10) == planned(NURSE.model_copy(deep=True), count=10)


def test_people_of_one_trade_are_not_all_asked_the_same_open_questions() -> None:
    first = {
        planned(resume, None, InterviewType.PERSONALITY, count=3)[1].question
        for resume in CASES.values()
    }

    assert len(first) >= 4


def test_personal_data_is_not_in_it() -> None:
    document = ResumeDocument(
        title="최민재의 이력서",
        name="최민재",
        email="minjae.choi@example.com",
        phone="010-1234-5678",
        projects=[
            ProjectEntry(title="최민재 포트폴리오 사이트", description="혼자 만들고 운영했습니다."),
            ProjectEntry(title="예약 서비스", description="문의는 010-1234-5678로 받았습니다."),
        ],
        experiences=[
            ExperienceEntry(
                company="최민재 공방",
                position="대표",
                description="minjae.choi@example.com 주소로 받은 주문을 40% 늘렸습니다.",
            )
        ],
    )
    redaction = redaction_for(document)

    for kind in InterviewType:
        topics = planned(document, None, kind, count=10)
        text = "\n".join(f"{topic.question}\n{topic.quote}" for topic in topics)
        assert redaction.redact(text) == text
    assert any(topic.quote == "예약 서비스" for topic in planned(document, count=10))


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda injection: injection.name)
def test_orders_are_neither_topics_nor_quotes(injection: Injection) -> None:
    resume = resume_with(CASES["호텔 조리사"], injection.texts)
    posting = posting_with(postings()["07_hotel_cook"], injection.texts)

    for kind in InterviewType:
        for topic in planned(resume, posting, kind, count=10):
            assert not is_order(topic.quote)
            assert not wants_something(topic.quote)
            assert not is_order(topic.requirement)
            for text in injection.texts:
                if is_order(text) or wants_something(text):
                    assert excerpt(text) not in topic.question


def test_it_is_polite_and_asks_for_something() -> None:
    for _resume, _posting, topics in every_interview():
        for topic in topics:
            assert re.search(
                r"(?:[요까]\?|주세요\.|들려주세요\.|됩니다\.|괜찮습니다\.)$", topic.question
            )


@pytest.mark.parametrize("kind", InterviewType)
def test_it_can_be_held_in_english(kind: InterviewType) -> None:
    resume = ResumeDocument(
        title="Backend",
        experiences=[
            ExperienceEntry(company="Acme", position="Developer", start_date=date(2024, 1, 1))
        ],
        technology_stacks=["Kotlin"],
    )

    with translation.override("en"):
        texts = [topic.question for topic in planned(resume, None, kind, count=10)]
        texts += [greeting(kind, 10), closing()]

    assert not re.search("[가-힣]", "\n".join(texts))


def test_the_greeting_names_type_and_number() -> None:
    words = greeting(InterviewType.TECHNICAL, 7)

    assert "기술 면접을" in words
    assert "7개" in words
    assert "평가" in closing()


def test_sections_of_open_questions_are_empty() -> None:
    topics = planned(ResumeDocument(), None, InterviewType.GENERAL, count=10)

    assert {topic.kind for topic in topics} == {BasisKind.INTRODUCTION, BasisKind.ATTITUDE}
    assert {(topic.section, topic.quote) for topic in topics} == {(None, "")}


def test_a_major_is_no_work() -> None:
    topic = planned(THIN, None, InterviewType.JOB, count=3)[0]

    assert (topic.kind, topic.section) == (BasisKind.INTRODUCTION, Section.EDUCATIONS)
