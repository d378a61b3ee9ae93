from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from resumes.models import (
    Activity,
    Education,
    Experience,
    Project,
    Qualification,
    Resume,
    SectionEntry,
    TechnologyStack,
)

# Far above what recruiters read (two pages), and low enough for every page to stay quick.
MAX_ENTRIES = 30
MAX_TECHNOLOGIES = 100

EntryT = TypeVar("EntryT", bound=SectionEntry)


class MonthField(forms.DateField):
    """A month, kept as its first day; a whole date is taken too."""

    input_formats = ["%Y-%m", "%Y.%m", "%Y/%m", "%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"]

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m", attrs={"type": "month", "placeholder": "2024-03"})
        super().__init__(
            **{"widget": widget, "input_formats": self.input_formats, **kwargs},
        )
        self.error_messages["invalid"] = gettext_lazy("연도와 달을 2024-03처럼 적어 주세요.")


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
        for title in re.split(r"[,\n]", super().to_python(value)):
            if words := " ".join(title.split()):
                titles.setdefault(words.lower(), words)
        return list(titles.values())

    def validate(self, value: list[str]) -> None:
        """Raise ValidationError for too many titles, or for one that is too long."""
        super().validate(value)
        refuse_too_many_technologies(len(value))
        longest = max(value, key=len, default="")
        if len(longest) > 50:
            raise ValidationError(
                _("기술 이름은 50자까지입니다: %(title)s…") % {"title": longest[:30]},
                code="too_long",
            )

    def run_validators(self, value: Any) -> None:
        """Leave out the validators of text: the value is a list."""


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


