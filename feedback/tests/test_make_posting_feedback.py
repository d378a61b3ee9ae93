from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.utils import translation
from pytest_django import Settings

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.quotes import locate
from feedback.rates import MARGIN, bounded
from feedback.services import request_posting_feedback
from feedback.tasks import review_resume
from gaechwi.jobs.models import Engine, JobStatus
from postings.models import JobPosting
from postings.tests import note_down, posting_documents
from quality.matching import fitting
from resumes.models import Resume
from resumes.services import create_resume
from tests.model_server import Exchange, ModelServer, good_answer, invents_quotes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """An OpenAI-compatible server that the project is set up with."""
    with ModelServer() as server:
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_API_KEY = "test-key"
        settings.OPENAI_MODEL = "test-model"
        yield server


@pytest.fixture
def nurse(user: User) -> Resume:
    """A résumé that fits the posting of a nurse."""
    return create_resume(user, fitting()["01_nurse"])


def posting_of(user: User, name: str, **fields: object) -> JobPosting:
    return note_down(user, **{**posting_documents()[name].model_dump(), **fields})


def make(resume: Resume, posting: JobPosting) -> ResumeFeedback:
    feedback = request_posting_feedback(resume, posting)
    review_resume(feedback.pk)
    feedback.refresh_from_db()
    return feedback


def assert_sound(feedback: ResumeFeedback) -> None:
    """Assert that it is done, and that every remark and every proof rests on the résumé."""
    assert (feedback.status, feedback.error) == (JobStatus.DONE, "")
    quotes: list[tuple[str | None, str]]
    quotes = [(c.section, c.quote) for c in feedback.contents.all()]
    quotes += [(str(i.section), i.quote) for part in feedback.parts for i in part.items]
    assert quotes
    for section, quote in quotes:
        passages = [p for p in feedback.document.passages() if p.section == section]
        assert not quote or locate(quote, passages), quote
        assert len(quote) <= 200


def answers(rate: int) -> object:
    """Return a behaviour of the model's server that answers well and with this rate."""

    def behave(exchange: Exchange) -> None:
        answer = {**json.loads(good_answer(exchange.body)), "matching_rate": rate}
        exchange.answer(json.dumps(answer, ensure_ascii=False))

    return behave


def test_it_works_offline(nurse: Resume, user: User) -> None:
    feedback = make(nurse, posting_of(user, "01_nurse"))

    assert_sound(feedback)
    assert (feedback.engine, feedback.model_rate) == (Engine.OFFLINE, None)
    assert feedback.matching_rate == feedback.offline_rate
    assert feedback.matching_rate is not None
    assert feedback.matching_rate > 85
    assert [part.kind for part in feedback.parts] == ["must_have", "preferred", "experience"]
    assert sum(part.weight for part in feedback.parts) == pytest.approx(1, abs=0.001)
    assert feedback.unchecked_requirements == ["인근 거주자"]
    strengths = [c for c in feedback.contents.all() if c.feedback_division == "1"]
    assert any("간호사 면허 소지자" in c.feedback_result for c in strengths)


def test_what_is_missing_is_named_with_its_requirement(nurse: Resume, user: User) -> None:
    feedback = make(nurse, posting_of(user, "04_backend"))

    assert_sound(feedback)
    assert feedback.matching_rate is not None
    assert feedback.matching_rate < 20
    mend = [c.feedback_result for c in feedback.contents.all() if c.feedback_division == "2"]
    assert any("Spring Boot와 JPA" in text for text in mend)
    wishes = [c.feedback_result for c in feedback.contents.all() if c.feedback_division == "3"]
    assert any("Kafka를 이용한" in text for text in wishes)


def test_each_gap_is_named_once_and_quotes_no_other_words(nurse: Resume, user: User) -> None:
    feedback = make(nurse, posting_of(user, "04_backend"))

    gaps = [c for c in feedback.contents.all() if c.feedback_division == "2"]
    assert sum("‘Spring Boot’" in c.feedback_result for c in gaps) == 0
    assert sum("Spring Boot" in c.feedback_result for c in gaps) == 1
    company = feedback.document.experiences[0].company
    assert company
    assert company not in [c.quote for c in gaps]


