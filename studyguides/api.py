from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.http import UserApiRequest
from feedback.models import ResumeFeedback
from gaechwi.api.paging import page_of, page_schema
from gaechwi.api.serializers import ListQuery, refuse_fields, validated
from gaechwi.jobs.requests import JOB_HEADERS, job_responses, start
from interviews.models import Interview
from postings.models import JobPosting
from studyguides.models import ItemStatus, StudyGuide, StudyGuideQuerySet, StudyItem
from studyguides.serializers import GuideSerializer, GuideSources, ItemProgress, StudyItemSerializer
from studyguides.services import delete_guide, request_guide, set_status


class GuideList(APIView):
    """The user's study guides."""

    @extend_schema(
        operation_id="study_guides_list",
        parameters=[ListQuery],
        responses=page_schema(GuideSerializer),
    )
    def get(self, request: UserApiRequest) -> Response:
        """List the guides, the newest first."""
        query = validated(ListQuery, request.query_params)
        return page_of(_guides(request), GuideSerializer, query)

    @extend_schema(
        operation_id="study_guides_create",
        request=GuideSources,
        parameters=JOB_HEADERS,
        responses=job_responses(GuideSerializer),
    )
    def post(self, request: UserApiRequest) -> Response:
        """Start a guide: from a feedback against a posting, a judged interview, or a posting."""

        def make(**values: Any) -> StudyGuide:
            return request_guide(request.user, **_sources(request, values))

        return start(
            request,
            make,
            _guides(request),
            GuideSerializer,
            "api:study-guide",
            takes=GuideSources,
        )


class GuideDetail(APIView):
    """One study guide."""

    @extend_schema(operation_id="study_guides_read", responses=GuideSerializer)
    def get(self, request: UserApiRequest, guide_id: int) -> Response:
        """Give a guide, as far as it has got."""
        return Response(GuideSerializer(get_object_or_404(_guides(request), pk=guide_id)).data)

    @extend_schema(operation_id="study_guides_delete", request=None, responses={204: None})
    def delete(self, request: UserApiRequest, guide_id: int) -> Response:
        """Delete a guide."""
        guides = StudyGuide.objects.for_user(request.user)
        guide = get_object_or_404(guides, pk=guide_id)
        refuse_fields(request)
        delete_guide(guide)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ItemDetail(APIView):
    """One item of a study guide."""

    @extend_schema(
        operation_id="study_items_set_status", request=ItemProgress, responses=StudyItemSerializer
    )
    def patch(self, request: UserApiRequest, guide_id: int, item_id: int) -> Response:
        """Note how far an item has got."""
        items = StudyItem.objects.for_user(request.user).prefetch_related("keywords")
        item = get_object_or_404(items, guide=guide_id, pk=item_id)
        progress = validated(ItemProgress, request.data)
        set_status(item, ItemStatus(progress.get("status", item.status)))
        return Response(StudyItemSerializer(item).data)


def _guides(request: UserApiRequest) -> StudyGuideQuerySet:
    return StudyGuide.objects.for_user(request.user).with_items()


def _sources(request: UserApiRequest, values: dict[str, Any]) -> dict[str, Any]:
    """Return what `request_guide` is given: the rows that ids name. Raises Http404."""
    named = {
        "feedback": ResumeFeedback.objects.for_user(request.user),
        "interview": Interview.objects.for_user(request.user),
        "posting": JobPosting.objects.for_user(request.user),
    }
    sources: dict[str, Any] = {
        name: get_object_or_404(rows, pk=values[f"{name}_id"])
        for name, rows in named.items()
        if values.get(f"{name}_id")
    }
    if "hours_per_week" in values:
        sources["hours_per_week"] = values["hours_per_week"]
    return sources
