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
from feedback.improvements import decide, request_improvement, retry_improvement
from feedback.models import ImprovementChange, ResumeFeedback, ResumeImprovement
from feedback.rewriting import rewrite
from feedback.services import request_posting_feedback, request_standard_feedback
from feedback.tasks import improve_resume, review_resume
from gaechwi.jobs.models import Engine, JobError, JobStatus
from postings.tests import note_down
from quality.corpus import HELD_OUT, RESUMES, Case, load
from resumes.document import ExperienceEntry, ResumeDocument
from resumes.fields import MAX_TECHNOLOGIES
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import to_document
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


def test_endings_within_a_text_agree_and_the_newest_comes_first() -> None:
    document = ResumeDocument.model_validate(
        {
            "introduction": "서버를 맡았습니다. 조회를 빠르게 했다. 배포가 쉬워졌다.",
            "experiences": [
                {
                    "company": "회사",
                    "start_date": "2018-01",
                    "end_date": "2019-01",
                    "description": "서버를 개발함. 배포를 자동화했습니다.",
                },
                {"company": "새 회사", "start_date": "2020-01"},
            ],
        }
    )

    rewritten, origins = rewrite(document, date(2026, 11, 1))

    assert (
        rewritten.introduction == "서버를 맡았습니다. 조회를 빠르게 했습니다. 배포가 쉬워졌습니다."
    )
    assert [job.company for job in rewritten.experiences] == ["새 회사", "회사"]
    assert rewritten.experiences[1].description == "서버를 개발함. 배포를 자동화함."
    assert origins["experiences"] == [1, 0]  # type: ignore[index]


def described(*descriptions: str, introduction: str = "") -> ResumeDocument:
    """Return a résumé of jobs with these descriptions, rewritten by the rules."""
    jobs = [
        ExperienceEntry(company=f"{number}병원", description=description)
        for number, description in enumerate(descriptions)
    ]
    source = ResumeDocument(introduction=introduction, experiences=jobs)
    return rewrite(source, date(2026, 11, 1))[0]


def test_a_sentence_is_said_once_in_a_text() -> None:
    duty = "내과 병동에서 환자 32명의 투약과 기록을 맡음"

    rewritten = described(f"- {duty}\n- 신규 간호사 3명을 가르침\n- {duty}")

    assert rewritten.experiences[0].description == f"- {duty}\n- 신규 간호사 3명을 가르침"


def test_a_job_keeps_what_another_job_or_the_introduction_says_too() -> None:
    duty = "내과 병동에서 환자 32명의 투약과 기록을 맡음"

    rewritten = described(duty, duty, introduction=duty)

    assert [job.description for job in rewritten.experiences] == [duty, duty]
    assert rewritten.introduction == duty


@pytest.mark.parametrize(
    "line",
    [
        "결제 서버 개발 • 정산 배치 개발 • 장애 대응 체계 마련",
        "• 결제 서버 개발 • 정산 배치 개발 • 장애 대응 체계 마련",
        "결제 서버 개발. ■ 정산 배치 개발. ■ 장애 대응 체계 마련 ■",
    ],
)
def test_bullets_within_a_line_become_a_list(line: str) -> None:
    rewritten = described(line)

    assert rewritten.experiences[0].description == (
        "- 결제 서버 개발\n- 정산 배치 개발\n- 장애 대응 체계 마련"
    )


def test_a_list_of_more_bullets_than_are_read_loses_none() -> None:
    line = "가 • " * 1_200 + "끝"

    assert described(line).experiences[0].description == line


def test_one_bullet_of_several_sentences_stays_one() -> None:
    bullet = "- 결제 서버 3대를 개발함. 정산을 12분에 끝냄. 장애를 5건 줄임."

    assert described(bullet).experiences[0].description == bullet


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
    assert improvement.model_calls == 1
    assert improvement.prompt_tokens > 0
    assert not ImprovementChange.objects.exists()
    assert Resume.objects.count() == 1


def answered(resume: Resume, model: ModelServer, **answer: object) -> Resume:
    """Return the new résumé that a model's answer leads to."""
    feedback = reviewed(resume)
    text = {"section": "introduction", "index": None, "field": "introduction", "text": "새 소개"}
    words = {"texts": [text], "new_entries": [], "technology_stacks": [], **answer}
    model.behaviour = lambda exchange: exchange.answer(json.dumps(words))
    improvement = request_improvement(feedback)
    improve_resume(improvement.pk)
    improvement.refresh_from_db()
    assert (improvement.status, improvement.error) == (JobStatus.DONE, "")
    changes = [change.pk for change in improvement.changes.all()]
    decide(improvement, changes, changes)
    assert improvement.resume is not None
    improvement.resume.refresh_from_db()
    return improvement.resume


