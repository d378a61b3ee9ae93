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
    HEADING_LENGTH,
    LISTS,
    OTHER,
    REGION,
    SINGLE,
    TECHNOLOGIES,
    is_chrome,
    key_of,
    kind_of,
    split_label,
    split_words,
    without_tail,
)
from postings.lines import BRACKET, EMOJI, Line, fold, read_lines
from postings.models import JobPosting
from resumes.fields import MAX_TECHNOLOGIES, TECHNOLOGY_MAX_LENGTH

# Raised whenever the rules read differently, so that a stored draft tells what it rests on.
RULES_VERSION = "3"

# A line that was broken by the width of its page is at least so long.
BROKEN_LINE = 20
# What a title, or the name of a company, is at most: longer lines are sentences.
TITLE_LENGTH, COMPANY_LENGTH, PLACE_LENGTH = 100, 50, 40
MARKED_HEADING_LENGTH = 60
# Title and company stand among the first lines, or nowhere.
OPENING_LINES = 30
TABLE_COLUMNS = 3

_EMPLOYMENT = re.compile(
    r"(?P<regular>(?<!비)정규직|기간의 ?정함이 ?없는|full[ -]?time|permanent)"
    r"|(?P<contract>(?<!무기)계약직|기간제|기간의 ?정함이 ?있는|\bcontract)"
    r"|(?P<intern>인턴|\bintern)"
    r"|(?P<freelance>프리랜서|freelance)"
    r"|(?P<part>파트타임|(?:아르바이트|알바)(?!생|몬|천국)|시간제|시간선택제|part[ -]?time)",
    re.IGNORECASE,
)
_EMPLOYMENT_TYPES = {"regular": "1", "contract": "2", "intern": "3", "freelance": "4", "part": "5"}

