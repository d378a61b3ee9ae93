"""What the database writes is what the serializers would have answered, to the last letter."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client, override_settings
from django.utils import timezone, translation
from rest_framework import serializers
from rest_framework.renderers import JSONRenderer

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.serializers import FeedbackSerializer
from feedback.services import (
    make_review,
    request_posting_feedback,
    request_standard_feedback,
    save_review,
)
from gaechwi.api.paging import WrittenPage, WrittenRow
from gaechwi.codes.models import Code
from gaechwi.jobs.models import JobStatus
from interviews.conversing import begin
from interviews.models import Interview, Speaker
from interviews.serializers import InterviewSerializer
from interviews.topics import InterviewType
from postings.api import PostingSerializer
from postings.models import JobPosting
from resumes.document import ResumeDocument
from resumes.models import File, Resume
from resumes.sample import sample_document
from resumes.serializers import ResumeSerializer
from resumes.services import create_resume

pytestmark = pytest.mark.django_db

# Of each kind that JSON, SQL, a template of SQL or a driver could take for something of its own.
ODD = [
    "“따옴표” 'it''s' \"said\" \\ \\n \n\t\r /",
    "100% %s %(name)s {each} $1 ? :name -- /* */ ;",
    '{"a": [1, null]} </script> &amp; 😀 \u2028\u2029\x7f\x01\x1f é e\u0301',
    "null",
    "",
]

Rows = tuple[Any, type[serializers.BaseSerializer[Any]]]


def resume_rows(user: User, text: str) -> Rows:
    document = sample_document()
    resume = create_resume(
        user,
        document.model_copy(
            update={
                "introduction": text,
                "birth_date": date(1994, 2, 28),
                "technology_stacks": [text or "Java", *document.technology_stacks],
                "projects": [
                    project.model_copy(update={"description": text, "technology_stacks": [text]})
                    for project in document.projects
                ],
            }
        ),
    )
    create_resume(user, ResumeDocument(title="이력서", name="빈칸"))
    resume.photo = File.objects.create(user=user, key=f"{resume.pk}", size=1)
    resume.source_resume = resume
    resume.save()
    return Resume.objects.for_user, ResumeSerializer


def posting_rows(user: User, text: str) -> Rows:
    for deadline, stacks in ((date(2030, 1, 2), [text, "Go"]), (None, [])):
        JobPosting.objects.create(
            user=user,
            title=text or "공고",
            duties=text,
            deadline=deadline,
            technology_stacks=stacks,
        )
    return JobPosting.objects.for_user, PostingSerializer


def feedback_rows(user: User, text: str) -> Rows:
    resume = create_resume(user, sample_document())
    for _ in range(2):
        posting = JobPosting.objects.create(user=user, title="공고", requirements="- Java 경험")
        feedback = request_posting_feedback(resume, posting)
        save_review(feedback, make_review(feedback))
        feedback.status, feedback.finished_at = JobStatus.DONE, timezone.now()
        feedback.parent_content = text
        feedback.save()
    feedback.contents.update(quote=text)
    feedback.status, feedback.error = JobStatus.FAILED, "timeout"
    feedback.save()
    request_standard_feedback(resume)
    return ResumeFeedback.objects.for_user, FeedbackSerializer


def interview_rows(user: User, text: str) -> Rows:
    resume = create_resume(user, sample_document())
    interview = begin(
        user,
        resume,
        None,
        interview_type=InterviewType.GENERAL,
    )
    for order, (speaker, seconds) in enumerate(
        ((Speaker.INTERVIEWER, None), (Speaker.CANDIDATE, 1)), 1
    ):
        interview.conversations.create(
            order=order,
            speaker=speaker,
            text=text or "말",
            seconds=seconds,
            created_at=timezone.now(),
        )
    return Interview.objects.for_user, InterviewSerializer


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("make", [resume_rows, posting_rows, feedback_rows, interview_rows])
def test_it_is_what_the_serializer_says(user: User, make: Any, language: str, text: str) -> None:
    for_user, serializer_class = make(user, text)
    rows: QuerySet[Any] = for_user(user)
    with translation.override(language):
        said = json.loads(JSONRenderer().render(serializer_class(rows, many=True).data))
        row = WrittenRow(for_user, serializer_class)

        assert said
        page = WrittenPage(for_user, serializer_class)
        assert json.loads(page(user, page=1, page_size=5).content) == {
            "count": len(said),
            "page": 1,
            "page_size": 5,
            "results": said,
        }
        for one, written in zip(rows, said, strict=True):
            assert json.loads(row(user, one.pk).content) == written
            # A client may show them in their order.
            assert list(json.loads(row(user, one.pk).content)) == list(written)


def test_words_of_codes_are_those_of_the_table_as_it_stands(user: User) -> None:
    for_user, serializer_class = feedback_rows(user, "글")
    row, pk = (
        WrittenRow(for_user, serializer_class),
        for_user(user).filter(status=JobStatus.DONE).get().pk,
    )
    content = ResumeFeedback.objects.get(pk=pk).contents.first()
    assert content is not None

    def words() -> Any:
        contents = json.loads(row(user, pk).content)["feedback_contents"]
        return next(
            each["feedback_division_detail"]
            for each in contents
            if each["feedback_division"] == content.feedback_division
        )

    before = words()
    code = Code.objects.get(division="feedback_division", detail_id=content.feedback_division)
    code.code_detail = "“새” 이름 %s"
    code.save()

    assert before not in ("", code.code_detail)
    assert words() == code.code_detail


def test_a_serializer_that_cannot_be_written_says_so() -> None:
    class Odd(serializers.ModelSerializer[JobPosting]):
        shout = serializers.SerializerMethodField()

        class Meta:
            model = JobPosting
            fields = ["shout"]

        def get_shout(self, posting: JobPosting) -> str:
            return posting.title.upper()

    with pytest.raises(TypeError, match="shout of JobPosting lacks in_database"):
        WrittenRow(JobPosting.objects.for_user, Odd)(User(pk="x"), 1)


@pytest.mark.parametrize("pk", [2**63 - 1, 2**63, 10**30])
@override_settings(APPEND_SLASH=False)
def test_no_number_is_too_large_to_be_looked_for(user: User, pk: int) -> None:
    client = Client()
    client.force_login(user)

    assert client.get(f"/api/resumes/{pk}").status_code == 404
