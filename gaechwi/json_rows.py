"""A row and the rows that hang on it, written at once: the counterpart of answers that are read so.

`bulk_create` makes an object of each row and compiles each insert anew, and each insert is a way to
the database and back: that was more than half of what a request to make a résumé took.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection, transaction
from django.db.models import Model

# Rows by the relation that they hang on. Each names all its columns but its key and the one that
# points back, which are seen to; its values are those of JSON: days are texts.
Parts = Mapping[str, Sequence[dict[str, Any]]]


def insert_whole(whole: Model, parts: Parts) -> None:
    """Save a new row, which has no key yet, with its parts, and give it one: one query.

    SQLite takes some more, and is sent the signals of `save`; PostgreSQL sends none. Raises as
    `insert_parts`.
    """
    if connection.vendor == "sqlite":
        # It inserts into one table at a time.
        with transaction.atomic():
            whole.save(force_insert=True)
            insert_parts(whole, parts)
        return
    values = {
        str(field.column): field.get_db_prep_save(field.pre_save(whole, add=True), connection)
        for field in _fields(type(whole))
    }
    with connection.cursor() as cursor:
        cursor.execute(
            _statement(type(whole), tuple(parts), new=True), {**values, **_texts(whole, parts)}
        )
        (whole.pk,) = cursor.fetchone()
    whole._state.adding, whole._state.db = False, connection.alias


def insert_parts(whole: Model, parts: Parts) -> None:
    """Insert the parts of a row that is there: one query, on SQLite one for each relation.

    Raises IntegrityError for what a table refuses, as a column without a value that needs one,
    DataError for a text that is too long for it (SQLite takes it), and FieldDoesNotExist for a name
    that is no column. Call it within `atomic`: once a table has refused something, PostgreSQL takes
    nothing more in the transaction, and SQLite keeps what was inserted before.
    """
    model, texts = type(whole), _texts(whole, parts)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, text in texts.items():
                cursor.execute(_insert_into_sqlite(model, name), [whole.pk, text])
        else:
            cursor.execute(_statement(model, tuple(parts), new=False), {"pk": whole.pk, **texts})


def _texts(whole: Model, parts: Parts) -> dict[str, str]:
    for name, rows in parts.items():
        if unknown := set().union(*rows).difference(_columns(type(whole), name)):
            raise FieldDoesNotExist(*sorted(unknown))
    return {name: json.dumps(rows) for name, rows in parts.items()}


def _fields(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _relation(model: type[Model], name: str) -> Any:
    return model._meta.get_field(name)


@cache
def _columns(model: type[Model], name: str) -> list[str]:
    relation = _relation(model, name)
    return [field.column for field in _fields(relation.related_model) if field != relation.field]


def _quoted(*names: str) -> str:
    return ", ".join(map(connection.ops.quote_name, names))


def _into(model: type[Model], columns: list[str]) -> str:
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({_quoted(*columns)})"


def _part_into(model: type[Model], name: str) -> str:
    relation = _relation(model, name)
    return _into(relation.related_model, [relation.field.column, *_columns(model, name)])


@cache
def _insert_into_sqlite(model: type[Model], name: str) -> str:
    values = ", ".join(f"json_extract(value, '$.{column}')" for column in _columns(model, name))
    return f"{_part_into(model, name)} SELECT %s, {values} FROM json_each(%s)"  # noqa: S608


@cache
def _statement(model: type[Model], names: tuple[str, ...], *, new: bool) -> str:
    parts = [f"whole AS ({_insert_whole(model) if new else _whole_there(model)})"]
    for name in names:
        # The columns of the table say the types.
        table = _quoted(_relation(model, name).related_model._meta.db_table)
        rows = f"json_populate_recordset(NULL::{table}, %({name})s) AS part"
        values = ", ".join(f"part.{_quoted(column)}" for column in _columns(model, name))
        selected = f"SELECT pk, {values} FROM whole, {rows}"  # noqa: S608 names of our own
        parts.append(f"{name} AS ({_part_into(model, name)} {selected})")
    return f"WITH {', '.join(parts)} SELECT pk FROM whole"  # noqa: S608


def _insert_whole(model: type[Model]) -> str:
    columns = [field.column for field in _fields(model)]
    values = ", ".join(f"%({column})s" for column in columns)
    key = _quoted(str(model._meta.pk.column))
    return f"{_into(model, columns)} VALUES ({values}) RETURNING {key} AS pk"


def _whole_there(model: type[Model]) -> str:
    return f"SELECT CAST(%(pk)s AS {model._meta.pk.cast_db_type(connection)}) AS pk"
