"""Interviews at any point of their course, without a worker."""

from __future__ import annotations

from django.utils import timezone

from gaechwi.jobs.models import JobStatus
from interviews.conversing import begin
from interviews.models import (
    Conversation,
    Interview,
    InterviewFeedback,
    InterviewQuestion,
    InterviewStatus,
    InterviewTurn,
    QuestionFeedback,
    Speaker,
)
from resumes.models import Resume

QUESTION = "캐시는 왜 고르셨나요?"
QUOTE = "p95 응답 시간"


def begun(resume: Resume, count: int = 3) -> Interview:
    """Return an interview whose first words are on their way."""
    return begin(
        resume.user, resume, None, interview_type="1", question_count=count, difficulty="normal"
    )


def asked(resume: Resume, count: int = 3) -> Interview:
    """Return an interview whose first question was asked."""
    interview = begun(resume, count)
    questions = [
        InterviewQuestion.objects.create(
            interview=interview,
            number=number,
            kind="project",
            section="projects",
            quote=QUOTE,
            question=QUESTION,
        )
        for number in range(1, count + 1)
    ]
    speak(interview, questions[0])
    return interview


def speak(interview: Interview, question: InterviewQuestion) -> None:
    """Have the interviewer ask a question in the turn that waits."""
    turns = InterviewTurn.objects.filter(interview=interview).active()
    order = turns.get().order
    turns.update(status=JobStatus.DONE, finished_at=timezone.now())
    Conversation.objects.create(
        interview=interview,
        order=order,
        speaker=Speaker.INTERVIEWER,
        text=QUESTION,
        question=question,
        created_at=timezone.now(),
    )


def judged(resume: Resume, score: int = 70, count: int = 3) -> Interview:
    """Return a finished interview with its judgement, every question answered."""
    interview = asked(resume, count)
    now = timezone.now()
    Interview.objects.filter(pk=interview.pk).update(
        status=InterviewStatus.FINISHED, finished_at=now
    )
    feedback = InterviewFeedback.objects.create(
        interview=interview,
        engine="offline",
        status=JobStatus.DONE,
        finished_at=now,
        overall_score=score,
        overall_review="차분히 답하셨습니다.",
    )
    for question in interview.questions.all():
        Conversation.objects.create(
            interview=interview,
            order=question.number + 1,
            speaker=Speaker.CANDIDATE,
            text="읽기가 많아서 골랐습니다.",
            question=question,
            seconds=34,
            created_at=now,
        )
        QuestionFeedback.objects.create(
            feedback=feedback,
            question=question,
            score=score,
            rules_score=score,
            quote="읽기가 많아서" if score else "",
            strengths="까닭을 말했습니다." if score else "",
            improvements="수치를 더해 보세요.",
            model_answer="읽기 요청이 많아 캐시를 골랐습니다.",
        )
    return interview
