"""How the API gives jobs of any kind."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from gaechwi.api.serializers import Moment
from gaechwi.jobs.models import Engine, JobError, JobStatus


class JobSerializer(serializers.Serializer[Any]):
    """What every job tells of itself."""

    status = serializers.ChoiceField(JobStatus.choices)
    engine = serializers.ChoiceField(Engine.choices)
    error = serializers.SerializerMethodField()
    created_at = Moment()
    finished_at = Moment(allow_null=True)

    @extend_schema_field(serializers.ChoiceField(JobError.choices, allow_null=True))
    def get_error(self, job: Any) -> str | None:
        """Return the code of what went wrong, None where nothing did."""
        return job.error or None
