from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from gaechwi.codes.fields import CodeField
from gaechwi.codes.models import Code

admin.FieldListFilter.register(
    lambda field: isinstance(field, CodeField), admin.ChoicesFieldListFilter, take_priority=True
)


@admin.register(Code)
class CodeAdmin(admin.ModelAdmin[Code]):
    """Where staff rename and reorder codes."""

    list_display = ["division", "detail_id", "code_detail", "order"]
    list_display_links = ["detail_id"]
    list_filter = ["division"]
    search_fields = ["division", "code_detail"]

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Code]) -> None:
        """Delete one by one, so that the cached map is refreshed."""
        for code in queryset:
            code.delete()
