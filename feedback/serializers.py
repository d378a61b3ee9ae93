"""How the API gives feedbacks and improvements; the field names are those of the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from feedback.matching.result import Found, PartKind
from feedback.models import FeedbackContent, ImprovementChange, ResumeFeedback, ResumeImprovement
from gaechwi.api.serializers import CodeWords
from gaechwi.jobs.serializers import JobSerializer
from resumes.document import Section


class ItemSerializer(serializers.Serializer[Any]):
    """One thing that a posting asks, and what of it the résumé shows."""

    text = serializers.CharField()
    found = serializers.ChoiceField(Found.choices)
    score = serializers.FloatField(min_value=0, max_value=1)
    quote = serializers.CharField(allow_blank=True)
    section = serializers.ChoiceField(Section.choices, allow_null=True)
    has = serializers.ListField(child=serializers.CharField())
    lacks = serializers.ListField(child=serializers.CharField())


class PartSerializer(serializers.Serializer[Any]):
    """One part of a matching rate, with its share of it."""

    kind = serializers.ChoiceField(PartKind.choices)
    weight = serializers.FloatField(min_value=0, max_value=1)
    score = serializers.FloatField(min_value=0, max_value=1)
    items = ItemSerializer(many=True)


class FeedbackContentSerializer(serializers.ModelSerializer[FeedbackContent]):
    """One remark, and the words of the résumé that it rests on."""

    feedback_division_detail = CodeWords(division="feedback_division", source="feedback_division")

    class Meta:
        model = FeedbackContent
        fields = [
            "feedback_division",
            "feedback_division_detail",
            "feedback_result",
            "section",
            "quote",
        ]


class FeedbackSerializer(JobSerializer, serializers.ModelSerializer[ResumeFeedback]):
    """A feedback on a résumé; of a standard one, `posting_id` and `matching_rate` are null."""

    resume_id = serializers.IntegerField()
    posting_id = serializers.IntegerField(allow_null=True)
    matching_rate = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    matching_parts = PartSerializer(many=True)
    feedback_contents = FeedbackContentSerializer(source="contents", many=True)

    class Meta:
        model = ResumeFeedback
        fields = [
            "feedback_id",
            "resume_id",
            "posting_id",
            "status",
            "engine",
            "matching_rate",
            "matching_parts",
            "parent_content",
            "feedback_contents",
            "error",
            "created_at",
            "finished_at",
        ]


class UnconfirmedSerializer(serializers.Serializer[Any]):
    """Something that a rewritten text says and its source does not, left out until confirmed."""

    section = serializers.ChoiceField(Section.choices)
    field = serializers.CharField()
    text = serializers.CharField()
    kind = serializers.CharField()


class ImprovementSerializer(JobSerializer, serializers.ModelSerializer[ResumeImprovement]):
    """An improved résumé in the making; once it is done, `resume_id` is the new résumé."""

    feedback_id = serializers.IntegerField()
    resume_id = serializers.IntegerField(allow_null=True)
    unconfirmed = serializers.SerializerMethodField()

    class Meta:
        model = ResumeImprovement
        fields = [
            "improvement_id",
            "feedback_id",
            "status",
            "engine",
            "resume_id",
            "unconfirmed",
            "error",
            "created_at",
            "finished_at",
        ]

    @extend_schema_field(UnconfirmedSerializer(many=True))
    def get_unconfirmed(self, improvement: ResumeImprovement) -> list[dict[str, str]]:
        """Return what was invented and nobody has confirmed."""
        changes: list[ImprovementChange] = list(improvement.changes.all())
        return [
            {
                "section": change.section,
                "field": change.field,
                "text": invention["text"],
                "kind": invention["kind"],
            }
            for change in changes
            if not change.confirmed
            for invention in change.inventions
        ]
