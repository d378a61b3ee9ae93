from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from feedback import improvements
from feedback.forms import TryOutForm
from feedback.highlights import numbered, shown_review
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.placeholders import count_placeholders
from feedback.services import (
    NothingAskedError,
    request_posting_feedback,
    request_standard_feedback,
    retry_feedback,
)
from feedback.shown import shown
from feedback.trial import try_review
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page
from gaechwi.jobs.services import RequestRefusedError
from gaechwi.jobs.waiting import has_no_news
from postings.models import JobPosting
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import to_document

PAGE_SIZE = 10


@login_not_required
@require_http_methods(["GET", "POST"])
def try_out(request: HttpRequest) -> HttpResponse:
    """Show a feedback on the sample résumé, with what a visitor writes in it. Nothing is kept."""
    document = sample_document()
    latest = document.experiences[0]
    written = {"description": latest.description, "introduction": document.introduction}
    form = TryOutForm(posted(request), initial=written)
    context: dict[str, Any] = {"form": form, "company": latest.company}
    if request.method == "POST":
        try:
            check_rate(request)
        except TooManyJobs as refusal:
            return refusal_page(request, refusal)
    if form.is_valid():
        latest.description = form.cleaned_data["description"]
        document.introduction = form.cleaned_data["introduction"]
    if not form.errors:
        context |= try_review(document)
    return render(request, "feedback/try_out.html", context)


@require_safe
def feedback_list(request: UserRequest) -> HttpResponse:
    """List the user's feedbacks, the newest first."""
    feedbacks = ResumeFeedback.objects.for_user(request.user).for_lists()
    page = Paginator(feedbacks, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "feedback/list.html", {"page": page})


@require_POST
def request_standard(request: UserRequest, resume_id: int) -> HttpResponse:
    """Ask for a feedback on a résumé."""
    resume = get_object_or_404(Resume.objects.for_user(request.user), pk=resume_id)
    edit = reverse("resumes:edit", args=[resume.pk])
    return _asked(request, lambda: request_standard_feedback(resume), edit)


@require_POST
def request_posting(request: UserRequest, resume_id: int, posting_id: int) -> HttpResponse:
    """Ask for a feedback on a résumé against a posting."""
    resume = get_object_or_404(Resume.objects.for_user(request.user), pk=resume_id)
    posting = get_object_or_404(JobPosting.objects.for_user(request.user), pk=posting_id)
    edit = reverse("resumes:edit", args=[resume.pk])
    return _asked(request, lambda: request_posting_feedback(resume, posting), edit, posting.pk)


@require_POST
def request_chosen(request: UserRequest) -> HttpResponse:
    """Ask for a feedback on a résumé and a posting that were chosen in a form."""
    chosen = [request.POST.get(name, "") for name in ("resume", "posting")]
    if not all(re.fullmatch(r"[0-9]{1,18}", value) for value in chosen):
        raise Http404
    resume_id, posting_id = map(int, chosen)
    return request_posting(request, resume_id, posting_id)


@require_safe
def detail(request: UserRequest, feedback_id: int) -> HttpResponse:
    """Show how a feedback gets on, and what it says once it is done.

    The page asks again while it waits, naming the status that it shows: 204 means no news.
    """
    feedbacks = ResumeFeedback.objects.for_user(request.user)
    if request.htmx and has_no_news(feedbacks, feedback_id, request.GET):
        return HttpResponse(status=204)
    feedback = get_object_or_404(feedbacks.with_contents(), pk=feedback_id)
    contents = list(feedback.contents.all())
    parts = numbered(feedback.parts, contents)
    with translation.override(feedback.language):
        # A quoted period ("2022.06 ~ 현재") is found in the language it was read in only.
        review = shown_review(feedback.document, contents, parts)
    context = {"feedback": feedback, "parts": parts, **review}
    template = "feedback/_feedback.html" if request.htmx else "feedback/detail.html"
    return render(request, template, context)


@require_POST
def retry(request: UserRequest, feedback_id: int) -> HttpResponse:
    """Put a failed feedback back into the queue."""
    feedback = get_object_or_404(ResumeFeedback.objects.for_user(request.user), pk=feedback_id)
    edit = reverse("resumes:edit", args=[feedback.resume_id])
    return _asked(request, lambda: retry_feedback(feedback), edit, feedback.posting_id)


