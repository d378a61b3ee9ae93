from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gaechwi.jobs.admin import JobAdmin
from postings.models import JobPosting, PostingDraft


@admin.register(JobPosting)
class JobPostingAdmin(admin.ModelAdmin[JobPosting]):
    """Postings, to be looked up by staff."""

    list_display = ["posting_id", "company", "deadline", "is_active", "created_at"]
    list_filter = ["is_active", "created_at"]
    search_fields = ["company", "user__email"]
    autocomplete_fields = ["user"]


@admin.register(PostingDraft)
class PostingDraftAdmin(JobAdmin[PostingDraft]):
    """The jobs that read pasted texts: how they went, not what they say."""

    search_fields = ["draft_id", "user__email"]
    fields = ["draft_id", "user_id", "posting_id", *JobAdmin.job_fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostingDraft]:
        """Leave the texts in the database."""
        return super().get_queryset(request).defer("text", "result", "unrecognised")
