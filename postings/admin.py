from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import OwnedAdmin
from gaechwi.jobs.admin import JobAdmin
from postings.models import JobPosting, PostingDraft


@admin.register(JobPosting)
class JobPostingAdmin(OwnedAdmin[JobPosting]):
    """Postings, to be looked up by staff."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobPosting]:
        """Show deleted postings too, without their words."""
        return JobPosting.with_deleted.for_lists().select_related("user")


@admin.register(PostingDraft)
class PostingDraftAdmin(JobAdmin[PostingDraft]):
    """The jobs that read pasted texts: how they went, not what they say."""

    search_fields = ["draft_id", "user__email"]
    fields = ["draft_id", "user_id", "posting_id", "discarded", *JobAdmin.job_fields]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PostingDraft]:
        """Leave the texts in the database."""
        return super().get_queryset(request).defer("text", "result", "unrecognised")
