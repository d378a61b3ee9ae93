"""Queries that are written as any other, compiled once, and asked many times with other values.

What Django takes to turn a query into SQL is longer than what the database takes for a row. Where
that counts, a query is written with `Parameter`s in place of the values of a request:

    by_key = Prepared(lambda: Resume.objects.for_user(Parameter("user")).filter(pk=Parameter("pk")))
    by_key.row(user=request.user.pk, pk=resume_id)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

_Convert = Callable[[list[tuple[Any, ...]]], list[tuple[Any, ...]]]


def now(param: Any) -> Any:
    """Return the value that a parameter has now: a function is asked for it."""
    return param() if callable(param) else param


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns of a model, in the order in which its `from_db` takes their values."""
    return [field.attname for field in model._meta.concrete_fields]


class Parameter(Expression):
    """A value that each asking names; of a field, where the database keeps it in another way."""

    def __init__(self, name: str, field: Field[Any, Any] | None = None) -> None:
        super().__init__(output_field=field)
        self.name, self.kept_as = name, field

    def as_sql(self, _compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return a placeholder, and itself for what will stand there."""
        return "%s", [self]

    def value_in(self, values: dict[str, Any]) -> Any:
        """Return its value as the database takes it."""
        value = values[self.name]
        return self.kept_as.get_db_prep_value(value, connection) if self.kept_as else value


class Prepared:
    """A query of `values_list`, its rows as tuples; `query` makes it at first use."""

    def __init__(self, query: Callable[[], QuerySet[Any, Any]]) -> None:
        self._query = query

    def row(self, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row for the values of its parameters, None without one: one query."""
        with self._asked(values) as (cursor, convert):
            row = cursor.fetchone()
            return None if row is None else convert([row])[0]

    def rows(self, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows for the values of its parameters: one query."""
        with self._asked(values) as (cursor, convert):
            return convert(cursor.fetchall())

    @contextmanager
    def _asked(self, values: dict[str, Any]) -> Iterator[tuple[CursorWrapper, _Convert]]:
        sql, params, convert = self._compiled
        given = [
            param.value_in(values) if isinstance(param, Parameter) else now(param)
            for param in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            yield cursor, convert

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...], _Convert]:
        compiler = self._query().query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_ in compiler.select])

        def convert(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in compiler.apply_converters(rows, converters)]

        return sql, params, convert if converters else list
