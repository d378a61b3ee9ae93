"""Rewrites a résumé by rules: what can be done without knowing more than it says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from feedback.checks import achievements, teams, wording
from feedback.checks.sentences import (
    MAX_SENTENCES,
    Ending,
    Sentence,
    clip,
    ending,
    ends_in_ssang_siot,
    split,
    written_texts,
)
from feedback.checks.style import MAX_PARAGRAPH_LENGTH, MIN_REPEATED_LENGTH
from feedback.invented.origins import NAMES, Origins
from feedback.matching.emphasis import Emphasis
from feedback.placeholders import FIGURE, OWN_PART, OWN_STORY, SCENE, holds_placeholder
from postings.document import PostingDocument
from resumes.document import (
    DESCRIPTION_MAX_LENGTH,
    INTRODUCTION_MAX_LENGTH,
    ResumeDocument,
    Section,
)

# Raised whenever the rules rewrite differently, so that a stored result tells what it rests on.
RULES_VERSION = "rewrite-3"

# From this many sentences on, a description is read faster as a list.
MIN_BULLETS = 3
# Where a paragraph that is too long is cut: after the sentence that passes this.
PARAGRAPH_LENGTH = 350

# What a finding of a check asks the applicant for; of several, the first.
_GAPS = (
    (achievements.missing_figure, FIGURE),
    (teams.own_part_unclear, OWN_PART),
    (wording.cliche, OWN_STORY),
    (wording.vague_phrase, SCENE),
    (wording.vague_amount, FIGURE),
)
# Words of amount that say nothing before a figure that is still missing.
_EMPTY_AMOUNT = re.compile(
    r"(?<![가-힣])(?:대폭|획기적으로|눈에 띄게|비약적으로|크게|상당히|현저히)\s"
)
_LIST_MARK = re.compile(r"^\s*(?:[-–•▪■◆▶*·]|\d{1,2}[.)])\s*", re.MULTILINE)
_LATEST = date.max
# Jobs, schools and activities are read as a story, in the order of time.
_ORDERED_BY_POSTING = (Section.PROJECTS, Section.QUALIFICATIONS)


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def rewrite(
    document: ResumeDocument, on: date, posting: PostingDocument | None = None
) -> tuple[ResumeDocument, Origins]:
    """Return a rewritten résumé and where its entries came from, as read on the day `on`.

    The newest entry comes first, or for a posting those projects, certificates and technologies
    that it asks, endings within a text agree, what a text says twice it says once,
    descriptions of several sentences become lists, and words that say little make room for what to
    fill in. Nothing is added but those gaps.
    """
    rewritten = document.model_copy(deep=True)
    wanted = _gaps(document, on)
    for written in written_texts(document):
        gaps = wanted.get((written.section, clip(written.text)), {})
        text = _rewritten(written.text, written.section, gaps)
        holder: Any = rewritten
        if written.index is not None:
            holder = getattr(rewritten, written.section)[written.index]
        field = "introduction" if written.index is None else "description"
        setattr(holder, field, text)
    order = _newest_first(document)
    if posting:
        emphasis = Emphasis.of(posting, document)
        for section in _ORDERED_BY_POSTING:
            order[section] = emphasis.asked_first(section, order[section])
        technologies = document.technology_stacks
        listed = emphasis.asked_first(Section.TECHNOLOGY_STACKS, range(len(technologies)))
        rewritten.technology_stacks = [technologies[place] for place in listed]
    for section, places in order.items():
        entries = getattr(rewritten, section)
        setattr(rewritten, section, [entries[place] for place in places])
    return rewritten, {section: [*places] for section, places in order.items()}


def _gaps(document: ResumeDocument, on: date) -> dict[tuple[Section, str], dict[str, str]]:
    """Return what is to be filled in behind which quoted sentence, by section and text."""
    gaps: dict[tuple[Section, str], dict[str, str]] = {}
    texts = list(written_texts(document))
    for check, gap in _GAPS:
        for finding in check(document, on):
            for written in texts:
                if written.section == finding.section and finding.quote in written.text:
                    key = (written.section, clip(written.text))
                    gaps.setdefault(key, {}).setdefault(finding.quote, gap)
    return gaps


def _rewritten(text: str, section: Section, gaps: dict[str, str]) -> str:
    """Return one text rewritten, with `gaps` to fill in behind the sentences that they name."""
    told = section == Section.INTRODUCTION
    found = _located(text)
    level = _common_ending([sentence for sentence, _start in found], told=told)
    edits: list[_Edit] = []
    # Two jobs may have the same duties: only what a text says twice itself is too much.
    seen: set[str] = set()
    for sentence, start in found:
        end = start + len(sentence.text)
        key = "".join(letter for letter in sentence.text if letter.isalnum())
        if len(key) >= MIN_REPEATED_LENGTH and key in seen:
            edits.append(_Edit(start, end, ""))
            continue
        seen.add(key)
        words = _with_ending(sentence.text, level)
        gap = gaps.get(clip(sentence.text))
        if gap and not holds_placeholder(sentence.text):
            words = _with_gap(words, gap)
        edits.append(_Edit(start, end, words))
    result = _applied(text, edits)
    result = _in_paragraphs(result) if told else _as_list(result)
    limit = INTRODUCTION_MAX_LENGTH if told else DESCRIPTION_MAX_LENGTH
    return result if len(result) <= limit else text


def _located(text: str) -> list[tuple[Sentence, int]]:
    """Return the sentences that were not cut for their length, with their places."""
    found = []
    place = 0
    for sentence in split(text):
        place = text.index(sentence.text, place)
        if sentence.length == len(sentence.text):
            found.append((sentence, place))
        place += len(sentence.text)
    return found


def _applied(text: str, edits: Iterable[_Edit]) -> str:
    parts = []
    done = 0
    for edit in edits:
        between = text[done : edit.start]
        # The mark of a bullet goes with its words.
        parts.append(between if edit.text else _LIST_MARK.sub("", between.rstrip(" ")))
        parts.append(edit.text)
        done = edit.end
    parts.append(text[done:])
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n[ \t]*(?=\n)", "\n", "".join(parts))).strip()


# Longer endings first. What is in none of these and in the past becomes -음: 올랐음.
_NOUNS = (
    ("하였습니다", "함"),
    ("했습니다", "함"),
    ("되었습니다", "됨"),
    ("됐습니다", "됨"),
    ("였습니다", "임"),
    ("있습니다", "있음"),
    ("합니다", "함"),
    ("했다", "함"),
    ("였다", "임"),
    ("한다", "함"),
)
_FINAL = re.compile(r"[.。!]?$")


def _common_ending(sentences: list[Sentence], *, told: bool) -> Ending | None:
    """Return the ending that all sentences should have, None where they agree already."""
    endings = {level for sentence in sentences if (level := ending(sentence))}
    if len(endings) < 2:
        return None
    return Ending.POLITE if told else Ending.NOMINAL


def _with_ending(text: str, level: Ending | None) -> str:
    """Return a sentence in another speech level, where a rule is sure of it."""
    if level is None:
        return text
    body = text.rstrip(".。")
    changed = _nominal(body) if level == Ending.NOMINAL else _polite(body)
    if changed == body:
        return text
    return changed + text[len(body) :]


def _nominal(body: str) -> str:
    for spoken, noun in _NOUNS:
        if body.endswith(spoken):
            return body.removesuffix(spoken) + noun
    for spoken in ("습니다", "다"):
        stem = body.removesuffix(spoken)
        if stem != body and ends_in_ssang_siot(stem):
            return f"{stem}음"
    return body


def _polite(body: str) -> str:
    for written, spoken in (("한다", "합니다"), ("이다", "입니다"), ("있다", "있습니다")):
        if body.endswith(written):
            return body.removesuffix(written) + spoken
    stem = body.removesuffix("다")
    return f"{stem}습니다" if stem != body and ends_in_ssang_siot(stem) else body


def _with_gap(words: str, gap: str) -> str:
    if gap == FIGURE:
        words = _EMPTY_AMOUNT.sub("", words)
    stop = _FINAL.search(words)
    place = stop.start() if stop else len(words)
    return f"{words[:place]} {gap}{words[place:]}"


def _as_list(text: str) -> str:
    """Return a paragraph of several sentences as a list; a text that is one stays as it is."""
    mark = _LIST_MARK.match(text)
    if "\n" in text or (mark and f" {mark.group().strip()} " not in text):
        return text
    found = _located(text)
    if not MIN_BULLETS <= len(found) < MAX_SENTENCES or len(found) != len(split(text)):
        return text
    return "\n".join(f"- {sentence.text.rstrip('.')}" for sentence, _start in found)


def _in_paragraphs(text: str) -> str:
    """Return a text whose paragraphs are no longer than can be read in one go."""
    paragraphs = []
    for line in text.split("\n"):
        begun = 0
        if len(line) > MAX_PARAGRAPH_LENGTH:
            for sentence, start in _located(line):
                end = start + len(sentence.text)
                if end - begun > PARAGRAPH_LENGTH and len(line) - end > PARAGRAPH_LENGTH // 2:
                    paragraphs += [line[begun:end].strip(), ""]
                    begun = end
        paragraphs.append(line[begun:].strip())
    return "\n".join(paragraphs)


def _newest_first(document: ResumeDocument) -> dict[Section, list[int]]:
    """Return the places of the entries of each section, the newest first."""
    order = {}
    for section in NAMES:
        ages = [_age(entry) for entry in getattr(document, section)]
        order[section] = sorted(range(len(ages)), key=ages.__getitem__, reverse=True)
    return order


def _age(entry: Any) -> tuple[date, date]:
    acquired = getattr(entry, "acquired_date", None)
    start = getattr(entry, "start_date", None)
    end = getattr(entry, "end_date", None)
    if acquired or not start:
        # Who gives no date has put it where it stands, behind those that have one.
        return (acquired or end or date.min, date.min)
    return (end or _LATEST, start)
