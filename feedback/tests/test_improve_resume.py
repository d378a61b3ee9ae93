from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from feedback.changes import apply, changes_between
from feedback.improvements import request_improvement
from feedback.models import ImprovementChange, ResumeFeedback, ResumeImprovement
from feedback.rewriting import rewrite
from feedback.services import request_standard_feedback
from feedback.tasks import improve_resume, review_resume
from gaechwi.jobs.models import Engine, JobError, JobStatus
from quality.corpus import HELD_OUT, RESUMES, Case, load
from resumes.document import ResumeDocument
from resumes.models import Resume
from resumes.services import to_document
from resumes.tests import sample_document
from tests.model_rewriting import INVENTED, INVENTED_JOB
from tests.model_server import ModelServer, invents_facts, prose, well

pytestmark = pytest.mark.django_db(transaction=True)

CASES = load(RESUMES) + load(HELD_OUT)


@pytest.fixture
def model(settings: Settings) -> Iterator[ModelServer]:
    """An OpenAI-compatible server that the project is set up with."""
    with ModelServer() as server:
        settings.OPENAI_BASE_URL = server.url
        settings.OPENAI_MODEL = "test-model"
        yield server


def reviewed(resume: Resume) -> ResumeFeedback:
    feedback = request_standard_feedback(resume)
    review_resume(feedback.pk)
    feedback.refresh_from_db()
    return feedback


def make(resume: Resume) -> ResumeImprovement:
    improvement = request_improvement(reviewed(resume))
    improve_resume(improvement.pk)
    improvement.refresh_from_db()
    return improvement


def url(feedback: ResumeFeedback) -> str:
    return reverse("feedback:improve", args=[feedback.pk])


def test_it_works(client: Client, resume: Resume) -> None:
    feedback = reviewed(resume)

    response = client.post(url(feedback))

    improvement = ResumeImprovement.objects.get()
    assert response["Location"] == improvement.get_absolute_url()
    assert (improvement.status, improvement.engine) == (JobStatus.QUEUED, Engine.OFFLINE)
    assert improvement.resume_id is None
    improve_resume(improvement.pk)
    improvement.refresh_from_db()
    new = improvement.resume
    assert (improvement.status, improvement.error) == (JobStatus.DONE, "")
    assert new is not None
    assert (new.resume_type, new.source_resume, new.user) == ("2", resume, resume.user)
    assert new.title == f"{resume.title} (고쳐 씀)"
    assert "[성과 수치를 적어 주세요]" in new.experiences.all()[0].description


def test_it_checks_access(client: Client, other_client: Client, resume: Resume) -> None:
    feedback = reviewed(resume)

    assert other_client.post(url(feedback)).status_code == 404
    assert other_client.post(reverse("feedback:improve", args=[0])).status_code == 404
    assert "/accounts/login/" in Client().post(url(feedback))["Location"]
    assert client.get(url(feedback)).status_code == 405
    assert not ResumeImprovement.objects.exists()


def test_a_feedback_that_is_not_done_has_nothing_to_say_yet(client: Client, resume: Resume) -> None:
    feedback = request_standard_feedback(resume)

    page = client.post(url(feedback), follow=True).content.decode()

    assert "피드백이 끝난 뒤에" in page
    assert not ResumeImprovement.objects.exists()


def test_an_emptied_resume_is_not_rewritten(client: Client, user: User) -> None:
    resume = Resume.objects.create(user=user, title="제목", name="이름", introduction="소개" * 9)
    feedback = reviewed(resume)
    Resume.objects.update(introduction="")

    assert "아직 읽을 내용이 없습니다" in client.post(url(feedback), follow=True).content.decode()
    assert not ResumeImprovement.objects.exists()


def test_a_second_click_starts_nothing(client: Client, resume: Resume) -> None:
    feedback = reviewed(resume)

    first, second = client.post(url(feedback)), client.post(url(feedback))

    assert first["Location"] == second["Location"]
    assert ResumeImprovement.objects.count() == 1


def test_it_rewrites_the_resume_as_it_now_stands(resume: Resume) -> None:
    feedback = reviewed(resume)
    resume.introduction = "그 뒤에 새로 쓴 소개입니다."
    resume.save()

    improvement = request_improvement(feedback)

    assert improvement.document == to_document(resume)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.trade)
def test_the_rules_invent_nothing(case: Case) -> None:
    rewritten, origins = rewrite(case.resume, case.reviewed_on)

    changes = changes_between(case.resume, rewritten, origins)

    assert changes
    assert [change.inventions for change in changes if change.inventions] == []
    assert apply(case.resume, changes) == rewritten


def test_the_rules_rewrite_no_further_what_they_have_rewritten() -> None:
    once, _origins = rewrite(sample_document(), date(2026, 11, 1))
    twice, _origins = rewrite(once, date(2026, 11, 1))

    assert twice == once


