"""The readers behind one interface: a language model, rules, and that of JSON Résumé."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from gaechwi.ai import gateway
from gaechwi.ai.gateway import Usage
from gaechwi.forms import plain
from gaechwi.jobs.models import Engine
from imports.children import content_of
from imports.enclosing import letters_of
from imports.extracting import UnreadableError
from imports.grounding import grounded, squeezed, unplaced, with_said_codes
from imports.jsonresume import SCHEMA_VERSION, lines_of, read_json_resume
from imports.models import Problem
from imports.naming import (
    activity_type_of,
    employment_type_of,
    graduation_status_of,
    level_of,
)
from imports.parsing import RULES_VERSION, parse
from imports.periods import day_in, period_in
from imports.prompts import READ_VERSION, read_prompt
from imports.schemas import ResumeAnswer
from postings.headings import kind_of
from postings.lines import read_lines
from resumes.document import ResumeDocument, Section, printable
from resumes.privacy import redaction_for
from resumes.services import SECTION_MODELS


@dataclass(frozen=True)
class Reading:
    """What was read out of a file, every word of which stands in it, and how it came about.

    With a problem there is nothing but it. `engine` is who has read in the end.
    """

    text: str = field(default="", repr=False)
    document: ResumeDocument | None = field(default=None, repr=False)
    unplaced: list[str] = field(default_factory=list, repr=False)
    problem: str = ""
    engine: Engine = Engine.OFFLINE
    model: str = ""
    prompt_version: str = RULES_VERSION
    usage: Usage = field(default_factory=Usage)


def read(kind: str, data: bytes, engine: Engine) -> Reading:
    """Return what a file of a kind says as a résumé, or what stands in the way of it.

    Raises AIError where the model gives no answer.
    """
    try:
        content = content_of(kind, data)
    except UnreadableError as error:
        return Reading(problem=error.problem)
    text = plain(content["text"]).replace("\0", "")
    if (enclosed := _enclosed(content, text)) is not None:
        return _reading(text, enclosed, [], prompt_version=SCHEMA_VERSION)
    if kind == "json":
        value = json.loads(text)
        text = printable(lines_of(value))
        document = grounded(read_json_resume(value), text)
        return _reading(text, document, unplaced(text, document), prompt_version=SCHEMA_VERSION)
    rules = grounded(parse(text), text)
    if engine == Engine.OFFLINE:
        return _reading(text, rules, unplaced(text, rules))
    redaction = redaction_for(rules)
    completion = gateway.complete(read_prompt(text, rules, redaction), ResumeAnswer)
    answer = completion.restored(redaction)
    document = combined(grounded(document_of(answer, text), text), rules)
    return _reading(
        text,
        document,
        unplaced(text, document),
        engine=engine,
        model=completion.model,
        prompt_version=READ_VERSION,
        usage=completion.usage,
    )


def _enclosed(content: dict[str, str], text: str) -> ResumeDocument | None:
    """Return the résumé that a file encloses, as long as all of it stands in the file's text.

    A file that was edited is read as it stands, and so is one that encloses anything else.
    """
    try:
        said = json.loads(content["enclosed"] or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(said.get("resume"), dict):
        return None
    if said.get("letters") != letters_of(content["text"]):
        return None
    enclosed = read_json_resume(said["resume"])
    stands = grounded(with_said_codes(enclosed, text), text)
    return enclosed if stands == enclosed else None


def _reading(text: str, document: ResumeDocument, left: list[str], **how: Any) -> Reading:
    # A name and a telephone number are in every letter.
    if is_posting(text, document) or all(
        document.is_empty(section) for section in Section if section != Section.BASICS
    ):
        return Reading(problem=Problem.NOT_A_RESUME, **how)
    return Reading(text, document, left, **how)


def is_posting(text: str, document: ResumeDocument) -> bool:
    """Return whether a text asks for somebody, instead of telling what somebody did and when."""
    if any(job.start_date or job.end_date for job in document.experiences) or any(
        school.start_date or school.end_date for school in document.educations
    ):
        return False
    headings = {kind_of(line.body.partition(":")[0].strip()) for line in read_lines(text)}
    return headings >= {"requirements", "preferred"}


def document_of(answer: ResumeAnswer, text: str) -> ResumeDocument:
    """Return an answer as a résumé.

    Words that stand for a day, an end that is now or a code must stand in the text themselves;
    whether the others do is looked at where all of them are kept.
    """
    whole = squeezed(text)

    def standing(words: str) -> str:
        return words if squeezed(words) in whole else ""

    def spanned(period: str) -> dict[str, Any]:
        found = period_in(standing(period))
        if found is None:
            return {}
        end = found.end if found.is_range else found.start
        return {"start_date": found.start, "end_date": end}

    return ResumeDocument(
        title=answer.title,
        introduction="\n".join(answer.introduction),
        experiences=[
            {
                **job.model_dump(include={"company", "department", "position"}),
                **spanned(job.period),
                "employment_type": employment_type_of(standing(job.employment_type)),
                "description": "\n".join(job.description),
            }
            for job in answer.experiences
        ],
        educations=[
            {
                **school.model_dump(include={"school", "major", "grade"}),
                **spanned(school.period),
                "education_level": level_of(f"{standing(school.degree)}\n{school.school}"),
                "graduation_status": graduation_status_of(standing(school.graduation_status)),
            }
            for school in answer.educations
        ],
        projects=[
            {
                **project.model_dump(include={"title", "role", "link", "technology_stacks"}),
                **spanned(project.period),
                "description": "\n".join(project.description),
            }
            for project in answer.projects
        ],
        activities=[
            {
                **activity.model_dump(include={"title", "organization"}),
                **spanned(activity.period),
                "activity_type": activity_type_of(activity.title),
                "description": "\n".join(activity.description),
            }
            for activity in answer.activities
        ],
        qualifications=[
            {
                **qualification.model_dump(include={"title", "agency", "score"}),
                "acquired_date": day_in(standing(qualification.acquired)),
            }
            for qualification in answer.qualifications
        ],
        technology_stacks=answer.technology_stacks,
    )


def combined(answer: ResumeDocument, rules: ResumeDocument) -> ResumeDocument:
    """Return what a model has read; where nothing is left of a part, what the rules have."""
    names = {"title", "introduction", "technology_stacks", *SECTION_MODELS}
    said = {name: value for name, value in answer.model_dump(include=names).items() if value}
    return ResumeDocument.model_validate(rules.model_dump() | said)
