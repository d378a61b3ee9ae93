from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import UserRequest, open_rows
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page, with_wait
from gaechwi.jobs.models import JobStatus
from gaechwi.jobs.waiting import has_no_news
from imports import services
from imports.forms import ImportForm, SaveForm, kind_of, name_of
from imports.models import ResumeImport
from resumes.passages import cut


@require_http_methods(["GET", "POST"])
def start(request: UserRequest) -> HttpResponse:
    """Take a résumé as a file or a text, to be read by a job."""
    form = ImportForm(posted(request), request.FILES or None)
    if form.is_valid():
        try:
            check_rate(request)
            return redirect(_imported(request, form))
        except TooManyJobs as refusal:
            form.add_error(None, refusal.message)
            page = render(request, "imports/start.html", {"form": form}, status=429)
            return with_wait(page, refusal)
        except ValidationError as error:
            form.add_error("file", error)
    return render(request, "imports/start.html", {"form": form})


def _imported(request: UserRequest, form: ImportForm) -> ResumeImport:
    file = form.cleaned_data["file"]
    if file is None:
        return services.import_text(request.user, form.cleaned_data["text"])
    return services.import_file(request.user, kind_of(file), name_of(file), file.read())


@require_http_methods(["GET", "POST"])
def detail(request: UserRequest, import_id: int) -> HttpResponse:
    """Show how the reading of a résumé gets on, and then what was read and what was not.

    Posting the form makes the résumé, once: whoever posts it again is led to the same one. The page
    asks again while it waits, naming the status that it shows: 204 means no news.
    """
    of_user = ResumeImport.objects.for_user(request.user)
    polling = request.htmx and request.method == "GET"
    if polling and has_no_news(of_user.unsaved(), import_id, request.GET):
        return HttpResponse(status=204)
    with open_rows(request, of_user) as rows:
        return _answer(request, get_object_or_404(rows, pk=import_id))


def _answer(request: UserRequest, this: ResumeImport) -> HttpResponse:
    if this.saved:
        return redirect(this.resume_address)
    context: dict[str, Any] = {"import": this}
    if this.status == JobStatus.DONE and not this.problem:
        document = this.document
        form = SaveForm(posted(request), initial=document.model_dump(include={"title", "name"}))
        if form.is_valid():
            resume = services.save_import(this, **form.cleaned_data)
            messages.success(request, _("이력서를 만들었습니다. 이어서 고칠 수 있습니다."))
            return redirect("resumes:edit", resume.pk)
        context |= {"form": form, "document": document, "stretches": cut(document)}
    template = "imports/_import.html" if request.htmx else "imports/detail.html"
    return render(request, template, context)


@require_POST
def retry(request: UserRequest, import_id: int) -> HttpResponse:
    """Put an import whose job has failed back into the queue."""
    this = get_object_or_404(ResumeImport.objects.for_user(request.user), pk=import_id)
    try:
        check_rate(request)
        services.retry_import(this)
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    return redirect(this)


@require_POST
def discard(request: UserRequest, import_id: int) -> HttpResponse:
    """Throw an import away that no résumé was made of."""
    with open_rows(request, ResumeImport.objects.for_user(request.user).unsaved()) as rows:
        services.discard(get_object_or_404(rows, pk=import_id))
    messages.success(request, _("가져오던 이력서를 버렸습니다. 올린 파일도 지웠습니다."))
    return redirect("resumes:list")
