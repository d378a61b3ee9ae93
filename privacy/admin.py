from __future__ import annotations

from typing import Any

from allauth.socialaccount import admin as socialaccount
from allauth.usersessions import admin as usersessions
from django.contrib import admin
from django.http import HttpRequest

from gaechwi.admin import ShownLookupsAdmin
from gaechwi.jobs.admin import JobAdmin
from privacy.models import DataDownload, StaffAccess

# The keys of sessions and tokens open accounts, and Django's lists answer questions about columns
# that they do not show. Their own apps register them, and have to come first.
for _model in (usersessions.UserSession, socialaccount.SocialToken):
    admin.site.unregister(_model)


@admin.register(StaffAccess)
class StaffAccessAdmin(ShownLookupsAdmin[StaffAccess]):
    """Who of the staff has looked at whose data: to be read, and by nobody changed."""

    list_display = ["at", "staff", "deed", "what", "row", "subject", "address"]
    list_filter = ["deed", "what", "at"]
    list_select_related = ["staff", "subject"]
    search_fields = ["staff__email", "subject__email", "row"]
    date_hierarchy = "at"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Looks are written down by themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was seen was seen."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They go after their time."""
        return False


@admin.register(DataDownload)
class DataDownloadAdmin(JobAdmin[DataDownload]):
    """The jobs that gather the data of users: how they went, not what they hold."""

    list_display = ["pk", "status", "error", "duration", "created_at"]
    search_fields = ["download_id", "user__email"]
    fields = ["download_id", *JobAdmin.job_fields]
