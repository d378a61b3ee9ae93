"""Answers that the database writes: a row with all that hangs on it, as one JSON text.

The serializers say what an answer holds. `answer_of` reads them and gives the same answer as an
expression, so that one query brings all rows ready to be sent, and no object is made of them on the
way. A field that gives something else than its column has a method `in_database`, beside its
`to_representation`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, Func, JSONField, Model, OuterRef, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler
from rest_framework import serializers

Compiled = tuple[str, Sequence[Any]]


class JsonObject(Func):
    """A JSON object of named values, in their order."""

    def __init__(self, **values: Combinable) -> None:
        super().__init__(*values.values(), output_field=JSONField())
        self.names = tuple(values)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters."""
        return self._compiled(compiler, "json_build_object")

    def as_sqlite(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters."""
        return self._compiled(compiler, "json_object")

    def _compiled(self, compiler: SQLCompiler, function: str) -> Compiled:
        parts: list[str] = []
        params: list[Any] = []
        for name, value in zip(self.names, self.get_source_expressions(), strict=True):
            sql, its_params = compiler.compile(value)
            if function == "json_object" and isinstance(value.output_field, JSONField):
                # To SQLite, what comes out of a column or a subquery is a text like any other.
                sql = f"json({sql})"
            parts.append(f"'{name}', {sql}")
            params.extend(its_params)
        return f"{function}({', '.join(parts)})", params


class JsonArray(Subquery):
    """A JSON array of what a query calls `value`, in its order; empty where it finds nothing."""

    output_field = JSONField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters."""
        template = "(SELECT COALESCE(json_agg(each.value), '[]'::json) FROM (%(subquery)s) AS each)"
        return self.as_sql(compiler, connection, template=template)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters."""
        value = self.query.annotations["value"]
        each = "json(each.value)" if isinstance(value.output_field, JSONField) else "each.value"
        template = "(SELECT json_group_array(%(each)s) FROM (%(subquery)s) AS each)"
        return self.as_sql(compiler, connection, template=template, each=each)


class MomentText(Func):
    """A time as its serializer gives it: in UTC, to the second."""

    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters."""
        template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
        return self.as_sql(compiler, connection, template=template)

    def as_sqlite(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters."""
        # Two per cent signs are one to Func, and two of those are one to the database's driver.
        template = "strftime('%%%%Y-%%%%m-%%%%dT%%%%H:%%%%M:%%%%SZ', %(expressions)s)"
        return self.as_sql(compiler, connection, template=template)


class Translated(Func):
    """A text, or what stands for it in the JSON object that `words` returns for each answer."""

    output_field = TextField()

    def __init__(self, text: Combinable, words: Callable[[], str]) -> None:
        super().__init__(text)
        self.words = words

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> Compiled:
        """Return the SQL and its parameters, of which one is the function."""
        text, params = compiler.compile(self.get_source_expressions()[0])
        if connection.vendor == "sqlite":
            found = f"""json_extract(%s, '$."' || {text} || '"')"""
        else:
            found = f"(%s)::json ->> {text}"
        return f"COALESCE({found}, {text})", [self.words, *params, *params]


def answer_of(serializer: Any) -> JsonObject:
    """Return the answer of a model's serializer as an expression of the rows of that model."""
    return JsonObject(
        **{
            name: _value_of(field, serializer.Meta.model)
            for name, field in serializer.fields.items()
            if not field.write_only
        }
    )


def _value_of(field: Any, model: type[Model]) -> Combinable:
    if hasattr(field, "in_database"):
        value: Expression = field.in_database(model)
        return value
    if isinstance(field, serializers.ListSerializer):
        relation: Any = model._meta.get_field(str(field.source))
        if relation.one_to_many:
            return array_of(relation, answer_of(field.child))
    if field.source == "*":
        raise TypeError(f"{field.field_name} of {model.__name__} lacks in_database")
    return F(field.source)


def array_of(relation: Any, value: Combinable) -> JsonArray:
    """Return a value of each row at the other end of a relation, in the order of their model."""
    rows: QuerySet[Any] = relation.related_model._base_manager.filter(
        **{relation.field.name: OuterRef("pk")}
    )
    return JsonArray(rows.order_by(*relation.related_model._meta.ordering).values(value=value))
