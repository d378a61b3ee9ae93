"""How what is read is answered: one row, or a page {"count", "page", "page_size", "results"}."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpResponse
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.response import Response

from accounts.models import User
from gaechwi.api.database_json import answer_json
from gaechwi.api.serializers import MAX_ID
from gaechwi.prepared import Parameter, Prepared, now


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


def written_page_of(
    rows: QuerySet[Any],
    serializer_class: type[serializers.BaseSerializer[Any]],
    query: dict[str, Any],
) -> HttpResponse:
    """Answer with one page of rows as the database writes them: two queries.

    The rows are in the order of their model.
    """
    page, page_size = query["page"], query["page_size"]
    start = (page - 1) * page_size
    answer = _answer_of(serializer_class)
    answer.params = [now(param) for param in answer.params]
    # They are found first: else the database may write an answer for each row that it sorts.
    found = rows.values("pk")[start : start + page_size]
    on_page = rows.model._base_manager.filter(pk__in=found)
    results = ",".join(on_page.values_list(answer, flat=True))
    return _json_response(
        f'{{"count":{rows.count()},"page":{page},"page_size":{page_size},"results":[{results}]}}'
    )


class WrittenRow:
    """Answers with one row of a user, as the database writes it: one query, compiled once.

    `rows` are those of a user, such as `Resume.objects.for_user`.
    """

    def __init__(
        self,
        rows: Callable[[Any], QuerySet[Any]],
        serializer_class: type[serializers.BaseSerializer[Any]],
    ) -> None:
        def query() -> QuerySet[Any, Any]:
            row = rows(Parameter("user")).filter(pk=Parameter("pk")).order_by()
            return row.values_list(_answer_of(serializer_class))

        self._query = Prepared(query)

    def __call__(self, user: User, pk: int) -> HttpResponse:
        """Return the answer. Raises Http404 where the user has no such row."""
        row = self._query.row(user=user.pk, pk=pk) if pk <= MAX_ID else None
        if row is None:
            raise Http404
        return _json_response(row[0])


def _answer_of(serializer_class: Any) -> RawSQL:
    # It comes from the ORM, and holds nothing that anybody sent.
    return RawSQL(*answer_json(serializer_class), output_field=TextField())  # noqa: S611


def _json_response(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")


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
