from __future__ import annotations

import sys
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from feedback.models import ResumeFeedback
from feedback.trial import sample_review
from gaechwi.api.middleware import is_api
from gaechwi.api.problems import Unavailable, is_conflict, problem_response
from gaechwi.away import is_away
from gaechwi.context_processors import THEME_COOKIE, THEMES
from gaechwi.next_steps import next_steps
from interviews.models import Interview
from postings.models import JobPosting
from resumes.models import Resume
from studyguides.models import StudyGuide

RECENT = 3
THEME_SECONDS = 365 * 24 * 3600


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what is next to a signed-in user, and what this is to anybody else."""
    if not isinstance(request.user, User):
        # A function: the page keeps what it shows of it, and asks for it once an hour.
        context = {"sample": sample_review, "today": timezone.localdate().isoformat()}
        return render(request, "landing.html", context)
    recent: dict[str, list[Any]] = {
        name: list(rows.for_user(request.user).for_lists()[:RECENT])
        for name, rows in (
            ("resumes", Resume.objects),
            ("postings", JobPosting.objects),
            ("feedbacks", ResumeFeedback.objects),
            ("interviews", Interview.objects),
            ("guides", StudyGuide.objects),
        )
    }
    steps = next_steps(request.user, timezone.localdate(), recent["resumes"], recent["feedbacks"])
    return render(request, "dashboard.html", {"steps": steps, **recent})


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep whether the pages are light or dark in a cookie; without either, the device decides."""
    there = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure()):
        there = reverse("home")
    # Not by `redirect`, to which a word may be the name of a page, or is an error.
    response = HttpResponseRedirect(there)
    if (theme := request.POST.get("theme")) in THEMES:
        response.set_cookie(
            THEME_COOKIE,
            theme,
            max_age=THEME_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what no view was asked for: a request that makes no sense."""
    if is_api(request):
        return problem_response(400, _("요청을 이해할 수 없습니다."))
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what may not be done."""
    if is_api(request):
        return problem_response(403, _("허용되지 않은 요청입니다."))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    if is_api(request):
        return problem_response(404, _("찾을 수 없습니다."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after an error of ours, or one that came of two requests that met."""
    error = sys.exception()
    if is_away(error):
        return unavailable(request)
    if is_conflict(error) and not is_api(request):
        return render(request, "409.html", status=HTTPStatus.CONFLICT)
    if is_api(request):
        return problem_response(500, _("서버에서 예상하지 못한 오류가 났습니다."))
    return defaults.server_error(request)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer that something is away without which nothing can be done; later it may be back."""
    if is_api(request):
        detail = str(Unavailable.default_detail)
        response: HttpResponse = problem_response(HTTPStatus.SERVICE_UNAVAILABLE, detail)
    else:
        # Without the request: whatever it would say of its user is away, too.
        response = HttpResponse(render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(Unavailable.wait)
    return response
