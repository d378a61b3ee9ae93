from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from gaechwi.forms import say_limits
from gaechwi.versions import VersionedForm
from postings.models import PASTED_MAX_LENGTH, JobPosting
from resumes.fields import TechnologyListField, refuse_far_day

ITEMS = forms.Textarea(attrs={"rows": 6})


class PostingForm(VersionedForm[JobPosting]):
    """A posting, written by hand or corrected after it was read out of a pasted text."""

    url = forms.URLField(
        label=gettext_lazy("주소"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    technology_stacks = TechnologyListField(
        label=gettext_lazy("기술"),
        required=False,
        help_text=gettext_lazy("쉼표나 줄로 나눠 적어 주세요."),
    )

    class Meta:
        model = JobPosting
        fields = [
            "title",
            "company",
            "position",
            "employment_type",
            "experience_level",
            "location",
            "salary",
            "deadline",
            "url",
            "duties",
            "requirements",
            "preferred",
            "benefits",
            "technology_stacks",
            "memo",
        ]
        help_texts = {
            "deadline": gettext_lazy("상시 채용이면 비워 두세요."),
            "duties": gettext_lazy("한 줄에 하나씩 적어 주세요."),
            "requirements": gettext_lazy("한 줄에 하나씩 적어 주세요."),
            "preferred": gettext_lazy("한 줄에 하나씩 적어 주세요."),
            "memo": gettext_lazy("전형 절차처럼 기억해 둘 것을 적어 주세요."),
        }
        widgets = {
            "deadline": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "duties": ITEMS,
            "requirements": ITEMS,
            "preferred": ITEMS,
            "benefits": ITEMS,
            "memo": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)

    def clean_deadline(self) -> date | None:
        """Raise ValidationError for a day that nobody can mean."""
        deadline: date | None = self.cleaned_data["deadline"]
        refuse_far_day(deadline)
        return deadline


class PasteForm(forms.Form):
    """The whole text of a posting as copied from its page."""

    text = forms.CharField(
        label=gettext_lazy("공고 글"),
        max_length=PASTED_MAX_LENGTH,
        help_text=gettext_lazy(
            "공고 화면에서 모두 선택(Ctrl+A)해 복사한 글을 그대로 붙여 넣으세요. "
            "로그인, 공유하기 같은 단추 글은 골라내고 읽습니다."
        ),
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)