_URL = re.compile(r"https?://[!#-&(-;=?-~]{1,490}", re.IGNORECASE)
_TECHNOLOGY_BREAK = re.compile(r"[,、，;|·•∙]|\s/\s")
_RECRUITING = re.compile(
    r"모집|채용|구인|초빙|영입|공고|찾습니다|찾아요|찾고 있|구합니다|구해요|hiring|recruit|wanted",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(
    r"주식회사|㈜|\(주\)|\(유\)|유한회사|유한책임회사|(?:재단|사단|의료|학교|복지|농업회사)법인|협동조합"
    r"|공단\Z|공사\Z|\b(?:Inc|Corp|LLC|GmbH|Co\.,? ?Ltd)\b"
)
_EXPERIENCE = re.compile(
    r"(?:경력|신입)[\s\d~\-·/,년차↑이상하무관경력신입]{0,20}\Z"
    r"|(?:entry|associate|mid-senior|senior|director|executive)[ -]level\Z",
    re.IGNORECASE,
)
# "구름배달∙서울 강남구∙경력 3-7년" beneath the title.
_DOT = re.compile(r"\s?[∙·•|]\s?")
# Hours and amounts are in the name of nobody.
_FIGURES = re.compile(r"\d:\d|\d\s?[만천]?\s?원")
# A menu, or the head of a table: three things side by side.
_COLUMNS = re.compile(r"(?:\t|\s{2,9})[^\t]{1,40}?(?:\t|\s{2,9})")
# "[급구]", "[연남동]": what else than a company stands in brackets before a title.
_NO_COMPANY = re.compile(r"급구|긴급|\A\S{1,6}(?:동|역|구|군|읍|면)\Z")
# "관련직종 : 물류 관리원": a label even where its name is not known.
_ANY_LABEL = re.compile(r"[^:：]{1,20}\s[:：]\s")
# "2026년 제3차 한가람도서문화재단 기간제근로자 채용 공고".
_PUBLIC_BODY = re.compile(
    r"20\d{2}(?:년도?|학년도)?\s(?:제\s?\d{1,3}[차회]\s|[상하]반기\s)?"
    r"(\S{2,30}(?:공단|공사|재단|진흥원|개발원|의료원|교육청|복지관))\s"
)
# Days that stand beneath no heading: "~ 2026년 12월 31일까지 이메일 접수".
_UNTIL = re.compile(
    r"[~〜∼]\s?['\d][\d년월일.\s/()월화수목금토-]{3,30}(?:까지)?(?:\Z|\s?\S{0,6}\s?(?:접수|지원|모집|마감))"
    r"|['\d][\d년월일.\s/()화수목금토-]{3,30}까지\s?(?:이메일\s?|온라인\s?)?"
    r"(?:접수|모집|제출|마감|지원을 ?받)",
)
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

    company = _without_legal_form(document.company)

    def only_names_company(body: str) -> bool:
        name, *rest = _DOT.split(body)
        called = _without_legal_form(_RECRUITING.sub("", name))
        return called == company != "" and all(piece in taken for piece in rest)

    def has_place(line: Line) -> bool:
        body = fold(without_tail(line.body))
        kind, value = _labelled(without_tail(line.body)) or ("", body)
        if is_chrome(line.words) or kind_of(line.body) not in (None, OTHER):
            return True
        if (
            body in taken
            or only_names_company(body)
            or (kind not in ("", OTHER) and fold(value) in taken)
        ):
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


def _without_legal_form(company: str) -> str:
    return fold(_LEGAL_FORM.sub(" ", company))


def _labelled(words: str) -> tuple[str, str] | None:
    return split_label(words) or split_words(words)


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
    # Whether the list began behind its label: "우대조건 : 차량 소지자".
    inline: bool = False
    pending: str = ""
    pending_label: Line | None = None
    # What the columns of a table are called, and what stands in them.
    columns: list[str | None] = field(default_factory=list)
    cells: dict[str, set[str]] = field(default_factory=dict)
    # The line that a site's button to follow the company stands beneath.
    followed: Line | None = None
    heading_marks: set[str] = field(default_factory=set)
    item_marks: set[str] = field(default_factory=set)
    # The line above, where a sentence may go on from it.
    above: Line | None = None

    def read(self, text: str) -> PostingDocument:
        for line in read_lines(text):
            if is_chrome(line.words) and (not line.mark or line.mark == "-"):
                if key_of(line.words).startswith("관심기업"):
                    self.followed = self.followed or self.above
                self.above = None
            else:
                self._take(line)
                # Behind a site's button nothing goes on.
                self.above = line if without_tail(line.body) == line.body else None
        return self._document()

    def _take(self, line: Line) -> None:
        body = without_tail(line.body)
        if self.pending == "experience_level" and _EXPERIENCE.match(body):
            self._take_value(body, line)
        elif self._take_row(body):
            return
        elif labelled := split_label(body):
            self._take_label(*labelled, line, body)
        elif not self._is_item(line) and (labelled := split_words(body)):
            kind, value = labelled
            # "시급 11,000원": the word says what the amount is for.
            self._take_label(kind, body if kind == "salary" else value, line, body)
        elif self._is_heading(line):
            self._open(kind_of(line.body) or OTHER, line)
        elif self.pending:
            self._take_value(body, line)
        elif not line.mark and _UNTIL.match(body) and len(body) <= MARKED_HEADING_LENGTH:
            self._end_list("deadline")
            self.deadlines.append(body)
        elif self.section in LISTS and not self._is_foreign(line):
            self._take_item(line, body)
        elif self.section == TECHNOLOGIES:
            self.technologies += technologies_of(body)
        else:
            self._end_list(OTHER)
            self.loose.append(line)

    def _is_foreign(self, line: Line) -> bool:
        """Whether a line is no item of the open list: another heading, or the next label."""
        if line.mark:
            return False
        if self.inline:
            return bool(_ANY_LABEL.match(line.body))
        return line.after_blank and bool(self.item_marks) and len(line.words) <= HEADING_LENGTH

    def _take_row(self, body: str) -> bool:
        """Whether a line is the head of a table whose columns are known, or a row beneath it."""
        cells = [cell.strip() for cell in body.split("\t")]
        if len(cells) < TABLE_COLUMNS:
            self.columns = []
            return False
        kinds = [kind_of(cell) for cell in cells]
        if all(kinds[1:]):
            self.columns, self.section = kinds, OTHER
            self.pending, self.pending_label = "", None
            return True
        for kind, cell in zip(self.columns, cells, strict=False):
            if kind in SINGLE and kind != "deadline":
                self.cells.setdefault(kind, set()).add(cell)
        return bool(self.columns)

    def _end_list(self, kind: str) -> None:
        """Leave a list at a label that is no item of it; some lists say such things themselves."""
        if self.section in LISTS and kind not in (EDUCATION, "experience_level", TECHNOLOGIES):
            self.section = OTHER

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
            and (line.after_blank or line.mark == BRACKET or bool(self.item_marks))
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

    def _enter(self, section: str, inline: bool = False) -> None:
        self.section, self.inline = section, inline
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
                    self._enter(kind, inline=True)
        elif self._is_item(line) and line.mark not in self.heading_marks - self.item_marks:
            self._take_item(line, body)
            if kind in SINGLE:
                self._keep(kind, value, self.hinted)
        else:
            self._end_list(kind)
            if kind == TECHNOLOGIES:
                self.technologies += technologies_of(value)
            elif kind == EDUCATION:
                self._take_education(value, body)
            elif kind in SINGLE:
                self._keep(kind, value, self.single)

    def _take_value(self, value: str, line: Line) -> None:
        kind, label = self.pending, self.pending_label
        self.pending, self.pending_label = "", None
        if kind == EDUCATION:
            adjoining = label is self.above and not (line.mark or line.after_signs)
            whole = f"{label.body} {value}" if label and adjoining else value
            self._take_education(value, whole)
        else:
            self._keep(kind, value, self.single)

    def _take_education(self, value: str, whole: str) -> None:
        if not _IRRELEVANT.match(value):
            self.lists["requirements"].append(" ".join(whole.split()))

    def _take_item(self, line: Line, body: str) -> None:
        items = self.lists[self.section]
        body = " ".join(body.split())
        above = self.above
        if (
            not line.mark
            and not (line.after_blank or line.after_signs)
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
        # Rows that differ are several jobs: none of them is the one.
        table = {kind: cells.pop() for kind, cells in self.cells.items() if len(cells) == 1}
        values = {**table, **self.hinted, **self.single}
        found = _Opening(self.loose, self.opening, self.followed, values.get("title", ""))
        values.setdefault("company", found.company)
        # A title that says nothing of recruiting is what the job is called.
        named = found.title if found.title and not _RECRUITING.search(found.title) else ""
        title = values.get("title") or found.title or values.get("position") or found.first
        values.setdefault("position", named)
        values.setdefault("experience_level", found.experience)
        values.setdefault("location", found.location)
        values.setdefault("url", found.url)
        employment = employment_type_of(values.pop("employment_type", found.employment))
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

    def __init__(
        self, loose: list[Line], opening: int | None, followed: Line | None, title: str
    ) -> None:
        self.lines = loose
        bodies = [line.body for line in loose]
        top = [body for body in bodies[:opening][:OPENING_LINES] if not _COLUMNS.search(body)]
        self.first = top[0] if top else ""
        pieces = [piece for body in top for piece in (body, *_DOT.split(body))]
        self.experience = next(filter(_EXPERIENCE.match, pieces), "")
        self.location = next((p for p in pieces if _is_place(p)), "")
        self.url = next((url_in(body) for body in bodies if _URL.match(body)), "")
        byline = next((body for body in top if _is_byline(body)), "")
        self.company = _DOT.split(byline)[0] or (followed and followed.body) or self._company(top)
        above = top[: top.index(byline)] if byline else []
        self.title = title or (above[-1] if above else self._title(top))
        if not self.company and (public := _PUBLIC_BODY.match(self.title)):
            self.company = public[1]
        named = next(filter(_EMPLOYMENT.fullmatch, pieces), "")
        kinds = {employment_type_of(found[0]) for found in _EMPLOYMENT.finditer(self.title)}
        self.employment = named or (self.title if len(kinds) == 1 else "")

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
            if _is_place(below) and not (
                _is_place(body) or _EXPERIENCE.match(body) or _FIGURES.search(body)
            ):
                return body
        for body in top:
            bracketed = _BRACKETED.match(body)
            if bracketed and not (
                _RECRUITING.search(bracketed[1])
                or _EXPERIENCE.match(bracketed[1])
                or _EMPLOYMENT.search(bracketed[1])
                or _is_place(bracketed[1])
                or _NO_COMPANY.search(bracketed[1])
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
                and (not _FIGURES.search(body) or bool(_RECRUITING.search(body)))
            )

        candidates = [body for body in top if names(body)]
        for body in candidates:
            rest = _RECRUITING.sub("", body.replace(self.company, "") if self.company else body)
            if _RECRUITING.search(body) and len(rest.strip()) > 1:
                return body
        return next((body for body in candidates if not _SENTENCE_END.search(body)), "")


def _is_place(body: str) -> bool:
    return bool(REGION.match(body)) and len(body) <= PLACE_LENGTH and not _RECRUITING.search(body)


def _is_byline(body: str) -> bool:
    """Whether a line names the company and where it is, and maybe for whom: "새봄∙서울 중구"."""
    company, *rest = _DOT.split(body)
    return (
        len(company) in range(1, COMPANY_LENGTH)
        and any(_is_place(piece) for piece in rest)
        and not (_is_place(company) or _EXPERIENCE.match(company) or _RECRUITING.search(company))
    )
