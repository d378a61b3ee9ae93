from __future__ import annotations

from typing import Self, TypeVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.ownership import ActiveManager, Owned, OwnedQuerySet
from gaechwi.codes.fields import CodeField
from gaechwi.jobs.models import ACTIVE, Engine, Job, JobQuerySet, JobStatus
from interviews.topics import (
    MAX_QUESTIONS,
    MIN_QUESTIONS,
    BasisKind,
    Difficulty,
    InterviewType,
    Topic,
)
from postings.document import PostingDocument
from postings.models import JobPosting
from resumes.document import ResumeDocument, Section
from resumes.models import Resume

ANSWER_MAX_LENGTH = 5_000


class InterviewStatus(models.TextChoices):
    """Where an interview stands: the ids of the code division `interview_status`."""

    GOING_ON = "1", _("진행 중")
    STOPPED = "2", _("멈춤")
    FINISHED = "3", _("끝남")


class InterviewQuerySet(OwnedQuerySet["Interview"]):
    """Mock interviews."""

    def for_user(self, user: User) -> Self:
        """Return the interviews of a user, those about deleted résumés left out."""
        return super().for_user(user).filter(resume__is_active=True)

    def for_lists(self) -> Self:
        """Return the interviews with their judgements, and without what they were made of."""
        return (
            self.defer(
                "resume_snapshot",
                "posting_snapshot",
                "resume__introduction",
                "feedback__overall_review",
            )
            .select_related("resume", "feedback")
            .annotate(posting_title=KT("posting_snapshot__title"))
        )

    def judged(self) -> Self:
        """Return the interviews whose judgement is there."""
        return self.filter(feedback__status=JobStatus.DONE)

    def without_practice(self) -> Self:
        """Return the interviews without those that go over what was learnt."""
        checks = InterviewQuestion.objects.filter(interview=OuterRef("pk"), kind=BasisKind.CHECK)
        return self.filter(~Exists(checks))

    def for_api(self) -> Self:
        """Return the interviews as the API gives them: two queries."""
        return self.defer("resume_snapshot", "posting_snapshot").with_conversation()

    def with_conversation(self) -> Self:
        """Return the interviews with all that was said: two queries."""
        return self.prefetch_related("conversations")

    def with_everything(self) -> Self:
        """Return the interviews with their judgements and all that was said: five queries."""
        return self.select_related("resume", "feedback").prefetch_related(
            "questions__feedback", "conversations__question"
        )


