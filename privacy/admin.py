from __future__ import annotations

from allauth.socialaccount import admin as socialaccount
from allauth.usersessions import admin as usersessions
from django.contrib import admin

from gaechwi.admin import ReadOnlyAdmin
from gaechwi.jobs.admin import JobAdmin
from privacy.models import DataDownload, StaffAccess

# The keys of sessions and tokens open accounts, and Django's lists answer questions about columns
# that they do not show. Their own apps register them, and have to come first.
for _model in (usersessions.UserSession, socialaccount.SocialToken):
    admin.site.unregister(_model)


@admin.register(StaffAccess)
class StaffAccessAdmin(ReadOnlyAdmin[StaffAccess]):
    """Who of the staff has looked at whose data: to be read, and by nobody changed."""

    list_display = ["at", "staff", "deed", "what", "row", "subject", "address"]
    list_filter = ["deed", "what", "at"]
    list_select_related = ["staff", "subject"]
    search_fields = ["staff__email", "subject__email", "row"]
    date_hierarchy = "at"
    show_full_result_count = False


@admin.register(DataDownload)
class DataDownloadAdmin(JobAdmin[DataDownload]):
    """The jobs that gather the data of users: how they went, not what they hold."""

    list_display = ["pk", "status", "error", "duration", "created_at"]
    search_fields = ["download_id", "user__email"]
    fields = ["download_id", *JobAdmin.job_fields]
