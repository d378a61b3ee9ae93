"""What a guide says of a plan by rules, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feedback.checks.sentences import excerpt
from gaechwi.particles import with_particle
from studyguides.lessons import CHECK_LENGTH, KEYWORD_LENGTH, MAX_CHECKS, Level
from studyguides.materials import Gap, SetAside
from studyguides.planning import Plan, Step
from studyguides.reasons import Reason

# Raised whenever the rules plan or word differently, so that a guide tells what it rests on.
RULES_VERSION = "guide-2"

# More names than this in one sentence are not read.
MAX_NAMES = 3
MAX_ASIDE = 5

_TARGETS = {
    Level.BASIC: gettext_lazy("개념을 설명하고 예제를 고쳐 볼 수 있으면 충분합니다."),
    Level.WORKING: gettext_lazy("작은 과제 하나를 혼자 끝낼 수 있으면 충분합니다."),
    Level.EXAM: gettext_lazy("모의시험에서 기준을 두 번 넘기면 충분합니다."),
}


@dataclass(frozen=True)
class Worded:
    """A step in words: what the item of a guide holds."""

    title: str
    description: str
    hours: int
    checks: tuple[str, ...]
    keywords: tuple[str, ...]


def worded(step: Step) -> Worded:
    """Return a step in words."""
    return Worded(
        title=title_of(step),
        description="\n".join(_description(step)),
        hours=step.hours,
        checks=tuple(check[:CHECK_LENGTH] for check in _checks(step))[:MAX_CHECKS],
        keywords=tuple(dict.fromkeys(word[:KEYWORD_LENGTH] for word in _keywords(step))),
    )


def title_of(step: Step) -> str:
    """Return what a step is called."""
    if step.practice:
        question = excerpt(step.practice.gap.text)
        return _("면접 질문에 다시 답하기: %(question)s") % {"question": question}
    if not step.skill:
        return _("‘%(topic)s’ 준비하기") % {"topic": excerpt(step.topic)}
    if step.lesson and step.lesson.level == Level.EXAM:
        exam = step.lesson.texts(get_language()).name
        title = _("%(exam)s 시험 준비") % {"exam": exam}
        return f"{title} ({step.mark})" if step.mark else title
    name = step.lesson.texts(get_language()).name if step.lesson else step.skill
    return _("%(skill)s 익히기") % {"skill": name}


def _description(step: Step) -> Iterator[str]:
    """Yield the paragraphs of a description: why, what, and how far."""
    if step.is_asked:
        yield _("메울 빈틈: %(gaps)s") % {"gaps": _gaps(step.gaps)}
    if step.prepares:
        yield _("%(names)s 배우기 전에 알아야 합니다.") % {
            "names": with_particle(_names(step.prepares), "을/를")
        }
    if step.practice:
        yield from _of_answer(step)
    elif step.lesson:
        texts = step.lesson.texts(get_language())
        yield _("배울 차례: %(topics)s") % {"topics": " → ".join(texts.topics)}
        yield str(_TARGETS[step.lesson.level])
        if step.lesson.degree:
            yield _(
                "학력이나 경력이 있어야 응시할 수 있는 시험입니다. 접수 전에 Q-Net의 응시 자격 "
                "자가 진단으로 전공까지 확인하십시오."
            )
    else:
        yield _(
            "학습 지도에 아직 없는 주제입니다. 공식 문서나 입문 강의로 무엇을 하는 것인지부터 "
            "살피고, 작은 예를 하나 만들어 보십시오. 시간은 대략의 어림입니다."
        )
    if step.instead:
        yield _(
            "공고는 %(names)s 가운데 하나면 된다고 합니다. 더 빨리 갖출 수 있는 것을 골랐습니다."
        ) % {"names": _names([step.skill, *step.instead])}


def _of_answer(step: Step) -> Iterator[str]:
    practice = step.practice
    if practice is None:
        return
    yield _("지난 답은 %(score)d점이었습니다. %(advice)s") % {
        "score": practice.answer.score,
        "advice": practice.answer.improvements,
    }
    if practice.skills:
        yield _("답하기 전에 다시 볼 것: %(skills)s") % {"skills": _names(practice.skills)}
    yield _("답을 글로 써 보고, 소리 내어 두 번 말한 뒤 위의 조언과 견주어 보십시오.")


def _checks(step: Step) -> Iterator[str]:
    if step.practice:
        yield step.practice.gap.text
    elif step.lesson:
        yield from step.lesson.texts(get_language()).checks
    else:
        yield _("‘%(topic)s’에 관해 자료 없이 5분 동안 예를 들어 설명할 수 있습니까?") % {
            "topic": excerpt(step.skill or step.topic)
        }


def _keywords(step: Step) -> Iterator[str]:
    if step.practice:
        yield from step.practice.skills[:MAX_NAMES]
        yield _("면접 답변")
    elif step.lesson:
        yield from step.lesson.texts(get_language()).topics
    else:
        yield step.skill or excerpt(step.topic)


def put_off(plan: Plan) -> Iterator[SetAside]:
    """Yield what there is no time for, as it is kept with a guide."""
    for later in plan.put_off:
        for gap in later.gaps:
            yield SetAside(
                gap=gap, reason=Reason.LATER, title=title_of(later.step), hours=later.hours
            )


def guide_title(about: str) -> str:
    """Return what a guide is called that is about a posting, or "" about an interview alone."""
    if about:
        return _("‘%(title)s’ 학습 가이드") % {"title": excerpt(about)}
    return _("면접 답변 학습 가이드")


def guide_keywords(plan: Plan) -> list[str]:
    """Return the names of what is asked and planned, the most urgent first."""
    asked = [step.skill for step in plan.steps if step.is_asked and step.skill]
    return list(dict.fromkeys(asked))


def summary(plan: Plan) -> str:
    """Return what a plan comes to: how much, in which time, and where to begin."""
    if not plan.steps:
        return (
            _("마감까지 남은 시간이 짧아 가이드에 담을 수 있는 것이 없습니다.")
            if plan.put_off
            else _("공부로 채울 것은 없습니다.")
        )
    values = {"count": len(plan.steps), "hours": plan.total_hours}
    sentences = [_("%(count)d가지를 모두 %(hours)d시간에 익히는 차례입니다.") % values]
    if plan.hours_available is not None:
        sentences.append(
            _("마감까지 쓸 수 있는 시간은 %(hours)d시간입니다.") % {"hours": plan.hours_available}
        )
    sentences.append(_("먼저 할 것은 ‘%(title)s’입니다.") % {"title": title_of(plan.steps[0])})
    return " ".join(sentences)


def left_out(plan: Plan) -> str:
    """Return what of all that is missing is no item, and why: nothing is dropped in silence."""
    paragraphs = []
    if plan.put_off:
        names = _names((title_of(later.step) for later in plan.put_off), MAX_ASIDE)
        hours = sum(later.hours for later in plan.put_off)
        paragraphs.append(
            _("시간이 모자라 뒤로 미룬 것(%(hours)d시간): %(names)s.")
            % {"hours": hours, "names": names}
        )
    by_reason = sorted(plan.set_aside, key=lambda aside: list(Reason).index(aside.reason))
    for reason, asides in groupby(by_reason, key=lambda aside: aside.reason):
        quoted = (f"‘{excerpt(aside.gap.text)}’" for aside in asides)
        paragraphs.append(f"{reason.label}: {_names(quoted, MAX_ASIDE)}.")
    if not paragraphs:
        return ""
    return "\n".join([_("이 가이드에 넣지 않은 것도 있습니다."), *paragraphs])


def _gaps(gaps: Iterable[Gap]) -> str:
    """Return gaps as "필수 요건 ‘…’, 기술 ‘…’"."""
    texts = (f"{gap.source.label} ‘{excerpt(gap.text)}’" for gap in gaps)
    return _names(texts)


def _names(names: Iterable[str], limit: int = MAX_NAMES) -> str:
    """Return names as a list, of too many the first and how many more there are."""
    each = list(dict.fromkeys(names))
    listed = ", ".join(each[:limit])
    if len(each) <= limit:
        return listed
    return _("%(names)s 외 %(count)d가지") % {"names": listed, "count": len(each) - limit}
