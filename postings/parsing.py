"""Reads the pasted text of a job posting by rules: the reader that needs no model."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from postings.deadlines import has_open_end, read_deadline
from postings.document import PostingDocument
from postings.headings import (
    EDUCATION,
    LISTS,
    OTHER,
    SINGLE,
    TECHNOLOGIES,
    is_chrome,
    kind_of,
    split_label,
    without_tail,
)
from postings.lines import BRACKET, EMOJI, Line, fold, read_lines
from postings.models import JobPosting
from resumes.fields import MAX_TECHNOLOGIES, TECHNOLOGY_MAX_LENGTH

# Raised whenever the rules read differently, so that a stored draft tells what it rests on.
RULES_VERSION = "1"

# A line that was broken by the width of its page is at least so long.
BROKEN_LINE = 20
# What a title, or the name of a company, is at most: longer lines are sentences.
TITLE_LENGTH, COMPANY_LENGTH = 100, 50
MARKED_HEADING_LENGTH = 60
# Title and company stand among the first lines, or nowhere.
OPENING_LINES = 30

_EMPLOYMENT = re.compile(
    r"(?P<regular>(?<!비)정규직|기간의 ?정함이 ?없는|full[ -]?time|permanent)"
    r"|(?P<contract>(?<!무기)계약직|기간제|기간의 ?정함이 ?있는|\bcontract)"
    r"|(?P<intern>인턴|\bintern)"
    r"|(?P<freelance>프리랜서|freelance)"
    r"|(?P<part>파트타임|아르바이트|알바|시간제|시간선택제|part[ -]?time)",
    re.IGNORECASE,
)
_EMPLOYMENT_TYPES = {"regular": "1", "contract": "2", "intern": "3", "freelance": "4", "part": "5"}

_URL = re.compile(r"https?://[!#-&(-;=?-~]{1,490}", re.IGNORECASE)
_TECHNOLOGY_BREAK = re.compile(r"[,、，;|·•∙]|\s/\s")
_RECRUITING = re.compile(
    r"모집|채용|구인|초빙|영입|공고|찾습니다|찾아요|찾고 있|hiring|recruit|wanted", re.IGNORECASE
)
_LEGAL_FORM = re.compile(
    r"주식회사|㈜|\(주\)|\(유\)|유한회사|유한책임회사|(?:재단|사단|의료|학교|복지|농업회사)법인|협동조합"
    r"|공단\Z|공사\Z|\b(?:Inc|Corp|LLC|GmbH|Co\.,? ?Ltd)\b"
)
_REGION = re.compile(
    r"(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|충청|전북|전남|전라|경북|경남|경상|제주)"
    r"(?:특별|광역|\s|시|도|\Z)"
)
_EXPERIENCE = re.compile(r"(?:경력|신입)[\s\d~\-·/,년차↑이상하무관경력신입]{0,20}\Z")
_SENTENCE_END = re.compile(r"(?:다|요|죠)[.!]?\Z")
_SUBJECT = re.compile(r"([^\s,]{2,30}?)(?:은|는)\s")
_IRRELEVANT = re.compile(r"(?:학력\s?)?무관\Z")
_BRACKETED = re.compile(r"\[([^\[\]]{2,30})\]")


@dataclass(frozen=True)
class Parsed:
    """What a text says as a posting, and the lines of it that found no place there."""

    document: PostingDocument
    unrecognised: list[str]


def parse(text: str, on: date) -> Parsed:
    """Return what the text of a posting says, read on the day `on`.

    Every word of every field stands in the text, however the spaces run. It never raises: what the
    rules do not know is unrecognised.
    """
    document = _Reader(on).read(text)
    return Parsed(document, unrecognised(text, document))


def unrecognised(text: str, document: PostingDocument) -> list[str]:
    """Return the lines of a text that say something and stand in no field of a document."""
    values = document.model_dump(exclude={"deadline", TECHNOLOGIES})
    taken = fold("\n".join(values.values()))
    technologies = {technology.casefold() for technology in document.technology_stacks}

    def has_place(line: Line) -> bool:
        body = fold(without_tail(line.body))
        kind, value = split_label(without_tail(line.body)) or ("", body)
        if is_chrome(line.words) or kind_of(line.body) not in (None, OTHER):
            return True
        if body in taken or (kind not in ("", OTHER) and fold(value) in taken):
            return True
        if kind == "employment_type" or value == body:
            named = employment_type_of(value)
            if named and named == document.employment_type and len(value) < COMPANY_LENGTH:
                return True
        if has_open_end(value) or _IRRELEVANT.match(value):
            return kind == "deadline" or len(value) < BROKEN_LINE
        if document.deadline and read_deadline(value, document.deadline) == document.deadline:
            return True
        return all(title.casefold() in technologies for title in technologies_of(value))

    return list(dict.fromkeys(line.words for line in read_lines(text) if not has_place(line)))


def employment_type_of(words: str) -> str:
    """Return the detail id of the employment type that words name first, "" for none."""
    found = _EMPLOYMENT.search(words)
    return _EMPLOYMENT_TYPES[found.lastgroup or ""] if found else ""


def technologies_of(words: str) -> list[str]:
    """Return the technologies that a line lists."""
    titles = (" ".join(title.split()) for title in _TECHNOLOGY_BREAK.split(words))
    return [title for title in titles if title]


def url_in(words: str) -> str:
    """Return the first web address in some words, "" where there is none."""
    found = _URL.search(words)
    return found[0].rstrip(".,;:!)") if found else ""


def fitting_technologies(titles: list[str]) -> list[str]:
    """Return as many of the technologies as a posting holds, without those that are too long."""
    fit = dict.fromkeys(title for title in titles if len(title) <= TECHNOLOGY_MAX_LENGTH)
    return list(fit)[:MAX_TECHNOLOGIES]


def fitting(field_name: str, text: str) -> str:
    """Return as much of a text as the field of a posting holds: whole lines, or the beginning."""
    limit: int = JobPosting._meta.get_field(field_name).max_length  # type: ignore[assignment, union-attr]
    if len(text) <= limit:
        return text
    cut = text[:limit]
    return (cut.rpartition("\n")[0] or cut).rstrip()


@dataclass
class _Reader:
    """Goes through the lines of one text, from heading to heading."""

    on: date
    single: dict[str, str] = field(default_factory=dict)
    # What an item of a list says of a single field, for where nothing else does.
    hinted: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in LISTS})
    technologies: list[str] = field(default_factory=list)
    deadlines: list[str] = field(default_factory=list)
    # Lines that stand under no heading of ours; `opening` of them before the first list.
    loose: list[Line] = field(default_factory=list)
    opening: int | None = None
    section: str = ""
    pending: str = ""
    pending_label: Line | None = None
    heading_marks: set[str] = field(default_factory=set)
    item_marks: set[str] = field(default_factory=set)
    # The line above, where a sentence may go on from it.
    above: Line | None = None

    def read(self, text: str) -> PostingDocument:
        for line in read_lines(text):
            if is_chrome(line.words) and (not line.mark or line.mark == "-"):
                self.above = None
            else:
                self._take(line)
                self.above = line
        return self._document()

    def _take(self, line: Line) -> None:
        body = without_tail(line.body)
        if self.pending == "experience_level" and _EXPERIENCE.match(body):
            self._take_value(body, line)
        elif labelled := split_label(body):
            self._take_label(*labelled, line, body)
        elif self._is_heading(line):
            self._open(kind_of(line.body) or OTHER, line)
        elif self.pending:
            self._take_value(body, line)
        elif self.section in LISTS:
            self._take_item(line, body)
        elif self.section == TECHNOLOGIES:
            self.technologies += technologies_of(body)
        else:
            self.loose.append(line)

    def _is_item(self, line: Line) -> bool:
        """Whether a line is marked as the items of the list that is open."""
        return self.section in LISTS and bool(line.mark) and line.mark not in (BRACKET, EMOJI)

    def _is_heading(self, line: Line) -> bool:
        kind = kind_of(line.body)
        if kind in LISTS or kind == TECHNOLOGIES:
            return True
        if kind:
            return not (self._is_item(line) and line.mark in self.item_marks)
        return (
            line.mark in self.heading_marks - self.item_marks
            and (line.after_blank or line.mark == BRACKET)
            and len(line.words) <= MARKED_HEADING_LENGTH
            and self.section != ""
        )

    def _open(self, kind: str, line: Line) -> None:
        self.pending, self.pending_label = "", None
        self.item_marks = set()
        if line.mark:
            self.heading_marks.add(line.mark)
        if kind in (*SINGLE, EDUCATION):
            self.pending, self.pending_label, self.section = kind, line, OTHER
        else:
            self._enter(kind)
        if kind_of(line.body) is None:
            self.loose.append(line)

    def _enter(self, section: str) -> None:
        self.section = section
        if self.opening is None and (section in LISTS or section == TECHNOLOGIES):
            self.opening = len(self.loose)

    def _take_label(self, kind: str, value: str, line: Line, body: str) -> None:
        self.pending = ""
        if "\t" in value and kind_of(value.partition("\t")[0]):
            # The head of a table: its columns cannot be told apart below.
            self.section = OTHER
        elif kind in LISTS:
            if kind == self.section and self._is_item(line):
                self._take_item(line, body)
            else:
                self.lists[kind].append(value)
                if not line.mark:
                    self._enter(kind)
        elif self._is_item(line):
            self._take_item(line, body)
            if kind in SINGLE:
                self._keep(kind, value, self.hinted)
        elif kind == TECHNOLOGIES:
            self.technologies += technologies_of(value)
        elif kind == EDUCATION:
            self._take_education(value, body)
        elif kind in SINGLE:
            self._keep(kind, value, self.single)
        else:
            self.loose.append(line)

    def _take_value(self, value: str, line: Line) -> None:
        kind, label = self.pending, self.pending_label
        self.pending, self.pending_label = "", None
        if kind == EDUCATION:
            adjoining = label is not None and label is self.above and not line.mark
            whole = f"{label.body} {value}" if label and adjoining else value
            self._take_education(value, whole)
        else:
            self._keep(kind, value, self.single)

    def _take_education(self, value: str, whole: str) -> None:
        if not _IRRELEVANT.match(value):
            self.lists["requirements"].append(" ".join(whole.split()))

    def _take_item(self, line: Line, body: str) -> None:
        items = self.lists[self.section]
        above = self.above
        if (
            not line.mark
            and not line.after_blank
            and items
            and self.item_marks
            and above is not None
            and len(above.words) >= BROKEN_LINE
        ):
            items[-1] += f" {body}"
        else:
            items.append(body)
        if line.mark:
            self.item_marks.add(line.mark)

    def _keep(self, kind: str, value: str, where: dict[str, str]) -> None:
        if kind == "deadline":
            self.deadlines.append(value)
        elif kind == "url":
            if found := url_in(value):
                where.setdefault(kind, found)
        else:
            where.setdefault(kind, value)

    def _document(self) -> PostingDocument:
        values = {**self.hinted, **self.single}
        found = _Opening(self.loose, self.opening)
        values.setdefault("company", found.company)
        # A title that says nothing of recruiting is what the job is called.
        named = found.title if found.title and not _RECRUITING.search(found.title) else ""
        title = values.get("title") or found.title or values.get("position") or found.first
        values.setdefault("position", named)
        values.setdefault("experience_level", found.experience)
        values.setdefault("location", found.location)
        values.setdefault("url", found.url)
        employment = employment_type_of(values.pop("employment_type", ""))
        texts = {**values, "title": title}
        texts |= {name: "\n".join(items) for name, items in self.lists.items()}
        days = (read_deadline(words, self.on) for words in self.deadlines)
        return PostingDocument(
            **{name: fitting(name, text) for name, text in texts.items()},
            employment_type=employment,
            deadline=next(filter(None, days), None),
            technology_stacks=fitting_technologies(self.technologies),
        )


class _Opening:
    """What the lines without a heading tell: most postings begin with title and company."""

    def __init__(self, loose: list[Line], opening: int | None) -> None:
        self.lines = loose
        self.first = loose[0].body if loose else ""
        bodies = [line.body for line in loose]
        top = bodies[:opening][:OPENING_LINES]
        self.experience = next(filter(_EXPERIENCE.match, top), "")
        self.location = next((b for b in top if _is_place(b)), "")
        self.url = next((url_in(body) for body in bodies if _URL.match(body)), "")
        self.company = self._company(top)
        self.title = self._title(top)

    def _company(self, top: list[str]) -> str:
        for body in top:
            if (
                len(body) <= COMPANY_LENGTH
                and _LEGAL_FORM.search(body)
                and not _RECRUITING.search(body)
                and not _SENTENCE_END.search(body)
            ):
                return body
        for body in top:
            # "새봄은 … 회사입니다", where the name is said again elsewhere.
            subject = _SUBJECT.match(body)
            if subject and any(subject[1] in other for other in top if other != body):
                return subject[1]
        for body, below in pairwise(top):
            # 원티드 sets the place beneath the company.
            if _is_place(below) and not (_is_place(body) or _EXPERIENCE.match(body)):
                return body
        for body in top:
            bracketed = _BRACKETED.match(body)
            if bracketed and not (
                _RECRUITING.search(bracketed[1])
                or _EXPERIENCE.match(bracketed[1])
                or _EMPLOYMENT.search(bracketed[1])
                or _is_place(bracketed[1])
            ):
                return bracketed[1]
        return ""

    def _title(self, top: list[str]) -> str:
        def names(body: str) -> bool:
            return (
                len(body) <= TITLE_LENGTH
                and body != self.company
                and not _URL.match(body)
                and not _EXPERIENCE.match(body)
                and not _is_place(body)
            )

        candidates = [body for body in top if names(body)]
        for body in candidates:
            rest = _RECRUITING.sub("", body.replace(self.company, "") if self.company else body)
            if _RECRUITING.search(body) and len(rest.strip()) > 1:
                return body
        return next((body for body in candidates if not _SENTENCE_END.search(body)), "")


def _is_place(body: str) -> bool:
    return bool(_REGION.match(body)) and len(body) <= BROKEN_LINE and not _RECRUITING.search(body)
