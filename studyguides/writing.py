"""Makes a guide of its material: the rules plan it, and they or a model word it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from feedback.matching.levels import highest_degree
from gaechwi.ai import gateway
from gaechwi.ai.errors import ModelAnswerInvalid
from gaechwi.ai.gateway import Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs.models import Engine
from resumes.privacy import redaction_for
from studyguides import wording
from studyguides.gaps import known_of, missing_in
from studyguides.lessons import Graph
from studyguides.materials import Material, SetAside
from studyguides.planning import Plan, Step, hours_until, plan
from studyguides.prompts import guide_prompt
from studyguides.schemas import GuideWording, ItemWording
from studyguides.wording import Worded

# A model may find that somebody learns faster, for what they know already; never slower, as the
# plan has to fit its time.
LEAST_SHARE = 0.5

Items = tuple[tuple[Step, Worded], ...]


@dataclass(frozen=True)
class Written:
    """A guide, and how it came about."""

    title: str
    summary: str
    keywords: tuple[str, ...]
    items: Items
    set_aside: tuple[SetAside, ...]
    hours_available: int | None
    model: str
    prompt_version: str
    usage: Usage


def write(
    material: Material,
    graph: Graph,
    *,
    hours_a_week: int,
    engine: Engine,
    on: date,
    language: str,
) -> Written:
    """Return a guide that closes what is missing, as far as study can and the time allows.

    `on` is the day it begins, `language` the language code to write in. Raises AIError where a
    model is asked and gives none.
    """
    made = _plan(material, graph, hours_a_week, on)
    items: Items = tuple((step, wording.worded(step)) for step in made.steps)
    written = Written(
        title=wording.guide_title(material.asked[0].posting.title if material.asked else ""),
        summary=wording.summary(made),
        keywords=tuple(wording.guide_keywords(made)),
        items=items,
        set_aside=(*made.set_aside, *wording.put_off(made)),
        hours_available=made.hours_available,
        model="",
        prompt_version=wording.RULES_VERSION,
        usage=Usage(),
    )
    # There is nothing to explain where there is nothing to learn.
    if engine == Engine.OPENAI and items:
        written = _by_model(written, material, language)
    # Whoever words it: what is no item is named.
    told = filter(None, (written.summary, wording.left_out(made)))
    return replace(written, summary="\n\n".join(told))


def _plan(material: Material, graph: Graph, hours_a_week: int, on: date) -> Plan:
    deadlines = [asked.posting.deadline for asked in material.asked]
    resume = material.resume
    return plan(
        missing_in(material, on),
        known_of(resume),
        graph,
        degree=highest_degree(resume.educations) if resume else None,
        hours_available=hours_until(deadlines, on, hours_a_week),
    )


def _by_model(written: Written, material: Material, language: str) -> Written:
    redaction = redaction_for(material.resume) if material.resume else Redaction()
    prompt = guide_prompt(material, written.items, redaction, language)
    completion = gateway.complete(prompt, GuideWording)
    said = {item.number: item for item in completion.answer.items}
    # What closes no gap of the plan has no number there.
    if not said.keys() & set(range(1, len(written.items) + 1)):
        raise ModelAnswerInvalid(usage=completion.usage)
    return replace(
        written,
        summary=redaction.restore(completion.answer.summary),
        items=_in_its_words(written.items, said, redaction),
        model=completion.model,
        prompt_version=prompt.version,
        usage=completion.usage,
    )


def _in_its_words(
    items: Sequence[tuple[Step, Worded]], said: dict[int, ItemWording], redaction: Redaction
) -> Items:
    """Return the items in a model's words; those that it left out keep the rules'."""
    return tuple(
        (step, _of(said[number], worded, step, redaction) if number in said else worded)
        for number, (step, worded) in enumerate(items, start=1)
    )


def _of(item: ItemWording, worded: Worded, step: Step, redaction: Redaction) -> Worded:
    least = ceil(worded.hours * LEAST_SHARE)
    restored = [redaction.restore(check) for check in item.checks]
    keywords = [redaction.restore(keyword).strip() for keyword in item.keywords]
    return replace(
        worded,
        description=redaction.restore(item.description),
        hours=max(least, min(worded.hours, item.hours)),
        # The question of an interview is what has to be answered, in its own words.
        checks=worded.checks if step.practice else tuple(restored),
        keywords=tuple(dict.fromkeys(filter(None, keywords))) or worded.keywords,
    )
