from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.http import UserRequest
from gaechwi.ai import gateway
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page
from gaechwi.jobs.waiting import has_no_news
from privacy import services
from privacy.consent import POLICY_VERSION
from privacy.forms import DeleteForm, ProfileForm
from privacy.models import DataDownload, StaffAccess
from resumes.file_jobs import KEPT_FOR, file_answer
from resumes.storage import StorageAwayError, away_answer

SHOWN, PAGE_SIZE = 5, 50


@require_http_methods(["GET", "POST"])
def account(request: UserRequest) -> HttpResponse:
    """Show what there is to an account, and change what its user is called."""
    form = ProfileForm(posted(request), instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("저장했습니다."))
        return redirect("privacy:account")
    context = {
        "form": form,
        "downloads": DataDownload.objects.for_user(request.user)[:SHOWN],
        "accesses": StaffAccess.objects.for_user(request.user)[:SHOWN],
        "consent": request.user.consents.first(),
        "can_change_email": settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory",
    }
    return render(request, "privacy/account.html", context)


@require_safe
def accesses(request: UserRequest) -> HttpResponse:
    """Show when staff looked at what is the user's."""
    looks = StaffAccess.objects.for_user(request.user)
    page = Paginator(looks, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "privacy/accesses.html", {"page": page})


@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def start_download(request: UserRequest) -> HttpResponse:
    """Start to gather all data of the user.

    Whoever had to sign in again before comes back here without the form, and presses once more.
    """
    if request.method == "GET":
        return redirect(f"{resolve_url('privacy:account')}#data")
    try:
        check_rate(request)
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    return redirect(services.request_download(request.user))


@require_safe
def download(request: UserRequest, download_id: int) -> HttpResponse:
    """Show how the gathering gets on, and then where the file is.

    The page asks again while it waits, naming the status that it shows: 204 means no news.
    """
    downloads = DataDownload.objects.for_user(request.user)
    if request.htmx and has_no_news(downloads, download_id, request.GET):
        return HttpResponse(status=204)
    this = get_object_or_404(downloads.select_related("file"), pk=download_id)
    template = "privacy/_download.html" if request.htmx else "privacy/download.html"
    return render(request, template, {"download": this})


@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def file(request: UserRequest, download_id: int) -> HttpResponseBase:
    """Give the file of a download, to be kept by its user."""
    downloads = DataDownload.objects.for_user(request.user).select_related("file")
    this = get_object_or_404(downloads, pk=download_id)
    try:
        return file_answer(this)
    except StorageAwayError as away:
        return away_answer(away)


@require_POST
def retry(request: UserRequest, download_id: int) -> HttpResponse:
    """Put a download whose job has failed back into the queue."""
    downloads = DataDownload.objects.for_user(request.user).select_related("user")
    this = get_object_or_404(downloads, pk=download_id)
    try:
        check_rate(request)
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    return redirect(services.retry_download(this))


@require_http_methods(["GET", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: UserRequest) -> HttpResponse:
    """Delete the account with everything in it, once its user has made sure."""
    form = DeleteForm(posted(request), user=request.user)
    if form.is_valid():
        request.user.delete()
        logout(request)
        messages.success(request, _("계정과 모든 데이터를 지웠습니다. 그동안 고맙습니다."))
        return redirect("home")
    return render(request, "privacy/delete.html", {"form": form})


@login_not_required
@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Say what is kept of users, why, for how long, and what leaves the house."""
    context = {
        "version": POLICY_VERSION,
        "asks_model": gateway.is_configured(),
        "deleted_days": settings.DELETED_KEPT_DAYS,
        "access_days": settings.STAFF_ACCESS_KEPT_DAYS,
        "download_days": KEPT_FOR.days,
        "contact": settings.PRIVACY_CONTACT,
    }
    return render(request, "privacy/policy.html", context)
