from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from feedback.models import ResumeFeedback, ResumeImprovement
from gaechwi.jobs.admin import JobAdmin


@admin.register(ResumeFeedback)
class ResumeFeedbackAdmin(JobAdmin[ResumeFeedback]):
    """Feedback jobs: how they went, not what they say."""

    list_filter = [*JobAdmin.list_filter, ("posting", admin.EmptyFieldListFilter)]
    search_fields = ["feedback_id", "resume__user__email"]
    fields = [
        "feedback_id",
        "resume_id",
        "posting_id",
        *JobAdmin.job_fields,
        "matching_rate",
        "offline_rate",
        "model_rate",
        "dropped_quotes",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResumeFeedback]:
        """Leave the résumé's text in the database."""
        return (
            super()
            .get_queryset(request)
            .defer("resume_snapshot", "posting_snapshot", "matching_parts", "parent_content")
        )


@admin.register(ResumeImprovement)
class ResumeImprovementAdmin(JobAdmin[ResumeImprovement]):
    """Improvement jobs: how they went, not what they say."""

    search_fields = ["improvement_id", "feedback__resume__user__email"]
    fields = ["improvement_id", "feedback_id", "resume_id", *JobAdmin.job_fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResumeImprovement]:
        """Leave the résumé's text in the database."""
        return super().get_queryset(request).defer("resume_snapshot")
