from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant

from gaechwi.forms import plain


class StrictJSONParser(JSONParser):
    """JSON as RFC 8259 has it: in UTF-8 whatever the header says, and with each name once.

    Other encodings have cost: Python's punycode takes the square of a text's length.
    """

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what a body says. Raises ParseError."""
        try:
            return self.read(stream.read().decode())
        except json.JSONDecodeError as error:
            raise ParseError(
                _("JSON으로 읽을 수 없습니다: %(line)d번째 줄 %(column)d번째 글자.")
                % {"line": error.lineno, "column": error.colno}
            ) from None
        except (ValueError, RecursionError):
            raise ParseError(_("JSON으로 읽을 수 없습니다.")) from None

    def read(self, text: str) -> Any:
        """Return what a text says. Raises ValueError, RecursionError and ParseError."""
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=strict_constant)


class PlainTextJSONParser(StrictJSONParser):
    """JSON whose texts arrive as those of the forms do: composed and visible."""

    def read(self, text: str) -> Any:
        """Return what a text says. Raises as the other."""
        return _plain_texts(super().read(text))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    # Raises UnicodeEncodeError for half a character, which no answer could name.
    "".join(members).encode()
    if len(members) < len(pairs):
        [(twice, _count)] = Counter(name for name, _value in pairs).most_common(1)
        raise ParseError(_("‘%(name)s’ 항목이 한 객체 안에 두 번 있습니다.") % {"name": twice})
    return members


def _plain_texts(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain_texts(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _plain_texts(item) for name, item in value.items()}
    return value
