"""A guide from a feedback, from an interview, from a posting, and from all of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.services import (
    NothingAskedError,
    request_posting_feedback,
    request_standard_feedback,
)
from gaechwi.jobs.limits import TooManyJobs
from interviews.assessing import request_judgement
from interviews.judging import GOOD
from interviews.tasks import judge_interview
from interviews.tests.interviewing import THIN, begun, to_the_end
from postings.tests import note_down
from quality.matching import fitting
from resumes.models import Resume
from resumes.services import create_resume
from studyguides.models import StudyGuide, StudyItem, StudyKeyword
from studyguides.reasons import Reason
from studyguides.services import (
    NotComparedError,
    NothingMissingError,
    NotReadyError,
    delete_guide,
    make_guide,
    request_guide,
    retry_guide,
    save_guide,
)
from studyguides.tests.guides import compared, finished, posting_of, written
from tests.ports import free_port

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def nurse(user: User) -> Resume:
    """A résumé that has little to do with a back end."""
    return create_resume(user, fitting()["01_nurse"])


@pytest.fixture
def feedback(user: User, nurse: Resume) -> ResumeFeedback:
    return compared(nurse, posting_of(user, deadline=None))


def judged_interview(resume: Resume) -> object:
    interview = to_the_end(begun(resume), THIN)
    judge_interview(request_judgement(interview).pk)
    return interview


def test_it_works(user: User, feedback: ResumeFeedback) -> None:
    guide = written(user, feedback=feedback)

    assert (guide.engine, guide.prompt_version) == ("offline", "guide-2")
    assert guide.title == "‘백엔드 개발자 (Java/Spring)’ 학습 가이드"
    items = list(guide.items.all())
    assert [item.order for item in items] == list(range(1, len(items) + 1))
    titles = [item.title for item in items]
    assert titles.index("Java 익히기") < titles.index("Spring 익히기")
    assert titles.index("Spring 익히기") < titles.index("Spring Boot 익히기")
    asked = {item.text for part in feedback.parts for item in part.items}
    for item in items:
        assert (item.status, item.done_at, item.notes) == ("todo", None, "")
        assert {gap.text for gap in item.closes} <= asked
        assert item.closes
        assert item.description
        assert 1 <= len(item.checks) <= 3
        assert item.keywords.all()
    assert guide.total_hours == sum(item.estimated_hours for item in items)
    assert "Java" in [keyword.keyword for keyword in guide.keywords.all()]
    assert f"{len(items)}가지를 모두 {guide.total_hours}시간에" in guide.summary
    reasons = {aside.reason for aside in guide.left_out}
    assert Reason.EXPERIENCE in reasons
    assert "일해야 쌓이는 경력과 경험: ‘" in guide.summary


def test_what_the_guide_says_of_an_item(user: User, feedback: ResumeFeedback) -> None:
    items = {item.skill: item for item in written(user, feedback=feedback).items.all()}
    spring = items["Spring"].description.splitlines()
    assert spring[0] == "Spring Boot를 배우기 전에 알아야 합니다."
    assert spring[1] == "배울 차례: 의존성 주입 → AOP → 트랜잭션 → 웹 MVC"
    kafka = items["Kafka"].description.splitlines()
    assert kafka[0].startswith("메울 빈틈: 우대 사항 ‘Kafka를 이용한 이벤트 기반 구조")
    assert "‘" not in items["Kafka"].title


def test_later_edits_change_nothing(user: User, nurse: Resume) -> None:
    posting = posting_of(user, "04_backend", deadline=None)
    guide = request_guide(user, posting=posting)
    posting.requirements, posting.technology_stacks = "Rust 경험", []
    posting.save()
    skills = [item.skill for item in finished(guide).items.all()]
    assert "Kafka" in skills
    assert "Rust" not in skills


def test_from_a_posting_alone_all_that_it_asks_is_learnt(user: User) -> None:
    posting = note_down(user, requirements="- SQL 활용 능력\n- 간호사 면허 소지자")
    guide = written(user, posting=posting)
    assert [item.skill for item in guide.items.all()] == ["SQL"]
    assert [(aside.gap.text, aside.reason) for aside in guide.left_out] == [
        ("간호사 면허 소지자", Reason.LICENCE)
    ]


def test_from_an_interview_its_weak_answers_are_given_again(resume: Resume) -> None:
    interview = judged_interview(resume)
    guide = written(resume.user, interview=interview)
    weak = {
        answer.question.question: answer
        for answer in interview.feedback.questions.all()  # type: ignore[attr-defined]
        if answer.score < GOOD
    }
    assert weak
    practised = [item for item in guide.items.all() if item.title.startswith("면접 질문")]
    assert {item.closes[0].text for item in practised} == weak.keys()
    for item in practised:
        assert item.checks == [item.closes[0].text]
        assert item.closes[0].question_id == weak[item.checks[0]].question_id
        assert weak[item.checks[0]].improvements in item.description
    assert guide.title == "면접 답변 학습 가이드"


def test_several_sources_make_one_guide(user: User, nurse: Resume) -> None:
    feedback = compared(nurse, posting_of(user, deadline=None))
    other = note_down(user, title="다른 공고", requirements="- Go 경험\n- 활력징후 측정")
    guide = written(user, feedback=feedback, interview=judged_interview(nurse), posting=other)
    skills = [item.skill for item in guide.items.all()]
    assert {"Go", "Kafka"} <= {*skills}
    # The résumé of the feedback speaks for the other posting, too.
    assert "활력징후" not in skills
    assert any(item.title.startswith("면접 질문") for item in guide.items.all())


def test_the_posting_of_the_feedback_is_asked_once(user: User, feedback: ResumeFeedback) -> None:
    alone = written(user, feedback=feedback)
    both = written(user, feedback=feedback, posting=feedback.posting)
    assert [i.title for i in both.items.all()] == [i.title for i in alone.items.all()]


# Time


def test_the_hours_fit_the_weeks_that_are_left(user: User) -> None:
    deadline = timezone.localdate() + timedelta(weeks=3)
    posting = posting_of(user, deadline=deadline)
    guide = written(user, posting=posting, hours_per_week=20)
    assert guide.hours_available == 60
    assert 30 < guide.total_hours <= 60
    later = [aside for aside in guide.left_out if aside.reason == Reason.LATER]
    assert "Kubernetes 익히기" in {aside.title for aside in later}
    assert all(aside.hours for aside in later)
    assert "시간이 모자라 뒤로 미룬 것" in guide.summary
    wishes = [item for item in guide.items.all() if item.closes[0].source == "preferred"]
    assert wishes == []


def test_more_hours_a_week_leave_less_out(user: User) -> None:
    posting = posting_of(user, deadline=timezone.localdate() + timedelta(weeks=3))
    few, many = (written(user, posting=posting, hours_per_week=h) for h in (5, 40))
    assert few.total_hours < many.total_hours
    assert len(few.left_out) > len(many.left_out)


def test_a_deadline_that_is_over_limits_nothing(user: User) -> None:
    posting = posting_of(user, deadline=timezone.localdate() - timedelta(days=1))
    guide = written(user, posting=posting)
    assert guide.hours_available is None
    assert guide.items.count() > 10


def test_without_time_there_are_no_items_and_all_is_named(user: User) -> None:
    guide = written(user, posting=posting_of(user, deadline=timezone.localdate()))
    assert guide.items.count() == 0
    assert guide.summary.startswith("마감까지 남은 시간이 짧아")
    assert guide.left_out


# What cannot be made


def test_it_checks_the_sources(user: User, nurse: Resume, feedback: ResumeFeedback) -> None:
    with pytest.raises(NotComparedError):
        request_guide(user, feedback=request_standard_feedback(nurse))
    with pytest.raises(NotReadyError):
        request_guide(
            user, feedback=request_posting_feedback(nurse, posting_of(user, "09_math_teacher"))
        )
    with pytest.raises(NotReadyError):
        request_guide(user, interview=begun(nurse))
    with pytest.raises(NothingAskedError):
        request_guide(user, posting=note_down(user, title="빈 공고"))
    assert not StudyGuide.objects.exists()


def test_where_nothing_is_missing_there_is_nothing_to_make(user: User) -> None:
    resume = create_resume(user, fitting()["02_accountant"])
    feedback = compared(resume, posting_of(user, "02_accountant"))
    with pytest.raises(NothingMissingError):
        request_guide(user, feedback=feedback)


# A job like all others


def test_asking_twice_makes_one(user: User, feedback: ResumeFeedback) -> None:
    first = request_guide(user, feedback=feedback)
    assert request_guide(user, feedback=feedback) == first
    finished(first)
    assert request_guide(user, feedback=feedback) != first


def test_the_database_allows_one_at_a_time(user: User, feedback: ResumeFeedback) -> None:
    guide = request_guide(user, feedback=feedback)
    with pytest.raises(IntegrityError, match="guide_one_at_a_time"), transaction.atomic():
        StudyGuide.objects.create(user=user, feedback=feedback, material=guide.material)


def test_a_guide_is_written_once(user: User, feedback: ResumeFeedback) -> None:
    guide = written(user, feedback=feedback)
    finished(guide)
    assert guide.items.count() == StudyItem.objects.count()


def test_a_failed_one_can_be_tried_again(user: User, feedback: ResumeFeedback) -> None:
    guide = request_guide(user, feedback=feedback)
    StudyGuide.objects.update(status="failed", error="internal", finished_at=timezone.now())
    guide.refresh_from_db()
    assert retry_guide(guide) == guide
    assert finished(guide).status == "done"


def test_a_newer_one_in_hand_is_not_doubled(user: User, feedback: ResumeFeedback) -> None:
    guide = request_guide(user, feedback=feedback)
    StudyGuide.objects.update(status="failed", error="internal", finished_at=timezone.now())
    newer = request_guide(user, feedback=feedback)
    assert retry_guide(guide) == newer


def test_the_day_ends_for_guides_as_well(
    user: User, feedback: ResumeFeedback, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = f"http://127.0.0.1:{free_port()}/v1"
    settings.MODEL_JOBS_PER_DAY = 0
    with pytest.raises(TooManyJobs):
        request_guide(user, feedback=feedback)
    assert not StudyGuide.objects.exists()


def test_a_deleted_one_still_counts_and_is_gone(user: User, feedback: ResumeFeedback) -> None:
    guide = written(user, feedback=feedback)
    delete_guide(guide)
    assert not StudyGuide.objects.for_user(user).exists()
    assert not StudyItem.objects.for_user(user).exists()
    assert StudyGuide.objects.count() == 1


def test_guides_belong_to_their_user(
    user: User, other_user: User, feedback: ResumeFeedback
) -> None:
    guide = written(user, feedback=feedback)
    assert list(StudyGuide.objects.for_user(user)) == [guide]
    assert not StudyGuide.objects.for_user(other_user).exists()
    assert not StudyItem.objects.for_user(other_user).exists()


def test_an_english_reader_gets_an_english_guide(user: User) -> None:
    posting = note_down(user, requirements="- Kubernetes experience\n- 3 years of Go experience")
    with translation.override("en"):
        guide = request_guide(user, posting=posting)
    guide = finished(guide)
    item = guide.items.get(skill="Kubernetes")
    assert item.title == "Learn Kubernetes"
    assert "pods and deployments" in item.description
    assert item.checks[0].startswith("Can you show that no request breaks")
    assert "pods and deployments" in [keyword.keyword for keyword in item.keywords.all()]
    assert "Kubernetes" not in guide.title


def test_the_rules_say_the_same_twice(user: User, feedback: ResumeFeedback) -> None:
    guide = request_guide(user, feedback=feedback)
    assert make_guide(guide) == make_guide(guide)


# Queries


def test_queries_stay_the_same_however_long_it_is(
    user: User,
    feedback: ResumeFeedback,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    short = written(user, posting=note_down(user, requirements="- SQL 활용 능력"))
    long = written(user, feedback=feedback)
    assert long.items.count() > 10 * short.items.count()
    for guide in (short, long):
        with django_assert_num_queries(3):
            read = StudyGuide.objects.for_user(user).with_items().get(pk=guide.pk)
            assert read.total_hours
            assert [[k.keyword for k in item.keywords.all()] for item in read.items.all()]
    with django_assert_num_queries(1):
        listed = list(StudyGuide.objects.for_user(user).for_lists())
        assert [(one.title, one.item_count, one.done_count) for one in listed]  # type: ignore[attr-defined]
    assert listed[0].hours == long.total_hours  # type: ignore[attr-defined]


def test_saving_takes_as_many_queries_however_long_it_is(
    user: User, feedback: ResumeFeedback, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    posting = note_down(user, requirements="- SQL 활용 능력")
    for guide in (request_guide(user, posting=posting), request_guide(user, feedback=feedback)):
        made = make_guide(guide)
        with transaction.atomic(), django_assert_num_queries(3):
            save_guide(guide, made)


# Rules in the database


def short_guide(user: User) -> StudyGuide:
    return written(user, posting=note_down(user, requirements="- SQL과 Excel 활용 능력"))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"estimated_hours": 0}, "study_item_hours"),
        ({"estimated_hours": 301}, "study_item_hours"),
        ({"status": "later"}, "study_item_done"),
        ({"status": "done"}, "study_item_done"),
        ({"gaps": []}, "study_item_closes_a_gap"),
        ({"order": 2}, "study_item_in_order"),
    ],
)
def test_the_database_keeps_the_rules(user: User, fields: dict[str, object], rule: str) -> None:
    item = short_guide(user).items.all()[0]
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        StudyItem.objects.filter(pk=item.pk).update(**fields)


@pytest.mark.parametrize(
    ("of", "keyword", "rule"),
    [
        ("both", "새말", "keyword_of_guide_or_item"),
        ("none", "새말", "keyword_of_guide_or_item"),
        ("item", "", "keyword_has_letters"),
        ("item", None, "keyword_of_item_once"),
        ("guide", None, "keyword_of_guide_once"),
    ],
)
def test_a_keyword_is_of_a_guide_or_an_item(
    user: User, of: str, keyword: str | None, rule: str
) -> None:
    guide = short_guide(user)
    item = guide.items.all()[0]
    there = (guide if of == "guide" else item).keywords.all()[0].keyword
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        StudyKeyword.objects.create(
            guide=guide if of in ("guide", "both") else None,
            item=item if of in ("item", "both") else None,
            keyword=there if keyword is None else keyword,
        )


def test_a_guide_has_a_source(user: User) -> None:
    with pytest.raises(IntegrityError, match="guide_has_a_source"), transaction.atomic():
        StudyGuide.objects.create(user=user, material={})
