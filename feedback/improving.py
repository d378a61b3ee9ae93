"""The two writers behind one interface: a language model, and rules that need no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback import rewriting
from feedback.checks.privacy import redaction_for
from feedback.invented.origins import NAMES, Origins
from feedback.prompts import IMPROVE_VERSION, improve_prompt
from feedback.schemas import NewEntry, Rewriting, RewrittenText
from gaechwi.ai import gateway
from gaechwi.ai.errors import ModelAnswerInvalid
from gaechwi.ai.gateway import Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs.models import Engine
from resumes.document import ResumeDocument, Section
from resumes.fields import MAX_TECHNOLOGIES, TECHNOLOGY_MAX_LENGTH
from resumes.forms import MAX_ENTRIES
from resumes.models import Resume
from resumes.services import SECTION_MODELS


@dataclass(frozen=True)
class Improved:
    """A rewritten résumé, where its entries came from, and how it came about."""

    document: ResumeDocument
    origins: Origins
    model: str
    prompt_version: str
    usage: Usage


def improve(
    document: ResumeDocument,
    remarks: Sequence[Mapping[str, str]],
    engine: Engine,
    on: date,
    language: str,
) -> Improved:
    """Return a rewritten résumé; what in it is not in the source is for the caller to find.

    `remarks` are what a review said of it ({"section", "quote", "result"}), `on` is the day it was
    read on, `language` the language code of its applicant.

    Raises AIError where the model gives no answer that fits the résumé.
    """
    if engine == Engine.OFFLINE:
        rewritten, origins = rewriting.rewrite(document, on)
        return Improved(rewritten, origins, "", rewriting.RULES_VERSION, Usage())
    redaction = redaction_for(document)
    completion = gateway.complete(improve_prompt(document, remarks, redaction, language), Rewriting)
    rewritten, origins = _carried_out(completion.answer, document, redaction)
    if rewritten == document:
        raise ModelAnswerInvalid("it changes nothing", usage=completion.usage)
    return Improved(rewritten, origins, completion.model, IMPROVE_VERSION, completion.usage)


def _carried_out(
    answer: Rewriting, document: ResumeDocument, redaction: Redaction
) -> tuple[ResumeDocument, Origins]:
    """Return the résumé with a model's answer carried out; what does not fit it is passed over."""
    fields = document.model_dump(mode="json")
    origins: dict[Section, list[int | None]] = {
        section: list(range(len(fields[section]))) for section in NAMES
    }
    for text in answer.texts:
        _put(fields, text, redaction.restore(text.text).strip())
    for entry in answer.new_entries:
        section = Section(entry.section)
        if section in NAMES and entry.name.strip() and len(fields[section]) < MAX_ENTRIES:
            fields[section].append(_fields_of(entry, section, redaction))
            origins[section].append(None)
    listed = {title.lower() for title in answer.technology_stacks}
    # What the answer leaves out goes behind the others: nothing gets lost.
    left_out = [title for title in document.technology_stacks if title.lower() not in listed]
    ordered = [
        title
        for title in map(redaction.restore, answer.technology_stacks)
        if len(title) <= TECHNOLOGY_MAX_LENGTH
    ]
    if ordered and document.technology_stacks:
        room = MAX_TECHNOLOGIES - len(left_out)
        fields["technology_stacks"] = [*ordered[:room], *left_out]
    return ResumeDocument.model_validate(fields), origins


def _put(fields: dict[str, Any], text: RewrittenText, words: str) -> None:
    section = Section(text.section)
    place: dict[str, Any] = {}
    model: Any = Resume
    if section in NAMES:
        entries, model = fields[section], SECTION_MODELS[section]
        if text.index is not None and 0 <= text.index < len(entries):
            place = entries[text.index]
    elif (section, text.field.value) in {
        (Section.BASICS, "title"),
        (Section.INTRODUCTION, "introduction"),
    }:
        place = fields
    if words and text.field.value in place:
        limit = model._meta.get_field(text.field.value).max_length
        if len(words) <= limit:
            place[text.field.value] = words


def _fields_of(entry: NewEntry, section: Section, redaction: Redaction) -> dict[str, str]:
    found = {NAMES[section]: redaction.restore(entry.name)[:100]}
    if entry.description and section not in (Section.EDUCATIONS, Section.QUALIFICATIONS):
        found["description"] = redaction.restore(entry.description)
    return found
