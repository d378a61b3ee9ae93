"""Rows that the database takes out of one JSON text, as it writes them into one when they are read.

`bulk_create` makes an object of each row and compiles each insert anew, which was half of what a
request to make a résumé took.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Model


def insert_rows(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of a model, each of which names its columns, the key left out: one query.

    Values are those of JSON: days are texts. Raises IntegrityError for what the table refuses, as a
    column without a value that needs one, and FieldDoesNotExist for a name that is no column.
    """
    if given := list(rows):
        if unknown := given[0].keys() - set(_columns(model)):
            raise FieldDoesNotExist(*sorted(unknown))
        with connection.cursor() as cursor:
            cursor.execute(_insert(model), [json.dumps(given)])


@cache
def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insert(model: type[Model]) -> str:
    names, quoted = _columns(model), connection.ops.quote_name
    columns, table = ", ".join(map(quoted, names)), quoted(model._meta.db_table)
    if connection.vendor == "sqlite":
        values = ", ".join(f"json_extract(value, '$.{name}')" for name in names)
        rows = "json_each(%s)"
    else:
        # The columns of the table say the types.
        values, rows = columns, f"json_populate_recordset(NULL::{table}, %s)"
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {rows}"  # noqa: S608 names of our own
