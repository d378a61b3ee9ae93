"""What a guide is made of, as it stood when it was asked for, and what it says of it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from feedback.matching.result import Part, PartKind
from postings.document import PostingDocument
from resumes.document import ResumeDocument
from studyguides.reasons import Reason


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class AskedBy(_Frozen):
    """A posting and, where a feedback has compared it with the résumé, what that came to.

    `parts` is None of a posting that nobody has compared yet. `posting_id` names its row, None in
    what was kept before it was known.
    """

    posting: PostingDocument
    posting_id: int | None = None
    parts: tuple[Part, ...] | None = None
    unchecked: tuple[str, ...] = ()


class WeakAnswer(_Frozen):
    """A question of an interview that was not answered well, and what the judgement advises.

    `basis` holds the words of the résumé or the posting that the question rests on.
    """

    question_id: int
    question: str
    basis: str
    score: int
    improvements: str


class Material(_Frozen):
    """All that a guide is made of. Without a résumé, nothing that is asked is there yet."""

    resume: ResumeDocument | None = None
    asked: tuple[AskedBy, ...] = ()
    answers: tuple[WeakAnswer, ...] = ()


class GapSource(TextChoices):
    """Where a gap was seen."""

    MUST_HAVE = PartKind.MUST_HAVE.value, PartKind.MUST_HAVE.label
    PREFERRED = PartKind.PREFERRED.value, PartKind.PREFERRED.label
    TECHNOLOGIES = PartKind.TECHNOLOGIES.value, PartKind.TECHNOLOGIES.label
    EXPERIENCE = PartKind.EXPERIENCE.value, PartKind.EXPERIENCE.label
    ANSWER = "answer", _("면접 답변")


class Gap(_Frozen):
    """Something that is asked and not there: a line of a posting, or a question of an interview.

    `question_id` is that of the question, None of a line. `posting_id` is that of the line's
    posting, None of a question and of what was kept before it was known.
    """

    source: GapSource
    text: str
    question_id: int | None = None
    posting_id: int | None = None


class SetAside(_Frozen):
    """Something asked that is no item of the guide, and why.

    `title` and `hours` say what was put off for later, and how long it takes.
    """

    gap: Gap
    reason: Reason
    title: str = ""
    hours: int = 0
