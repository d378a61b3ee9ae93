from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.http import ReaderApiRequest, UserApiRequest
from gaechwi.api.paging import WrittenPage, WrittenRow, WrittenView, page_schema
from gaechwi.api.problems import Unavailable, problem
from gaechwi.api.renderers import EventStreamRenderer
from gaechwi.api.serializers import ListQuery, validated
from gaechwi.events import CONTENT_TYPE, EVENT_SCHEMA, EventStreamResponse
from gaechwi.jobs.models import JobStatus
from gaechwi.jobs.requests import JOB_HEADERS, job_responses, once, start, wait_as_preferred
from gaechwi.jobs.waiting import MAX_WAIT_SECONDS
from interviews.assessing import request_judgement
from interviews.conversing import answer, begin, speak_again
from interviews.models import Conversation, Interview, InterviewFeedback, InterviewTurn
from interviews.serializers import (
    AnswerSerializer,
    BeginSerializer,
    InterviewSerializer,
    JudgementSerializer,
    NextWordsSerializer,
)
from interviews.streams import for_program
from postings.models import JobPosting
from resumes.models import Resume

# Without a preference JSON, which stands first.
RENDERERS = [JSONRenderer, EventStreamRenderer]
BROKEN_OFF = _("답은 남았지만 면접관의 말이 끊겼습니다. 같은 답을 다시 보내 주세요.")


class InterviewList(WrittenView):
    """The user's interviews."""

    @extend_schema(
        operation_id="interviews_list",
        parameters=[ListQuery],
        responses=page_schema(InterviewSerializer),
    )
    def get(self, request: ReaderApiRequest) -> HttpResponse:
        """List the interviews, the newest first."""
        return _page(request.user, **validated(ListQuery, request.query_params))

    @extend_schema(
        operation_id="interviews_begin",
        request=BeginSerializer,
        parameters=JOB_HEADERS,
        responses=job_responses(InterviewSerializer),
    )
    def post(self, request: UserApiRequest) -> Response:
        """Begin an interview; who waits is answered when the interviewer has said the first words.

        Questions come from the résumé, and from the posting where one is named.
        """

        def made(resume_id: int, posting_id: int | None = None, **choices: Any) -> Interview:
            resumes = Resume.objects.for_user(request.user)
            postings = JobPosting.objects.for_user(request.user)
            return begin(
                request.user,
                get_object_or_404(resumes, pk=resume_id),
                get_object_or_404(postings, pk=posting_id) if posting_id else None,
                **choices,
            )

        return start(
            request,
            made,
            _interviews(request),
            InterviewSerializer,
            "api:interview",
            takes=BeginSerializer,
            job_of=_first_turn,
        )


class InterviewDetail(APIView):
    """One interview."""

    renderer_classes = RENDERERS

    @extend_schema(
        operation_id="interviews_read",
        responses={
            (200, "application/json"): InterviewSerializer,
            (200, CONTENT_TYPE): OpenApiResponse(
                EVENT_SCHEMA, description="`words` while they are spoken, then `interview`."
            ),
        },
    )
    def get(self, request: UserApiRequest, interview_id: int) -> HttpResponseBase:
        """Give an interview with all that was said so far.

        Who accepts `text/event-stream` hears the words in hand first; `Last-Event-ID` goes on.
        """
        if not _wants_events(request):
            return _shown(request.user, interview_id)
        interview = _interview(request, interview_id)
        turn = InterviewTurn.objects.filter(interview=interview).latest("order")

        def result() -> tuple[str, Any]:
            return "interview", InterviewSerializer(_interview(request, interview_id)).data

        after = request.headers.get("Last-Event-ID", "")
        return EventStreamResponse(for_program(turn, after, result))