class ResumeForm(forms.ModelForm[Resume]):
    """The basics of a résumé and the 자기소개."""

    class Meta:
        model = Resume
        fields = [
            "title",
            "name",
            "email",
            "phone",
            "address",
            "birth_date",
            "gender",
            "military_service",
            "introduction",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(
                attrs={"type": "tel", "autocomplete": "tel", "placeholder": "010-0000-0000"}
            ),
            "address": forms.TextInput(attrs={"autocomplete": "street-address"}),
            "birth_date": forms.DateInput(
                format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}
            ),
            "introduction": forms.Textarea(attrs={"rows": 14}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The browser would cut a longer text off in silence; told the length, its author can choose.
        del self.fields["introduction"].widget.attrs["maxlength"]

    def clean_birth_date(self) -> date | None:
        """Raise ValidationError for a day that has not come yet."""
        birth_date: date | None = self.cleaned_data["birth_date"]
        if birth_date and birth_date > date.today():  # noqa: DTZ011 a birthday has no time zone
            raise ValidationError(_("생년월일이 오늘보다 나중입니다."))
        return birth_date


class ResumeCreateForm(forms.ModelForm[Resume]):
    """What a résumé begins with."""

    class Meta:
        model = Resume
        fields = ["title", "name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class EntryForm(forms.ModelForm[EntryT]):
    """One entry of a section.

    A new one goes behind the others. A date that was kept with its day keeps it while its month
    stays the same.
    """

    def __init__(self, *args: Any, resume: Resume, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.resume = resume
        if "description" in self.fields:
            del self.fields["description"].widget.attrs["maxlength"]

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for one entry too many."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            before, after = self.initial.get(name), cleaned.get(name)
            if isinstance(field, MonthField) and before and after:
                same_month = (before.year, before.month) == (after.year, after.month)
                cleaned[name] = before if same_month else after
        if self.instance._state.adding:
            self.refuse_too_many()
        return cleaned

    def refuse_too_many(self) -> None:
        """Raise ValidationError where the section is full."""
        entries = self._meta.model._default_manager.filter(resume=self.instance.resume)
        if entries.count() >= MAX_ENTRIES:
            raise ValidationError(
                ngettext(
                    "이 부분에는 항목을 %(limit)d개까지 적을 수 있습니다.",
                    "이 부분에는 항목을 %(limit)d개까지 적을 수 있습니다.",
                    MAX_ENTRIES,
                )
                % {"limit": MAX_ENTRIES},
                code="too_many",
            )

    def save(self, commit: bool = True) -> EntryT:
        """Save the entry, and note that its résumé changed."""
        entry: EntryT = super().save(commit=False)
        if entry._state.adding:
            entry.place_last()
        else:
            entry.save()
        entry.resume.touch()
        return entry


class ExperienceForm(EntryForm[Experience]):
    """One job."""

    class Meta:
        model = Experience
        fields = [
            "company",
            "department",
            "position",
            "employment_type",
            "start_date",
            "end_date",
            "description",
        ]
        field_classes = {"start_date": MonthField, "end_date": MonthField}
        help_texts = {
            "end_date": gettext_lazy("다니고 있으면 비워 두세요."),
            "description": gettext_lazy(
                "한 일, 방법, 결과를 한 줄에 하나씩. 결과는 수치로 적으면 좋습니다."
            ),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 7})}


class EducationForm(EntryForm[Education]):
    """One school."""

    class Meta:
        model = Education
        fields = [
            "school",
            "major",
            "education_level",
            "graduation_status",
            "grade",
            "start_date",
            "end_date",
        ]
        field_classes = {"start_date": MonthField, "end_date": MonthField}


class ProjectForm(EntryForm[Project]):
    """One project."""

    technology_stacks = TechnologyListField(
        label=gettext_lazy("쓴 기술"),
        required=False,
        help_text=gettext_lazy("쉼표나 줄로 나눠 적어 주세요."),
    )

    class Meta:
        model = Project
        fields = [
            "title",
            "role",
            "start_date",
            "end_date",
            "description",
            "technology_stacks",
            "link",
        ]
        field_classes = {"start_date": MonthField, "end_date": MonthField}
        help_texts = {"end_date": gettext_lazy("하고 있으면 비워 두세요.")}
        widgets = {
            "description": forms.Textarea(attrs={"rows": 7}),
            "link": forms.URLInput(attrs={"placeholder": "https://"}),
        }


class ActivityForm(EntryForm[Activity]):
    """One activity or award."""

    class Meta:
        model = Activity
        fields = [
            "title",
            "activity_type",
            "organization",
            "start_date",
            "end_date",
            "description",
        ]
        field_classes = {"start_date": MonthField, "end_date": MonthField}
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class QualificationForm(EntryForm[Qualification]):
    """One certificate or language score."""

    class Meta:
        model = Qualification
        fields = ["title", "agency", "score", "acquired_date"]
        field_classes = {"acquired_date": MonthField}


class TechnologyStackForm(EntryForm[TechnologyStack]):
    """One technology, to be renamed."""

    class Meta:
        model = TechnologyStack
        fields = ["title"]


class TechnologiesForm(forms.Form):
    """Several technologies at once, added to those that a résumé has."""

    titles = TechnologyListField(
        label=gettext_lazy("더할 기술"),
        help_text=gettext_lazy("쉼표나 줄로 나눠 여러 개를 한 번에 적을 수 있습니다."),
    )

    def __init__(self, *args: Any, resume: Resume, instance: None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resume = resume

    def clean_titles(self) -> list[str]:
        """Return the titles that are new; raise ValidationError where they become too many."""
        has = [technology.title for technology in self.resume.technology_stacks.all()]
        known = {title.lower() for title in has}
        new = [title for title in self.cleaned_data["titles"] if title.lower() not in known]
        if not new:
            raise ValidationError(_("이미 모두 적혀 있는 기술입니다."), code="known")
        refuse_too_many_technologies(len(has) + len(new))
        return new

    def save(self) -> None:
        """Add the technologies behind the others."""
        for title in self.cleaned_data["titles"]:
            TechnologyStack(resume=self.resume, title=title).place_last()
        self.resume.touch()


class PhotoForm(forms.Form):
    """The upload of a photo; what it holds is looked at where it is stored."""

    photo = forms.FileField(
        label=gettext_lazy("사진"),
        help_text=gettext_lazy("JPEG, PNG, WebP. 5 MB까지."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