def test_it_works_with_a_model(nurse: Resume, user: User, model: ModelServer) -> None:
    feedback = make(nurse, posting_of(user, "01_nurse"))

    assert_sound(feedback)
    assert (feedback.engine, feedback.prompt_version) == (Engine.OPENAI, "posting-review-3")
    assert feedback.parts


@pytest.mark.parametrize(("said", "name"), [(100, "04_backend"), (0, "01_nurse")])
def test_a_model_moves_the_rate_no_further_than_the_evidence_allows(
    nurse: Resume, user: User, model: ModelServer, said: int, name: str
) -> None:
    model.behaviour = answers(said)  # type: ignore[assignment]

    feedback = make(nurse, posting_of(user, name))

    assert feedback.model_rate == said
    assert feedback.offline_rate is not None
    assert feedback.matching_rate == bounded(said, feedback.offline_rate)
    assert abs(feedback.matching_rate - feedback.offline_rate) <= MARGIN


@pytest.mark.parametrize(
    ("said", "found", "counts"),
    [(100, 0, 15), (0, 0, 0), (100, 95, 100), (60, 50, 60), (10, 80, 65), (80, 80, 80)],
)
def test_rates_are_bounded(said: int, found: int, counts: int) -> None:
    assert bounded(said, found) == counts
    assert bounded(100, 0) < 20


def test_quotes_that_stand_nowhere_are_asked_for_again(
    nurse: Resume, user: User, model: ModelServer
) -> None:
    model.behaviour = invents_quotes(1)

    feedback = make(nurse, posting_of(user, "01_nurse"))

    assert_sound(feedback)
    assert feedback.model_calls == 2


def test_personal_data_and_notes_stay_in_the_house(
    nurse: Resume, user: User, model: ModelServer
) -> None:
    nurse.introduction += f"\n연락처는 {nurse.phone}, {nurse.email} 입니다. {nurse.name} 올림."
    nurse.save()
    posting = posting_of(
        user,
        "01_nurse",
        memo="비밀 메모",
        benefits="비밀 혜택",
        duties="문의: 홍길동 010-1234-5678, hr@hospital.example",
    )

    make(nurse, posting)

    (request,) = [r for r in model.requests if r.body.get("messages")]
    sent = json.dumps(request.body, ensure_ascii=False)
    secrets = (nurse.phone, nurse.email, nurse.name, nurse.address, "비밀 메모", "비밀 혜택")
    for secret in (*secrets, "010-1234-5678", "hr@hospital.example"):
        assert secret not in sent


def test_proofs_hold_no_personal_data(nurse: Resume, user: User) -> None:
    nurse.introduction = f"프리셉터 {nurse.name}, 전화 {nurse.phone}, 급성기 뇌졸중 집중치료실 근무"
    nurse.save()
    posting = posting_of(user, "01_nurse", requirements="뇌졸중 집중치료실 근무")

    feedback = make(nurse, posting)

    (item,) = feedback.parts[0].items
    assert item.quote == "급성기 뇌졸중 집중치료실 근무"
    assert_sound(feedback)


def test_a_posting_of_nothing_but_conditions_gets_no_rate(nurse: Resume, user: User) -> None:
    with translation.override("ko"):
        feedback = make(nurse, note_down(user, title="모집", requirements="인근 거주자\n병역필"))

    assert_sound(feedback)
    assert (feedback.matching_rate, feedback.offline_rate) == (None, None)
    assert feedback.matching_parts == []
    assert feedback.unchecked_requirements == ["인근 거주자", "병역필"]
    assert "일치율을 매기지 않았습니다" in feedback.parent_content
    assert "확인된 것" not in feedback.parent_content
    assert "모두 이력서에서 근거를 찾았습니다" not in feedback.parent_content


def test_a_model_gives_no_rate_where_nothing_is_asked(
    nurse: Resume, user: User, model: ModelServer
) -> None:
    feedback = make(nurse, note_down(user, title="모집", experience_level="신입"))

    assert (feedback.status, feedback.engine) == (JobStatus.DONE, Engine.OPENAI)
    assert feedback.contents.exists()
    assert (feedback.matching_rate, feedback.offline_rate, feedback.model_rate) == (None,) * 3
