from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gaechwi.forms import say_limits
from gaechwi.versions import VersionedForm
from resumes.fields import (
    MonthField,
    TechnologyListField,
    names_a_day,
    refuse_far_day,
    refuse_future_day,
    refuse_too_many_technologies,
)
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

EntryT = TypeVar("EntryT", bound=SectionEntry)


def _same_month(day: date, other: date) -> bool:
    return (day.year, day.month) == (other.year, other.month)


class ResumeForm(VersionedForm[Resume]):
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
        say_limits(self)

    def clean_birth_date(self) -> date | None:
        """Raise ValidationError for a day that has not come yet."""
        birth_date: date | None = self.cleaned_data["birth_date"]
        refuse_future_day(birth_date)
        refuse_far_day(birth_date)
        return birth_date

    def save_sound_fields(self) -> None:
        """Save the fields in which nothing is wrong; the others stay as they are kept."""
        sound = [name for name in self.fields if name not in self.errors]
        self.instance.save(update_fields=[*sound, "updated_at"])
        self.instance.refresh_from_db()


class ResumeCreateForm(forms.ModelForm[Resume]):
    """What a résumé begins with."""

    class Meta:
        model = Resume
        fields = ["title", "name"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)


class EntryForm(VersionedForm[EntryT]):
    """One entry of a section; a new one goes behind the others.

    Whoever saves it holds the lock of the résumé, so that no two saves pass a limit together.
    """

    def __init__(self, *args: Any, resume: Resume, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.resume = resume
        say_limits(self)

    @property
    def saved_at(self) -> datetime:
        """When the résumé was last saved, an entry having no time of its own."""
        return self.instance.resume.updated_at

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError for an end before the start, or for one entry too many."""
        cleaned = super().clean()
        for name, field in self.fields.items():
            if isinstance(field, MonthField) and cleaned.get(name):
                cleaned[name] = self._with_kept_day(name, cleaned[name])
        self._check_period(cleaned)
        if self.instance._state.adding:
            self.refuse_too_many()
        return cleaned

    def _with_kept_day(self, name: str, day: date) -> date:
        # An imported date has a day, which the form does not show: the month alone keeps it.
        before: date | None = self.initial.get(name)
        if before and _same_month(before, day) and not names_a_day(self[name].data):
            return before
        return day

    def _check_period(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if not start or not end or start <= end:
            return
        if _same_month(start, end) and not names_a_day(self["end_date"].data):
            # Only a kept day of the start stands between them, which the form does not show.
            cleaned["end_date"] = start
            return
        self.add_error(
            "end_date",
            ValidationError(_("끝난 때가 시작한 때보다 빠릅니다."), code="end_before_start"),
        )

    def refuse_too_many(self) -> None:
        """Raise ValidationError where the section is full."""
        entries = self._meta.model._default_manager.filter(resume=self.instance.resume)
        if entries.count() >= MAX_ENTRIES:
            raise ValidationError(
                ngettext(
                    "이 부분에는 항목을 %(limit)d개까지 적을 수 있고, 이미 다 찼습니다.",
                    "이 부분에는 항목을 %(limit)d개까지 적을 수 있고, 이미 다 찼습니다.",
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
        help_texts = {"end_date": gettext_lazy("다니고 있으면 비워 두세요.")}


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
        help_texts = {
            "end_date": gettext_lazy(
                "하고 있으면 비워 두고, 상처럼 한 번뿐이면 시작과 같게 적으세요."
            )
        }
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

    def clean_title(self) -> str:
        """Raise ValidationError for a technology that another entry names already."""
        title = " ".join(self.cleaned_data["title"].split())
        others = self.instance.resume.technology_stacks.exclude(pk=self.instance.pk)
        if title.lower() in {other.title.lower() for other in others}:
            raise ValidationError(_("이미 적은 기술입니다."), code="known")
        return title


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
        last = self.resume.technology_stacks.aggregate(last=Max("order"))["last"]
        first = 0 if last is None else last + 1
        TechnologyStack.objects.bulk_create(
            TechnologyStack(resume=self.resume, order=order, title=title)
            for order, title in enumerate(self.cleaned_data["titles"], start=first)
        )
        self.resume.touch()


class PhotoForm(forms.Form):
    """The upload of a photo; what it holds is looked at where it is stored."""

    photo = forms.FileField(
        label=gettext_lazy("사진"),
        required=False,
        help_text=gettext_lazy("JPEG, PNG, WebP. 5 MB까지."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_photo(self) -> UploadedFile[Any]:
        """Raise ValidationError where no file was chosen: a résumé may well have no photo."""
        photo: UploadedFile[Any] | None = self.cleaned_data["photo"]
        if photo is None:
            raise ValidationError(_("올릴 사진 파일을 먼저 골라 주세요."), code="required")
        return photo
