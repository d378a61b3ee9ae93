"""JSON that the database writes: an object of a row's values, an array of what hangs on it.

One query brings rows with all their parts, as they stand at one moment, and no object is made of
them on the way. SQLite has the same in other words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, JSONField, OuterRef, Subquery
from django.db.models.expressions import Combinable
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLCompiler

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


def array_of(relation: Any, value: Combinable) -> JsonArray:
    """Return a value of each row at the other end of a relation, in the order of their model."""
    rows: QuerySet[Any] = relation.related_model._base_manager.filter(
        **{relation.field.name: OuterRef("pk")}
    )
    return JsonArray(rows.order_by(*relation.related_model._meta.ordering).values(value=value))
