"""How the API takes and gives exports."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from exports.models import ExportFormat, Problem, ResumeExport, Template
from gaechwi.api.serializers import Choice, ChoiceOrNull, Moment, StrictSerializer
from gaechwi.jobs.serializers import JobSerializer


class ExportOrder(StrictSerializer):
    """What kind of file a résumé is to become."""

    format = Choice(choices=ExportFormat.choices)
    template = Choice(
        choices=Template.choices,
        required=False,
        help_text="Of a PDF alone, and classic unless said.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError for a template of what has none."""
        if attrs["format"] == ExportFormat.PDF:
            return {"template": Template.CLASSIC, **attrs}
        if "template" in attrs:
            raise serializers.ValidationError(
                {"template": _("모양은 PDF에만 있습니다.")}, code="not_of_format"
            )
        return attrs


class ExportSerializer(JobSerializer, serializers.ModelSerializer[ResumeExport]):
    """An export, and where its file is once it is there."""

    resume_id = serializers.IntegerField()
    template = ChoiceOrNull(Template.choices)
    problem = ChoiceOrNull(Problem.choices)
    file_url = serializers.SerializerMethodField()
    size = serializers.IntegerField(source="file.size", allow_null=True, default=None)
    expires_at = Moment()

    class Meta:
        model = ResumeExport
        fields = [
            "export_id",
            "resume_id",
            "format",
            "template",
            "status",
            "engine",
            "file_url",
            "size",
            "problem",
            "error",
            "created_at",
            "finished_at",
            "expires_at",
        ]

    def get_file_url(self, this: ResumeExport) -> str | None:
        """Return where the file is, None before it is there."""
        if not this.is_ready:
            return None
        return f"{settings.SITE_URL}{reverse('api:resume-export-file', args=[this.pk])}"
