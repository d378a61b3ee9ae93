from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin import OwnedAdmin
from gaechwi.admin import ShownLookupsAdmin
from resumes.models import File, Resume


@admin.register(Resume)
class ResumeAdmin(OwnedAdmin[Resume]):
    """Résumés, to be looked up by staff."""

    list_display = [*OwnedAdmin.owned_fields, "resume_type"]
    list_filter = ["resume_type", "is_active", "created_at"]
    fields = [*OwnedAdmin.owned_fields, "resume_type"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Resume]:
        """Show deleted résumés too, without their words."""
        return Resume.with_deleted.for_lists().select_related("user")


@admin.register(File)
class FileAdmin(ShownLookupsAdmin[File]):
    """What is stored, not what it holds."""

    list_display = ["key", "user", "content_type", "size", "created_at"]
    list_select_related = ["user"]
    search_fields = ["key", "user__email"]
    readonly_fields = ["user", "key", "original_name", "content_type", "size", "checksum"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Leave uploads to their users."""
        return False
