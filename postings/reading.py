"""The two readers behind one interface: a language model, and rules that need no network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gaechwi.ai import gateway
from gaechwi.ai.gateway import Usage
from gaechwi.ai.personal_data import Redaction
from gaechwi.jobs.models import Engine
from postings.deadlines import has_open_end, read_deadline
from postings.document import PostingDocument
from postings.headings import LISTS
from postings.lines import fold
from postings.parsing import (
    RULES_VERSION,
    employment_type_of,
    fitting,
    fitting_technologies,
    parse,
    unrecognised,
    url_in,
)
from postings.prompts import READ_VERSION, read_prompt
from postings.schemas import PostingAnswer


@dataclass(frozen=True)
class Reading:
    """What was read out of a text, every word of which stands in it, and how it came about."""

    document: PostingDocument
    unrecognised: list[str]
    model: str
    prompt_version: str
    usage: Usage


def read(text: str, engine: Engine, on: date) -> Reading:
    """Return what the text of a posting says, read on the day `on`.

    Raises AIError where the model gives no answer.
    """
    parsed = parse(text, on)
    if engine == Engine.OFFLINE:
        return Reading(parsed.document, parsed.unrecognised, "", RULES_VERSION, Usage())
    redaction = Redaction()
    completion = gateway.complete(read_prompt(text, parsed.document, redaction), PostingAnswer)
    said = completion.answer.model_dump()
    answer = completion.answer.model_copy(update=redaction.restore_all(said))
    document = verified(answer, text, parsed.document, on)
    return Reading(
        document, unrecognised(text, document), completion.model, READ_VERSION, completion.usage
    )


def verified(answer: PostingAnswer, text: str, rules: PostingDocument, on: date) -> PostingDocument:
    """Return an answer as a posting.

    What does not stand in the text is dropped, and where nothing is left of a field, the rules'
    value takes its place.
    """
    whole = fold(text)

    def standing(words: list[str]) -> list[str]:
        return [kept for item in words if (kept := fold(item)) and kept in whole]

    said = {name: standing([value]) for name, value in answer if isinstance(value, str)}
    said["url"] = [url for words in said["url"] if (url := url_in(words))]
    deadline, employment = said.pop("deadline"), said.pop("employment_type")
    said |= {name: standing(getattr(answer, name)) for name in LISTS if name != "memo"}
    said["memo"] = standing(answer.hiring_process)
    values = rules.model_dump()
    values |= {name: fitting(name, "\n".join(words)) for name, words in said.items() if words}
    values["employment_type"] = employment_type_of("".join(employment)) or rules.employment_type
    if deadline:
        day = read_deadline(deadline[0], on)
        if day or has_open_end(deadline[0]):
            values["deadline"] = day
    if technologies := standing(answer.technology_stacks):
        values["technology_stacks"] = fitting_technologies(technologies)
    return PostingDocument.model_validate(values)
