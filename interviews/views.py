from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import UserRequest
from gaechwi.events import EventStreamResponse
from gaechwi.forms import posted
from gaechwi.jobs.limits import TooManyJobs, check_rate, refusal_page, with_wait
from gaechwi.jobs.services import RequestRefusedError
from gaechwi.jobs.waiting import has_no_news
from interviews import assessing, conversing
from interviews.forms import AnswerForm, StartForm
from interviews.models import Interview, InterviewFeedback, InterviewTurn, Speaker
from interviews.progress import line
from interviews.streams import for_page

PAGE_SIZE = 10
# The line shows the newest interviews: more would not be told apart on a phone.
IN_LINE = 12


@require_safe
def interview_list(request: UserRequest) -> HttpResponse:
    """List the user's interviews, the newest first, and draw how their scores went."""
    interviews = Interview.objects.for_user(request.user).for_lists()
    context = {
        "page": Paginator(interviews, PAGE_SIZE).get_page(request.GET.get("page")),
        "line": line(list(interviews.judged().without_practice()[:IN_LINE])[::-1]),
        "deleted": Interview.with_deleted.for_user(request.user).deleted_one(
            request.GET.get("deleted", "")
        ),
    }
    return render(request, "interviews/list.html", context)


@require_http_methods(["GET", "POST"])
def start(request: UserRequest) -> HttpResponse:
    """Begin an interview; `resume` and `posting` of the address are chosen beforehand."""
    chosen = {name: request.GET.get(name) for name in ("resume", "posting")}
    form = StartForm(request.user, posted(request), initial=chosen)
    status = HTTPStatus.OK
    if form.is_valid():
        choices = dict(form.cleaned_data)
        resume, posting = choices.pop("resume"), choices.pop("posting")
        if posting:
            posting.refresh_from_db()
        try:
            check_rate(request)
            return redirect(conversing.begin(request.user, resume, posting, **choices))
        except TooManyJobs as refusal:
            form.add_error(None, refusal.message)
            page = render(request, "interviews/start.html", {"form": form}, status=429)
            return with_wait(page, refusal)
        except RequestRefusedError as refusal:
            form.add_error("resume", refusal.message)
            status = HTTPStatus.CONFLICT
    return render(request, "interviews/start.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def detail(request: UserRequest, interview_id: int) -> HttpResponse:
    """Show an interview: the conversation, or the judgement once one was asked for; take answers.

    The page asks again while it waits, naming the status that it shows: 204 means no news.
    """
    if request.htmx and request.method == "GET" and _nothing_new(request, interview_id):
        return HttpResponse(status=204)
    turn = _newest_turn(request, interview_id)
    interviews = Interview.objects.for_user(request.user).with_everything()
    interview = get_object_or_404(interviews, pk=interview_id)
    form = AnswerForm(posted(request))
    if form.is_valid():
        try:
            check_rate(request)
            conversing.answer(interview, replies_to=_replies_to(request), **form.cleaned_data)
        except TooManyJobs as refusal:
            form.add_error(None, refusal.message)
            return with_wait(_page(request, interview, turn, form, refusal.status_code), refusal)
        except RequestRefusedError as refusal:
            form.add_error(None, refusal.message)
            # What another window has said meanwhile belongs on the page.
            turn = _newest_turn(request, interview_id)
            interview = get_object_or_404(interviews.all(), pk=interview_id)
            return _page(request, interview, turn, form, HTTPStatus.CONFLICT)
        return redirect(interview)
    return _page(request, interview, turn, form)


@require_safe
def words(request: UserRequest, interview_id: int, turn_id: int) -> HttpResponseBase:
    """Stream the words of a turn while they are spoken, then say that they stand on the page."""
    turns = InterviewTurn.objects.for_user(request.user).filter(interview=interview_id)
    turn = get_object_or_404(turns, pk=turn_id)
    return EventStreamResponse(for_page(turn, request.headers.get("Last-Event-ID", "")))


@require_POST
def speak_again(request: UserRequest, interview_id: int) -> HttpResponse:
    """Have the interviewer try again to say what failed."""
    interview = _get(request, interview_id)
    return _asked(request, interview, lambda: conversing.speak_again(interview))


@require_POST
def stop(request: UserRequest, interview_id: int) -> HttpResponse:
    """Let an interview rest."""
    interview = _get(request, interview_id)
    conversing.stop(interview)
    return redirect(interview)


@require_POST
def go_on(request: UserRequest, interview_id: int) -> HttpResponse:
    """Take up an interview that rested."""
    interview = _get(request, interview_id)
    conversing.go_on(interview)
    return redirect(interview)


@require_POST
def judge(request: UserRequest, interview_id: int) -> HttpResponse:
    """End an interview and ask for its judgement."""
    interview = _get(request, interview_id)
    return _asked(request, interview, lambda: assessing.request_judgement(interview))


@require_POST
def judge_again(request: UserRequest, interview_id: int) -> HttpResponse:
    """Put a failed judgement back into the queue."""
    judgements = InterviewFeedback.objects.for_user(request.user).select_related("interview")
    feedback = get_object_or_404(judgements, pk=interview_id)
    return _asked(request, feedback.interview, lambda: assessing.judge_again(feedback))


@require_POST
def repeat(request: UserRequest, interview_id: int) -> HttpResponse:
    """Begin a new interview with the same questions."""
    interview = _get(request, interview_id)
    try:
        check_rate(request)
        return redirect(conversing.repeat(interview))
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)


