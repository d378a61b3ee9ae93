"""The reviewer that needs no model: it reads by rules and says the same twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.checks import run_checks
from feedback.checks.finding import Finding
from feedback.checks.sentences import clip, excerpt
from feedback.schemas import Division, Review, ReviewContent
from resumes.document import ResumeDocument, Section

# Raised whenever the rules judge differently, so that a stored feedback tells what it rests on.
RULES_VERSION = "5"

# What a person can take in at one sitting.
LIMITS = {Division.STRENGTH: 6, Division.IMPROVEMENT: 10, Division.RECOMMENDATION: 8}
MAX_OF_ONE_CHECK = 3
# A remark of the answer schema holds no more.
MAX_RESULT_LENGTH = 1000
# From this many on, a flaw is a habit worth naming.
HABIT = 3

LABELS = {
    "gap_open": gettext_lazy("채우지 않은 자리"),
    "missing_figure": gettext_lazy("수치 없는 성과"),
    "vague_phrase": gettext_lazy("막연한 표현"),
    "cliche": gettext_lazy("상투적인 표현"),
    "vague_amount": gettext_lazy("크기를 알 수 없는 표현"),
    "duties_only": gettext_lazy("성과 없이 업무만 적은 경력"),
    "date_gap": gettext_lazy("설명 없는 공백 기간"),
    "date_overlap": gettext_lazy("겹치는 경력 기간"),
    "date_order": gettext_lazy("앞뒤가 바뀐 날짜"),
    "future_date": gettext_lazy("아직 오지 않은 날짜"),
    "section_missing": gettext_lazy("비어 있는 항목"),
    "section_thin": gettext_lazy("내용이 부족한 항목"),
    "introduction_short": gettext_lazy("너무 짧은 자기소개"),
    "introduction_long": gettext_lazy("너무 긴 자기소개"),
    "wall_of_text": gettext_lazy("나누지 않은 긴 문단"),
    "long_sentence": gettext_lazy("지나치게 긴 문장"),
    "mixed_endings": gettext_lazy("섞여 있는 문장 끝맺음"),
    "repeated_sentence": gettext_lazy("되풀이된 문장"),
    "technology_unproven": gettext_lazy("쓴 흔적이 없는 기술"),
    "project_incomplete": gettext_lazy("역할·기간·결과가 빠진 프로젝트"),
    "contact_missing": gettext_lazy("빠진 연락처"),
    "score_expired": gettext_lazy("유효 기간이 지난 성적"),
    "graduation_missing": gettext_lazy("빠진 졸업 여부"),
    "own_part_unclear": gettext_lazy("본인의 몫이 보이지 않는 팀 성과"),
    "figure": gettext_lazy("숫자로 보인 성과"),
    "tenure": gettext_lazy("한 곳에서 오래 일한 경력"),
    "technology_proven": gettext_lazy("실제로 쓴 기술"),
    "certificate": gettext_lazy("확인할 수 있는 자격"),
    "award": gettext_lazy("수상 경력"),
    "story": gettext_lazy("결과까지 맺은 이야기"),
    "leadership": gettext_lazy("사람을 이끈 경험"),
    "career_line": gettext_lazy("방향이 뚜렷한 경력"),
}


def review(document: ResumeDocument, on: date) -> Review:
    """Return the review of a résumé as read on the day `on`: the weightiest remarks first."""
    findings = run_checks(document, on)
    chosen = {
        division: _chosen((f for f in findings if f.division == division), limit)
        for division, limit in LIMITS.items()
    }
    contents = [
        ReviewContent(
            division=division, section=found.section, quote=found.quote, result=found.text
        )
        for division, remarks in chosen.items()
        for found in remarks
    ]
    if not chosen[Division.RECOMMENDATION]:
        contents.append(_next_step(document, chosen[Division.STRENGTH]))
    return Review(overall=_overall(document, findings, chosen), contents=contents)


def _by_weight(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: -finding.weight)


def _chosen(findings: Iterable[Finding], limit: int) -> list[Finding]:
    """Return the weightiest findings, at most MAX_OF_ONE_CHECK of each check.

    Each section is heard once about each check before any is heard twice, and what several
    checks say about the same words becomes one remark.
    """
    first: list[Finding] = []
    repeated: list[Finding] = []
    heard: set[tuple[str, Section]] = set()
    for finding in _merged(_by_weight(findings)):
        key = (finding.check, finding.section)
        (repeated if key in heard else first).append(finding)
        heard.add(key)
    counts: Counter[str] = Counter()
    chosen: list[Finding] = []
    for finding in [*first, *repeated]:
        if len(chosen) < limit and counts[finding.check] < MAX_OF_ONE_CHECK:
            counts[finding.check] += 1
            chosen.append(finding)
    return _by_weight(chosen)


def _merged(findings: list[Finding]) -> list[Finding]:
    merged: dict[tuple[Section, str], Finding] = {}
    for finding in findings:
        key = (finding.section, finding.quote)
        leading = merged.get(key)
        if leading is None:
            merged[key] = finding
        elif finding.division != Division.STRENGTH and finding.text not in leading.text:
            text = f"{leading.text} {finding.text}"
            if len(text) <= MAX_RESULT_LENGTH:
                merged[key] = Finding(
                    leading.check,
                    leading.division,
                    leading.section,
                    leading.quote,
                    text,
                    leading.weight,
                )
    return list(merged.values())


def _next_step(document: ResumeDocument, good: list[Finding]) -> ReviewContent:
    """Return the recommendation for a résumé in which no rule misses anything."""
    if good:
        return ReviewContent(
            division=Division.RECOMMENDATION,
            section=good[0].section,
            quote=good[0].quote,
            result=_(
                "규칙으로 찾을 수 있는 빠진 내용은 없습니다. 지원할 공고가 정해지면 ‘%(quote)s’ "
                "대목을 공고가 요구하는 일과 이어, 자기소개 첫머리에 한 문장으로 써 보십시오."
            )
            % {"quote": excerpt(good[0].quote)},
        )
    passage = next((p for p in document.passages() if p.section != Section.BASICS), None)
    return ReviewContent(
        division=Division.RECOMMENDATION,
        section=passage.section if passage else Section.BASICS,
        quote=clip(passage.text) if passage else "",
        result=_(
            "규칙으로 찾을 수 있는 빠진 내용은 없습니다. 지원할 공고를 정해 공고에 맞춘 검토를 "
            "받아 보십시오."
        ),
    )


def _overall(
    document: ResumeDocument, findings: list[Finding], chosen: dict[Division, list[Finding]]
) -> str:
    good = _by_weight(f for f in findings if f.division == Division.STRENGTH)
    flaws = _by_weight(f for f in findings if f.division != Division.STRENGTH)
    paragraphs = [
        [_first_to_mend(flaws), _best(good)],
        [_habits(flaws), _missing_sections(flaws)],
        [_read(document), _shown(len(findings), sum(map(len, chosen.values())))],
        [
            _(
                "이 검토는 정해진 규칙으로 글을 읽은 결과여서, 적힌 내용이 사실인지와 특정 직무에 "
                "얼마나 맞는지는 판단하지 않았습니다."
            )
        ],
    ]
    joined = (" ".join(filter(None, sentences)) for sentences in paragraphs)
    return "\n\n".join(filter(None, joined))


def _read(document: ResumeDocument) -> str:
    filled = [str(section.label) for section in Section if not document.is_empty(section)]
    if not filled:
        return _("이력서에 아직 읽을 내용이 없습니다.")
    counts = [
        (_("경력 %(count)s건"), len(document.experiences)),
        (_("프로젝트 %(count)s건"), len(document.projects)),
        (_("자기소개 %(count)s자"), len(document.introduction)),
    ]
    return _("채워진 항목(%(sections)s)을 읽었습니다. 분량: %(counts)s.") % {
        "sections": ", ".join(filled),
        "counts": _listed(counts),
    }


def _shown(found: int, shown: int) -> str:
    if found <= shown:
        return ""
    return _("찾은 %(found)d군데 가운데 무게가 큰 %(shown)d군데를 보여 드립니다.") % {
        "found": found,
        "shown": shown,
    }


def _listed(counts: list[tuple[str, int]]) -> str:
    filled = [text % {"count": intcomma(count)} for text, count in counts if count]
    return ", ".join(filled) or _("없음")


def _best(good: list[Finding]) -> str:
    if not good:
        return _(
            "아직 눈에 띄는 강점이 글로 드러나지 않아, 성과 한 가지를 숫자와 함께 적는 일부터 "
            "시작하기를 권합니다."
        )
    best = good[0]
    text = _(
        "가장 힘이 되는 부분은 %(section)s 항목의 ‘%(quote)s’ 대목(%(label)s)입니다."
    ) % _named(best)
    other = next((f for f in good if f.check != best.check and f.quote != best.quote), None)
    if other:
        text += " " + _("%(section)s 항목의 ‘%(quote)s’ 대목(%(label)s) 또한 돋보입니다.") % _named(
            other
        )
    return text


def _first_to_mend(flaws: list[Finding]) -> str:
    if not flaws:
        return _("규칙으로 찾을 수 있는 문제는 보이지 않습니다.")
    worst = flaws[0]
    values = _named(worst)
    if worst.quote:
        text = _("먼저 고칠 곳은 %(section)s 항목의 ‘%(quote)s’ 부분(%(label)s)입니다.") % values
    else:
        text = _("먼저 고칠 곳은 %(section)s 항목(%(label)s)입니다.") % values
    then = next((f for f in flaws if f.check != worst.check), None)
    if then:
        text += " " + _("그다음으로 %(section)s 항목의 문제(%(label)s)를 살펴보십시오.") % _named(
            then
        )
    return text


def _habits(flaws: list[Finding]) -> str:
    counts = Counter(finding.check for finding in flaws)
    habits = [(check, count) for check, count in counts.most_common(2) if count >= HABIT]
    if not habits:
        return ""
    listed = ", ".join(
        _("%(label)s %(count)d곳") % {"label": LABELS[check], "count": count}
        for check, count in habits
    )
    return _(
        "되풀이되는 습관도 있습니다: %(habits)s. 한 번에 함께 고치면 글 전체가 달라집니다."
    ) % {"habits": listed}


def _missing_sections(flaws: list[Finding]) -> str:
    missing = [str(f.section.label) for f in flaws if f.check == "section_missing"]
    if not missing:
        return ""
    return _("비어 있는 항목은 %(sections)s입니다.") % {"sections": ", ".join(missing)}


def _named(finding: Finding) -> dict[str, str]:
    return {
        "section": str(finding.section.label),
        "quote": excerpt(finding.quote),
        "label": str(LABELS[finding.check]),
    }
