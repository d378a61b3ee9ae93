from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gaechwi.forms import say_limits
from interviews.models import ANSWER_MAX_LENGTH, Interview
from interviews.topics import MAX_QUESTIONS, MIN_QUESTIONS, InterviewType
from postings.models import JobPosting
from resumes.models import Resume


class StartForm(forms.ModelForm[Interview]):
    """What an interview is to be about, and how it is to go."""

    question_count = forms.IntegerField(
        label=_("질문 수"),
        min_value=MIN_QUESTIONS,
        max_value=MAX_QUESTIONS,
        initial=5,
        help_text=_("3개에서 10개까지 고를 수 있습니다. 질문마다 한 번씩 더 물을 수 있습니다."),
    )

    class Meta:
        model = Interview
        fields = ["resume", "posting", "interview_type", "question_count", "difficulty"]
        help_texts = {
            "posting": _("고르면 공고가 바라는 것도 묻습니다."),
            "difficulty": _("어려울수록 더 깊이 묻고 더 자주 되묻습니다."),
        }

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        resume, posting = (
            cast("forms.ModelChoiceField[Any]", self.fields[name]) for name in ("resume", "posting")
        )
        resume.queryset = Resume.objects.for_user(user).only("title")
        posting.queryset = JobPosting.objects.for_user(user).only("title")
        posting.empty_label = _("공고 없이")
        self.fields["interview_type"].initial = InterviewType.GENERAL


class AnswerForm(forms.Form):
    """An answer to what the interviewer has asked."""

    text = forms.CharField(
        label=_("내 답"),
        max_length=ANSWER_MAX_LENGTH,
        # What is being typed stays while the conversation around it is brought up to date.
        widget=forms.Textarea(attrs={"rows": 6, "hx-preserve": "true"}),
    )
    seconds = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)
