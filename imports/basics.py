"""Who a résumé is about: name, contact and the rest of its head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from imports.headings import basic_label_of, is_column_head, section_of
from imports.lines import Row, parts_of
from imports.naming import GENDERS, gender_of, is_part, is_position
from imports.periods import day_in
from postings.headings import REGION, kind_of

EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}")
PHONE = re.compile(
    r"(?<![\d.-])(?:\+82[\s.-]?\(?0?\)?1[016-9]|\(?01[016-9]\)?|0(?:2|[3-6]\d|70))"
    r"[\s.-]{0,2}\d{3,4}[\s.-]{0,2}\d{4}(?![\d-])"
)
_BIRTH = re.compile(
    r"(?:19|20)\d{2}\s?[-./년]\s?(?:1[0-2]|0?[1-9])\s?[-./월]\s?(?:3[01]|[12]\d|0?[1-9])(?!\d)"
)
# "1993.04.12 생", "1993년 4월 12일 (만 33세)", or such a day alone: nobody writes a résumé at ten.
_BORN = re.compile(
    rf"{_BIRTH.pattern}\s?[.일]?\s?(?:생|출생|\((?:만\s?)?\d\d세\)|만\s?\d\d세)"
    r"|(?:19\d\d|200\d|201[0-2])\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}\s?[.일]?\Z"
)
_HANGUL_NAME = re.compile(r"[가-힣]{2,4}\Z|[가-힣](?:\s{1,3}[가-힣]){1,3}\Z")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z'-]{1,20}(?:\s[A-Z][A-Za-z'.-]{0,20}){1,3}\Z")
_AFTER_NAME = re.compile(r"\s?[(\[].{1,40}[)\]]\Z|\s(?:님|입니다\.?)\Z")
# "백엔드 개발자 김개취": the name stands last.
_NAME_LAST = re.compile(r"(.{2,80})\s([가-힣]{3})\Z")
_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허노심하곽성차주우구민진지엄채원천방공현함변염"
    "여추도소석선설마길연위표명기반왕금옥육인맹제모남탁국어은편용"
)
# Nobody's name ends so: "노무사", "주방장".
_CALLING = re.compile(r"[가-힣]{1,3}[사장]\Z")
_TWO_LETTER_FAMILY = re.compile(r"(?:남궁|황보|제갈|선우|독고|사공|서문|동방)\s?[가-힣]")
_SECTION_WORDS = re.compile(r"이력서|경력기술서|resume|curriculum vitae|cv\Z|지원서", re.IGNORECASE)
_MILITARY = re.compile(
    r"(?:육군|해군|공군|해병|의경|사회복무|공익|전문연구|산업기능|병장|만기\s?전역|군필|미필|면제)"
)
_LABELLED = re.compile(r"([^:：]{1,14})[:：]\s{0,5}(.{1,300})\Z")
_ADDRESS_PLACE = re.compile(r"[가-힣]{1,10}(?:구|시|군|동|읍|면|로|길)(?:\s|\Z|\d|,)")
# Name and headline stand among the first lines, or nowhere.
_HEAD_LINES = 8
_TITLE_LENGTH = 100


def read_basics(head: list[Row], below: list[Row]) -> dict[str, object]:
    """Return the basics that the head of a résumé says; `below` are lines of sections of such."""
    rows = [*head, *below]
    said: dict[str, str] = {}
    rest: list[str] = []
    for row in rows:
        _read_row(row, said, rest)
    every = "\n".join(row.body for row in rows)
    _take_patterns(every, said)
    loose = [words for words in rest if not _is_taken(words, said)]
    _take_name_and_title(loose[:_HEAD_LINES], said)
    for words in loose:
        if "gender" not in said and gender_of(words):
            said["gender"] = words
        if "birth_date" not in said and _BORN.match(words):
            said["birth_date"] = words
        if "address" not in said and REGION.match(words) and _ADDRESS_PLACE.search(words):
            said["address"] = words
        if "military_service" not in said and _MILITARY.search(words) and len(words) < 60:
            said["military_service"] = words
    return _interpreted(said)


def _read_row(row: Row, said: dict[str, str], rest: list[str]) -> None:
    cells = [cell for cell in _cells(row.body) if cell]
    place = 0
    while place < len(cells):
        cell = cells[place]
        labelled = _LABELLED.match(cell)
        if labelled and (label := basic_label_of(labelled[1])):
            said.setdefault(label, labelled[2].strip())
        elif (label := basic_label_of(cell.rstrip(":："))) and place + 1 < len(cells):
            place += 1
            if not basic_label_of(cells[place]):
                said.setdefault(label, cells[place])
            else:
                place -= 1
        elif spaced := _spaced_label(cell):
            said.setdefault(*spaced)
        else:
            rest.append(cell)
        place += 1


def _spaced_label(cell: str) -> tuple[str, str] | None:
    """Return label and value of "휴대폰 010-0000-0000"."""
    word, _space, value = cell.partition(" ")
    label = basic_label_of(word)
    if not value or label in (None, "title", "other") or len(cell) > _TITLE_LENGTH:
        return None
    return str(label), value.strip()


def _cells(body: str) -> Iterator[str]:
    for piece in re.split(r"\t|\s?[|│ㅣ]\s?|\s[·•∙ㆍ/]\s|\s{3,}", body):
        yield piece.strip(" ,")


def _take_patterns(text: str, said: dict[str, str]) -> None:
    if match := EMAIL.search(said.get("email", "")) or EMAIL.search(text):
        said["email"] = match[0]
    if match := PHONE.search(said.get("phone", "")) or PHONE.search(text):
        said["phone"] = match[0]


def _is_taken(words: str, said: dict[str, str]) -> bool:
    return bool(EMAIL.search(words) or PHONE.search(words)) or words in said.values()


def _take_name_and_title(lines: list[str], said: dict[str, str]) -> None:
    """Take the first name among some lines, one of three syllables before others, and a title."""
    names = [name for line in lines if (name := _name_in(_plain(line)))]
    names.sort(key=lambda name: len(name.replace(" ", "")) != 3)
    for place, line in enumerate(lines):
        words = line.strip(" ,-")
        plain = _plain(line)
        is_heading = section_of(words) is not None or _SECTION_WORDS.search(words)
        name = _name_in(plain)
        if "name" not in said and not is_heading and name and name == names[0]:
            said["name"] = name
            before = plain.removesuffix(name).strip(" ,-|")
            if before and "title" not in said:
                said["title"] = plain
        elif (
            "title" not in said and not is_heading and name != plain and _is_headline(words, place)
        ):
            said["title"] = words


def _plain(line: str) -> str:
    return _AFTER_NAME.sub("", line.strip(" ,-")).strip()


def _name_in(words: str) -> str:
    if section_of(words) is not None or _SECTION_WORDS.search(words):
        return ""
    if _HANGUL_NAME.match(words):
        return words if words.replace(" ", "")[0] in _FAMILY and not _is_calling(words) else ""
    if (last := _NAME_LAST.match(words)) and last[2][0] in _FAMILY and len(words) < _TITLE_LENGTH:
        # "저는 ... 개발자" is no name: what stands before it names a calling.
        return last[2] if re.search(r"(?:자|사|어|터|원|너|인|생)\s[가-힣]{3}\Z", words) else ""
    is_name = _LATIN_NAME.match(words) and len(words) <= 40 and not is_position(words)
    return words if is_name else ""


def _is_calling(words: str) -> bool:
    """Return whether what might be a name is a calling, a label or a heading of a posting."""
    if _TWO_LETTER_FAMILY.match(words):
        return False
    return bool(
        is_position(words)
        or (_CALLING.match(words) and len(words) > 2)
        or is_part(words)
        or kind_of(words)
        or is_column_head(words)
        or basic_label_of(words)
    )


def _is_headline(words: str, place: int) -> bool:
    return (
        (len(words) >= 4 or (len(words) == 3 and _is_calling(words)))
        and len(words) <= _TITLE_LENGTH
        and not kind_of(words)
        and place <= 4
        and not day_in(words)
        and not REGION.match(words)
        and not basic_label_of(words)
        and not re.search(r"https?:|www\.|만\s?\d\d세|\d{2}세|github\.|linkedin\.", words)
        and not gender_of(words)
        and not _MILITARY.search(words)
    )


def _interpreted(said: dict[str, str]) -> dict[str, object]:
    found: dict[str, object] = {
        name: said[name]
        for name in ("name", "email", "phone", "address", "military_service", "title")
        if said.get(name)
    }
    birth = said.get("birth_date", "")
    if match := _BIRTH.search(birth):
        found["birth_date"] = day_in(match[0])
    gender = said.get("gender") or next(
        (part for part in parts_of(birth.replace("/", " / ")) if part in GENDERS), ""
    )
    if code := gender_of(gender):
        found["gender"] = code
    return found
