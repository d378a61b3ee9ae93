"""How what is read is answered: one row, or a page {"count", "page", "page_size", "results"}."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db.models import Func, IntegerField, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpResponse
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.response import Response

from accounts.models import User
from gaechwi.api.database_json import JsonArray, answer_of
from gaechwi.api.serializers import MAX_ID
from gaechwi.prepared import Parameter, Prepared


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


class WrittenPage:
    """Answers with one page of a user's rows, as the database writes it: one query, compiled once.

    `rows` takes the user, and by name what the rows are to be narrowed down by, and returns them in
    the order of their model. A page past the last one is empty.
    """

    def __init__(
        self,
        rows: Callable[..., QuerySet[Any]],
        serializer_class: type[serializers.BaseSerializer[Any]],
    ) -> None:
        @cache
        def query(narrowed_by: tuple[str, ...]) -> Prepared:
            return Prepared(
                lambda: _counted_page(
                    rows(Parameter("user"), **{name: Parameter(name) for name in narrowed_by}),
                    serializer_class,
                )
            )

        self._query = query

    def __call__(self, user: User, page: int, page_size: int, **narrowed_by: Any) -> HttpResponse:
        """Return the answer."""
        row = self._query(tuple(narrowed_by)).row(
            user=user.pk, limit=page_size, offset=(page - 1) * page_size, **narrowed_by
        )
        if row is None:
            raise RuntimeError("a query that counts gave no row")
        count, results = row
        return _json_response(
            f'{{"count":{count},"page":{page},"page_size":{page_size},"results":{results}}}'
        )


def _counted_page(
    rows: QuerySet[Any], serializer_class: type[serializers.BaseSerializer[Any]]
) -> QuerySet[Any, Any]:
    model = rows.model
    # They are found first: else the database may write an answer for each row that it sorts.
    on_page = model._base_manager.filter(pk__in=_Page(rows.values("pk")))
    answers = on_page.order_by(*model._meta.ordering).values(value=answer_of(serializer_class()))
    count: Func = Func(template="COUNT(*)", output_field=IntegerField())
    return rows.order_by().values_list(count, Cast(JsonArray(answers), TextField()))


class _Page(Subquery):
    """The rows of a query that are on a page: the parameters `limit` and `offset` say which."""

    template = "(%(subquery)s LIMIT %%s OFFSET %%s)"

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL and its parameters."""
        sql, params = super().as_sql(*args, **kwargs)
        return sql, (*params, Parameter("limit"), Parameter("offset"))


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
            return row.values_list(Cast(answer_of(serializer_class()), TextField()))

        self._query = Prepared(query)

    def __call__(self, user: User, pk: int) -> HttpResponse:
        """Return the answer. Raises Http404 where the user has no such row."""
        row = self._query.row(user=user.pk, pk=pk) if pk <= MAX_ID else None
        if row is None:
            raise Http404
        return _json_response(row[0])


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
