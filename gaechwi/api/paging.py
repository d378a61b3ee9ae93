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
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.tokens import Bearer, beside_token
from gaechwi.api.database_json import answer_of
from gaechwi.api.problems import Unauthorized
from gaechwi.api.serializers import MAX_ID
from gaechwi.json_values import JsonArray, JsonObject
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


class WrittenView(APIView):
    """A view whose GET answers with what the database writes, and looks at the token with it.

    Whoever brings a token is a `Bearer` to its `get`, and only there.
    """

    looks_at_tokens = True

    def handle_exception(self, exc: Exception) -> Response:
        """Answer what went wrong; that a token does not work goes before all else."""
        try:
            reader: Any = self.request.user
            if isinstance(reader, Bearer) and not reader.was_looked_at:
                reader.look()
        except APIException as refused:
            exc = refused
        return super().handle_exception(exc)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the answer. Raises RuntimeError where nothing has looked at the token for it."""
        reader = request.user
        if isinstance(reader, Bearer) and not reader.was_looked_at:
            raise RuntimeError("a token was not looked at")
        return super().finalize_response(request, response, *args, **kwargs)


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
        def written(narrowed_by: tuple[str, ...]) -> _Written:
            return _Written(
                lambda: _counted_page(
                    rows(Parameter("user"), **{name: Parameter(name) for name in narrowed_by}),
                    serializer_class,
                )
            )

        self._written = written

    def __call__(
        self, reader: User | Bearer, page: int, page_size: int, **narrowed_by: Any
    ) -> HttpResponse:
        """Return the answer."""
        text = self._written(tuple(narrowed_by)).text(
            reader, page=page, limit=page_size, offset=(page - 1) * page_size, **narrowed_by
        )
        if text is None:
            raise RuntimeError("a query that counts gave nothing")
        return _json_response(text)


def _counted_page(
    rows: QuerySet[Any], serializer_class: type[serializers.BaseSerializer[Any]]
) -> QuerySet[Any, Any]:
    model = rows.model
    # They are found first: else the database may write an answer for each row that it sorts.
    on_page = model._base_manager.filter(pk__in=_Page(rows.values("pk")))
    answers = on_page.order_by(*model._meta.ordering).values(value=answer_of(serializer_class()))
    number = IntegerField()
    page = JsonObject(
        count=Func(template="COUNT(*)", output_field=number),
        page=Cast(Parameter("page"), number),
        page_size=Cast(Parameter("limit"), number),
        results=JsonArray(answers),
    )
    return rows.order_by().values(text=Cast(page, TextField()))


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
        def row() -> QuerySet[Any, Any]:
            row = rows(Parameter("user")).filter(pk=Parameter("pk")).order_by()
            return row.values(text=Cast(answer_of(serializer_class()), TextField()))

        self._written = _Written(row)

    def __call__(self, reader: User | Bearer, pk: int) -> HttpResponse:
        """Return the answer. Raises Http404 where the user has no such row."""
        text = self._written.text(reader, pk=pk if pk <= MAX_ID else 0)
        if text is None:
            raise Http404
        return _json_response(text)


class _Written:
    """The one text that a query gives, asked for by a user or together with the look at a token."""

    def __init__(self, query: Callable[[], QuerySet[Any, Any]]) -> None:
        def answer() -> Subquery:
            return Subquery(query())

        self._beside_token = beside_token(answer)
        self._alone = Prepared(
            lambda: User.objects.filter(pk=Parameter("user")).values_list(answer())
        )

    def text(self, reader: User | Bearer, **values: Any) -> str | None:
        """Return the text, None without one. Raises Unauthorized for who is gone, and Blocked."""
        text: str | None
        if isinstance(reader, Bearer):
            text = reader.read(self._beside_token, **values)
        elif row := self._alone.row(user=reader.pk, **values):
            (text,) = row
        else:
            raise Unauthorized
        return text


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