def test_endings_within_a_text_agree_and_repeated_sentences_go() -> None:
    repeated = "배차 화면의 조회 속도를 두 배로 높였습니다."
    document = ResumeDocument.model_validate(
        {
            "introduction": f"서버를 맡았습니다. 조회를 빠르게 했다. {repeated}",
            "experiences": [
                {
                    "company": "회사",
                    "start_date": "2018-01",
                    "end_date": "2019-01",
                    "description": f"서버를 개발함. 배포를 자동화했습니다. {repeated}",
                },
                {"company": "새 회사", "start_date": "2020-01"},
            ],
        }
    )

    rewritten, origins = rewrite(document, date(2026, 11, 1))

    assert rewritten.introduction == f"서버를 맡았습니다. 조회를 빠르게 했습니다. {repeated}"
    assert [job.company for job in rewritten.experiences] == ["새 회사", "회사"]
    assert rewritten.experiences[1].description == "서버를 개발함. 배포를 자동화함."
    assert origins["experiences"] == [1, 0]  # type: ignore[index]


def test_it_works_with_a_model(resume: Resume, model: ModelServer) -> None:
    improvement = make(resume)

    assert (improvement.status, improvement.engine) == (JobStatus.DONE, Engine.OPENAI)
    assert (improvement.model, improvement.prompt_version) == ("test-model", "improve-2")
    assert improvement.model_calls == 1
    assert improvement.resume is not None
    assert "감소시킴" in improvement.resume.experiences.all()[0].description
    assert not improvement.changes.exclude(inventions=[]).exists()


def test_what_a_model_invents_is_marked_and_not_taken(resume: Resume, model: ModelServer) -> None:
    model.behaviour = invents_facts

    improvement = make(resume)

    marked = list(improvement.changes.exclude(inventions=[]))
    assert [(change.section, change.field) for change in marked] == [
        ("experiences", "description"),
        ("experiences", "entry"),
    ]
    assert not any(change.taken for change in marked)
    assert {found["text"] for found in marked[0].inventions} == {"250%", "대표이사", "표창"}
    assert {found["text"] for found in marked[1].inventions} == {INVENTED_JOB}
    new = improvement.resume
    assert new is not None
    kept = json.dumps(to_document(new).model_dump(mode="json"), ensure_ascii=False)
    assert INVENTED not in kept
    assert INVENTED_JOB not in kept


def test_the_database_takes_nothing_marked_that_is_not_confirmed(
    resume: Resume, model: ModelServer
) -> None:
    model.behaviour = invents_facts
    improvement = make(resume)

    with pytest.raises(IntegrityError):
        improvement.changes.update(taken=True)
    improvement.changes.update(taken=True, confirmed=True)


def test_personal_data_does_not_leave_and_comes_back(resume: Resume, model: ModelServer) -> None:
    resume.introduction = f"저는 {resume.name}입니다. 연락은 {resume.phone}로 주세요."
    resume.save()

    improvement = make(resume)

    sent = json.dumps([request.body for request in model.requests], ensure_ascii=False)
    assert len(model.requests) == 2
    for secret in (resume.name, resume.phone, resume.email, resume.address):
        assert secret not in sent
    assert improvement.resume is not None
    assert f"{resume.name}입니다. 연락은 {resume.phone}로" in improvement.resume.introduction


@pytest.mark.parametrize(
    "answer",
    [
        {"section": "experiences", "index": 99, "field": "description", "text": "…"},
        {"section": "experiences", "index": None, "field": "description", "text": "…"},
        {"section": "experiences", "index": -1, "field": "description", "text": "…"},
        {"section": "educations", "index": 0, "field": "description", "text": "…"},
        {"section": "basics", "index": None, "field": "introduction", "text": "…"},
        {"section": "basics", "index": None, "field": "title", "text": "가" * 101},
        {"section": "experiences", "index": 0, "field": "position", "text": "가" * 101},
        {"section": "introduction", "index": None, "field": "introduction", "text": "  "},
    ],
    ids=["far", "none", "negative", "no field", "elsewhere", "long title", "long name", "empty"],
)
def test_what_does_not_fit_the_resume_is_passed_over(
    resume: Resume, model: ModelServer, answer: dict[str, object]
) -> None:
    feedback = reviewed(resume)
    words = {"texts": [answer], "new_entries": [], "technology_stacks": []}
    model.behaviour = lambda exchange: exchange.answer(json.dumps(words))

    improvement = request_improvement(feedback)
    improve_resume(improvement.pk)

    improvement.refresh_from_db()
    assert (improvement.status, improvement.error) == (
        JobStatus.FAILED,
        JobError.MODEL_ANSWER_INVALID,
    )
    assert not ImprovementChange.objects.exists()
    assert Resume.objects.count() == 1


def test_a_failed_one_can_be_tried_again(
    client: Client, other_client: Client, resume: Resume, model: ModelServer
) -> None:
    feedback = reviewed(resume)
    model.behaviour = prose(99)
    improvement = request_improvement(feedback)
    improve_resume(improvement.pk)
    page = client.get(improvement.get_absolute_url()).content.decode()
    again = reverse("feedback:retry_improvement", args=[improvement.pk])
    assert str(JobError.MODEL_ANSWER_INVALID.label) in page
    assert again in page

    assert other_client.post(again).status_code == 404
    model.behaviour = well
    assert client.post(again)["Location"] == improvement.get_absolute_url()
    improve_resume(improvement.pk)

    improvement.refresh_from_db()
    assert improvement.status == JobStatus.DONE
    assert improvement.changes.exists()
