from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gaechwi.jobs.admin import JobAdmin
from imports.models import ResumeImport


@admin.register(ResumeImport)
class ResumeImportAdmin(JobAdmin[ResumeImport]):
    """The jobs that read résumés: how they went, not what they say."""

    list_display = ["pk", "kind", "status", "error", "problem", "engine", "duration", "created_at"]
    list_filter = ["status", "error", "problem", "kind", "engine", "created_at"]
    search_fields = ["import_id", "user__email"]
    fields = [
        "import_id",
        "user_id",
        "resume_id",
        "kind",
        "problem",
        "discarded",
        *JobAdmin.job_fields,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ResumeImport]:
        """Leave the texts in the database."""
        return super().get_queryset(request).defer("text", "result", "unplaced")
