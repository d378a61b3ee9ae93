"""A model words a guide: the plan, its hours and what is left out stay those of the rules."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from gaechwi.jobs.models import Engine, JobError
from postings.tests import note_down
from resumes.models import Resume
from studyguides.models import StudyGuide
from studyguides.services import request_guide
from studyguides.tests.guides import compared, finished, posting_of, written
from tests.model_server import Exchange, ModelServer, failing

pytestmark = pytest.mark.django_db(transaction=True)

Json = dict[str, Any]
ASKED = "- Kubernetes 운영 경험\n- 간호사 면허 소지자\n- SQL 활용 능력"


def words(change: Callable[[Json], None] = lambda answer: None) -> Callable[[Exchange], None]:
    """Return a model that words each item of a plan, and then makes a change to its answer."""

    def behave(exchange: Exchange) -> None:
        task = task_of(exchange.body)
        answer = {
            "summary": "기초부터 차례로 익히는 계획입니다.",
            "items": [
                {
                    "number": item["number"],
                    "description": f"모델의 설명 {item['number']}",
                    "hours": item["hours"],
                    "checks": ["해 보셨습니까?"],
                    "keywords": ["핵심", "핵심", "낱말"],
                }
                for item in task["plan"]
            ],
        }
        change(answer)
        exchange.answer(json.dumps(answer, ensure_ascii=False))

    return behave


def task_of(body: Json) -> Json:
    task: Json = json.loads(body["messages"][1]["content"])
    return task


def each_item(**fields: object) -> Callable[[Json], None]:
    def change(answer: Json) -> None:
        for item in answer["items"]:
            item.update(fields)

    return change


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    with ModelServer(words()) as server:
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = "test-key"
        settings.OPENAI_MODEL = "test-model"
        settings.OPENAI_ANSWER_RETRIES = 0
        yield server


def by_rules(user: User, settings: Settings, **sources: Any) -> StudyGuide:
    """Return what the rules alone make of the same sources."""
    url, key = settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY
    settings.OPENAI_BASE_URL = settings.OPENAI_API_KEY = ""
    guide = written(user, **sources)
    settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = url, key
    return guide


def outline(guide: StudyGuide) -> list[tuple[object, ...]]:
    return [(i.order, i.title, i.skill, i.gaps, i.estimated_hours) for i in guide.items.all()]


def test_it_works(user: User, model: ModelServer, settings: Settings) -> None:
    posting = note_down(user, requirements=ASKED)
    rules = by_rules(user, settings, posting=posting)
    guide = written(user, posting=posting)

    assert (guide.engine, guide.model, guide.prompt_version) == (
        Engine.OPENAI,
        "test-model",
        "study-guide-1",
    )
    assert outline(guide) == outline(rules)
    assert guide.set_aside == rules.set_aside
    items = list(guide.items.all())
    assert [item.description for item in items] == [f"모델의 설명 {item.order}" for item in items]
    assert {tuple(item.checks) for item in items} == {("해 보셨습니까?",)}
    assert [k.keyword for k in items[0].keywords.all()] == ["핵심", "낱말"]
    assert guide.summary.startswith("기초부터 차례로 익히는 계획입니다.\n\n")
    assert "‘간호사 면허 소지자’" in guide.summary
    assert guide.model_calls == 1
    assert guide.prompt_tokens > 0


def test_an_item_that_closes_no_gap_is_dropped(user: User, model: ModelServer) -> None:
    def add(answer: Json) -> None:
        answer["items"].append({**answer["items"][0], "number": 99, "description": "덤"})
        answer["items"].append({**answer["items"][0], "number": 0, "description": "덤"})

    model.behaviour = words(add)
    guide = written(user, posting=note_down(user, requirements=ASKED))
    assert "덤" not in [item.description for item in guide.items.all()]
    assert len(guide.items.all()) == len(task_of(model.requests[-1].body)["plan"])


def test_an_item_that_is_left_out_keeps_the_words_of_the_rules(
    user: User, model: ModelServer, settings: Settings
) -> None:
    posting = note_down(user, requirements=ASKED)
    rules = by_rules(user, settings, posting=posting)
    model.behaviour = words(lambda answer: answer["items"].pop(0) and None)
    guide = written(user, posting=posting)
    assert outline(guide) == outline(rules)
    first, second = guide.items.all()[:2]
    assert first.description == rules.items.all()[0].description
    assert second.description == "모델의 설명 2"


@pytest.mark.parametrize("hours", [1, 300])
def test_hours_are_bounded_by_those_of_the_rules(
    user: User, model: ModelServer, settings: Settings, hours: int
) -> None:
    posting = note_down(user, requirements=ASKED)
    rules = by_rules(user, settings, posting=posting)
    model.behaviour = words(each_item(hours=hours))
    guide = written(user, posting=posting)
    for item, planned in zip(guide.items.all(), rules.items.all(), strict=True):
        most = planned.estimated_hours
        assert item.estimated_hours == (most if hours == 300 else ceil(most / 2))


@pytest.mark.parametrize(
    "broken",
    [
        each_item(number=77),
        each_item(hours=0),
        each_item(checks=[]),
        each_item(description=""),
        lambda answer: answer.update(items=[]),
        lambda answer: answer.update(title="새 제목"),
    ],
    ids=["no number", "no hours", "no checks", "no description", "no items", "another field"],
)
def test_an_answer_that_breaks_the_schema_is_none(
    user: User, model: ModelServer, broken: Callable[[Json], None]
) -> None:
    model.behaviour = words(broken)
    guide = finished(request_guide(user, posting=note_down(user, requirements=ASKED)))
    assert (guide.status, guide.error) == ("failed", JobError.MODEL_ANSWER_INVALID)
    assert not guide.items.exists()
    assert guide.model_calls == 1


def test_a_model_that_is_away_fails_visibly(user: User, model: ModelServer) -> None:
    model.behaviour = failing(99)
    guide = finished(request_guide(user, posting=note_down(user, requirements=ASKED)))
    assert (guide.status, guide.error) == ("failed", JobError.MODEL_UNAVAILABLE)


def test_where_nothing_can_be_learnt_no_model_is_asked(user: User, model: ModelServer) -> None:
    guide = written(user, posting=note_down(user, requirements="- 간호사 면허 소지자"))
    assert model.requests == []
    assert guide.summary.startswith("공부로 채울 것은 없습니다.")


def test_personal_data_and_notes_stay_in_the_house(resume: Resume, model: ModelServer) -> None:
    user = resume.user
    resume.introduction += f"\n{resume.name}, {resume.phone}, {resume.email}"
    resume.save()
    model.behaviour = "well"
    posting = posting_of(
        user,
        deadline=None,
        memo="비밀 메모",
        benefits="비밀 혜택",
        duties=f"문의 010-1234-5678, {resume.name}",
    )
    feedback = compared(resume, posting)
    model.behaviour = words(
        lambda answer: answer["items"][0].update(description="[전화번호 1]로 연락받기 전에")
    )
    guide = written(user, feedback=feedback)

    sent = json.dumps(model.requests[-1].body, ensure_ascii=False)
    assert "study-guide" not in sent
    assert "Kafka" in sent
    secrets = (resume.name, resume.phone, resume.email, resume.address, "010-1234-5678")
    for secret in (*secrets, "비밀 메모", "비밀 혜택"):
        assert secret
        assert secret not in sent
    assert "[전화번호 1]" not in guide.items.all()[0].description