@require_POST
def delete(request: UserRequest, interview_id: int) -> HttpResponse:
    """Delete an interview; the list that follows offers to bring it back."""
    _get(request, interview_id).soft_delete()
    return redirect(f"{reverse('interviews:list')}?deleted={interview_id}")


@require_POST
def restore(request: UserRequest, interview_id: int) -> HttpResponse:
    """Bring a deleted interview back."""
    interviews = Interview.with_deleted.for_user(request.user)
    interview = get_object_or_404(interviews, pk=interview_id)
    interview.restore()
    messages.success(request, _("모의 면접을 되살렸습니다."))
    return redirect("interviews:list")


def _get(request: UserRequest, interview_id: int) -> Interview:
    return get_object_or_404(Interview.objects.for_user(request.user), pk=interview_id)


def _newest_turn(request: UserRequest, interview_id: int) -> InterviewTurn | None:
    """Return the newest turn; read before the rest, a finished one cannot lack its words."""
    return InterviewTurn.objects.for_user(request.user).filter(interview=interview_id).last()


def _nothing_new(request: UserRequest, interview_id: int) -> bool:
    """Return whether the turn that the page shows, or the judgement, still has the status seen."""
    turn = request.GET.get("turn", "")
    if re.fullmatch(r"[0-9]{1,18}", turn):
        turns = InterviewTurn.objects.for_user(request.user).filter(interview=interview_id)
        return has_no_news(turns, int(turn), request.GET)
    return has_no_news(InterviewFeedback.objects.for_user(request.user), interview_id, request.GET)


def _asked(request: UserRequest, interview: Interview, ask: Callable[[], Any]) -> HttpResponse:
    """Ask for a job and lead to the interview, or say why not."""
    try:
        check_rate(request)
        ask()
    except TooManyJobs as refusal:
        return refusal_page(request, refusal)
    except RequestRefusedError as refusal:
        messages.error(request, refusal.message)
    return redirect(interview)


def _replies_to(request: UserRequest) -> int | None:
    """Return the order of the words that stood on the page that answers, None where unknown."""
    order = request.GET.get("to", "")
    return int(order) if re.fullmatch(r"[0-9]{1,5}", order) else None


def _page(
    request: UserRequest,
    interview: Interview,
    turn: InterviewTurn | None,
    form: AnswerForm,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    said = list(interview.conversations.all())
    # Read before the interview, a turn may seem to be spoken that has ended it since.
    turn = None if interview.is_finished else turn
    context = {
        "interview": interview,
        "form": form,
        "said": said,
        "answered": any(one.speaker == Speaker.CANDIDATE for one in said),
        "number": max((one.question.number for one in said if one.question), default=0),
        "spoken": next((one for one in said[::-1] if one.speaker == Speaker.INTERVIEWER), None),
        "turn": turn,
        # What page and noscript wait for.
        "job": turn or getattr(interview, "feedback", None),
        "exchanges": [
            (question, [one for one in said if one.question_id == question.pk])
            for question in interview.questions.all()
            if hasattr(question, "feedback")
        ],
    }
    template = "interviews/_interview.html" if request.htmx else "interviews/detail.html"
    return render(request, template, context, status=status)
