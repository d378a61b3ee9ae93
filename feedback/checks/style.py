"""How a text is built: mixed endings, over-long sentences, repetition, walls of text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from feedback.checks.finding import Finding
from feedback.checks.sentences import Ending, Sentence, clip, ending, excerpt, written_texts
from feedback.schemas import Division
from resumes.document import ResumeDocument, Section

# About three lines of an A4 page: who reads on a screen loses the subject before the verb comes.
MAX_SENTENCE_LENGTH = 150
# Half an A4 page; a paragraph of this size is skipped rather than read.
MAX_PARAGRAPH_LENGTH = 800
# Shorter sentences ("고객 응대 및 매장 관리") repeat because the work does.
MIN_REPEATED_LENGTH = 15
# A line of the introduction this short and without a full stop is a heading.
MAX_HEADING_LENGTH = 40


def long_sentence(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences that are longer than MAX_SENTENCE_LENGTH characters."""
    for written in written_texts(document):
        for sentence in written.sentences:
            if sentence.length <= MAX_SENTENCE_LENGTH:
                continue
            quote = clip(sentence.text)
            yield Finding(
                "long_sentence",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 문장은 %(length)d자로 이어져 있어 한 번에 읽기 어렵습니다. "
                    "상황, 행동, 결과를 각각 한 문장으로 나누고, 한 문장은 80자 안팎으로 줄여 "
                    "주십시오."
                )
                % {"quote": excerpt(quote), "length": sentence.length},
                40,
            )


def wall_of_text(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the paragraphs that are longer than MAX_PARAGRAPH_LENGTH characters."""
    for written in written_texts(document):
        for line in written.text.splitlines():
            paragraph = line.strip()
            if len(paragraph) <= MAX_PARAGRAPH_LENGTH:
                continue
            quote = clip(paragraph, 100)
            yield Finding(
                "wall_of_text",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 부분에서 시작하는 문단이 %(length)d자 동안 줄바꿈 없이 "
                    "이어집니다. "
                    "이야기가 바뀌는 곳마다 문단을 나누고, 문단마다 내용을 알려 주는 소제목을 "
                    "달아 주십시오."
                )
                % {"quote": excerpt(quote), "length": len(paragraph)},
                44,
            )


def mixed_endings(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the texts that mix 합니다, 한다 and 함 endings, quoting the one that is out of step."""
    for written in written_texts(document):
        by_ending: dict[Ending, list[Sentence]] = defaultdict(list)
        for sentence in written.sentences:
            if written.section == Section.INTRODUCTION and _is_heading(sentence):
                continue
            level = ending(sentence)
            if level is not None:
                by_ending[level].append(sentence)
        if len(by_ending) < 2:
            continue
        common = max(by_ending, key=lambda level: len(by_ending[level]))
        odd = min(by_ending, key=lambda level: (level == common, len(by_ending[level])))
        quote = clip(by_ending[odd][0].text)
        yield Finding(
            "mixed_endings",
            Division.IMPROVEMENT,
            written.section,
            quote,
            _(
                "한 글 안에서 문장 끝이 섞여 있습니다. 다른 문장은 ‘~%(common)s’ 형태인데 "
                "‘%(quote)s’ 문장은 "
                "‘~%(odd)s’ 형태입니다. 경력과 프로젝트는 ‘~함’이나 명사로, 자기소개는 "
                "‘~합니다’로 통일해 주십시오."
            )
            % {"common": common.value, "odd": odd.value, "quote": excerpt(quote)},
            46,
        )


def _is_heading(sentence: Sentence) -> bool:
    return not sentence.closed and sentence.length <= MAX_HEADING_LENGTH


_LAST_SYLLABLES = re.compile(r"(?:했습니다|하였습니다|했음|하였음|했다|하였다|함|합니다|한다)$")


def repeated_sentence(document: ResumeDocument, on: date) -> Iterator[Finding]:
    """Yield the sentences that stand in the résumé a second time, be it with another ending."""
    seen: set[str] = set()
    reported: set[str] = set()
    for written in written_texts(document):
        for sentence in written.sentences:
            letters = "".join(character for character in sentence.text if character.isalnum())
            key = letters[:-12] + _LAST_SYLLABLES.sub("", letters[-12:])
            if len(letters) < MIN_REPEATED_LENGTH or key in reported:
                continue
            if key not in seen:
                seen.add(key)
                continue
            reported.add(key)
            quote = clip(sentence.text)
            yield Finding(
                "repeated_sentence",
                Division.IMPROVEMENT,
                written.section,
                quote,
                _(
                    "‘%(quote)s’ 문장이 이력서에 두 번 이상 나옵니다. 한 곳만 남기고, "
                    "다른 자리에는 그곳에서만 한 일이나 다른 결과를 적어 주십시오."
                )
                % {"quote": excerpt(quote)},
                52,
            )
