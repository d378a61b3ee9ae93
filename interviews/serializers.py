"""How the API takes and gives interviews; the field names are those of the contract."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from feedback.serializers import JobSerializer
from gaechwi.api.serializers import (
    Choice,
    StrictModelSerializer,
    StrictSerializer,
    Text,
    WholeNumber,
)
from gaechwi.jobs.models import Engine
from interviews.assessing import asked_in
from interviews.models import (
    ANSWER_MAX_LENGTH,
    MAX_QUESTIONS,
    MIN_QUESTIONS,
    Conversation,
    Interview,
    InterviewFeedback,
    QuestionFeedback,
    Speaker,
)
from interviews.topics import Difficulty, InterviewType


class NewInterviewSerializer(StrictSerializer):
    """What an interview is to be."""

    resume_id = WholeNumber(min_value=1)
    posting_id = WholeNumber(min_value=1, required=False, allow_null=True)
    interview_type = Choice(InterviewType.choices)
    question_count = WholeNumber(min_value=MIN_QUESTIONS, max_value=MAX_QUESTIONS, required=False)
    difficulty = Choice(Difficulty.choices, required=False)


class AnswerSerializer(StrictSerializer):
    """What the applicant says."""

    text = Text(max_length=ANSWER_MAX_LENGTH)


class ConversationSerializer(serializers.ModelSerializer[Conversation]):
    """What was said in one turn."""

    speaker = serializers.ChoiceField(Speaker.choices)

    class Meta:
        model = Conversation
        fields = ["order", "speaker", "text"]


class NextWordsSerializer(ConversationSerializer):
    """The interviewer's next words; with the last ones the interview is `finished`."""

    finished = serializers.BooleanField(source="interview.is_finished")

    class Meta(ConversationSerializer.Meta):
        fields = [*ConversationSerializer.Meta.fields, "finished"]


class InterviewSerializer(StrictModelSerializer[Interview]):
    """An interview with all that was said so far."""

    resume_id = serializers.IntegerField()
    posting_id = serializers.IntegerField(allow_null=True)
    engine = serializers.ChoiceField(Engine.choices)
    conversations = ConversationSerializer(many=True)

    class Meta:
        model = Interview
        fields = [
            "interview_id",
            "resume_id",
            "posting_id",
            "interview_type",
            "question_count",
            "status",
            "engine",
            "created_at",
            "finished_at",
            "conversations",
        ]


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
        asked = {one.question.pk: one for one in asked_in(feedback.interview)}
        judged: list[QuestionFeedback] = list(feedback.questions.all())
        return [
            {
                "question": asked[one.question_id].words,
                "answer": "\n".join(asked[one.question_id].answers),
                "score": one.score,
                "strengths": f"“{one.quote}” {one.strengths}" if one.quote else one.strengths,
                "improvements": one.improvements,
                "model_answer": one.model_answer,
            }
            for one in judged
        ]
