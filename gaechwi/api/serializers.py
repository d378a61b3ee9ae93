"""What all serializers of the API share: they refuse what they do not know, and guess nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date
from functools import lru_cache
from threading import get_ident
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import Direction
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request, is_form_media_type
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from gaechwi.api.database_json import MomentText, Translated
from gaechwi.api.problems import MAX_ERRORS
from gaechwi.codes.fields import CodeField
from gaechwi.codes.models import Code
from gaechwi.forms import INVISIBLE, JOINERS
from resumes.fields import refuse_far_day

ModelT = TypeVar("ModelT", bound=models.Model)

MAX_PAGE_SIZE = 100
# What a database keeps in a BIGINT.
MAX_ID = 2**63 - 1


class _WholeCharacters(ProhibitSurrogateCharactersValidator):
    """Refuses halves of characters as its parent does, who looks at each character in turn."""

    def __call__(self, value: str) -> None:
        """Raise ValidationError for a half."""
        try:
            value.encode()
        except UnicodeEncodeError:
            super().__call__(value)


class Text(serializers.CharField):
    """Text, and nothing that would have to be made into text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [
            _WholeCharacters() if isinstance(each, ProhibitSurrogateCharactersValidator) else each
            for each in self.validators
        ]

    def to_internal_value(self, data: Any) -> str:
        """Return the text. Raises ValidationError for anything else, numbers too."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class WholeNumber(serializers.IntegerField):
    """A whole number, and nothing that would have to be made into one."""

    def to_internal_value(self, data: Any) -> int:
        """Return the number. Raises ValidationError for anything else, digits in a text too."""
        if isinstance(data, str | bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Choice(serializers.ChoiceField):
    """One of some texts, and nothing that would have to be made into one of them."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the choice. Raises ValidationError for anything else, numbers too."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class TextSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """What the schema says of texts: where one must not be empty, blanks alone are not enough."""

    target_class = Text

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the text in terms of OpenAPI."""
        field: Text = self.target
        schema: dict[str, Any] = auto_schema._map_serializer_field(  # type: ignore[no-untyped-call]
            field, direction, bypass_extensions=True
        )
        if direction == "request" and field.trim_whitespace and not field.allow_blank:
            # The separators are white space to Python, and to no regular expression elsewhere.
            no_text = "".join(f"\\u{ord(each):04x}" for each in sorted(INVISIBLE + JOINERS))
            schema["pattern"] = rf"[^\s\u001c-\u001f\u0085{no_text}]"
        return schema


class Day(serializers.DateField):
    """A day as YYYY-MM-DD; a month alone, YYYY-MM, is taken as its first day."""

    default_error_messages = {"invalid": _("날짜는 2024-03-15처럼, 달은 2024-03처럼 적어 주세요.")}
    default_validators = [refuse_far_day]

    def to_internal_value(self, value: Any) -> date:
        """Return the day. Raises ValidationError."""
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", value):
            # Python would read the weeks and the dates without hyphens of ISO 8601, too.
            self.fail("invalid")
        return super().to_internal_value(value if len(value) > len("2024-03") else f"{value}-01")


class DaySchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """What the schema says of days: more is taken than is given."""

    target_class = Day

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the day in terms of OpenAPI."""
        if direction == "response":
            return {"type": "string", "format": "date"}
        # The years of `refuse_far_day`.
        year = "^(19[0-9]{2}|20[0-9]{2}|2100)"
        month = {"pattern": f"{year}-(0[1-9]|1[0-2])$"}
        return {"type": "string", "anyOf": [{"format": "date", "pattern": f"{year}-"}, month]}


class Moment(serializers.DateTimeField):
    """A time in UTC, to the second: 2024-11-17T12:00:00Z."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%SZ", default_timezone=UTC, **kwargs)

    def in_database(self, _model: type[models.Model]) -> MomentText:
        """Return the text of the time as an expression."""
        return MomentText(self.source)


class ChoiceOrNull(serializers.ChoiceField):
    """One of some texts in an answer; null where the column has none."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(choices=choices, **{"allow_null": True, "read_only": True, **kwargs})

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """Return the choice, or None."""
        return value or None

    def in_database(self, _model: type[models.Model]) -> NullIf:
        """Return the choice, or null, as an expression."""
        return NullIf(self.source, models.Value(""))


