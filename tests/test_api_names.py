"""The addresses, methods and field names of the API, word for word as its contract has them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from feedback.improvements import request_improvement
from feedback.models import ResumeFeedback
from feedback.services import request_posting_feedback
from feedback.tasks import improve_resume, review_resume
from gaechwi.jobs.tests import a_worker_doing
from interviews.assessing import request_judgement
from interviews.conversing import begin
from interviews.models import InterviewTurn
from interviews.tasks import judge_interview, speak
from interviews.topics import InterviewType
from postings.tests import note_down
from resumes.models import Resume
from studyguides.services import request_guide
from studyguides.tasks import write_guide

pytestmark = pytest.mark.django_db

JSON = "application/json"
OPERATIONS = """
    POST /api/auth/google/callback
    POST /api/auth/token
    POST /api/auth/refresh
    POST /api/auth/logout
    GET PATCH DELETE /api/users/me
    GET /api/codes/
    GET POST /api/resumes/
    GET PUT DELETE /api/resumes/{resume_id}
    GET POST /api/resumes/{resume_id}/photo
    POST /api/resumes/{resume_id}/exports
    GET /api/resume_exports/{export_id}
    GET /api/resume_exports/{export_id}/file
    POST /api/resume_feedbacks/standard/{resume_id}
    POST /api/resume_feedbacks/posting/{resume_id}/{posting_id}
    GET /api/resume_feedbacks/{feedback_id}
    GET /api/resume_feedbacks/
    POST /api/resume_feedbacks/standard_resume/{feedback_id}
    GET /api/resume_improvements/{improvement_id}
    GET POST /api/job-postings/
    GET PUT PATCH /api/job-postings/{posting_id}
    GET POST /api/study-guides/
    GET DELETE /api/study-guides/{guide_id}
    PATCH /api/study-guides/{guide_id}/items/{item_id}
    GET POST /api/interviews/
    GET /api/interviews/{interview_id}
    POST /api/interviews/{interview_id}/conversations
    GET POST /api/interviews/{interview_id}/feedback
"""
# Both kinds of feedback have the same fields. The last three of an improvement and of a guide are
# those that any job of the contract has, which does not list them here.
NAMES = {
    "user": "user_id email name gender user_type",
    "code": "code_id division detail_id code_detail order",
    "resume": "resume_id user_id title name email phone address birth_date gender military_service"
    " introduction resume_type source_resume_id photo_url created_at updated_at experiences"
    " educations projects activities qualifications technology_stacks",
    "experiences": "company department position employment_type start_date end_date description",
    "educations": "school major education_level graduation_status grade start_date end_date",
    "projects": "title role start_date end_date description link technology_stacks",
    "activities": "title activity_type organization start_date end_date description",
    "qualifications": "title agency acquired_date score",
    "posting": "posting_id user_id title company position employment_type experience_level location"
    " salary deadline url duties requirements preferred benefits technology_stacks memo"
    " created_at updated_at",
    "feedback": "feedback_id resume_id posting_id status engine matching_rate matching_parts"
    " parent_content feedback_contents error created_at finished_at",
    "content": "feedback_division feedback_division_detail feedback_result section quote",
    "improvement": "improvement_id feedback_id status engine resume_id unconfirmed"
    " error created_at finished_at",
    "unconfirmed": "section field text kind",
    "guide": "guide_id feedback_id interview_id posting_id status engine title summary total_hours"
    " items error created_at finished_at",
    "item": "item_id order title description gap estimated_hours status keywords",
    "interview": "interview_id resume_id posting_id interview_type question_count status engine"
    " created_at finished_at conversations",
    "conversation": "order speaker text",
    "next words": "order speaker text finished",
    "judgement": "status engine overall_score overall_review questions",
    "question": "question answer score strengths improvements model_answer",
    "page": "count page page_size results",
}


def test_every_operation_is_in_the_schema_and_no_other(client: Client) -> None:
    schema = client.get("/api/schema").json()

    there = {f"{method.upper()} {path}" for path, at in schema["paths"].items() for method in at}

    lines = [line.split() for line in OPERATIONS.strip().splitlines()]
    assert there == {f"{method} {path}" for *methods, path in lines for method in methods}


def paths() -> list[str]:
    """Return the address of every endpoint, as the router has it."""
    found = []
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and resolver.namespace == "api":
            for pattern in resolver.url_patterns:
                assert isinstance(pattern, URLPattern)
                route = str(pattern.pattern)
                for name in pattern.pattern.converters:
                    route = route.replace(f"<int:{name}>", "1")
                found.append(f"/api/{route.rstrip('/')}")
    return found


@pytest.mark.parametrize("path", paths())
def test_every_path_works_with_and_without_a_slash(path: str) -> None:
    with_slash, without = (Client().options(f"{path}{end}") for end in ("/", ""))

    assert with_slash.status_code == without.status_code
    assert without.status_code in {200, 401, 405}, "found, and no redirect"


@pytest.mark.django_db(transaction=True)
def test_every_field_has_its_name(client: Client, resume: Resume) -> None:
    posting = note_down(resume.user, requirements="- Java와 Spring Boot 경험")
    feedback = request_posting_feedback(resume, posting)
    review_resume(feedback.pk)
    improvement = request_improvement(ResumeFeedback.objects.get(pk=feedback.pk))
    improve_resume(improvement.pk)
    change = improvement.changes.all()[0]
    change.inventions, change.taken = [{"text": "30%", "kind": "figure"}], False
    change.save()
    interview = begin(resume.user, resume, posting, interview_type=InterviewType.GENERAL)
    speak(interview.turns.get().pk)
    with a_worker_doing(InterviewTurn.objects, speak):
        answer = client.post(
            f"/api/interviews/{interview.pk}/conversations", {"text": "제가 고쳤습니다."}, JSON
        )
    judge_interview(request_judgement(interview).pk)

    guide = request_guide(resume.user, posting=posting)
    write_guide(guide.pk)

    def get(path: str) -> Any:
        return client.get(f"/api/{path}").json()

    full = get(f"resumes/{resume.pk}")
    reviewed = get(f"resume_feedbacks/{feedback.pk}")
    improved = get(f"resume_improvements/{improvement.pk}")
    learnt = get(f"study-guides/{guide.pk}")
    interviewed = get(f"interviews/{interview.pk}")
    judged = get(f"interviews/{interview.pk}/feedback")
    answers = {
        "user": get("users/me"),
        "code": get("codes/?division=gender")[0],
        "resume": full,
        **{name: full[name][0] for name in NAMES if isinstance(full.get(name), list)},
        "posting": get(f"job-postings/{posting.pk}"),
        "feedback": reviewed,
        "content": reviewed["feedback_contents"][0],
        "improvement": improved,
        "unconfirmed": improved["unconfirmed"][0],
        "guide": learnt,
        "item": learnt["items"][0],
        "interview": interviewed,
        "conversation": interviewed["conversations"][0],
        "next words": answer.json(),
        "judgement": judged,
        "question": judged["questions"][0],
    }
    lists = ("resumes/", "job-postings/", "resume_feedbacks/", "interviews/", "study-guides/")
    pages = {path: get(path) for path in lists}

    assert {name: " ".join(answer) for name, answer in answers.items()} == {
        name: words for name, words in NAMES.items() if name != "page"
    }
    for page in pages.values():
        assert " ".join(page) == NAMES["page"]
        assert page["results"]
