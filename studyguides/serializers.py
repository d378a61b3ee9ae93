"""How the API takes and gives study guides; the field names are those of the contract."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from gaechwi.api.serializers import MAX_ID, StrictSerializer, WholeNumber
from gaechwi.jobs.serializers import JobSerializer
from studyguides.models import (
    MAX_HOURS_A_WEEK,
    MIN_HOURS_A_WEEK,
    ItemStatus,
    StudyGuide,
    StudyItem,
)

SOURCES = ("feedback_id", "interview_id", "posting_id")


class GuideSources(StrictSerializer):
    """What a guide is to be made of: at least one source, and how much time a week has for it."""

    default_error_messages = {
        "no_source": _("feedback_id, interview_id, posting_id 가운데 하나는 있어야 합니다.")
    }

    feedback_id = WholeNumber(required=False, allow_null=True, min_value=1, max_value=MAX_ID)
    interview_id = WholeNumber(required=False, allow_null=True, min_value=1, max_value=MAX_ID)
    posting_id = WholeNumber(required=False, allow_null=True, min_value=1, max_value=MAX_ID)
    hours_per_week = WholeNumber(
        required=False, min_value=MIN_HOURS_A_WEEK, max_value=MAX_HOURS_A_WEEK
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the values. Raises ValidationError where no source is named."""
        if not any(attrs.get(source) for source in SOURCES):
            self.fail("no_source")
        return attrs


class ItemProgress(StrictSerializer):
    """How far an item has got; what is left out stays as it is."""

    status = serializers.ChoiceField(ItemStatus.choices, required=False)


class StudyItemSerializer(serializers.ModelSerializer[StudyItem]):
    """One thing to learn."""

    gap = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(ItemStatus.choices)
    keywords = serializers.SlugRelatedField[Any](slug_field="keyword", many=True, read_only=True)

    class Meta:
        model = StudyItem
        fields = [
            "item_id",
            "order",
            "title",
            "description",
            "gap",
            "estimated_hours",
            "status",
            "keywords",
        ]


class GuideSerializer(JobSerializer, serializers.ModelSerializer[StudyGuide]):
    """A study guide; its items are there once it is done."""

    feedback_id = serializers.IntegerField(allow_null=True)
    interview_id = serializers.IntegerField(allow_null=True)
    posting_id = serializers.IntegerField(allow_null=True)
    total_hours = serializers.IntegerField(min_value=0)
    items = StudyItemSerializer(many=True)

    class Meta:
        model = StudyGuide
        fields = [
            "guide_id",
            *SOURCES,
            "status",
            "engine",
            "title",
            "summary",
            "total_hours",
            "items",
            "error",
            "created_at",
            "finished_at",
        ]