def names_itself(resume: Resume) -> None:
    """Have the résumé hold its applicant's long name, which goes to a model as "[이름]"."""
    resume.name = "남궁가나다라마바사"
    resume.introduction = f"저는 {resume.name}입니다."
    resume.save()


def test_what_the_database_cannot_hold_is_left_out(resume: Resume, model: ModelServer) -> None:
    text = {"section": "introduction", "index": None, "field": "introduction", "text": "새\0 글"}

    assert answered(resume, model, texts=[text]).introduction == "새 글"


@pytest.mark.parametrize("added", [99, 1])
def test_no_technology_of_the_source_gets_lost(
    resume: Resume, model: ModelServer, added: int
) -> None:
    own = to_document(resume).technology_stacks
    new = [f"새 기술 {number}" for number in range(added)]

    listed = to_document(
        answered(resume, model, technology_stacks=[*new, own[-1]])
    ).technology_stacks

    assert listed[-len(own) :] == [own[-1], *own[:-1]]
    assert listed[: -len(own)] == new[: MAX_TECHNOLOGIES - len(own)]


def test_technologies_are_listed_in_a_models_order_and_once(
    resume: Resume, model: ModelServer
) -> None:
    own = to_document(resume).technology_stacks
    wanted = [own[-1], " ", "Haskell", own[-1].upper(), *own]

    listed = to_document(answered(resume, model, technology_stacks=wanted)).technology_stacks

    assert listed == [own[-1], "Haskell", *own[:-1]]


def test_a_technology_that_gets_too_long_is_passed_over(resume: Resume, model: ModelServer) -> None:
    names_itself(resume)
    own = to_document(resume).technology_stacks
    wanted = ["[이름]" + "가" * 46, *own]

    listed = to_document(answered(resume, model, technology_stacks=wanted)).technology_stacks

    assert listed == own


@pytest.mark.parametrize(
    "entry",
    [
        {"section": "experiences", "name": "  ", "description": "일"},
        {"section": "experiences", "name": "가" * 96 + "[이름]", "description": "일"},
        {"section": "experiences", "name": "회사", "description": "가" * 4_996 + "[이름]"},
        {"section": "basics", "name": "회사", "description": "일"},
    ],
    ids=["blank", "long name", "long description", "no entries"],
)
def test_a_new_entry_that_does_not_fit_is_passed_over(
    resume: Resume, model: ModelServer, entry: dict[str, str]
) -> None:
    names_itself(resume)

    new = to_document(answered(resume, model, new_entries=[entry]))

    assert new.experiences == to_document(resume).experiences


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


def test_asking_again_gives_the_one_that_is_there(resume: Resume) -> None:
    first = make(resume)

    assert request_improvement(first.feedback) == first


def test_asking_again_after_an_edit_makes_another(resume: Resume) -> None:
    first = make(resume)
    resume.introduction = "새로 쓴 소개. 서버를 만듦."
    resume.save()

    assert request_improvement(first.feedback) != first


def test_asking_again_after_the_new_one_was_deleted_makes_another(resume: Resume) -> None:
    first = make(resume)
    assert first.resume is not None
    first.resume.soft_delete()

    assert request_improvement(first.feedback) != first


def test_of_a_resume_deleted_meanwhile_no_new_one_is_made(resume: Resume) -> None:
    improvement = request_improvement(reviewed(resume))
    resume.soft_delete()

    improve_resume(improvement.pk)

    improvement.refresh_from_db()
    assert (improvement.status, improvement.resume) == (JobStatus.DONE, None)
    assert not Resume.objects.exists()


def test_a_retry_reads_the_resume_as_it_now_stands(resume: Resume) -> None:
    improvement = request_improvement(reviewed(resume))
    ResumeImprovement.objects.update(
        status=JobStatus.FAILED, error=JobError.INTERNAL, finished_at="2026-01-01T00:00:00Z"
    )
    resume.introduction = "새로 쓴 소개."
    resume.save()

    retry_improvement(improvement)

    improvement.refresh_from_db()
    assert improvement.status == JobStatus.QUEUED
    assert improvement.document.introduction == "새로 쓴 소개."


def test_a_resume_for_a_posting_bears_its_company(resume: Resume) -> None:
    posting = note_down(resume.user, company="구름배달", requirements="- Java 경험")
    feedback = request_posting_feedback(resume, posting)
    review_resume(feedback.pk)
    feedback.refresh_from_db()
    improvement = request_improvement(feedback)

    improve_resume(improvement.pk)

    improvement.refresh_from_db()
    assert improvement.resume is not None
    assert improvement.resume.title.endswith("(구름배달에 맞춰 고쳐 씀)")
