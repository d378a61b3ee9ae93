"""Orders in a posting, a résumé or an interview are data: they change no guide."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from pytest_django import Settings

from gaechwi.jobs.models import Engine
from studyguides.lessons import reviewed
from studyguides.materials import AskedBy, Material, WeakAnswer
from studyguides.tests.planned import TODAY, asking, knowing
from studyguides.writing import Written, write
from tests.injected_orders import INJECTIONS, Injection
from tests.model_server import ModelServer, Obeys

REQUIREMENTS = "Kubernetes 운영 경험\n간호사 면허 소지자\nSQL 활용 능력"

each_injection = pytest.mark.parametrize(
    "injection", INJECTIONS, ids=[injection.name for injection in INJECTIONS]
)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def model(server: ModelServer, settings: Settings) -> Obeys:
    """A model that obeys, and that the project is set up with."""
    settings.OPENAI_BASE_URL = server.url
    settings.OPENAI_MODEL = "test-model"
    settings.OPENAI_ANSWER_RETRIES = 0
    server.behaviour = model = Obeys()
    return model


@cache
def guide(texts: tuple[str, ...], engine: Engine) -> Written:
    said = "\n".join(texts)
    answer = WeakAnswer(
        question_id=1,
        question="가장 어려웠던 일은 무엇입니까?",
        basis=said,
        score=20,
        improvements=f"‘{said}’ 대신 한 일을 말씀해 주십시오.",
    )
    material = Material(
        resume=knowing(f"Linux 서버를 운영함\n{said}", introduction=said),
        asked=(AskedBy(posting=asking(REQUIREMENTS, duties=said, company=said[:90])),),
        answers=(answer,),
    )
    return write(material, reviewed(), hours_a_week=10, engine=engine, on=TODAY, language="ko")


def outline(written: Written) -> list[tuple[str, str, int]]:
    return [(step.skill, worded.title, worded.hours) for step, worded in written.items]


@each_injection
def test_they_change_nothing_that_the_rules_plan(injection: Injection) -> None:
    plain, ordered = guide(("",), Engine.OFFLINE), guide(injection.texts, Engine.OFFLINE)
    assert outline(ordered) == outline(plain)
    assert (ordered.set_aside, ordered.summary) == (plain.set_aside, plain.summary)


@each_injection
def test_a_model_that_obeys_sees_none(injection: Injection, model: Obeys) -> None:
    ordered = guide(injection.texts, Engine.OPENAI)
    assert model.obeyed == []
    assert outline(ordered) == outline(guide(("",), Engine.OPENAI))
    assert "‘간호사 면허 소지자’" in ordered.summary
