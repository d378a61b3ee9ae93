"""Whatever a model answers, over real HTTP: what is kept rests on what was asked about."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

import annotated_types
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pytest_django import Settings

from accounts.models import User
from feedback.improving import improve
from feedback.reviewing import Reviewed, review, review_against
from feedback.schemas import PostingReview, Review, Rewriting
from gaechwi.ai.errors import AIError
from gaechwi.jobs.models import Engine, JobError, JobStatus
from imports.reading import read as read_resume
from imports.schemas import ResumeAnswer
from interviews import conversing
from interviews.assessing import make_judgement, request_judgement
from interviews.conversing import begin, save_words
from interviews.models import InterviewFeedback, InterviewTurn
from interviews.schemas import InterviewJudgement
from postings.document import PostingDocument
from postings.reading import read as read_posting
from postings.schemas import PostingAnswer
from postings.tests import note_down
from resumes.models import Resume
from resumes.sample import sample_document
from studyguides.schemas import GuideWording
from studyguides.services import make_guide, request_guide
from tests.fuzz import budget, texts
from tests.fuzz.test_imports import assert_stands_in
from tests.model_server import Exchange, ModelServer

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 28)
RESUME = sample_document()
POSTING = PostingDocument(
    title="백엔드 개발자",
    company="달무리커머스",
    requirements="- Java 3년 이상\n- Kafka 운영 경험",
    preferred="- Kubernetes",
)
PASTED = "백엔드 개발자\n회사: 온새미페이\n자격 요건\n- Python 3년 이상\n우대 사항\n- Kafka"
WRITTEN = (
    "한나루\n경력\n온새미페이 백엔드 개발자 2020.03 ~ 현재\n- 결제 API를 만듦\n기술: Python, Go"
)

SAID = "정산 배치가 느려서 제가 쿼리를 나눠 40분을 6분으로 줄였습니다."

LIKELY = (
    SAID,
    *(line for passage in RESUME.passages() for line in passage.text.splitlines() if line.strip()),
    *PASTED.splitlines(),
    *WRITTEN.splitlines(),
    "NASA에서 화성 탐사선을 총괄했습니다",
    "매출을 9,800% 끌어올렸습니다",
    "[[NAME]] [이름] {{phone}}",
)


def answers(schema: Any) -> st.SearchStrategy[Any]:
    """Return what may come for an annotation of a schema, as JSON."""
    kind, parts = get_origin(schema), get_args(schema)
    if kind is Annotated:
        return _held(answers(parts[0]), parts[1:])
    if kind is Literal:
        return st.sampled_from(parts)
    if kind is list:
        return st.lists(answers(parts[0]), max_size=4)
    if parts:
        return st.one_of([answers(part) for part in parts])
    if schema in _PLAIN:
        return _PLAIN[schema]
    if issubclass(schema, Enum):
        return st.sampled_from([member.value for member in schema])
    fields = schema.model_fields.items()
    return st.fixed_dictionaries(
        {name: answers(field.rebuild_annotation()) for name, field in fields}
    )


_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: texts(*LIKELY),
    # Numbers of questions and steps, scores and hours.
    int: st.integers(1, 2) | st.integers(-3, 120),
    bool: st.booleans(),
    type(None): st.none(),
}


def _held(values: st.SearchStrategy[Any], constraints: Sequence[Any]) -> st.SearchStrategy[Any]:
    for held in constraints:
        values = _held_to(values, held)
    return values


def _held_to(values: st.SearchStrategy[Any], held: Any) -> st.SearchStrategy[Any]:
    if isinstance(held, FieldInfo):
        return _held(values, held.metadata)
    if isinstance(held, annotated_types.Ge):
        return values.map(lambda value: max(value, held.ge))
    if isinstance(held, annotated_types.Le):
        return values.map(lambda value: min(value, held.le))
    if isinstance(held, annotated_types.MinLen):
        return values.filter(lambda value: len(value) >= held.min_length)
    if isinstance(held, annotated_types.MaxLen):
        return values.map(lambda value: value[: held.max_length])
    return values


def replies(schema: type[BaseModel]) -> st.SearchStrategy[str]:
    """Return what a model may reply where an answer of a schema was asked for."""
    fitting = answers(schema).map(lambda value: json.dumps(value, ensure_ascii=False))
    cut_off = st.tuples(fitting, st.integers(0, 200)).map(lambda pair: pair[0][: pair[1]])
    return st.one_of(fitting, fitting, fitting, cut_off, texts("null", "[]", "{}", "[" * 900))


class Model:
    """A model that replies whatever it is told to."""

    reply = ""

    def __call__(self, exchange: Exchange) -> None:
        exchange.answer(self.reply)


@pytest.fixture
def model(settings: Settings) -> Iterator[Model]:
    behaviour = Model()
    with ModelServer(behaviour) as server:
        settings.OPENAI_BASE_URL, settings.OPENAI_API_KEY = server.url, "key"
        settings.OPENAI_ANSWER_RETRIES = settings.OPENAI_MAX_RETRIES = 0
        yield behaviour


@contextmanager
def refused_in_words() -> Iterator[None]:
    """Let an answer be refused, for a reason that the user is told in words."""
    try:
        yield
    except AIError as error:
        JobError(error.code)


@pytest.fixture
def feedback(user: User, resume: Resume) -> InterviewFeedback:
    """A judgement of an interview that the rules have held, with one answer."""
    interview = begin(user, resume, None, interview_type="1", question_count=3)
    for said in (SAID, ""):
        turn = interview.turns.latest("pk")
        save_words(turn, conversing.speak(turn))
        InterviewTurn.objects.update(status=JobStatus.DONE, finished_at=timezone.now())
        if said:
            conversing.answer(interview, said)
    return request_judgement(interview)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def assert_rests_on_the_resume(reviewed: Reviewed) -> None:
    whole = squeezed("\n".join(passage.text for passage in RESUME.passages()))
    assert reviewed.review.contents
    for content in reviewed.review.contents:
        assert squeezed(content.quote) in whole, content.quote


@budget
@given(reply=replies(Review))
def test_a_review_rests_on_the_resume(model: Model, reply: str) -> None:
    model.reply = reply
    with refused_in_words():
        reviewed = review(RESUME, Engine.OPENAI, TODAY, "ko")

        assert_rests_on_the_resume(reviewed)


@budget
@given(reply=replies(PostingReview))
def test_a_rate_stays_near_what_can_be_shown(model: Model, reply: str) -> None:
    by_rules = review_against(RESUME, POSTING, Engine.OFFLINE, TODAY, "ko").matching_rate
    assert by_rules is not None
    model.reply = reply
    with refused_in_words():
        reviewed = review_against(RESUME, POSTING, Engine.OPENAI, TODAY, "ko")

        assert_rests_on_the_resume(reviewed)
        assert reviewed.matching_rate is not None
        assert 0 <= reviewed.matching_rate <= 100
        assert abs(reviewed.matching_rate - by_rules) <= 20


@budget
@given(reply=replies(Rewriting))
def test_a_rewriting_loses_nothing(model: Model, reply: str) -> None:
    model.reply = reply
    with refused_in_words():
        improved = improve(RESUME, [], Engine.OPENAI, TODAY, "ko")

        kept = improved.document
        assert set(RESUME.technology_stacks) <= set(kept.technology_stacks)
        for name in ("experiences", "educations", "projects", "activities", "qualifications"):
            assert len(getattr(kept, name)) >= len(getattr(RESUME, name))
        assert (kept.name, kept.email, kept.phone) == (RESUME.name, RESUME.email, RESUME.phone)


@budget
@given(reply=replies(PostingAnswer))
def test_a_posting_is_what_stands_in_its_text(model: Model, reply: str) -> None:
    model.reply = reply
    with refused_in_words():
        reading = read_posting(PASTED, Engine.OPENAI, TODAY)

        whole = squeezed(PASTED).lower()
        for name in ("title", "company", "position", "requirements", "preferred", "benefits"):
            for line in getattr(reading.document, name).splitlines():
                assert squeezed(line).lower() in whole, (name, line)


@budget
@given(reply=replies(ResumeAnswer))
def test_an_imported_resume_is_what_stands_in_its_text(model: Model, reply: str) -> None:
    model.reply = reply
    with refused_in_words():
        reading = read_resume("txt", WRITTEN.encode(), Engine.OPENAI)

        assert reading.document is not None
        assert_stands_in(reading.document, WRITTEN)


@budget
@given(reply=replies(InterviewJudgement))
def test_a_judgement_has_a_score_for_each_answer(
    feedback: InterviewFeedback, model: Model, reply: str
) -> None:
    feedback.engine = Engine.OPENAI
    model.reply = reply
    with refused_in_words():
        judged = make_judgement(feedback)

        assert len(judged.questions) == len(judged.asked) == 1
        for question in judged.questions:
            assert 0 <= question.score <= 100
            assert squeezed(question.quote) in squeezed(SAID)


@budget
@given(reply=replies(GuideWording))
def test_a_guide_keeps_its_plan(user: User, model: Model, reply: str) -> None:
    guide = request_guide(user, posting=note_down(user, requirements="- SQL 활용 능력\n- Kafka"))
    guide.engine = Engine.OFFLINE
    by_rules = make_guide(guide)
    guide.engine = Engine.OPENAI
    model.reply = reply
    with refused_in_words():
        written = make_guide(guide)

        assert [step for step, _ in written.items] == [step for step, _ in by_rules.items]
        assert all(
            ours.hours / 2 <= said.hours <= ours.hours
            for (_, said), (_, ours) in zip(written.items, by_rules.items, strict=True)
        )
