from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from exports import services
from exports.forms import ExportForm
from exports.models import ResumeExport
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page
from gaechwi.jobs.waiting import has_no_news
from resumes.file_jobs import file_answer
from resumes.models import Resume
from resumes.storage import StorageAwayError, away_answer

SHOWN = 5


@require_http_methods(["GET", "POST"])
def start(request: UserRequest, resume_id: int) -> HttpResponse:
    """Choose the kind of file that a résumé is to become, to be written by a job."""
    resumes = Resume.objects.for_user(request.user).for_lists()
    resume = get_object_or_404(resumes, pk=resume_id)
    form = ExportForm(posted(request))
    if form.is_valid():
        try:
            check_rate(request)
        except TooManyJobs as refusal:
            return refusal_page(request, refusal)
        return redirect(services.request_export(resume, *form.made))
    before = ResumeExport.objects.for_user(request.user).filter(resume=resume)[:SHOWN]
    return render(
        request, "exports/start.html", {"resume": resume, "form": form, "exports": before}
    )


@require_safe
def detail(request: UserRequest, export_id: int) -> HttpResponse:
    """Show how the writing of a file gets on, and then where it is.

    The page asks again while it waits, naming the status that it shows: 204 means no news.
    """
    exports = ResumeExport.objects.for_user(request.user)
    if request.htmx and has_no_news(exports, export_id, request.GET):
        return HttpResponse(status=204)
    this = get_object_or_404(exports.with_file(), pk=export_id)
    template = "exports/_export.html" if request.htmx else "exports/detail.html"
    return render(request, template, {"export": this})


@require_safe
def file(request: UserRequest, export_id: int) -> HttpResponseBase:
    """Give the file of an export, to be kept by its user."""
    exports = ResumeExport.objects.for_user(request.user).with_file()
    this = get_object_or_404(exports, pk=export_id)
    try:
        return file_answer(this)
    except StorageAwayError as away:
        return away_answer(away)


@require_POST
def retry(request: UserRequest, export_id: int) -> HttpResponse:
    """Put an export whose job has failed back into the queue."""
    this = get_object_or_404(ResumeExport.objects.for_user(request.user), pk=export_id)
    try:
        check_rate(request)
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    return redirect(services.retry_export(this))
