from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gaechwi.jobs.admin import JobAdmin
from interviews.models import InterviewFeedback, InterviewTurn


@admin.register(InterviewTurn)
class InterviewTurnAdmin(JobAdmin[InterviewTurn]):
    """What interviewers said: how it went, not the words."""

    search_fields = ["turn_id", "interview__user__email"]
    fields = ["turn_id", "interview_id", "order", *JobAdmin.job_fields]


@admin.register(InterviewFeedback)
class InterviewFeedbackAdmin(JobAdmin[InterviewFeedback]):
    """Judgements of interviews: how they went, not what they say."""

    search_fields = ["interview__interview_id", "interview__user__email"]
    fields = ["interview_id", *JobAdmin.job_fields, "overall_score"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[InterviewFeedback]:
        """Leave the review in the database."""
        return super().get_queryset(request).defer("overall_review")