@require_POST
def improve(request: UserRequest, feedback_id: int) -> HttpResponse:
    """Ask for an improved résumé."""
    feedback = get_object_or_404(ResumeFeedback.objects.for_user(request.user), pk=feedback_id)
    back = feedback.get_absolute_url()
    return _asked(request, lambda: improvements.request_improvement(feedback), back)


@require_http_methods(["GET", "POST"])
def improvement(request: UserRequest, improvement_id: int) -> HttpResponse:
    """Show how an improvement gets on, and its changes once it is done; save what is decided."""
    of_user = ResumeImprovement.objects.for_user(request.user)
    polling = request.htmx and request.method == "GET"
    if polling and has_no_news(of_user, improvement_id, request.GET):
        return HttpResponse(status=204)
    improvement = get_object_or_404(of_user.with_changes(), pk=improvement_id)
    if request.method == "POST":
        return _decide(request, improvement)
    changes, source = list(improvement.changes.all()), improvement.document
    resume = improvements.new_resume(improvement)
    document = improvements.decided_document(improvement, changes)
    context = {
        "improvement": improvement,
        "shown": shown(changes, source),
        "to_confirm": sum(len(change.inventions) for change in changes),
        "placeholders": count_placeholders(document),
        "resume": resume,
        "edited": resume is not None and to_document(resume) != document,
    }
    template = "feedback/_improvement.html" if request.htmx else "feedback/improvement.html"
    return render(request, template, context)


@require_POST
def retry_improvement(request: UserRequest, improvement_id: int) -> HttpResponse:
    """Put a failed improvement back into the queue."""
    improvement = get_object_or_404(
        ResumeImprovement.objects.for_user(request.user), pk=improvement_id
    )
    back = improvement.get_absolute_url()
    return _asked(request, lambda: improvements.retry_improvement(improvement), back)


def _asked(
    request: UserRequest,
    ask: Callable[[], ResumeFeedback | ResumeImprovement],
    back: str,
    posting_id: int | None = None,
) -> HttpResponse:
    """Ask for a job and lead to it, or say why not and lead `back`.

    What only the posting lacks is mended on the posting's own page.
    """
    try:
        check_rate(request)
        return redirect(ask())
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    except RequestRefusedError as refusal:
        messages.error(request, refusal.message)
        if isinstance(refusal, NothingAskedError):
            return redirect("postings:edit", posting_id)
        return redirect(back)


def _decide(request: UserRequest, improvement: ResumeImprovement) -> HttpResponse:
    changes = list(improvement.changes.all())
    chosen = {
        "chosen": [c.pk for c in changes if request.POST.get(f"change-{c.pk}") == "take"],
        "unmarked": [c.pk for c in changes if not (c.inventions or c.missing) or c.taken],
        "none": [],
    }.get(request.POST.get("take", ""))
    if chosen is None:
        return HttpResponseBadRequest()
    confirmed = [
        c.pk
        for c in changes
        if f"confirm-{c.pk}" in request.POST or (request.POST["take"] == "unmarked" and c.confirmed)
    ]
    unused = sum(bool(c.inventions) and c.pk in confirmed and c.pk not in chosen for c in changes)
    try:
        refused = improvements.decide(improvement, chosen, confirmed)
    except improvements.ResumeEditedError:
        messages.error(
            request, _("새 이력서를 그 뒤에 직접 고치셔서, 선택을 저장하지 않고 그대로 두었습니다.")
        )
    except improvements.ResumeGoneError:
        messages.error(request, _("새 이력서가 없어서 선택을 저장하지 못했습니다."))
    else:
        if refused:
            messages.warning(
                request,
                _("사실인지 확인하지 않은 %(count)d군데는 원래대로 두었습니다.")
                % {"count": refused},
            )
        if unused:
            messages.warning(
                request,
                _("사실이라고 확인한 %(count)d군데는 ‘받기’를 고르지 않아 원래대로 두었습니다.")
                % {"count": unused},
            )
        messages.success(request, _("고른 대로 새 이력서에 저장했습니다."))
    return redirect(improvement)
