from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.http import ReaderApiRequest, UserApiRequest
from feedback.improvements import request_improvement
from feedback.models import ResumeFeedback, ResumeImprovement
from feedback.serializers import FeedbackSerializer, ImprovementSerializer
from feedback.services import request_posting_feedback, request_standard_feedback
from gaechwi.api.paging import WrittenPage, WrittenRow, WrittenView, page_schema
from gaechwi.api.serializers import MAX_ID, ListQuery, validated
from gaechwi.jobs.requests import JOB_HEADERS, job_responses, start
from postings.models import JobPosting
from resumes.models import Resume


class StandardFeedback(APIView):
    """Feedback on a résumé alone."""

    @extend_schema(
        operation_id="resume_feedbacks_standard",
        request=None,
        parameters=JOB_HEADERS,
        responses=job_responses(FeedbackSerializer),
    )
    def post(self, request: UserApiRequest, resume_id: int) -> Response:
        """Start a standard feedback; the one in hand is the answer where there is one."""
        resume = _resume(request, resume_id)
        return _start_feedback(request, lambda: request_standard_feedback(resume))


class PostingFeedback(APIView):
    """Feedback on a résumé against a posting."""

    @extend_schema(
        operation_id="resume_feedbacks_posting",
        request=None,
        parameters=JOB_HEADERS,
        responses=job_responses(FeedbackSerializer),
    )
    def post(self, request: UserApiRequest, resume_id: int, posting_id: int) -> Response:
        """Start a feedback against a posting; the one in hand is the answer where there is one."""
        resume = _resume(request, resume_id)
        posting = get_object_or_404(JobPosting.objects.for_user(request.user), pk=posting_id)
        return _start_feedback(request, lambda: request_posting_feedback(resume, posting))


class FeedbackQuery(ListQuery):
    """Which feedbacks are asked for."""

    resume_id = serializers.IntegerField(required=False, min_value=1, max_value=MAX_ID)


class FeedbackList(WrittenView):
    """The user's feedbacks."""

    @extend_schema(
        operation_id="resume_feedbacks_list",
        parameters=[FeedbackQuery],
        responses=page_schema(FeedbackSerializer),
    )
    def get(self, request: ReaderApiRequest) -> HttpResponse:
        """List the feedbacks, or those on one résumé, the newest first."""
        return _page(request.user, **validated(FeedbackQuery, request.query_params))


class FeedbackDetail(WrittenView):
    """One feedback."""

    @extend_schema(operation_id="resume_feedbacks_read", responses=FeedbackSerializer)
    def get(self, request: ReaderApiRequest, feedback_id: int) -> HttpResponse:
        """Give a feedback, as far as it has got."""
        return _shown(request.user, feedback_id)


class ImprovedResume(APIView):
    """The improved résumé of a feedback."""

    @extend_schema(
        operation_id="resume_feedbacks_improve",
        request=None,
        parameters=JOB_HEADERS,
        responses=job_responses(ImprovementSerializer),
    )
    def post(self, request: UserApiRequest, feedback_id: int) -> Response:
        """Start to write an improved résumé; what it invents is left out of it and listed."""
        feedbacks = ResumeFeedback.objects.for_user(request.user)
        feedback = get_object_or_404(feedbacks, pk=feedback_id)

        return start(
            request,
            lambda: request_improvement(feedback),
            ResumeImprovement.objects.for_user(request.user).with_changes(),
            ImprovementSerializer,
            "api:resume-improvement",
        )


class ImprovementDetail(APIView):
    """One improvement."""

    @extend_schema(operation_id="resume_improvements_read", responses=ImprovementSerializer)
    def get(self, request: UserApiRequest, improvement_id: int) -> Response:
        """Give an improvement, as far as it has got."""
        improvements = ResumeImprovement.objects.for_user(request.user).with_changes()
        improvement = get_object_or_404(improvements, pk=improvement_id)
        return Response(ImprovementSerializer(improvement).data)


def _resume(request: UserApiRequest, resume_id: int) -> Resume:
    resumes = Resume.objects.for_user(request.user)
    return get_object_or_404(resumes, pk=resume_id)


def _start_feedback(request: UserApiRequest, ask: Callable[[], ResumeFeedback]) -> Response:
    feedbacks = ResumeFeedback.objects.for_user(request.user).for_api()
    return start(request, ask, feedbacks, FeedbackSerializer, "api:resume-feedback")


def _feedbacks(user: Any, **narrowed_by: Any) -> QuerySet[ResumeFeedback]:
    return ResumeFeedback.objects.for_user(user).filter(**narrowed_by)


_page = WrittenPage(_feedbacks, FeedbackSerializer)
_shown = WrittenRow(ResumeFeedback.objects.for_user, FeedbackSerializer)
