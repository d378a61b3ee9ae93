"""The one shape of lists: {"count", "page", "page_size", "results"}."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.response import Response


def page_of(
    rows: QuerySet[Any],
    serializer_class: type[serializers.BaseSerializer[Any]],
    query: dict[str, Any],
) -> Response:
    """Answer with one page of rows; a page past the last one is empty.

    `query` is what a `ListQuery` has validated. One query counts; the rows cost what they cost.
    """
    page, page_size = query["page"], query["page_size"]
    start = (page - 1) * page_size
    results = serializer_class(rows[start : start + page_size], many=True).data
    return Response(
        {"count": rows.count(), "page": page, "page_size": page_size, "results": results}
    )


def page_schema(serializer_class: type[serializers.BaseSerializer[Any]]) -> Any:
    """Return the shape of a page of such rows, for the schema."""
    name = serializer_class.__name__.removesuffix("Serializer")
    return inline_serializer(
        f"{name}Page",
        {
            "count": serializers.IntegerField(min_value=0),
            "page": serializers.IntegerField(min_value=1),
            "page_size": serializers.IntegerField(min_value=1),
            "results": serializer_class(many=True),
        },
    )