class CodeDetailId(Text):
    """The detail id of a code of one division, as it stands in the code table now."""

    default_error_messages = {"invalid_choice": _("코드표의 ‘{division}’에 없는 값입니다.")}

    def __init__(self, *, division: str, **kwargs: Any) -> None:
        self.division = division
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Return the detail id. Raises ValidationError for one that the division has not."""
        detail_id = super().to_internal_value(data)
        if detail_id and not Code.objects.detail(self.division, detail_id):
            self.fail("invalid_choice", division=self.division)
        return detail_id


class CodeDetailIdSchema(OpenApiSerializerFieldExtension):  # type: ignore[no-untyped-call]
    """What the schema says of codes: those of the code table are taken.

    An answer may hold one that staff has removed since.
    """

    target_class = CodeDetailId

    def map_serializer_field(self, auto_schema: AutoSchema, direction: Direction) -> dict[str, Any]:
        """Return the code in terms of OpenAPI."""
        field: CodeDetailId = self.target
        schema = {
            "type": "string",
            "description": f"One of `GET /api/codes/?division={field.division}`.",
        }
        if direction == "response":
            return schema
        ids = list(Code.objects.as_map().get(field.division, {}))
        # Not beside the type: drf-spectacular would give each list of ids one name, and divisions
        # share theirs.
        return {**schema, "allOf": [{"enum": [*ids, ""] if field.allow_blank else ids}]}


class CodeWords(serializers.CharField):
    """The words of the code in a column, in the language of the answer; "" for an unknown one."""

    def __init__(self, *, division: str, **kwargs: Any) -> None:
        self.division = division
        super().__init__(**{"read_only": True, **kwargs})

    def to_representation(self, value: str) -> str:
        """Return the words of a detail id."""
        return Code.objects.detail(self.division, value)

    def in_database(self, _model: type[models.Model]) -> Coalesce:
        """Return the words as an expression."""
        detail_id = models.OuterRef(str(self.source))
        code = Code.objects.filter(division=self.division, detail_id=detail_id)
        words = models.Subquery(code.values("code_detail"))
        translated = Translated(words, self._translations)
        return Coalesce(translated, models.Value(""), output_field=models.TextField())

    def _translations(self) -> str:
        # The table itself says it in the language that the pages are written in.
        at_home = get_language() == settings.LANGUAGE_CODE
        words = {} if at_home else Code.objects.translations(self.division)
        # SQLite looks for a name in the letters that it is written in.
        return json.dumps(words, ensure_ascii=False)


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses fields that it does not know, by name: a misspelt one must not be lost in silence.

    Fields that it only ever gives are passed over, so that what was read can be sent back.
    """

    default_error_messages = {"invalid": _("이름과 값으로 된 JSON 객체여야 합니다.")}

    def to_internal_value(self, data: Any) -> Any:
        """Return the valid values. Raises ValidationError that names each field at fault."""
        if isinstance(data, Mapping) and (
            unknown := [name for name in data if name not in self.fields]
        ):
            code = "unknown_field"
            raise serializers.ValidationError(
                {
                    name: [serializers.ErrorDetail(str(_("없는 항목입니다.")), code)]
                    for name in unknown[:MAX_ERRORS]
                }
            )
        return super().to_internal_value(data)


class StrictModelSerializer(StrictSerializer, serializers.ModelSerializer[ModelT]):
    """A strict serializer of a model's fields."""

    serializer_field_mapping = {
        **serializers.ModelSerializer.serializer_field_mapping,
        models.CharField: Text,
        models.TextField: Text,
        models.DateField: Day,
        models.DateTimeField: Moment,
        CodeField: CodeDetailId,
    }

    def build_standard_field(
        self, field_name: str, model_field: models.Field[Any, Any]
    ) -> tuple[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]]:
        """Return the class of a field and its arguments."""
        field_class, kwargs = super().build_standard_field(field_name, model_field)
        if isinstance(model_field, CodeField):
            return CodeDetailId, {**kwargs, "division": model_field.division}
        return field_class, kwargs


class ListQuery(StrictSerializer):
    """Which page of a list is asked for; a list that can be searched adds its own fields."""

    page = serializers.IntegerField(min_value=1, max_value=1_000_000, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MAX_PAGE_SIZE, default=20)


def refuse_fields(request: Request) -> None:
    """Raise ValidationError for a body with fields, where none count.

    Whoever sends some means something by them that would not be done. Raises UnsupportedMediaType
    for fields of a form, and for a body that is neither form nor JSON.
    """
    form = request._request
    if form.method != "POST" or not is_form_media_type(request.content_type):
        validated(StrictSerializer, request.data)
    elif form.POST or form.FILES:
        # One without fields has a body all the same.
        raise UnsupportedMediaType(request.content_type)


def validated(serializer_class: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    """Return what a serializer takes from data. Raises ValidationError."""
    values: dict[str, Any] = _kept(serializer_class, get_language(), get_ident()).run_validation(
        data
    )
    return values


@lru_cache(maxsize=1024)
def _kept(
    serializer_class: type[serializers.Serializer[Any]], _language: str | None, _thread: int
) -> serializers.Serializer[Any]:
    # To make its fields takes as long as all else that it does. They keep what they have said once,
    # in the language of then, and nothing of what they have looked at.
    return serializer_class()
