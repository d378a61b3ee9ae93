"""Staff adds lessons in the admin, and guides follow them at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.sites import site
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from feedback.matching.levels import Degree
from postings.tests import note_down
from studyguides.lessons import Level, reviewed
from studyguides.models import StudyGuide, StudyLesson
from studyguides.tests.guides import written

pytestmark = pytest.mark.django_db(transaction=True)

NOTION = {
    "skill": "Notion",
    "after": "",
    "hours": 3,
    "level": "working",
    "degree": "",
    "topics": "페이지와 블록\n데이터베이스",
    "checks": "회의록을 데이터베이스로 모을 수 있습니까?",
    "source": "Notion 도움말 센터",
}


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("staff@example.com", "a-long-passphrase"))
    return client


def add(staff: Client, **fields: Any) -> Any:
    return staff.post("/admin/studyguides/studylesson/add/", {**NOTION, **fields})


def test_it_works(staff: Client, user: User) -> None:
    assert add(staff).status_code == 302
    guide = written(user, posting=note_down(user, technology_stacks=["Notion"]))
    (item,) = guide.items.all()
    assert (item.title, item.estimated_hours) == ("Notion 익히기", 3)
    assert "페이지와 블록 → 데이터베이스" in item.description
    assert item.checks == ["회의록을 데이터베이스로 모을 수 있습니까?"]


def test_a_lesson_takes_the_place_of_a_reviewed_one(staff: Client) -> None:
    add(staff, skill="Kafka", after="Redis\nJava", hours=7)
    graph = StudyLesson.objects.graph()
    assert (graph.lessons["Kafka"].hours, graph.lessons["Kafka"].after) == (7, ("Redis", "Java"))
    assert reviewed().lessons["Kafka"].hours != 7


def test_what_was_barred_can_be_given_a_lesson(staff: Client) -> None:
    add(staff, skill="운전면허", level="exam", hours=30)
    assert "운전면허" not in StudyLesson.objects.graph().barred


def test_a_change_and_a_deletion_are_seen_at_once(staff: Client) -> None:
    add(staff)
    lesson = StudyLesson.objects.get()
    address = f"/admin/studyguides/studylesson/{lesson.pk}/change/"
    assert staff.post(address, {**NOTION, "hours": 9}).status_code == 302
    assert StudyLesson.objects.graph().lessons["Notion"].hours == 9
    staff.post(
        "/admin/studyguides/studylesson/",
        {"action": "delete_selected", "_selected_action": lesson.pk, "post": "yes"},
    )
    assert "Notion" not in StudyLesson.objects.graph().lessons


def test_they_are_read_from_the_cache(
    staff: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    add(staff, degree="3", level="exam")
    with django_assert_num_queries(0):
        lesson = StudyLesson.objects.graph().lessons["Notion"]
    assert (lesson.degree, lesson.level) == (Degree.BACHELOR, Level.EXAM)


@pytest.mark.parametrize(
    "fields",
    [
        {"skill": "아무도 모르는 것"},
        {"skill": "노션"},
        {"after": "아무도 모르는 것"},
        {"after": "Notion"},
        {"hours": 0},
        {"hours": 301},
        {"topics": "가" * 51},
        {"topics": "\n"},
        {"checks": "하나\n둘\n셋\n넷"},
        {"degree": "9"},
        {"skill": "Linux", "after": "Kubernetes"},
        {"source": ""},
    ],
    ids=lambda fields: ", ".join(f"{k} {str(v)[:12]!r}" for k, v in fields.items()),
)
def test_it_refuses(staff: Client, fields: dict[str, Any]) -> None:
    answer = add(staff, **fields)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not StudyLesson.objects.exists()


def test_a_cycle_is_named() -> None:
    lesson = StudyLesson(**{**NOTION, "skill": "Linux", "after": "Docker", "degree": None})
    with pytest.raises(ValidationError, match="Linux"):
        lesson.clean()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [({"hours": 0}, "lesson_hours"), ({"level": "x"}, "lesson_level"), ({"degree": 9}, "degree")],
)
def test_the_database_keeps_the_rules(fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        StudyLesson.objects.create(**{**NOTION, "degree": None, **fields})


def test_staff_sees_how_guides_went_and_no_words(staff: Client, user: User) -> None:
    guide = written(
        user, posting=note_down(user, title="비밀 공고", requirements="- SQL 활용 능력")
    )
    assert site.is_registered(StudyGuide)
    for path in ("", f"{guide.pk}/change/"):
        page = staff.get(f"/admin/studyguides/studyguide/{path}").content.decode()
        assert "비밀 공고" not in page
        assert str(guide.pk) in page
