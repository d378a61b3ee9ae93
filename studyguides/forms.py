from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from feedback.models import ResumeFeedback
from gaechwi.forms import say_limits
from gaechwi.jobs.models import JobStatus
from interviews.models import Interview
from postings.models import JobPosting
from studyguides.models import (
    MAX_HOURS_A_WEEK,
    MIN_HOURS_A_WEEK,
    NOTES_MAX_LENGTH,
    ItemStatus,
    StudyGuide,
)


class _FeedbackField(forms.ModelChoiceField[ResumeFeedback]):
    def label_from_instance(self, obj: Any) -> str:
        rate = _("일치율 %(rate)s%%") % {"rate": obj.matching_rate}
        return f"{obj.resume.title} · {obj.posting_title} ({rate})"


class _InterviewField(forms.ModelChoiceField[Interview]):
    def label_from_instance(self, obj: Any) -> str:
        score = _("%(score)s점") % {"score": obj.feedback.overall_score}
        day = obj.created_at.strftime("%Y-%m-%d")
        return f"{obj.resume.title} · {day} ({score})"


class GuideForm(forms.Form):
    """What a guide is to be made of, and how much time there is for it."""

    feedback = _FeedbackField(
        ResumeFeedback.objects.none(),
        label=gettext_lazy("공고에 맞춘 피드백"),
        required=False,
        help_text=gettext_lazy("이력서에 없다고 나온 요구를 채웁니다."),
    )
    interview = _InterviewField(
        Interview.objects.none(),
        label=gettext_lazy("평가받은 모의 면접"),
        required=False,
        help_text=gettext_lazy("점수가 낮았던 답을 채웁니다."),
    )
    posting = forms.ModelChoiceField(
        JobPosting.objects.none(),
        label=gettext_lazy("채용 공고"),
        required=False,
        help_text=gettext_lazy("이력서와 맞춰 보지 않고, 공고가 바라는 것을 모두 다룹니다."),
    )
    hours_per_week = forms.IntegerField(
        label=gettext_lazy("한 주에 공부할 시간"),
        min_value=MIN_HOURS_A_WEEK,
        max_value=MAX_HOURS_A_WEEK,
        initial=StudyGuide._meta.get_field("hours_per_week").default,
        help_text=gettext_lazy("마감까지 할 수 있는 만큼만 담고, 나머지는 따로 알려 드립니다."),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        feedbacks = ResumeFeedback.objects.for_user(user).for_lists()
        choices = {
            "feedback": feedbacks.filter(status=JobStatus.DONE, posting__isnull=False),
            "interview": Interview.objects.for_user(user).for_lists().judged(),
            "posting": JobPosting.objects.for_user(user).only("title", "company"),
        }
        for name, rows in choices.items():
            field = cast("forms.ModelChoiceField[Any]", self.fields[name])
            field.queryset = rows
            field.empty_label = _("고르지 않음")

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError where nothing is chosen."""
        data = super().clean() or {}
        chosen = [data.get(name) for name in ("feedback", "interview", "posting")]
        if not self.errors and not any(chosen):
            raise ValidationError(_("피드백, 모의 면접, 공고 가운데 하나는 골라 주세요."))
        return data


class StatusForm(forms.Form):
    """How far an item has got."""

    status = forms.ChoiceField(choices=ItemStatus.choices)


class NoteForm(forms.Form):
    """What a user notes down of an item."""

    notes = forms.CharField(
        label=gettext_lazy("내 메모"),
        required=False,
        max_length=NOTES_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)
