"""How the API takes and gives interviews; the field names are those of the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from feedback.checks.sentences import excerpt
from gaechwi.api.serializers import (
    MAX_ID,
    Choice,
    StrictModelSerializer,
    StrictSerializer,
    Text,
    WholeNumber,
)
from gaechwi.jobs.models import Engine
from gaechwi.jobs.serializers import JobSerializer
from interviews.assessing import asked_in
from interviews.models import (
    ANSWER_MAX_LENGTH,
    Conversation,
    Interview,
    InterviewFeedback,
    QuestionFeedback,
    Speaker,
)
from interviews.topics import MAX_QUESTIONS, MIN_QUESTIONS, Difficulty, InterviewType

# What the column holds.
MAX_ORDER = 32_767


class AnswerSerializer(StrictSerializer):
    """What the applicant says."""

    text = Text(max_length=ANSWER_MAX_LENGTH)
    replies_to = WholeNumber(
        min_value=1,
        max_value=MAX_ORDER,
        required=False,
        help_text="`order` of the words that it answers; without it, the newest.",
    )


class ConversationSerializer(serializers.ModelSerializer[Conversation]):
    """What was said in one turn."""

    speaker = serializers.ChoiceField(Speaker.choices)

    class Meta:
        model = Conversation
        fields = ["order", "speaker", "text"]


class NextWordsSerializer(ConversationSerializer):
    """The interviewer's next words; `finished` is true once nothing more is said."""

    finished = serializers.BooleanField(source="interview.is_finished")

    class Meta(ConversationSerializer.Meta):
        fields = [*ConversationSerializer.Meta.fields, "finished"]


class InterviewSerializer(StrictModelSerializer[Interview]):
    """An interview with all that was said so far."""

    resume_id = WholeNumber(min_value=1, max_value=MAX_ID)
    posting_id = WholeNumber(min_value=1, max_value=MAX_ID, required=False, allow_null=True)
    interview_type = Choice(InterviewType.choices, default=InterviewType.GENERAL)
    difficulty = Choice(Difficulty.choices, required=False, write_only=True)
    engine = serializers.ChoiceField(Engine.choices, read_only=True)
    conversations = ConversationSerializer(many=True, read_only=True)

    class Meta:
        model = Interview
        fields = [
            "interview_id",
            "resume_id",
            "posting_id",
            "interview_type",
            "question_count",
            "difficulty",
            "status",
            "engine",
            "created_at",
            "finished_at",
            "conversations",
        ]
        read_only_fields = ["question_count", "status", "created_at", "finished_at"]


class BeginSerializer(InterviewSerializer):
    """What an interview is to be."""

    question_count = WholeNumber(min_value=MIN_QUESTIONS, max_value=MAX_QUESTIONS, required=False)


class QuestionJudgementSerializer(serializers.Serializer[Any]):
    """A question in the interviewer's words, the answer, and what is to be said of it."""

    question = serializers.CharField()
    answer = serializers.CharField(allow_blank=True)
    score = serializers.IntegerField(min_value=0, max_value=100)
    strengths = serializers.CharField(allow_blank=True)
    improvements = serializers.CharField(allow_blank=True)
    model_answer = serializers.CharField(allow_blank=True)


class JudgementSerializer(JobSerializer, serializers.ModelSerializer[InterviewFeedback]):
    """The judgement of an interview."""

    overall_score = serializers.IntegerField(min_value=0, max_value=100, allow_null=True)
    questions = serializers.SerializerMethodField()

    class Meta:
        model = InterviewFeedback
        fields = ["status", "engine", "overall_score", "overall_review", "questions"]

    @extend_schema_field(QuestionJudgementSerializer(many=True))
    def get_questions(self, feedback: InterviewFeedback) -> list[dict[str, Any]]:
        """Return what is said of each question, once it is done."""
        judged = {one.question_id: one for one in feedback.questions.all()}
        return [
            {
                "question": asked.words,
                "answer": "\n".join(asked.answers),
                "score": one.score,
                "strengths": _strengths(one),
                "improvements": one.improvements,
                "model_answer": one.model_answer,
            }
            for asked in asked_in(feedback.interview)
            if (one := judged.get(asked.question.pk))
        ]


def _strengths(judged: QuestionFeedback) -> str:
    """Return what was good with the words that it rests on, which the rules quote themselves."""
    if not judged.quote or excerpt(judged.quote) in judged.strengths:
        return judged.strengths
    return f"“{judged.quote}” {judged.strengths}"
