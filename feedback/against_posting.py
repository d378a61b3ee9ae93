"""The review of a résumé against a posting that needs no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from feedback.checks import run_checks
from feedback.checks.sentences import excerpt
from feedback.matching.result import Found, Item, Match, PartKind
from feedback.schemas import Division, Review, ReviewContent
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section

# Raised whenever the rules of matching judge differently.
RULES_VERSION = "match-3"

MAX_STRENGTHS = 6
MAX_GAPS = 8
MAX_WISHES = 5
# What is wrong with the résumé itself, whatever the posting: the weightiest only.
MAX_FINDINGS = 3

# What a posting asks for, before what it would like.
_DEMANDED = (PartKind.MUST_HAVE, PartKind.TECHNOLOGIES, PartKind.EXPERIENCE)

Asked = tuple[PartKind, Item]


def review(document: ResumeDocument, posting: PostingDocument, match: Match, on: date) -> Review:
    """Return the review of a résumé as read on the day `on`, against a posting it was matched with.

    What was found is a strength, a missing demand an improvement, a missing wish a recommendation.
    """
    asked = [(part.kind, item) for part in match.parts for item in part.items]
    contents = [
        *islice(_strengths(asked), MAX_STRENGTHS),
        *islice(_gaps(document, asked), MAX_GAPS),
        *islice(_wishes(document, asked), MAX_WISHES),
        *_unchecked(match),
        *_findings(document, on),
    ]
    return Review(overall=_overall(posting, match, asked), contents=contents)


def _strengths(asked: Iterable[Asked]) -> Iterator[ReviewContent]:
    quoted: set[tuple[Section, str]] = set()
    for kind, item in asked:
        if item.found != Found.FOUND or not item.section or (item.section, item.quote) in quoted:
            continue
        told = _("공고의 %(kind)s ‘%(asked)s’에 맞는 근거입니다.") % _named(kind, item)
        if not quoted:
            told = " ".join((told, _("지원할 때 이런 대목이 먼저 보이도록 위쪽에 두십시오.")))
        quoted.add((item.section, item.quote))
        yield ReviewContent(
            division=Division.STRENGTH, section=item.section, quote=item.quote, result=told
        )


def _gaps(document: ResumeDocument, asked: Iterable[Asked]) -> Iterator[ReviewContent]:
    told: set[str] = set()
    for kind, item in asked:
        if kind not in _DEMANDED or item.found == Found.FOUND:
            continue
        # A must-have and the list of technologies often name the same one.
        names = item.lacks or item.has
        if not names or not told.issuperset(names):
            yield _missing(document, Division.IMPROVEMENT, kind, item)
        told.update(names)


def _wishes(document: ResumeDocument, asked: Iterable[Asked]) -> Iterator[ReviewContent]:
    for kind, item in asked:
        if kind == PartKind.PREFERRED and item.found != Found.FOUND:
            yield _missing(document, Division.RECOMMENDATION, kind, item)


def _missing(
    document: ResumeDocument, division: Division, kind: PartKind, item: Item
) -> ReviewContent:
    section, quote = _place_of(document, item)
    return ReviewContent(division=division, section=section, quote=quote, result=_told(kind, item))


def _told(kind: PartKind, item: Item) -> str:
    values = _named(kind, item)
    if kind == PartKind.EXPERIENCE:
        return (
            _(
                "공고의 %(kind)s ‘%(asked)s’에 비해 이 직무로 일한 기간이 짧게 보입니다. 같은 일을 "
                "한 경력이 더 있으면 기간과 맡은 일을 적어 주십시오."
            )
            % values
        )
    if item.found == Found.PARTLY and item.lacks:
        return (
            _(
                "공고의 %(kind)s ‘%(asked)s’ 가운데 일부만 보입니다. 이력서에 없는 말은 "
                "%(lacks)s입니다. 해 본 일이라면 어디에서 무엇을 했는지 한 줄로 적어 주십시오."
            )
            % values
        )
    if item.found == Found.PARTLY:
        return (
            _(
                "공고의 %(kind)s ‘%(asked)s’에 맞는 근거가 약합니다. 이 대목에 규모와 결과를 더해 "
                "공고의 요구와 이어지게 써 주십시오."
            )
            % values
        )
    return (
        _(
            "공고의 %(kind)s ‘%(asked)s’에 맞는 근거가 이력서에 없습니다. 해 본 일이라면 어디에서 "
            "무엇을 했는지 적고, 해 보지 않았다면 적지 말고 메울 계획을 지원 동기에서 밝히십시오."
        )
        % values
    )


def _named(kind: PartKind, item: Item) -> dict[str, str]:
    return {
        "kind": str(kind.label),
        "asked": excerpt(item.text),
        "lacks": ", ".join(item.lacks[:5]),
    }


def _place_of(document: ResumeDocument, item: Item) -> tuple[Section, str]:
    """Return where to write what is missing: at what proves a part of it, else the whole résumé.

    What is missing has no words to quote, and only an empty section may be named without.
    """
    if item.section and item.quote:
        return item.section, item.quote
    empty = document.is_empty(Section.EXPERIENCES)
    return (Section.EXPERIENCES if empty else Section.BASICS), ""


def _unchecked(match: Match) -> Iterator[ReviewContent]:
    if match.unchecked:
        yield ReviewContent(
            division=Division.RECOMMENDATION,
            section=Section.BASICS,
            quote="",
            result=_(
                "이력서만으로는 확인할 수 없는 조건이 있습니다: %(conditions)s. 지원하기 전에 직접 "
                "확인해 주십시오."
            )
            % {"conditions": ", ".join(f"‘{excerpt(text)}’" for text in match.unchecked[:5])},
        )


def _findings(document: ResumeDocument, on: date) -> list[ReviewContent]:
    flaws = [f for f in run_checks(document, on) if f.division != Division.STRENGTH]
    return [
        ReviewContent(
            division=flaw.division, section=flaw.section, quote=flaw.quote, result=flaw.text
        )
        for flaw in sorted(flaws, key=lambda flaw: -flaw.weight)[:MAX_FINDINGS]
    ]


def _overall(posting: PostingDocument, match: Match, asked: list[Asked]) -> str:
    title = excerpt(posting.title)
    if match.rate is None:
        return _(
            "‘%(title)s’ 공고에서 이력서와 맞춰 볼 내용을 찾지 못해 일치율을 매기지 않았습니다. "
            "공고의 자격 요건이나 주요 업무를 채운 뒤 다시 요청해 주십시오."
        ) % {"title": title}
    counts = ", ".join(
        _("%(kind)s %(count)d가지 중 %(found)d가지")
        % {
            "kind": part.kind.label,
            "count": len(part.items),
            "found": sum(item.found == Found.FOUND for item in part.items),
        }
        for part in match.parts
    )
    paragraphs = [
        _("‘%(title)s’ 공고와의 일치율은 %(rate)d%%입니다. 확인된 것: %(counts)s.")
        % {"title": title, "rate": match.rate, "counts": counts},
        _first_to_mend(asked, match),
        _(
            "이 일치율은 이력서에 적힌 말로만 계산했습니다. 적힌 내용이 사실인지와 글로 드러나지 "
            "않은 역량은 판단하지 않았습니다."
        ),
    ]
    return "\n\n".join(paragraphs)


# Under this, little of the résumé is about the kind of work that is asked for.
_OFF_THE_CALLING = 0.6


def _first_to_mend(asked: list[Asked], match: Match) -> str:
    if match.relevance < _OFF_THE_CALLING:
        return _(
            "이력서에서 이 공고의 직무와 이어지는 말을 거의 찾지 못했습니다. 관련된 경험이 있으면 "
            "공고에 쓰인 일과 도구의 이름을 그대로 써서 적어 주십시오."
        )
    missing = [item for kind, item in asked if kind in _DEMANDED and item.found != Found.FOUND]
    optional = [item for kind, item in asked if kind == PartKind.TECHNOLOGIES]
    if not missing:
        return _("공고가 꼭 바라는 것은 모두 이력서에서 근거를 찾았습니다.")
    # A technology of the list may be one of several that a must-have leaves open.
    worst = min(missing, key=lambda item: (item in optional, item.score))
    return _("먼저 채울 것은 ‘%(asked)s’입니다.") % {"asked": excerpt(worst.text)}
