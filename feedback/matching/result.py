"""What a comparison of a résumé with a posting comes to."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict

from resumes.document import Section


class PartKind(TextChoices):
    """The parts of a matching rate."""

    MUST_HAVE = "must_have", _("필수 요건")
    PREFERRED = "preferred", _("우대 사항")
    TECHNOLOGIES = "technologies", _("기술")
    EXPERIENCE = "experience", _("경력 기간")


class Found(TextChoices):
    """How far a résumé shows what is asked."""

    FOUND = "found", _("확인됨")
    PARTLY = "partly", _("일부 확인")
    MISSING = "missing", _("찾지 못함")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Item(_Frozen):
    """One thing that a posting asks, in its own words, and what of it a résumé shows.

    `score` is from 0 to 1. `quote` holds words that stand in `section` of the résumé, and is empty
    where it was not found. `has` and `lacks` are the keywords that the résumé holds and misses; of
    alternatives none is missing where one is there.
    """

    text: str
    found: Found
    score: float
    quote: str = ""
    section: Section | None = None
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


class Part(_Frozen):
    """One part of the rate. `weight` and `score` are from 0 to 1.

    Weights are whole hundredths, and those of a match add up to 1.
    """

    kind: PartKind
    weight: float
    score: float
    items: tuple[Item, ...]


class Match(_Frozen):
    """How well a résumé fits a posting.

    `rate` is from 0 to 100: the sum of weight times score over the parts, times `relevance`, which
    says from 0 to 1 how much of the résumé speaks of this kind of work at all. Without parts there
    is nothing to rate, and it is None. `unchecked` holds what the posting asks and no résumé can
    show, such as a place of residence.
    """

    rate: int | None
    relevance: float
    parts: tuple[Part, ...]
    unchecked: tuple[str, ...] = ()
