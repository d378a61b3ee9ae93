from __future__ import annotations

from django.contrib import admin

from exports.models import ResumeExport
from gaechwi.jobs.admin import JobAdmin


@admin.register(ResumeExport)
class ResumeExportAdmin(JobAdmin[ResumeExport]):
    """The jobs that write files: how they went, not what they hold."""

    list_display = [
        "pk",
        "format",
        "template",
        "status",
        "error",
        "problem",
        "duration",
        "created_at",
    ]
    list_filter = ["status", "error", "problem", "format", "template", "created_at"]
    search_fields = ["export_id", "resume__user__email"]
    fields = ["export_id", "resume_id", "format", "template", "problem", *JobAdmin.job_fields]
