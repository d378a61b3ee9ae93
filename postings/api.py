from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from accounts.http import ReaderApiRequest, UserApiRequest
from gaechwi.api.paging import WrittenPage, WrittenRow, WrittenView, page_schema
from gaechwi.api.serializers import (
    Day,
    ListQuery,
    StrictModelSerializer,
    Text,
    refuse_fields,
    validated,
)
from postings.models import JobPosting, has_case, searched_words
from postings.views import PAGE_SIZE
from resumes.serializers import Technologies


class PostingSerializer(StrictModelSerializer[JobPosting]):
    """A job posting. What is left out of it is empty, also where it replaces another one."""

    user_id = serializers.CharField(read_only=True)
    deadline = Day(required=False, allow_null=True)
    technology_stacks = Technologies()

    class Meta:
        model = JobPosting
        fields = [
            "posting_id",
            "user_id",
            "title",
            "company",
            "position",
            "employment_type",
            "experience_level",
            "location",
            "salary",
            "deadline",
            "url",
            "duties",
            "requirements",
            "preferred",
            "benefits",
            "technology_stacks",
            "memo",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]


class PostingQuery(ListQuery):
    """Which postings are asked for."""

    page_size = serializers.IntegerField(min_value=1, max_value=100, default=PAGE_SIZE)
    title = Text(required=False, allow_blank=True, max_length=200)


class PostingList(WrittenView):
    """The user's job postings."""

    @extend_schema(
        operation_id="job_postings_list",
        parameters=[PostingQuery],
        responses=page_schema(PostingSerializer),
    )
    def get(self, request: ReaderApiRequest) -> HttpResponse:
        """List the postings, the newest first; `title` searches them anywhere in it."""
        query = validated(PostingQuery, request.query_params)
        if words := searched_words(query.pop("title", "")):
            return _found[has_case(words)](request.user, words=words, **query)
        return _page(request.user, **query)

    @extend_schema(
        operation_id="job_postings_create",
        request=PostingSerializer,
        responses={201: PostingSerializer},
    )
    def post(self, request: UserApiRequest) -> HttpResponse:
        """Make a posting."""
        values = validated(PostingSerializer, request.data)
        posting = JobPosting.objects.create(user=request.user, **values)
        answer = _shown(request.user, posting.pk)
        answer.status_code = status.HTTP_201_CREATED
        answer["Location"] = reverse("api:job-posting", args=[posting.pk])
        return answer


class PostingDetail(WrittenView):
    """One job posting."""

    @extend_schema(operation_id="job_postings_read", responses=PostingSerializer)
    def get(self, request: ReaderApiRequest, posting_id: int) -> HttpResponse:
        """Give a posting."""
        return _shown(request.user, posting_id)

    @extend_schema(
        operation_id="job_postings_replace", request=PostingSerializer, responses=PostingSerializer
    )
    def put(self, request: UserApiRequest, posting_id: int) -> HttpResponse:
        """Replace a posting: what is left out becomes empty."""
        with transaction.atomic():
            postings = JobPosting.objects.for_user(request.user).select_for_update()
            posting = get_object_or_404(postings, pk=posting_id)
            values = validated(PostingSerializer, request.data)
            empty = JobPosting()
            for name in _GIVEN:
                setattr(posting, name, values.get(name, getattr(empty, name)))
            posting.save()
            return _shown(request.user, posting_id)

    @extend_schema(operation_id="job_postings_delete", request=None, responses={204: None})
    def patch(self, request: UserApiRequest, posting_id: int) -> Response:
        """Delete a posting; its user can bring it back on the pages. Changes are for PUT."""
        posting = get_object_or_404(JobPosting.objects.for_user(request.user), pk=posting_id)
        refuse_fields(request)
        posting.soft_delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


def _titled(user: Any, words: Any, *, cased: bool) -> QuerySet[JobPosting]:
    return JobPosting.objects.for_user(user).titled(words, cased=cased)


# What a client says of a posting.
_GIVEN = [name for name, field in PostingSerializer().fields.items() if not field.read_only]
_page = WrittenPage(JobPosting.objects.for_user, PostingSerializer)
_found = {
    cased: WrittenPage(partial(_titled, cased=cased), PostingSerializer) for cased in (True, False)
}
_shown = WrittenRow(JobPosting.objects.for_user, PostingSerializer)