class InterviewConversation(APIView):
    """What is said in an interview."""

    renderer_classes = RENDERERS

    @extend_schema(
        operation_id="interviews_answer",
        request=AnswerSerializer,
        parameters=JOB_HEADERS,
        responses={
            (200, "application/json"): OpenApiResponse(
                NextWordsSerializer, description="The interviewer's next words."
            ),
            (200, CONTENT_TYPE): OpenApiResponse(
                EVENT_SCHEMA,
                description="`words` while they are spoken, then `turn`, or `problem`.",
            ),
            (202, "application/json"): OpenApiResponse(
                InterviewSerializer,
                description="The interviewer still thinks: read on at `Location`.",
            ),
        },
    )
    def post(self, request: UserApiRequest, interview_id: int) -> HttpResponseBase:
        """Answer the interviewer; without `Prefer`, the next words are waited for by 60 seconds.

        Who accepts `text/event-stream` hears them while they are spoken.
        """
        interview = _interview(request, interview_id)
        turns = InterviewTurn.objects.for_user(request.user)

        def answered(text: str, replies_to: int | None = None) -> InterviewTurn:
            return answer(interview, text, replies_to=replies_to)

        turn = once(request, answered, turns, takes=AnswerSerializer)
        if turn.status == JobStatus.FAILED:
            # Its key came again after the words had failed.
            speak_again(interview)
        if _wants_events(request):
            return EventStreamResponse(for_program(turn, "", lambda: _outcome(turn)))
        headers = wait_as_preferred(request, turn, unasked=MAX_WAIT_SECONDS)
        turn = get_object_or_404(turns, pk=turn.pk)
        if turn.status == JobStatus.FAILED:
            raise Unavailable(BROKEN_OFF)
        if turn.is_active:
            return Response(
                InterviewSerializer(_interview(request, interview_id)).data,
                status=status.HTTP_202_ACCEPTED,
                headers={"Location": reverse("api:interview", args=[interview_id]), **headers},
            )
        return Response(_said(turn), headers=headers)


class InterviewJudgement(APIView):
    """The judgement of an interview."""

    @extend_schema(
        operation_id="interviews_finish",
        request=None,
        parameters=JOB_HEADERS,
        responses=job_responses(JudgementSerializer),
    )
    def post(self, request: UserApiRequest, interview_id: int) -> Response:
        """End an interview and have it judged; what is judged already stays as it is."""
        interview = _interview(request, interview_id)
        return start(
            request,
            lambda: request_judgement(interview),
            InterviewFeedback.objects.for_user(request.user).for_api(),
            JudgementSerializer,
            "api:interview-feedback",
        )

    @extend_schema(operation_id="interviews_judgement", responses=JudgementSerializer)
    def get(self, request: UserApiRequest, interview_id: int) -> Response:
        """Give the judgement, as far as it has got."""
        judgements = InterviewFeedback.objects.for_user(request.user).for_api()
        return Response(JudgementSerializer(get_object_or_404(judgements, pk=interview_id)).data)


def _interviews(request: UserApiRequest) -> QuerySet[Interview]:
    return Interview.objects.for_user(request.user).for_api()


def _interview(request: UserApiRequest, interview_id: int) -> Interview:
    return get_object_or_404(_interviews(request), pk=interview_id)


def _wants_events(request: UserApiRequest) -> bool:
    return isinstance(request.accepted_renderer, EventStreamRenderer)


def _said(turn: InterviewTurn) -> dict[str, Any]:
    """Return the words of a turn that is done."""
    words = Conversation.objects.select_related("interview")
    said = words.get(interview=turn.interview_id, order=turn.order)
    return dict(NextWordsSerializer(said).data)


def _outcome(turn: InterviewTurn) -> tuple[str, Any]:
    """Return the last event of a turn: its words, or that they failed."""
    turn.refresh_from_db()
    if turn.status == JobStatus.FAILED:
        return "problem", problem(HTTPStatus.SERVICE_UNAVAILABLE, detail=str(BROKEN_OFF))
    return "turn", _said(turn)


def _first_turn(interview: Interview) -> InterviewTurn:
    return InterviewTurn.objects.get(interview=interview, order=1)


_page = WrittenPage(Interview.objects.for_user, InterviewSerializer)
_shown = WrittenRow(Interview.objects.for_user, InterviewSerializer)
