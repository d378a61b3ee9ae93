"""How a question could have been answered, with nothing but what the applicant wrote and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback import placeholders
from feedback.checks.claims import claim
from feedback.checks.figures import has_figure
from feedback.checks.sentences import clip, split
from feedback.matching.telling import tells_of_work
from interviews.answers import Reading
from interviews.demands import Element, Shape, shape_of
from interviews.topics import BasisKind, Topic
from resumes.document import Passage, ResumeDocument, Section
from resumes.periods import period_text
from resumes.privacy import redaction_for


@dataclass(frozen=True)
class _Line:
    """One part of an answer: its name, what of the answer fills it, and what asks for it.

    `most` is the number of sentences that it takes.
    """

    label: Promise
    element: Element
    placeholder: str
    most: int = 1


_SITUATION = _Line(gettext_lazy("상황"), Element.SITUATION, placeholders.SITUATION)
_ACTION = _Line(gettext_lazy("한 일"), Element.ACTION, placeholders.OWN_PART, most=2)
_RESULT = _Line(gettext_lazy("결과"), Element.RESULT, placeholders.RESULT)
_REASON = _Line(gettext_lazy("판단한 이유"), Element.REASON, placeholders.REASON)
_LESSON = _Line(gettext_lazy("배운 점"), Element.LESSON, placeholders.LESSON)
_PLAN = _Line(gettext_lazy("계획"), Element.PLAN, placeholders.PLAN, most=2)
# Which line chooses its sentences first: what is told once, before what many sentences tell.
_FIRST = (_RESULT, _PLAN, _LESSON, _SITUATION, _REASON, _ACTION)
_LINES: Mapping[Shape, tuple[_Line, ...]] = {
    Shape.STORY: (_SITUATION, _ACTION, _RESULT),
    Shape.ATTITUDE: (_SITUATION, _ACTION, _RESULT, _LESSON),
    Shape.KNOWLEDGE: (_SITUATION, _REASON, _ACTION, _RESULT),
    Shape.PLAN: (_ACTION, _PLAN),
    Shape.PERIOD: (_SITUATION, _ACTION, _LESSON),
    Shape.INTRODUCTION: (_SITUATION, _ACTION, _RESULT, _REASON),
}


def model_answer(topic: Topic, reading: Reading, document: ResumeDocument) -> str:
    """Return the skeleton of a good answer: a line for each part of it.

    A part that was told stands in the applicant's own words, else in those of the résumé where it
    has them; what neither says is left to be filled in.
    """
    shape = shape_of(topic)
    facts = _facts(topic, document)
    lines = [line for line in _FIRST if line in _LINES[shape]]
    chosen = _chosen(lines, reading)
    told = []
    for line in _LINES[shape]:
        words = chosen[line]
        if not words and line.element in reading.elements:
            # Its sentence stands in another line.
            continue
        if not words and line.element in facts:
            words = _("‘%(fact)s’ (이력서)") % {"fact": facts[line.element]}
        if words and line is _RESULT and shape is Shape.STORY and not has_figure(words):
            words = f"{words} {placeholders.FIGURE}"
        told.append(f"{line.label}: {words or line.placeholder}")
    return "\n".join(told)


def _chosen(lines: Iterable[_Line], reading: Reading) -> dict[_Line, str]:
    """Return the sentences of an answer for each line, no sentence for two of them."""
    chosen = {}
    used: set[str] = set()
    for line in lines:
        said = [said for said in reading.with_any(line.element) if said.text not in used]
        said.sort(key=lambda said: line is _RESULT and Element.FIGURE not in said.elements)
        texts = [one.text for one in said[: line.most]]
        used.update(texts)
        chosen[line] = " ".join(clip(text) for text in texts)
    return chosen


def _facts(topic: Topic, document: ResumeDocument) -> dict[Element, str]:
    """Return what the entry of the résumé that a question rests on says of situation and result."""
    passage = next(
        (
            p
            for p in document.passages()
            if topic.quote and p.section == topic.section and topic.quote in p.text
        ),
        None,
    )
    if passage is None or shape_of(topic) not in (Shape.STORY, Shape.KNOWLEDGE):
        return {}
    redaction = redaction_for(document)
    facts = {}
    for element, text in _written(passage, topic, document):
        fit = text and redaction.redact(text) == text
        if fit and element not in facts and tells_of_work(text):
            facts[element] = text
    return facts


def _written(
    passage: Passage, topic: Topic, document: ResumeDocument
) -> Iterator[tuple[Element, str]]:
    description = ""
    index = passage.index or 0
    if passage.section == Section.EXPERIENCES:
        job = document.experiences[index]
        period = period_text(job.start_date, job.end_date)
        yield Element.SITUATION, ", ".join(filter(None, (job.company, job.position, period)))
        description = job.description
    elif passage.section == Section.PROJECTS:
        project = document.projects[index]
        yield Element.SITUATION, ", ".join(filter(None, (project.title, project.role)))
        description = project.description
    elif passage.section == Section.ACTIVITIES:
        activity = document.activities[index]
        yield Element.SITUATION, ", ".join(filter(None, (activity.title, activity.organization)))
        description = activity.description
    elif passage.section == Section.INTRODUCTION:
        description = topic.quote
    sentences = [clip(sentence.text) for sentence in split(description)]
    # Of a list of work, only what was asked about; what a name stands for is all told below it.
    for text in [topic.quote] if topic.quote in sentences else sentences:
        if has_figure(text) and (claim(text) or topic.kind == BasisKind.ACHIEVEMENT):
            yield Element.RESULT, text
        else:
            yield Element.ACTION, text
