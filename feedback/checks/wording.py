"""Words that say little: vague phrases, clichés and vague amounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.figures import has_figure
from feedback.checks.finding import Finding
from feedback.checks.phrases import TERMS, VAGUE, VAGUE_AMOUNT, cliche_in
from feedback.checks.sentences import (
    Sentence,
    WrittenText,
    clip,
    excerpt,
    is_future,
    split,
    written_texts,
)
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section


def _worded(document: ResumeDocument) -> Iterator[WrittenText]:
    """Yield the title, of which recruiters read the words first, and all that is written freely."""
    if document.title:
        sentences: tuple[Sentence, ...] = split(document.title)
        yield WrittenText(Section.BASICS, None, document.title, sentences)
    yield from written_texts(document)


def vague_phrase(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences that praise in general terms, unless a figure makes them concrete.

    A single phrase that a sentence with a figure explains is let pass: the fact is there. So is
    one within a cliché, which is to be struck out anyway.
    """
    for written in _worded(document):
        for place, sentence in enumerate(written.sentences):
            text = TERMS.sub("", sentence.text)
            hits = [
                (match.group(), advice) for words, advice in VAGUE if (match := words.search(text))
            ]
            if not hits or has_figure(text) or cliche_in(text):
                continue
            near = written.explanation(place)
            if len(hits) == 1 and not is_future(text) and any(has_figure(s.text) for s in near):
                continue
            phrase, advice = hits[0]
            quote = clip(sentence.text)
            yield Finding(
                "vague_phrase",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(phrase)s’ 표현은 누구나 쓸 수 있어 지원자를 구별해 주지 못합니다. "
                    "%(advice)s."
                )
                % {"phrase": phrase.strip(), "advice": advice},
                48 + 2 * len(hits) + 2 * (written.section == Section.INTRODUCTION),
            )


def cliche(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences with a set phrase that stands in thousands of 자기소개서."""
    for written in _worded(document):
        for sentence in written.sentences:
            phrase = cliche_in(sentence.text)
            if phrase is None:
                continue
            yield Finding(
                "cliche",
                Division.IMPROVEMENT,
                written.section,
                clip(sentence.text),
                _(
                    "‘%(phrase)s’ 표현은 자기소개서에서 너무 자주 쓰여 인상에 남지 않습니다. "
                    "이 문장을 지우고, 지원하는 일과 이어지는 본인만의 장면(언제, 어디서, 무엇을 "
                    "했는지)으로 시작해 주십시오."
                )
                % {"phrase": phrase},
                56,
            )


def vague_amount(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences whose only measure is a word like 다수의, 크게 or 많은 고객."""
    for written in written_texts(document):
        for place, sentence in enumerate(written.sentences):
            match = VAGUE_AMOUNT.search(sentence.text)
            if match is None or has_figure(sentence.text) or is_future(sentence.text):
                continue
            if any(has_figure(near.text) for near in written.explanation(place)):
                continue
            quote = clip(sentence.text)
            yield Finding(
                "vague_amount",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(phrase)s’ 표현만으로는 크기를 짐작할 수 없습니다. ‘약 ○건’, ‘○곳’, "
                    "‘○%% 줄임’처럼 세어 본 값으로 바꾸어 주십시오. 문장: ‘%(quote)s’."
                )
                % {"phrase": match.group().strip(), "quote": excerpt(quote)},
                48,
            )
