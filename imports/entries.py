"""Which lines of a section are about one thing: a job, a school, a project."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from imports.headings import column_of
from imports.lines import Row, joined_lines
from imports.naming import goes_with_certificate, is_part, is_position
from imports.periods import Found, period_in

# The lines that name a thing stand next to its period, at most so many.
_NAMING_LINES = 3
_NAMING_LENGTH = 70


@dataclass
class Group:
    """The lines about one thing: what they name (`names`), say by labels, and tell (`told`)."""

    period: Found | None = None
    names: list[str] = field(default_factory=list)
    labelled: dict[str, str] = field(default_factory=dict)
    told: list[Row] = field(default_factory=list)
    # The naming lines, each whole: parts may belong together after all.
    lines: list[str] = field(default_factory=list)

    @property
    def description(self) -> str:
        """What the lines tell."""
        return joined_lines(self.told)


def groups_in(rows: list[Row], fields: frozenset[str]) -> list[Group]:
    """Return the things that the lines of a section are about, whose entries have these fields."""
    if table := _table(rows, fields):
        return table
    spaced = _is_spaced(rows)
    begins = _beginnings(rows, spaced=spaced)
    if not begins:
        return []
    ends = [*begins[1:], len(rows)]
    return [
        _group(rows[begin:end], fields, spaced=spaced)
        for begin, end in zip(begins, ends, strict=True)
    ]


def each_line(rows: list[Row], fields: frozenset[str]) -> list[Group]:
    """Return the things of a section that has one on each line."""
    if table := _table(rows, fields):
        return table
    if blocks := _blocks(rows):
        return blocks
    groups: list[Group] = []
    for row in rows:
        label, value = _label_in(row, fields)
        goes_on = groups and not row.mark and not row.after_blank and not row.cells
        if groups and label and label not in ("title", "other"):
            _say(groups[-1], label, value)
        elif goes_on and row.period and groups[-1].period is None:
            groups[-1].period = row.period
        elif groups and not row.mark and row.cells and all(map(goes_with_certificate, row.cells)):
            groups[-1].names += row.cells
            groups[-1].period = groups[-1].period or row.period
        elif row.cells:
            groups.append(Group(row.period, row.cells, lines=[row.rest.strip()]))
        elif row.period:
            # "2019.06" above "TOEIC 900".
            groups.append(Group(row.period))
    return _with_days_above(groups)


def _blocks(rows: list[Row]) -> list[Group]:
    """Return the things of a section where blank lines part them; nothing where none do."""
    blocks: list[list[Row]] = []
    for row in rows:
        if row.after_blank or not blocks:
            blocks.append([])
        blocks[-1].append(row)
    # A list has no blank lines, and a single block is one.
    if len(blocks) < 2 or max(map(len, blocks)) == 1 or any(row.mark for row in rows):
        return []
    return [
        Group(
            next((row.period for row in block if row.period), None),
            [cell for row in block for cell in row.cells],
            lines=[row.rest.strip() for row in block],
        )
        for block in blocks
    ]


def _with_days_above(groups: list[Group]) -> list[Group]:
    kept: list[Group] = []
    for group in groups:
        if kept and not kept[-1].names and not group.period:
            group.period = kept.pop().period
        kept.append(group)
    return [group for group in kept if group.names]


def _is_spaced(rows: list[Row]) -> bool:
    """Return whether blank lines stand even between names and their periods, and so part nothing.

    Of a single period it is believed only where its line names nothing but a team or a rank.
    """
    anchors = [place for place, row in enumerate(rows) if is_anchor(row)]
    if not anchors or anchors[0] > _NAMING_LINES:
        return False
    if len(anchors) == 1 and not all(
        is_part(word) or is_position(word)
        for cell in rows[anchors[0]].cells
        for word in cell.split(" ", 1)
    ):
        return False
    return all(
        rows[anchor].after_blank and _naming_above(rows, anchor, floor, spaced=True)
        for floor, anchor in zip([0, *anchors], anchors, strict=False)
    )


def _beginnings(rows: list[Row], *, spaced: bool) -> list[int]:
    """Return the places of the lines that things begin with."""
    anchors = [place for place, row in enumerate(rows) if is_anchor(row)]
    if not anchors:
        return _without_periods(rows)
    first = anchors[0]
    # What stands above the first period stands above the others, too.
    above = len(_naming_above(rows, first, 0, spaced=spaced)) if first <= _NAMING_LINES else 0
    begins = []
    for place, anchor in enumerate(anchors):
        floor = anchors[place - 1] + 1 if place else 0
        begins.append(anchor - len(_naming_above(rows, anchor, floor, spaced=spaced)[:above]))
    begins[0] = min(begins[0], first if above == 0 else 0)
    return begins


def is_anchor(row: Row) -> bool:
    """Return whether a line has the period of a thing, and does not tell of it."""
    found = row.period
    if found is None or len(row.rest.strip()) > _NAMING_LENGTH:
        return False
    # "- 2019.03 결제 서버를 옮김" tells, "- 2019.03 ~ 2021.02 나루로지텍" names.
    if row.mark and not found.is_range:
        return False
    # "기간: 2019.03 ~" belongs to what stands above it.
    return not row.is_sentence


def _naming_above(rows: list[Row], anchor: int, floor: int, *, spaced: bool) -> list[Row]:
    """Return the lines above a period, the nearest first, that name what it is the period of."""
    found: list[Row] = []
    for place in range(anchor - 1, max(floor, anchor - _NAMING_LINES) - 1, -1):
        row = rows[place]
        if row.mark or row.is_sentence or len(row.body) > _NAMING_LENGTH or row.period:
            break
        if rows[place + 1].after_blank and not spaced:
            break
        found.append(row)
    return found


def _without_periods(rows: list[Row]) -> list[int]:
    """Return where things begin that have no periods: after a blank line, or before marked ones."""
    marked = any(row.mark for row in rows)
    return [
        place
        for place, row in enumerate(rows)
        if place == 0
        or row.after_blank
        or (marked and not row.mark and rows[place - 1].mark and len(row.body) < _NAMING_LENGTH / 2)
    ]


def _group(rows: list[Row], fields: frozenset[str], *, spaced: bool) -> Group:
    group = Group()
    anchor = next((place for place, row in enumerate(rows) if is_anchor(row)), 0)
    group.period = rows[anchor].period
    naming = rows[: anchor + 1]
    rest = rows[anchor + 1 :]
    if not any(row.cells for row in naming):
        # The period stands alone above what it is about.
        below = list(takewhile(_names, rest))[:2]
        naming, rest = [*naming, *below], rest[len(below) :]
    elif len(naming) <= 2 and _is_second_name(
        rest, after_period=len(naming) == 2 and not naming[-1].cells, spaced=spaced
    ):
        naming, rest = [*naming, rest[0]], rest[1:]
    for row in naming:
        label, value = _label_in(row, fields)
        if label and label != "period":
            _say(group, label, value)
        elif label is None:
            group.names += row.cells
            if row.rest.strip():
                group.lines.append(row.rest.strip())
    for row in rest:
        label, value = _label_in(row, fields)
        if label and label not in ("description", "other", "title") and label not in group.labelled:
            _say(group, label, value)
            if label == "period":
                group.period = group.period or period_in(value)
        else:
            group.told.append(row)
    return group


def _names(row: Row) -> bool:
    return not row.mark and not row.is_sentence and len(row.body) < _NAMING_LENGTH


def _is_second_name(rest: list[Row], *, after_period: bool, spaced: bool) -> bool:
    """Whether a position stands alone between the name of a company and what was done there."""
    if len(rest) < 2 or not _names(rest[0]) or len(rest[0].body) > 30:
        return False
    if rest[0].after_blank and not spaced:
        return False
    return ":" not in rest[0].body and (after_period or bool(rest[1].mark))


def _label_in(row: Row, fields: frozenset[str]) -> tuple[str | None, str]:
    label, colon, value = row.body.partition(":")
    if not colon:
        label, colon, value = row.body.partition("\t")
    if not colon or not value.strip():
        return None, ""
    kind = column_of(label, fields)
    return kind, value.strip() if kind else ""


def _say(group: Group, label: str, value: str) -> None:
    group.labelled.setdefault(label, value)


def _table(rows: list[Row], fields: frozenset[str]) -> list[Group]:
    """Return what the rows of a table are about whose first row names its columns; else nothing."""
    if not rows:
        return []
    columns = [_fields_of(head, fields) for head in rows[0].body.split("\t")]
    if len(columns) < 2 or columns.count([]) > len(columns) // 3:
        return []
    groups: list[Group] = []
    for row in rows[1:]:
        if "\t" not in row.body and groups:
            groups[-1].told.append(row)
        else:
            groups.append(_table_row(row, columns))
    return groups


def _fields_of(head: str, fields: frozenset[str]) -> list[str]:
    """Return the fields that a column is for: of "부서/직책" two, none where one is not known."""
    if column := column_of(head, fields):
        return [column]
    both = [column_of(part, fields) for part in head.split("/")]
    return [column for column in both if column] if None not in both else []


def _table_row(row: Row, columns: list[list[str]]) -> Group:
    group = Group(lines=[row.rest.strip()])
    days: list[str] = []
    for names, cell in zip(columns, row.body.split("\t"), strict=False):
        values = cell.split("/") if len(names) > 1 else [cell]
        # Of "부서/직책" a single word may be either.
        if len(values) != len(names):
            continue
        for name, value in zip(names, map(str.strip, values), strict=True):
            if name in ("period", "start", "end", "date"):
                days.append(value)
            elif value:
                _say(group, name, value)
    group.period = period_in(" ~ ".join(filter(None, days)))
    return group
