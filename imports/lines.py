"""The lines of a résumé, each with its cells, its period, and the section that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from imports.headings import OTHER, is_chapter, key_of, section_of
from imports.naming import is_position
from imports.periods import Found, period_in, without_period
from postings.lines import BRACKET, Line, cleaned, read_lines

# A heading that its document marks: "■ 경력사항", "[학력]", "Ⅱ. 프로젝트".
_TRAIL = re.compile(r"[\s:：>\-─—=]{0,10}\Z")
# What stands between the words about one thing on one line.
_BREAKS = re.compile(
    r"\t|\s?[|│ㅣ]\s?|\s[·•∙ㆍ/]\s|\s{3,}|(?<=[가-힣A-Za-z)])\s?,\s(?![^()]{0,40}\))|\s[–—-]\s|[;；]\s?"
)
_SENTENCE = re.compile(r"(?:다|요|음|함|임|됨|줌|냄|옴|침|킴|짐|림|기)[.!]?\Z|[.!?]\Z")
# There "사용 기술: …" is about a project, and no section of its own.
_LABELLED_WITHIN = ("experiences", "projects", "activities")
# "Languages: Korean", but among technologies "Languages: Java".
_OF_TECHNOLOGIES = ("language", "languages")
_PAGE_NUMBER = re.compile(
    r"(?:-\s?)?(?:page\s)?\d{1,3}(?:\s?/\s?\d{1,3})?(?:\s?-)?\Z", re.IGNORECASE
)


@dataclass(frozen=True)
class Row:
    """A line of a section. `cells` are its parts without its period."""

    words: str
    body: str
    mark: str
    after_blank: bool
    period: Found | None

    @property
    def rest(self) -> str:
        """The line without its period."""
        return without_period(self.body) if self.period else self.body

    @property
    def cells(self) -> list[str]:
        """What the line says beside its period, part by part."""
        return parts_of(self.rest)

    @property
    def is_sentence(self) -> bool:
        """Whether the line tells something, instead of naming it: "책임" and "주임" are ranks."""
        told = self.rest.strip()
        return len(told) > 15 and bool(_SENTENCE.search(told)) and not is_position(told)


@dataclass
class Part:
    """A section as the text has it, with the words of its heading."""

    section: str
    heading: str
    rows: list[Row] = field(default_factory=list)


def parts_of(words: str) -> list[str]:
    """Return what stands side by side on a line."""
    return [
        part
        for piece in _BREAKS.split(words)
        for side in apart(piece.strip(" ,"))
        if (part := _without_brackets(side))
    ]


def apart(words: str) -> list[str]:
    """Return what stands before and behind a bracket that has lost its other half."""
    if words.count("(") == words.count(")"):
        return [words]
    return re.split(r"[()]", words)


def _without_brackets(words: str) -> str:
    """Return some words without brackets around them, or a single one that is left of a pair."""
    words = words.strip(" ,·|")
    for opening, closing in ("()", "[]", "<>"):
        if words.startswith(opening) and (words.endswith(closing) or closing not in words):
            words = words[1:].removesuffix(closing)
        elif (words.endswith(closing) and opening not in words) or words.endswith(opening):
            words = words[:-1]
    return words.strip(" ,·|")


def divided(text: str) -> tuple[list[Row], list[Part]]:
    """Return the lines before the first heading, and the sections of a text, in their order."""
    head: list[Row] = []
    parts: list[Part] = []
    for line in _lines(text):
        section, rest = _heading_in(line, parts[-1].section if parts else "")
        if section is not None:
            # A chapter of the introduction may be called like a section: only a marked one is.
            parts.append(Part(section, line.body))
            if rest:
                parts[-1].rows.append(_row(Line(rest, "", rest, True, False)))
            continue
        within = parts[-1].section if parts else ""
        if is_chapter(line.body) and within not in ("introduction", OTHER):
            parts.append(Part("introduction", line.body))
        (parts[-1].rows if parts else head).append(_row(line))
    return head, parts


def is_furniture(words: str) -> bool:
    """Return whether a line belongs to the paper: the number of a page."""
    return bool(_PAGE_NUMBER.match(words.strip()))


def _lines(text: str) -> list[Line]:
    return [line for line in read_lines(text) if not is_furniture(line.words)]


def _heading_in(line: Line, within: str) -> tuple[str | None, str]:
    """Return the section that a line begins, and what of it the line says itself."""
    body = _TRAIL.sub("", line.body)
    if section := section_of(body):
        return section, ""
    # "학력 <tab> 2011.03 ~ 2017.02 <tab> 한다솜대학교": the cell beside is the first line.
    first, tab, rest = line.body.partition("\t")
    if tab and (section := section_of(first)) and period_in(rest):
        return section, rest.strip()
    if line.mark == BRACKET or within in _LABELLED_WITHIN:
        return None, ""
    # "기술: Python, Django"
    label, colon, rest = body.partition(":")
    if within == "technology_stacks" and key_of(label) in _OF_TECHNOLOGIES:
        return None, ""
    section = section_of(label) if colon and rest.strip() and len(label) <= 12 else None
    if section in ("technology_stacks", "introduction", "qualifications"):
        return section, rest.strip()
    return None, ""


def _row(line: Line) -> Row:
    return Row(line.words, line.body, line.mark, line.after_blank, period_in(line.body))


def joined_lines(rows: list[Row]) -> str:
    """Return the words of lines, those that the width of a page broke put together again."""
    if not rows:
        return ""
    text = rows[0].words
    longest = max(len(row.words) for row in rows)
    for above, below in pairwise(rows):
        broken = (
            not below.mark
            and not below.after_blank
            and len(above.words) > max(25, longest * 0.6)
            and not _SENTENCE.search(above.words)
        )
        if broken:
            text += " " + below.words
        else:
            text += ("\n\n" if below.after_blank and not below.mark else "\n") + below.words
    return cleaned(text)
