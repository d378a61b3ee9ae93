"""How the API gives jobs of any kind."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from gaechwi.api.serializers import ChoiceOrNull, Moment
from gaechwi.jobs.models import Engine, JobError, JobStatus


class JobSerializer(serializers.Serializer[Any]):
    """What every job tells of itself."""

    status = serializers.ChoiceField(JobStatus.choices)
    engine = serializers.ChoiceField(Engine.choices)
    error = ChoiceOrNull(JobError.choices)
    created_at = Moment()
    finished_at = Moment(allow_null=True)
