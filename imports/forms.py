from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gaechwi.forms import plain, say_limits
from imports.extracting import KINDS, MAX_TEXT
from resumes.models import Resume

_ALSO_TEXT = {"text": "txt", "md": "txt"}


class ImportForm(forms.Form):
    """A résumé as a file, or else as pasted text."""

    file = forms.FileField(
        label=gettext_lazy("이력서 파일"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        help_text=gettext_lazy("PDF, DOCX, JSON Résumé, TXT. 10 MB까지."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.json,.txt,.md"}),
    )
    text = forms.CharField(
        label=gettext_lazy("또는 이력서 글"),
        required=False,
        max_length=MAX_TEXT,
        help_text=gettext_lazy("파일이 없으면 이력서 글을 모두 복사해 붙여 넣으세요."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)

    def clean_file(self) -> UploadedFile[Any] | None:
        """Raise ValidationError for a file that need not be opened to be refused."""
        file: UploadedFile[Any] | None = self.cleaned_data["file"]
        if file is None:
            return None
        if kind_of(file) not in KINDS:
            raise ValidationError(
                _(
                    "PDF, DOCX, JSON, TXT 파일만 가져올 수 있습니다."
                    " 한글(HWP)이나 예전 워드(DOC) 파일은 PDF로 저장해 올려 주세요."
                ),
                code="kind",
            )
        size = file.size or 0
        if size > settings.MAX_IMPORT_BYTES:
            raise ValidationError(
                _("10 MB까지 올릴 수 있습니다. 이 파일은 %(size)d MB가 넘습니다.")
                % {"size": size // (1024 * 1024)},
                code="too_large",
            )
        if size == 0:
            raise ValidationError(_("빈 파일입니다. 다른 파일을 골라 주세요."), code="empty")
        return file

    def clean(self) -> dict[str, Any]:
        """Raise ValidationError where there is neither a file nor a text, or both."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if not cleaned.get("file") and not cleaned.get("text"):
            raise ValidationError(
                _("파일을 고르거나 이력서 글을 붙여 넣어 주세요."), code="required"
            )
        if cleaned.get("file") and cleaned.get("text"):
            raise ValidationError(
                _("파일과 글 가운데 하나만 주세요. 어느 쪽을 읽을지 알 수 없습니다."), code="both"
            )
        return cleaned


class SaveForm(forms.ModelForm[Resume]):
    """What a résumé cannot be without; the rest is shown, and edited once it is a résumé."""

    class Meta:
        model = Resume
        fields = ["title", "name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limits(self)


def kind_of(file: UploadedFile[Any]) -> str:
    """Return what kind of file the name of an upload says that it is."""
    ending = PurePath(file.name or "").suffix.lower().removeprefix(".")
    return _ALSO_TEXT.get(ending, ending)


def name_of(file: UploadedFile[Any]) -> str:
    """Return the name of an upload as it is shown: it is a text of the user's, and no path."""
    name = plain(PurePath((file.name or "").replace("\\", "/")).name)
    return "".join(letter for letter in name if letter.isprintable())[:100]
