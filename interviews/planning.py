"""Chooses the questions of an interview from a résumé and a posting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from zlib import crc32

from django.utils.functional import Promise

from feedback.checks.sentences import excerpt
from gaechwi.ai.personal_data import Redaction
from interviews.materials import Material, gather
from interviews.open_questions import MOTIVATION, POOLS, SELF_INTRODUCTION, TAILS
from interviews.questions import WORDINGS, Form
from interviews.topics import (
    MAX_QUESTIONS,
    MIN_QUESTIONS,
    BasisKind,
    Difficulty,
    InterviewType,
    Topic,
)
from interviews.wording import named
from postings.document import PostingDocument
from resumes.document import ResumeDocument
from resumes.privacy import redaction_for


class _Open(Enum):
    """Questions that rest on no words of a résumé."""

    SELF = auto()
    ANY = auto()


# What a question may be about; of several, the first that the résumé has.
_Slot = tuple[Form | _Open, ...]

_TOOLS = (Form.TOOL_USED, Form.TOOL_LISTED)
_PERIODS = (
    Form.GAP_SINCE_JOB,
    Form.GAP_BEFORE_JOB,
    Form.GAP_AFTER_SCHOOL,
    Form.SHORT_STAY,
)

_ORDERS: dict[InterviewType, tuple[_Slot, ...]] = {
    InterviewType.TECHNICAL: (
        (*_TOOLS, Form.MEASURED, Form.WORK, Form.CERTIFICATE),
        (Form.PROJECT, Form.MEASURED, Form.WORK),
        (Form.SHOWN,),
        _TOOLS,
        (Form.MEASURED, Form.UNMEASURED),
        (Form.PROJECT, Form.WORK),
        (Form.LACKED,),
        _TOOLS,
        (Form.SHOWN, Form.CERTIFICATE),
        (Form.CERTIFICATE, Form.WORK, Form.JOB, Form.MAJOR),
        (_Open.ANY,),
    ),
    InterviewType.PERSONALITY: (
        (_Open.SELF,),
        (_Open.ANY,),
        (Form.LEADERSHIP, Form.ACTIVITY, Form.AWARD, Form.WORK, Form.JOB),
        (_Open.ANY,),
        _PERIODS,
        (_Open.ANY,),
        (Form.ACTIVITY, Form.WORK, Form.AWARD),
        (_Open.ANY,),
        (Form.AWARD, Form.UNMEASURED, Form.MEASURED),
        (_Open.ANY,),
    ),
    InterviewType.JOB: (
        (Form.WORK, Form.JOB, Form.PROJECT, Form.ACTIVITY),
        (Form.MEASURED, Form.UNMEASURED, Form.AWARD),
        (Form.SHOWN,),
        (Form.LACKED,),
        (Form.PROJECT, Form.WORK),
        (Form.UNMEASURED, Form.MEASURED),
        (Form.SHOWN,),
        (*_TOOLS, Form.CERTIFICATE),
        (Form.LACKED,),
        (Form.WORK, Form.MAJOR),
        (_Open.ANY,),
    ),
    InterviewType.GENERAL: (
        (_Open.SELF,),
        (Form.WORK, Form.PROJECT, Form.JOB, Form.ACTIVITY),
        (Form.MEASURED, Form.UNMEASURED, Form.AWARD),
        (Form.SHOWN, *_TOOLS, Form.CERTIFICATE),
        (_Open.ANY,),
        (Form.LACKED, Form.PROJECT),
        _PERIODS,
        (*_TOOLS, Form.PROJECT, Form.MAJOR),
        (_Open.ANY,),
    ),
}


def plan(
    document: ResumeDocument,
    posting: PostingDocument | None,
    interview_type: InterviewType,
    difficulty: Difficulty,
    count: int,
    on: date,
) -> list[Topic]:
    """Return the `count` questions of an interview held on the day `on`, none of them twice.

    The same arguments give the same questions. Where the résumé has too little to ask about, the
    others are of the type alone. Raises ValueError where `count` is not from 3 to 10.
    """
    if not MIN_QUESTIONS <= count <= MAX_QUESTIONS:
        raise ValueError(count)
    choice = _Choice(
        gather(document, posting, on),
        interview_type,
        difficulty,
        redaction_for(document),
        seed=crc32(document.model_dump_json().encode()),
    )
    last = []
    if posting and interview_type == InterviewType.GENERAL:
        last = [choice.take((Form.MOTIVE,)) or choice.motivation()]
    topics: list[Topic] = []
    # Every order holds a slot that is never empty.
    while len(topics) + len(last) < count:
        for slot in _ORDERS[interview_type]:
            topic = choice.take(slot)
            if topic and len(topics) + len(last) < count:
                topics.append(topic)
    return topics + last


@dataclass
class _Choice:
    """What was not asked yet, of things and of ways to ask."""

    materials: dict[Form, list[Material]]
    interview_type: InterviewType
    difficulty: Difficulty
    redaction: Redaction
    seed: int
    # The words of the résumé and the posting, and the texts, that stand in a question already.
    used: set[str] = field(default_factory=set)
    # How many questions rested on nothing.
    opened: int = 0

    def take(self, slot: _Slot) -> Topic | None:
        """Return a question of the first form that has one left, None where none has."""
        for form in slot:
            topic = self._open(form) if isinstance(form, _Open) else self._based(form)
            if topic:
                return topic
        return None

    def motivation(self) -> Topic:
        """Return the question for somebody's reasons that names no posting."""
        texts = MOTIVATION[self.difficulty]
        return Topic(kind=BasisKind.INTRODUCTION, question=str(texts[self.seed % len(texts)]))

    def _open(self, form: _Open) -> Topic | None:
        if form is _Open.SELF:
            if "self" in self.used:
                return None
            self.used.add("self")
            texts = SELF_INTRODUCTION[self.difficulty]
            return Topic(kind=BasisKind.INTRODUCTION, question=str(texts[self.seed % len(texts)]))
        question = str(self._unused(POOLS[self.interview_type], self.seed))
        self.used.add(question)
        tails = TAILS[self.difficulty]
        # Every second one stays as it is: an interviewer does not end every question alike.
        self.opened += 1
        tail = self._unused(tails, self.seed) if tails and self.opened % 2 == 0 else None
        if tail:
            self.used.add(str(tail))
            question = f"{question} {tail}"
        return Topic(kind=BasisKind.ATTITUDE, question=question)

    def _based(self, form: Form) -> Topic | None:
        waiting = self.materials[form]
        while waiting:
            material = waiting.pop(0)
            words = {material.quote, material.requirement, material.name} - {""}
            if words & self.used or material.speaks_to_interviewer:
                continue
            question = self._worded(material)
            if question is None:
                return None
            shown = f"{material.quote}\n{question}"
            if self.redaction.redact(shown) != shown:
                continue
            self.used |= words
            return Topic(
                kind=material.kind,
                question=question,
                section=material.section,
                quote=material.quote,
                requirement=material.requirement,
            )
        return None

    def _worded(self, material: Material) -> str | None:
        """Return how it is asked, in words that were not used yet, None where none are left."""
        wording = WORDINGS[material.form]
        turn = crc32(f"{material.quote}{material.requirement}".encode())
        opening = self._unused(wording.openings, turn)
        ask = self._unused(wording.asks[self.difficulty], turn)
        if opening is None or ask is None:
            return None
        self.used |= {str(opening), str(ask)}
        values = {
            **named(material.name, is_word=material.form in _TOOLS),
            "quote": excerpt(material.told or material.quote),
            "requirement": excerpt(material.requirement),
            "company": excerpt(material.company),
            "months": material.months,
        }
        return f"{str(opening) % values} {str(ask) % values}"

    def _unused(self, texts: Sequence[Promise], turn: int) -> Promise | None:
        """Return the first text that was not used, beginning at some turn."""
        start = turn % len(texts)
        rotated = [*texts[start:], *texts[:start]]
        return next((text for text in rotated if str(text) not in self.used), None)
