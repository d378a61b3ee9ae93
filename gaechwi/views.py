from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from accounts.models import User
from feedback.models import ResumeFeedback
from postings.models import JobPosting
from resumes.models import Resume

RECENT = 3


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process is alive."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next to a signed-in user, and what this is to anybody else."""
    if not isinstance(request.user, User):
        return render(request, "landing.html")
    resumes = Resume.objects.for_user(request.user)[:RECENT]
    feedbacks = ResumeFeedback.objects.for_user(request.user).for_lists()[:RECENT]
    postings = JobPosting.objects.for_user(request.user).for_lists()[:RECENT]
    return render(
        request,
        "dashboard.html",
        {"resumes": resumes, "feedbacks": feedbacks, "postings": postings},
    )
