"""The review of a résumé against a posting that needs no model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.utils.translation import gettext as _

from feedback.checks import run_checks
from feedback.checks.sentences import excerpt
from feedback.matching.evidence import LISTED
from feedback.matching.result import Found, Item, Match, PartKind
from feedback.schemas import Division, Review, ReviewContent
from gaechwi.particles import with_particle
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section

# Raised whenever the rules of matching judge differently.
RULES_VERSION = "match-4"

MAX_STRENGTHS = 4
MAX_GAPS = 10
# What is wrong with the résumé itself, whatever the posting: the weightiest only.
MAX_FINDINGS = 3

# What a posting asks for, before what it would like.
_DEMANDED = (PartKind.MUST_HAVE, PartKind.TECHNOLOGIES, PartKind.EXPERIENCE)

# More names than this in one remark are not read.
MAX_NAMES = 5

Asked = tuple[PartKind, Item]


def review(document: ResumeDocument, posting: PostingDocument, match: Match, on: date) -> Review:
    """Return the review of a résumé as read on the day `on`, against a posting it was matched with.

    What was found is a strength, a missing demand an improvement, a missing wish a recommendation.
    """
    asked = [(part.kind, item) for part in match.parts for item in part.items]
    contents = [
        *islice(_strengths(document, asked), MAX_STRENGTHS),
        *islice(_gaps(document, _each_gap_once(asked)), MAX_GAPS),
        *_unchecked(match),
        *_findings(document, on),
    ]
    return Review(overall=_overall(posting, match, asked), contents=contents)


def _strengths(document: ResumeDocument, asked: Iterable[Asked]) -> Iterator[ReviewContent]:
    """Yield a remark for each proof, with all that it proves."""
    descriptions = [p.text for p in document.passages() if p.field == "description"]
    proven: dict[tuple[Section, str], list[Asked]] = {}
    for kind, item in asked:
        if item.found == Found.FOUND and item.section:
            proven.setdefault((item.section, item.quote), []).append((kind, item))
    advised = False
    for (section, quote), items in proven.items():
        told = _("공고의 %(asked)s에 맞는 근거입니다.") % {"asked": _quoted(items)}
        # A period or a school stands where it stands.
        if not advised and any(quote in text for text in descriptions):
            advised = True
            advice = _("지원할 때 이 대목이 먼저 보이도록 위쪽에 두십시오.")
            told = f"{told} {advice}"
        yield ReviewContent(division=Division.STRENGTH, section=section, quote=quote, result=told)


def _each_gap_once(asked: Iterable[Asked]) -> list[Asked]:
    """Return what is not found, without what lacks nothing that was not lacking before.

    A line tells more of what is asked than a name in a list, so technologies come last.
    """
    gaps = [(kind, item) for kind, item in asked if item.found != Found.FOUND]
    gaps.sort(key=lambda gap: gap[0] == PartKind.TECHNOLOGIES)
    named: set[str] = set()
    kept = []
    for kind, item in gaps:
        keywords = {*item.lacks} or {*item.has}
        if kind == PartKind.EXPERIENCE or not keywords or keywords - named:
            kept.append((kind, item))
        named |= keywords
    return kept


def _gaps(document: ResumeDocument, gaps: list[Asked]) -> Iterator[ReviewContent]:
    """Yield what to mend, demands before wishes, what is missing before what is weak."""
    demands = [gap for gap in gaps if gap[0] != PartKind.PREFERRED]
    wishes = [gap for gap in gaps if gap[0] == PartKind.PREFERRED]
    yield from _of_kind(document, Division.IMPROVEMENT, demands)
    yield from _of_kind(document, Division.RECOMMENDATION, wishes)


def _of_kind(
    document: ResumeDocument, division: Division, gaps: list[Asked]
) -> Iterator[ReviewContent]:
    missing = [gap for gap in gaps if gap[1].found == Found.MISSING]
    lines = [gap for gap in missing if gap[0] in (PartKind.MUST_HAVE, PartKind.PREFERRED)]
    technologies = [gap for gap in missing if gap[0] == PartKind.TECHNOLOGIES]
    nowhere = Section.EXPERIENCES if document.is_empty(Section.EXPERIENCES) else Section.BASICS

    def remark(text: str, proof: Item | None = None) -> ReviewContent:
        section = (proof.section if proof else None) or nowhere
        quote = proof.quote if proof else ""
        return ReviewContent(division=division, section=section, quote=quote, result=text)

    if lines:
        yield remark(_not_found(lines))
    if technologies:
        yield remark(_technologies_not_found(technologies))
    for kind, item in gaps:
        if kind == PartKind.EXPERIENCE:
            yield remark(_too_short(item), item)
    partly = [gap for gap in gaps if gap[1].found == Found.PARTLY]
    listed = [gap for gap in partly if _is_only_listed(gap)]
    if listed:
        yield remark(_only_listed(listed), listed[0][1])
    # Of its sort the first remark says what to do, and the next ones only where.
    advised: set[bool] = set()
    for gap in partly:
        if gap in listed or gap[0] == PartKind.EXPERIENCE:
            continue
        lacks = bool(gap[1].lacks)
        yield remark(_partly(gap, with_advice=lacks not in advised), gap[1])
        advised.add(lacks)


def _is_only_listed(gap: Asked) -> bool:
    kind, item = gap
    return kind != PartKind.EXPERIENCE and item.section in LISTED and not item.lacks


def _not_found(gaps: list[Asked]) -> str:
    return _(
        "공고의 %(asked)s에 맞는 근거가 이력서에 없습니다. 해 본 일이라면 어디에서 무엇을 했는지 "
        "적고, 해 보지 않았다면 적지 말고 메울 계획을 지원 동기에서 밝히십시오."
    ) % {"asked": _quoted(gaps)}


def _technologies_not_found(gaps: list[Asked]) -> str:
    names = _names(item.text for _kind, item in gaps)
    return _(
        "공고의 기술 가운데 %(names)s 이력서에서 찾지 못했습니다. 써 본 것이 있으면 어느 "
        "일에 어떻게 썼는지 적어 주십시오."
    ) % {"names": with_particle(names, "을/를")}


def _too_short(item: Item) -> str:
    return _(
        "공고의 경력 기간 ‘%(asked)s’에 비해 이 직무로 일한 기간이 짧게 보입니다. 같은 일을 한 "
        "경력이 더 있으면 기간과 맡은 일을 적어 주십시오."
    ) % {"asked": excerpt(item.text)}


def _only_listed(gaps: list[Asked]) -> str:
    names = _names(
        item.text if kind == PartKind.TECHNOLOGIES else f"‘{excerpt(item.text)}’"
        for kind, item in gaps
    )
    return _(
        "%(names)s 자기소개나 기술 목록에만 있고 한 일에서는 보이지 않아 일부만 셌습니다. "
        "어디에서 어떻게 했는지 경력이나 프로젝트에 한 줄로 적어 주십시오."
    ) % {"names": with_particle(names, "은/는")}


def _partly(gap: Asked, *, with_advice: bool) -> str:
    _kind, item = gap
    asked = _quoted([gap])
    if not item.lacks:
        told = _("공고의 %(asked)s에 맞는 근거가 약합니다.") % {"asked": asked}
        advice = _("이 대목에 규모와 결과를 더해 공고의 요구와 이어지게 써 주십시오.")
    else:
        lacks = with_particle(_names(item.lacks), "은/는")
        told = _("공고의 %(asked)s 가운데 %(lacks)s 이력서에 없습니다.") % {
            "asked": asked,
            "lacks": lacks,
        }
        advice = _("해 본 일이라면 어디에서 무엇을 했는지 한 줄로 적어 주십시오.")
    return f"{told} {advice}" if with_advice else told


def _quoted(items: list[Asked]) -> str:
    """Return what is asked with the names of its parts: "필수 요건 ‘…’, ‘…’, 기술 ‘Java’"."""
    texts: dict[PartKind, list[str]] = {}
    for kind, item in items:
        texts.setdefault(kind, []).append(f"‘{excerpt(item.text)}’")
    return ", ".join(f"{kind.label} {_names(of_kind)}" for kind, of_kind in texts.items())


def _names(names: Iterable[str]) -> str:
    """Return names as a list, of too many the first and how many more there are."""
    each = list(dict.fromkeys(names))
    listed = ", ".join(each[:MAX_NAMES])
    if len(each) <= MAX_NAMES:
        return listed
    return _("%(names)s 외 %(count)d가지") % {"names": listed, "count": len(each) - MAX_NAMES}


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
    if not missing:
        return _("공고가 꼭 바라는 것은 모두 이력서에서 근거를 찾았습니다.")
    worst = min(missing, key=lambda item: item.score)
    return _("먼저 채울 것은 ‘%(asked)s’입니다.") % {"asked": excerpt(worst.text)}
