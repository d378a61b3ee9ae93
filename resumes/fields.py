"""What is particular about the fields of a résumé: months, lists of technologies, their limits."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_TECHNOLOGIES = 100
TECHNOLOGY_MAX_LENGTH = 50

# What lies outside is a slip of the finger: "0202-03", "20222-03".
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class MonthField(forms.DateField):
    """A month, kept as its first day; a whole date is taken too."""

    input_formats = [
        "%Y-%m", "%Y.%m", "%Y/%m", "%Y년 %m월", "%Y년%m월",
        "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y년 %m월 %d일",
    ]  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2024-03"})
        super().__init__(
            **{"widget": widget, "input_formats": self.input_formats, **kwargs},
        )
        self.error_messages["invalid"] = gettext_lazy("연도와 달을 2024-03처럼 적어 주세요.")

    def validate(self, value: date | None) -> None:
        """Raise ValidationError for a day that no résumé is about."""
        super().validate(value)
        refuse_far_day(value)


def names_a_day(written: str) -> bool:
    """Return whether a date was written with its day: "2024-03-15", and not "2024-03"."""
    return len(re.findall(r"\d+", written)) > 2


def refuse_far_day(day: date | None) -> None:
    """Raise ValidationError for a day that nobody alive can mean."""
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            _("연도를 확인해 주세요. %(first)d년부터 %(last)d년까지 적을 수 있습니다.")
            % {"first": FIRST_DAY.year, "last": LAST_DAY.year},
            code="far_day",
        )


def refuse_future_day(day: date | None) -> None:
    """Raise ValidationError for a day of birth that has not come yet."""
    if day and day > date.today():  # noqa: DTZ011 a birthday has no time zone
        raise ValidationError(_("생년월일이 오늘보다 나중입니다."), code="future")


class TechnologyListField(forms.CharField):
    """Technologies set apart by commas or lines; none stands twice."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Return the list as a person would write it."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the titles in the order they were written in."""
        titles: dict[str, str] = {}
        for title in re.split(r"[,、，\n]", super().to_python(value) or ""):
            if words := " ".join(title.split()):
                titles.setdefault(words.lower(), words)
        return list(titles.values())

    def validate(self, value: list[str]) -> None:
        """Raise ValidationError for too many titles, or for one that is too long."""
        super().validate(value)
        refuse_too_many_technologies(len(value))
        longest = max(value, key=len, default="")
        if len(longest) > TECHNOLOGY_MAX_LENGTH:
            raise ValidationError(
                _("기술 이름은 %(limit)d자까지 적을 수 있는데 ‘%(title)s…’은 %(length)d자입니다.")
                % {
                    "limit": TECHNOLOGY_MAX_LENGTH,
                    "title": longest[:20],
                    "length": len(longest),
                },
                code="too_long",
            )

    def run_validators(self, value: list[str]) -> None:
        """Raise ValidationError for characters that cannot be kept."""
        ProhibitNullCharactersValidator()("".join(value))


def refuse_too_many_technologies(count: int) -> None:
    """Raise ValidationError where there are more technologies than anyone would read."""
    if count > MAX_TECHNOLOGIES:
        raise ValidationError(
            _(
                "기술은 %(limit)d개까지 적을 수 있는데 %(count)d개를 적으셨습니다."
                " 지원하는 일에 맞는 것부터 골라 주세요."
            )
            % {"limit": MAX_TECHNOLOGIES, "count": count},
            code="too_many",
        )
