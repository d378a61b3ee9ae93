"""The two writers behind one interface: a language model, and rules that need no network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback import rewriting
from feedback.invented.origins import NAMES, Origins
from feedback.prompts import improve_prompt, posting_improve_prompt
from feedback.schemas import NewEntry, Rewriting, RewrittenText
from gaechwi.ai import gateway
from gaechwi.ai.errors import ModelAnswerInvalid
from gaechwi.ai.gateway import Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs.models import Engine
from postings.document import PostingDocument
from resumes.document import ResumeDocument, Section
from resumes.fields import MAX_TECHNOLOGIES, TECHNOLOGY_MAX_LENGTH
from resumes.forms import MAX_ENTRIES
from resumes.models import Resume
from resumes.privacy import redaction_for
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
    posting: PostingDocument | None = None,
) -> Improved:
    """Return a rewritten résumé; what in it is not in the source is for the caller to find.

    `remarks` are what a review said of it ({"section", "quote", "result"}), `on` is the day it was
    read on, `language` the language code of its applicant. With a posting it is rewritten for that.

    Raises AIError where the model gives no answer that fits the résumé.
    """
    if engine == Engine.OFFLINE:
        rewritten, origins = rewriting.rewrite(document, on, posting)
        return Improved(rewritten, origins, "", rewriting.RULES_VERSION, Usage())
    redaction = redaction_for(document)
    prompt = (
        posting_improve_prompt(document, posting, remarks, redaction, on, language)
        if posting
        else improve_prompt(document, remarks, redaction, language)
    )
    completion = gateway.complete(prompt, Rewriting)
    rewritten, origins = _carried_out(completion.answer, document, redaction)
    if rewritten == document:
        raise ModelAnswerInvalid("it changes nothing", usage=completion.usage)
    return Improved(rewritten, origins, completion.model, prompt.version, completion.usage)


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
        words = _fields_of(entry, section, redaction) if section in NAMES else {}
        if words and len(fields[section]) < MAX_ENTRIES:
            fields[section].append(words)
            origins[section].append(None)
    if answer.technology_stacks and document.technology_stacks:
        listed = map(redaction.restore, answer.technology_stacks)
        fields["technology_stacks"] = _technologies(listed, document.technology_stacks)
    return ResumeDocument.model_validate(fields), origins


def _technologies(listed: Iterable[str], own: Sequence[str]) -> list[str]:
    """Return the source's own technologies and as many new ones as fit beside them, as listed.

    What is not listed goes behind the others: nothing gets lost.
    """
    names = {title.lower(): title for title in own}
    room = MAX_TECHNOLOGIES - len(names)
    ordered: dict[str, str] = {}
    for title in filter(None, map(str.strip, listed)):
        key = title.lower()
        if key in names:
            ordered[key] = title
        elif key not in ordered and room > 0 and len(title) <= TECHNOLOGY_MAX_LENGTH:
            ordered[key] = title
            room -= 1
    return [*ordered.values(), *(names[key] for key in names if key not in ordered)]


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
    if words and text.field.value in place and _fits(model, text.field.value, words):
        place[text.field.value] = words


def _fields_of(entry: NewEntry, section: Section, redaction: Redaction) -> dict[str, str]:
    """Return the fields of a new entry, none where it has no name or one of them is too long."""
    found = {NAMES[section]: redaction.restore(entry.name).strip()}
    if entry.description and section not in (Section.EDUCATIONS, Section.QUALIFICATIONS):
        found["description"] = redaction.restore(entry.description).strip()
    model = SECTION_MODELS[section]
    fits = all(_fits(model, field, words) for field, words in found.items())
    return found if found[NAMES[section]] and fits else {}


def _fits(model: Any, field: str, words: str) -> bool:
    limit: int = model._meta.get_field(field).max_length
    return len(words) <= limit
