"""How the API takes and gives résumés; the field names are those of the contract."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Case, F, Model, TextField, Value, When
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from gaechwi.api.serializers import Day, StrictModelSerializer, Text
from gaechwi.json_values import JsonArray, array_of
from resumes.document import each_once
from resumes.fields import (
    MAX_TECHNOLOGIES,
    TECHNOLOGY_MAX_LENGTH,
    refuse_far_day,
    refuse_future_day,
)
from resumes.forms import MAX_ENTRIES
from resumes.models import (
    Activity,
    Education,
    Experience,
    Period,
    Project,
    Qualification,
    Resume,
    TechnologyStack,
)

PeriodT = TypeVar("PeriodT", bound=Period)


class Technologies(serializers.ListField):
    """The titles of technologies; one that stands twice is kept once."""

    child = Text(max_length=TECHNOLOGY_MAX_LENGTH)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": MAX_TECHNOLOGIES, **kwargs})

    def to_internal_value(self, data: Any) -> list[str]:
        """Return the titles. Raises ValidationError."""
        return each_once(super().to_internal_value(data))

    def run_child_validation(self, data: list[Any]) -> list[Any]:
        """Return the titles, each looked at only if there are not too many."""
        if len(data) > MAX_TECHNOLOGIES:
            self.fail("max_length", max_length=MAX_TECHNOLOGIES)
        titles: list[Any] = super().run_child_validation(data)
        return titles


class TechnologyStacks(Technologies):
    """The technologies of a résumé, which are rows of their own."""

    def to_representation(self, data: Any) -> list[str]:
        """Return the titles of the rows, in their order."""
        rows: list[TechnologyStack] = data.all()
        return [row.title for row in rows]

    def in_database(self, model: type[Model]) -> JsonArray:
        """Return the titles of the rows as an expression."""
        return array_of(model._meta.get_field(str(self.source)), F("title"))


class PhotoUrl(serializers.CharField):
    """Where the photo of a résumé is, null without one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"read_only": True, "allow_null": True, "source": "*", **kwargs})

    def to_representation(self, resume: Resume) -> str | None:  # type: ignore[override]
        """Return the address."""
        return None if resume.photo_id is None else self._address(resume.pk)

    def in_database(self, _model: type[Model]) -> Case:
        """Return the address as an expression."""
        before, after = self._address(0).rsplit("0", 1)
        parts = (Value(before), Cast("pk", TextField()), Value(after))
        address = Concat(*parts, output_field=TextField())
        return Case(When(photo=None, then=None), default=address, output_field=TextField())

    @staticmethod
    def _address(pk: int) -> str:
        return f"{settings.SITE_URL}{reverse('api:resume-photo', args=[pk])}"


class PeriodSerializer(StrictModelSerializer[PeriodT]):
    """An entry that began and perhaps ended."""

    start_date = Day(required=False, allow_null=True)
    end_date = Day(required=False, allow_null=True, help_text="null: until now")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError for an end before the start."""
        start: date | None = attrs.get("start_date")
        end: date | None = attrs.get("end_date")
        if start and end and end < start:
            raise serializers.ValidationError(
                {"end_date": _("끝난 때가 시작한 때보다 빠릅니다.")}, code="end_before_start"
            )
        return attrs


class ExperienceSerializer(PeriodSerializer[Experience]):
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


class EducationSerializer(PeriodSerializer[Education]):
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


class ProjectSerializer(PeriodSerializer[Project]):
    """One project."""

    technology_stacks = Technologies()

    class Meta:
        model = Project
        fields = [
            "title",
            "role",
            "start_date",
            "end_date",
            "description",
            "link",
            "technology_stacks",
        ]


class ActivitySerializer(PeriodSerializer[Activity]):
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


class QualificationSerializer(StrictModelSerializer[Qualification]):
    """One certificate or language score."""

    acquired_date = Day(required=False, allow_null=True)

    class Meta:
        model = Qualification
        fields = ["title", "agency", "acquired_date", "score"]


def _entries(child: serializers.BaseSerializer[Any]) -> serializers.ListSerializer[Any]:
    return serializers.ListSerializer(child=child, required=False, max_length=MAX_ENTRIES)


class ResumeSerializer(StrictModelSerializer[Resume]):
    """A whole résumé. What is left out of it is empty, also where it replaces another one."""

    user_id = serializers.CharField(read_only=True)
    source_resume_id = serializers.IntegerField(read_only=True, allow_null=True)
    photo_url = PhotoUrl()
    birth_date = Day(
        required=False, allow_null=True, validators=[refuse_far_day, refuse_future_day]
    )
    experiences = _entries(ExperienceSerializer())
    educations = _entries(EducationSerializer())
    projects = _entries(ProjectSerializer())
    activities = _entries(ActivitySerializer())
    qualifications = _entries(QualificationSerializer())
    technology_stacks = TechnologyStacks()

    class Meta:
        model = Resume
        fields = [
            "resume_id",
            "user_id",
            "title",
            "name",
            "email",
            "phone",
            "address",
            "birth_date",
            "gender",
            "military_service",
            "introduction",
            "resume_type",
            "source_resume_id",
            "photo_url",
            "created_at",
            "updated_at",
            "experiences",
            "educations",
            "projects",
            "activities",
            "qualifications",
            "technology_stacks",
        ]
        read_only_fields = ["resume_type", "created_at", "updated_at"]
