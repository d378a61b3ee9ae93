"""Answers that the database writes: a row with all that hangs on it, as one JSON text.

The serializers say what an answer holds. `answer_of` reads them and gives the same answer as an
expression, so that one query brings all rows ready to be sent, and no object is made of them on the
way. A field that gives something else than its column has a method `in_database`, beside its
`to_representation`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, Func, Model, TextField
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler
from rest_framework import serializers

from gaechwi.json_values import Compiled, JsonObject, array_of


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
