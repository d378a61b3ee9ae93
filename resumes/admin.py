from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from resumes.models import File, Resume


@admin.register(Resume)
class ResumeAdmin(admin.ModelAdmin[Resume]):
    """Résumés, to be looked up by staff; what they say is not listed."""

    list_display = ["resume_id", "user", "resume_type", "is_active", "created_at", "updated_at"]
    list_filter = ["resume_type", "is_active", "created_at"]
    search_fields = ["resume_id", "user__email"]
    fields = ["resume_id", "user", "resume_type", "is_active", "created_at", "updated_at"]
    readonly_fields = ["resume_id", "user", "resume_type", "is_active", "created_at", "updated_at"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave résumés to their users."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resume]:
        """Show deleted résumés too, without their words."""
        return Resume.with_deleted.select_related("user").defer("introduction")


@admin.register(File)
class FileAdmin(admin.ModelAdmin[File]):
    """What is stored, not what it holds."""

    list_display = ["key", "user", "content_type", "size", "created_at"]
    list_select_related = ["user"]
    search_fields = ["key", "user__email"]
    readonly_fields = ["user", "key", "original_name", "content_type", "size", "checksum"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave uploads to their users."""
        return False
