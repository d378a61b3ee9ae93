from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gaechwi.jobs.admin import JobAdmin
from studyguides.models import StudyGuide, StudyLesson


@admin.register(StudyGuide)
class StudyGuideAdmin(JobAdmin[StudyGuide]):
    """Study guides: how they went, not what they say."""

    search_fields = ["guide_id", "user__email"]
    fields = [
        "guide_id",
        "feedback_id",
        "interview_id",
        "posting_id",
        *JobAdmin.job_fields,
        "hours_per_week",
        "hours_available",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StudyGuide]:
        """Leave the texts in the database."""
        return super().get_queryset(request).defer("material", "set_aside", "title", "summary")


@admin.register(StudyLesson)
class StudyLessonAdmin(admin.ModelAdmin[StudyLesson]):
    """Where staff adds lessons to the reviewed ones, or corrects those."""

    list_display = ["skill", "level", "hours", "source"]
    list_filter = ["level"]
    search_fields = ["skill", "topics", "source"]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[StudyLesson]) -> None:
        """Delete one by one, so that the cached list is refreshed."""
        for lesson in queryset:
            lesson.delete()
