from __future__ import annotations

from django.contrib import admin

from postings.models import JobPosting


@admin.register(JobPosting)
class JobPostingAdmin(admin.ModelAdmin[JobPosting]):
    """Postings, to be looked up by staff."""

    list_display = ["posting_id", "company", "deadline", "is_active", "created_at"]
    list_filter = ["is_active", "created_at"]
    search_fields = ["company", "user__email"]
    autocomplete_fields = ["user"]