class Interview(Owned):
    """A conversation in which a user practises for an interview.

    It is about the résumé and the posting as they stood when it began.
    """

    interview_id = models.BigAutoField(primary_key=True)
    resume = models.ForeignKey(
        Resume, on_delete=models.CASCADE, related_name="interviews", verbose_name=_("이력서")
    )
    posting = models.ForeignKey(
        JobPosting,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="interviews",
        verbose_name=_("채용 공고"),
    )
    resume_snapshot = models.JSONField(editable=False)
    posting_snapshot = models.JSONField(null=True, editable=False)
    interview_type = CodeField(_("면접 종류"), division="interview_type")
    difficulty = models.CharField(
        _("난이도"), max_length=10, choices=Difficulty.choices, default=Difficulty.NORMAL
    )
    question_count = models.PositiveSmallIntegerField(
        _("질문 수"),
        default=5,
        validators=[MinValueValidator(MIN_QUESTIONS), MaxValueValidator(MAX_QUESTIONS)],
    )
    status = CodeField(
        _("상태"), division="interview_status", default=InterviewStatus.GOING_ON, editable=False
    )
    engine = models.CharField(_("면접관"), max_length=10, choices=Engine.choices, editable=False)
    language = models.CharField(_("언어"), max_length=10, default="ko", editable=False)
    repeated = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="repetitions",
        verbose_name=_("같은 질문의 면접"),
    )
    finished_at = models.DateTimeField(_("끝"), null=True, editable=False)

    objects = ActiveManager.from_queryset(InterviewQuerySet)()
    with_deleted = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-interview_id"]
        verbose_name = _("모의 면접")
        verbose_name_plural = _("모의 면접")
        constraints = [
            models.CheckConstraint(
                condition=Q(question_count__range=(1, MAX_QUESTIONS)),
                name="interview_question_count",
            ),
            models.CheckConstraint(
                condition=Q(interview_type__in=InterviewType.values), name="interview_type"
            ),
            models.CheckConstraint(
                condition=Q(difficulty__in=Difficulty.values), name="interview_difficulty"
            ),
            models.CheckConstraint(
                condition=Q(status__in=(InterviewStatus.GOING_ON, InterviewStatus.STOPPED))
                & Q(finished_at__isnull=True)
                | Q(status=InterviewStatus.FINISHED, finished_at__isnull=False),
                name="interview_finished",
            ),
            models.CheckConstraint(
                condition=Q(posting__isnull=True) | Q(posting_snapshot__isnull=False),
                name="interview_posting_snapshot",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "-created_at", "-interview_id"],
                condition=Q(is_active=True),
                name="interview_newest",
            ),
            models.Index(
                fields=["updated_at"], condition=models.Q(is_active=False), name="interview_deleted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resume_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("interviews:detail", args=[self.pk])

    @property
    def document(self) -> ResumeDocument:
        """The résumé that it is about."""
        return ResumeDocument.model_validate(self.resume_snapshot)

    @property
    def posting_document(self) -> PostingDocument | None:
        """The posting that it is about, None without one."""
        snapshot = self.posting_snapshot
        return PostingDocument.model_validate(snapshot) if snapshot else None

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will be said."""
        return self.status == InterviewStatus.FINISHED


class InterviewQuestion(models.Model):
    """One of the questions that an interview is planned of, and what it rests on."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("근거"), max_length=20, choices=BasisKind.choices)
    section = models.CharField(_("부분"), max_length=20, choices=Section.choices, blank=True)
    quote = models.CharField(_("인용"), max_length=500, blank=True)
    requirement = models.CharField(_("공고의 요구"), max_length=500, blank=True)
    question = models.TextField(_("준비된 질문"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="question_number_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=BasisKind.values), name="interview_question_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.number}"

    @property
    def topic(self) -> Topic:
        """What it is about, as rules and prompts read it."""
        return Topic(
            kind=BasisKind(self.kind),
            question=self.question,
            section=Section(self.section) if self.section else None,
            quote=self.quote,
            requirement=self.requirement,
        )


class Speaker(models.TextChoices):
    """Who said something."""

    INTERVIEWER = "interviewer", _("면접관")
    CANDIDATE = "candidate", _("지원자")


class Conversation(models.Model):
    """What was said in one turn. It is written once, when it was said, and never changed."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="conversations")
    order = models.PositiveSmallIntegerField()
    speaker = models.CharField(max_length=11, choices=Speaker.choices)
    text = models.TextField()
    # None for words that belong to no question: the closing ones.
    question = models.ForeignKey(
        InterviewQuestion, on_delete=models.CASCADE, null=True, related_name="conversations"
    )
    is_follow_up = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(
        _("답한 시간(초)"), null=True, help_text=_("지원자의 말에만 있습니다")
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["order"]
        verbose_name = _("대화")
        verbose_name_plural = _("대화")
        constraints = [
            models.UniqueConstraint(fields=["interview", "order"], name="conversation_in_order"),
            models.CheckConstraint(
                condition=Q(speaker=Speaker.INTERVIEWER, seconds__isnull=True)
                | Q(speaker=Speaker.CANDIDATE, seconds__isnull=False),
                name="conversation_seconds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.order}"


OfInterviewT = TypeVar("OfInterviewT", bound=Job, covariant=True)


class OfInterviewQuerySet(JobQuerySet[OfInterviewT]):
    """Jobs that are part of an interview."""

    def for_user(self, user: User) -> Self:
        """Return the jobs of a user's interviews, those of deleted ones left out."""
        return self.filter(
            interview__user=user,
            interview__is_active=True,
            interview__resume__is_active=True,
        )

    def for_worker(self) -> Self:
        """Return the jobs with all that is known when they are done: three queries."""
        return self.select_related("interview").prefetch_related(
            "interview__questions", "interview__conversations"
        )


class InterviewTurnQuerySet(OfInterviewQuerySet["InterviewTurn"]):
    """What interviewers are about to say."""


class InterviewTurn(Job):
    """The interviewer's next words in the making: once done, they stand in the conversation.

    What they are about is told by what was said before: see `interviews.conversing`.
    """

    task_name = "interviews.tasks.speak"
    user_path = "interview__user"

    turn_id = models.BigAutoField(primary_key=True)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="turns")
    order = models.PositiveSmallIntegerField()
    # Set before the first word, and never taken back: jobs that are handed back or asked for again
    # do not tell by their attempts that somebody has listened before.
    may_be_heard = models.BooleanField(default=False, db_default=False, editable=False)

    objects = InterviewTurnQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["interview", "order"]
        verbose_name = _("면접관의 말")
        verbose_name_plural = _("면접관의 말")
        constraints = [
            *Job.Meta.constraints,
            models.UniqueConstraint(fields=["interview", "order"], name="turn_in_order"),
        ]
        # As every job has, under a name that fits: the database allows 30 letters.
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=ACTIVE),
                name="interview_turn_active",
            ),
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False),
                name="interview_turn_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id} {self.order}"


