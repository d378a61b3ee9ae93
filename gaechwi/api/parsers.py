from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from rest_framework.parsers import JSONParser

from gaechwi.forms import plain


class PlainTextJSONParser(JSONParser):
    """JSON whose texts arrive as those of the forms do: composed and visible."""

    def parse(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return what a body says. Raises ParseError."""
        return cast("dict[str, Any]", _plain_texts(super().parse(*args, **kwargs)))


def _plain_texts(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain_texts(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain_texts(item) for name, item in value.items()}
    return value
