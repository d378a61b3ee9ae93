from __future__ import annotations

from hashlib import sha256
from typing import Self
from unicodedata import normalize

from django.db import models
from django.db.models import Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Left, NullIf, StrIndex, Upper
from django.db.models.lookups import GreaterThan
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.ownership import ActiveManager, Owned, OwnedQuerySet
from gaechwi.codes.fields import CodeField
from gaechwi.jobs.models import Job, JobQuerySet
from gaechwi.prepared import Parameter
from postings.deadlines import countdown
from postings.document import PostingDocument

# Several times what the longest postings of job sites hold.
PASTED_MAX_LENGTH = 20_000


def searched_words(title: str) -> str:
    """Return what is searched for by what someone typed, "" for nothing."""
    return normalize("NFC", title).strip()


def has_case(words: str) -> bool:
    """Return whether words have letters that can be capitalised; Hangul has none."""
    return words.upper() != words.lower()


def _upper_once(words: Value | Parameter) -> Upper:
    # A subquery that depends on no row is asked once and not for each.
    return Upper(words, template="(SELECT %(function)s(%(expressions)s))")


class JobPostingQuerySet(OwnedQuerySet["JobPosting"]):
    """Job postings that users keep."""

    def for_lists(self) -> Self:
        """Return the postings without the words that no list shows."""
        return self.defer("duties", "requirements", "preferred", "benefits", "memo")

    def search(self, title: str) -> Self:
        """Return the postings whose title holds these words, however they are capitalised.

        All are returned for no words.
        """
        words = searched_words(title)
        if not words:
            return self
        # PostgreSQL knows no null character, so no title holds one.
        return self.none() if "\0" in words else self.titled(Value(words), cased=has_case(words))

    def titled(self, words: Value | Parameter, *, cased: bool) -> Self:
        """Return the postings whose title holds what `searched_words` gave.

        To capitalise each title takes longer than to look through it: only for words with a case.
        """
        # For `contains` PostgreSQL would make a pattern of the words anew for each title.
        found = StrIndex(Upper("title"), _upper_once(words)) if cased else StrIndex("title", words)
        return self.filter(GreaterThan(found, 0))


class JobPosting(Owned):
    """A job posting as its user noted it down."""

    posting_id = models.BigAutoField(primary_key=True)
    title = models.CharField(_("제목"), max_length=200)
    company = models.CharField(_("회사"), max_length=100, blank=True)
    position = models.CharField(_("직무"), max_length=100, blank=True)
    employment_type = CodeField(_("고용 형태"), division="employment_type", blank=True)
    experience_level = models.CharField(_("경력"), max_length=100, blank=True)
    location = models.CharField(_("근무지"), max_length=200, blank=True)
    salary = models.CharField(_("급여"), max_length=100, blank=True)
    deadline = models.DateField(_("마감일"), null=True, blank=True)
    url = models.URLField(_("주소"), max_length=500, blank=True)
    duties = models.TextField(_("주요 업무"), max_length=10_000, blank=True)
    requirements = models.TextField(_("자격 요건"), max_length=10_000, blank=True)
    preferred = models.TextField(_("우대 사항"), max_length=10_000, blank=True)
    benefits = models.TextField(_("혜택"), max_length=10_000, blank=True)
    technology_stacks = models.JSONField(_("기술"), default=list, blank=True)
    memo = models.TextField(_("메모"), max_length=5_000, blank=True)

    objects = ActiveManager.from_queryset(JobPostingQuerySet)()
    with_deleted = JobPostingQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-posting_id"]
        verbose_name = _("채용 공고")
        verbose_name_plural = _("채용 공고")
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="posting_title"),
        ]
        indexes = [
            # With the title, to be searched without a look at the rows: for Korean no other index
            # finds words of one or two letters anywhere in it.
            models.Index(
                fields=["user", "-created_at", "-posting_id", "title"],
                condition=models.Q(is_active=True),
                name="posting_newest",
            ),
            models.Index(
                fields=["updated_at"], condition=models.Q(is_active=False), name="posting_deleted"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("postings:detail", args=[self.pk])

    @property
    def countdown(self) -> str:
        """How long there is left to apply, "" without a deadline."""
        return countdown(self.deadline, timezone.localdate()) if self.deadline else ""

    @property
    def is_closed(self) -> bool:
        """Whether the deadline is over."""
        return self.deadline is not None and self.deadline < timezone.localdate()


class PostingDraftQuerySet(JobQuerySet["PostingDraft"]):
    """Pasted texts on their way to being postings."""

    def for_user(self, user: User) -> Self:
        """Return the drafts of a user, those thrown away left out."""
        return self.filter(user=user, discarded=False)

    def unsaved(self) -> Self:
        """Return the drafts that no posting was made of yet."""
        return self.filter(posting=None)

    def for_lists(self) -> Self:
        """Return the drafts with a `name`, and without their texts."""
        opening = Left("text", 80)
        return self.defer("text", "result", "unrecognised").annotate(
            name=Coalesce(
                NullIf(KT("result__title"), models.Value("")),
                opening,
                output_field=models.TextField(),
            )
        )


class PostingDraft(Job):
    """The pasted text of a posting, and what was read out of it for its user to correct."""

    task_name = "postings.tasks.read_pasted_posting"
    user_path = "user"

    draft_id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, verbose_name=_("회원"))
    text = models.TextField(_("붙여 넣은 글"), max_length=PASTED_MAX_LENGTH)
    checksum = models.CharField(max_length=64, editable=False, help_text="SHA-256, hexadecimal")
    result = models.JSONField(_("읽은 내용"), null=True, editable=False)
    unrecognised = models.JSONField(_("넣지 않은 줄"), default=list, editable=False)
    posting = models.OneToOneField(
        JobPosting,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="draft",
        verbose_name=_("채용 공고"),
    )
    discarded = models.BooleanField(_("버림"), default=False, editable=False)

    objects = PostingDraftQuerySet.as_manager()

    class Meta(Job.Meta):
        ordering = ["-created_at", "-draft_id"]
        verbose_name = _("붙여 넣은 공고")
        verbose_name_plural = _("붙여 넣은 공고")
        constraints = [
            *Job.Meta.constraints,
            # Pasting the same text again leads to the draft that is there.
            models.UniqueConstraint(
                fields=["user", "checksum"],
                condition=Q(posting__isnull=True, discarded=False),
                name="draft_once_per_text",
            ),
        ]
        indexes = [
            *Job.Meta.indexes,
            models.Index(
                fields=["user", "-created_at"],
                condition=Q(posting__isnull=True, discarded=False),
                name="draft_unsaved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("postings:draft", args=[self.pk])

    @property
    def document(self) -> PostingDocument:
        """What was read out of the text. Only a draft that is done has it."""
        return PostingDocument.model_validate(self.result)

    @staticmethod
    def checksum_of(text: str) -> str:
        """Return what texts are told apart by."""
        return sha256(text.encode()).hexdigest()