class InterviewFeedbackQuerySet(OfInterviewQuerySet["InterviewFeedback"]):
    """Judgements of interviews."""

    def for_api(self) -> Self:
        """Return the judgements as the API gives them: four queries."""
        return (
            self.for_worker()
            .defer("interview__resume_snapshot", "interview__posting_snapshot")
            .prefetch_related("questions")
        )

    def with_questions(self) -> Self:
        """Return the judgements with what they say of each question."""
        return self.prefetch_related("questions__question")


class InterviewFeedback(Job):
    """The judgement of an interview."""

    task_name = "interviews.tasks.judge_interview"
    user_path = "interview__user"

    interview = models.OneToOneField(
        Interview, on_delete=models.CASCADE, primary_key=True, related_name="feedback"
    )
    overall_score = models.PositiveSmallIntegerField(
        _("총점"), null=True, validators=[MaxValueValidator(100)]
    )
    overall_review = models.TextField(_("총평"), blank=True)

    objects = InterviewFeedbackQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["-created_at"]
        verbose_name = _("면접 피드백")
        verbose_name_plural = _("면접 피드백")
        constraints = [
            *Job.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status=JobStatus.DONE) | Q(overall_score__range=(0, 100)),
                name="interview_overall_score",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(status__in=ACTIVE),
                name="interview_feedback_active",
            ),
            models.Index(
                fields=["finished_at"],
                condition=Q(finished_at__isnull=False),
                name="interview_feedback_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interview_id}"


class QuestionFeedback(models.Model):
    """How one question was answered; the fields are those of `QuestionJudgement`.

    `rules_score` is what the rules give the answer: a model's score is bounded by it.
    """

    feedback = models.ForeignKey(
        InterviewFeedback, on_delete=models.CASCADE, related_name="questions"
    )
    question = models.OneToOneField(
        InterviewQuestion, on_delete=models.CASCADE, related_name="feedback"
    )
    score = models.PositiveSmallIntegerField()
    rules_score = models.PositiveSmallIntegerField()
    quote = models.CharField(max_length=500, blank=True)
    strengths = models.TextField(blank=True)
    improvements = models.TextField(blank=True)
    model_answer = models.TextField(blank=True)

    class Meta:
        ordering = ["question__number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__lte=100, rules_score__lte=100), name="question_feedback_score"
            ),
            models.CheckConstraint(
                condition=Q(score__gt=0) | Q(quote="", strengths=""),
                name="question_feedback_strengths",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feedback_id} {self.question_id}"
