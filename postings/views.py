from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest, open_rows
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page, with_wait
from gaechwi.jobs.models import JobStatus
from gaechwi.jobs.waiting import has_no_news
from postings import services
from postings.forms import PasteForm, PostingForm
from postings.models import JobPosting, PostingDraft

PAGE_SIZE = 6
# The newest pasted texts that wait for their users; older ones are reached once these are done.
DRAFTS = 3


@require_safe
def posting_list(request: UserRequest) -> HttpResponse:
    """List the user's postings, the newest first; `title` searches them."""
    title = request.GET.get("title", "").strip()
    postings = JobPosting.objects.for_user(request.user).for_lists()
    context = {
        "page": Paginator(postings.search(title), PAGE_SIZE).get_page(request.GET.get("page")),
        "title": title,
        "deleted": JobPosting.with_deleted.for_user(request.user).deleted_one(
            request.GET.get("deleted", "")
        ),
        "drafts": PostingDraft.objects.for_user(request.user).unsaved().for_lists()[:DRAFTS],
    }
    return render(request, "postings/list.html", context)


@require_http_methods(["GET", "POST"])
def create(request: UserRequest) -> HttpResponse:
    """Write a posting by hand."""
    form = PostingForm(posted(request), instance=JobPosting(user=request.user))
    if form.is_valid():
        return redirect(form.save())
    return render(request, "postings/create.html", {"form": form})


@require_safe
def detail(request: UserRequest, posting_id: int) -> HttpResponse:
    """Show a posting."""
    posting = get_object_or_404(JobPosting.objects.for_user(request.user), pk=posting_id)
    return render(request, "postings/detail.html", {"posting": posting})


@require_http_methods(["GET", "POST"])
def edit(request: UserRequest, posting_id: int) -> HttpResponse:
    """Edit a posting."""
    with open_rows(request, JobPosting.objects.for_user(request.user)) as postings:
        posting = get_object_or_404(postings, pk=posting_id)
        # The page goes on bearing the title under which the posting is kept.
        context: dict[str, Any] = {"posting": posting, "title": posting.title}
        form = PostingForm(posted(request), instance=posting)
        if form.is_valid():
            form.save()
            messages.success(request, _("저장했습니다."))
            return redirect(posting)
        return render(request, "postings/edit.html", {**context, "form": form})


@require_POST
def delete(request: UserRequest, posting_id: int) -> HttpResponse:
    """Delete a posting; the list that follows offers to bring it back."""
    get_object_or_404(JobPosting.objects.for_user(request.user), pk=posting_id).soft_delete()
    return redirect(f"{reverse('postings:list')}?deleted={posting_id}")


@require_POST
def restore(request: UserRequest, posting_id: int) -> HttpResponse:
    """Bring a deleted posting back."""
    posting = get_object_or_404(JobPosting.with_deleted.for_user(request.user), pk=posting_id)
    posting.restore()
    messages.success(request, _("‘%(title)s’ 공고를 되살렸습니다.") % {"title": posting.title})
    return redirect("postings:list")


@require_http_methods(["GET", "POST"])
def paste(request: UserRequest) -> HttpResponse:
    """Take the whole text of a posting, to be read by a job."""
    form = PasteForm(posted(request))
    if form.is_valid():
        try:
            check_rate(request)
            return redirect(services.paste(request.user, form.cleaned_data["text"]))
        except TooManyJobs as refusal:
            form.add_error(None, refusal.message)
            page = render(request, "postings/paste.html", {"form": form}, status=429)
            return with_wait(page, refusal)
    return render(request, "postings/paste.html", {"form": form})


@require_http_methods(["GET", "POST"])
def draft(request: UserRequest, draft_id: int) -> HttpResponse:
    """Show how the reading of a pasted text gets on, and then what was read, to be corrected.

    Posting the form makes the posting, once: whoever posts it again is led to the same one. The
    page asks again while it waits, naming the status that it shows: 204 means no news.
    """
    of_user = PostingDraft.objects.for_user(request.user)
    polling = request.htmx and request.method == "GET"
    if polling and has_no_news(of_user.unsaved(), draft_id, request.GET):
        return HttpResponse(status=204)
    with open_rows(request, of_user) as drafts:
        draft = get_object_or_404(drafts, pk=draft_id)
        if draft.posting_id is not None:
            return redirect("postings:detail", draft.posting_id)
        form = None
        if draft.status == JobStatus.DONE:
            form = PostingForm(posted(request), initial=draft.document.model_dump())
            if form.is_valid():
                posting = form.save(commit=False)
                services.save_draft(draft, posting)
                messages.success(request, _("공고를 저장했습니다."))
                return redirect(posting)
        template = "postings/_draft.html" if request.htmx else "postings/draft.html"
        return render(request, template, {"draft": draft, "form": form})


@require_POST
def retry(request: UserRequest, draft_id: int) -> HttpResponse:
    """Put a draft that could not be read back into the queue."""
    draft = get_object_or_404(PostingDraft.objects.for_user(request.user), pk=draft_id)
    try:
        check_rate(request)
        services.retry_draft(draft)
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    return redirect(draft)


@require_POST
def discard(request: UserRequest, draft_id: int) -> HttpResponse:
    """Throw a pasted text away that no posting was made of."""
    with open_rows(request, PostingDraft.objects.for_user(request.user).unsaved()) as drafts:
        services.discard(get_object_or_404(drafts, pk=draft_id))
    messages.success(request, _("붙여 넣은 글을 버렸습니다."))
    return redirect("postings:list")
