from __future__ import annotations

import re

from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from resumes.document import Passage, ResumeDocument, Section
from resumes.passages import Mark, Stretch, cut
from resumes.sample import sample_document

TEXTS = st.text("가나다 <&>\n", min_size=1, max_size=30).map(str.strip).filter(bool)


def introduction(text: str) -> tuple[ResumeDocument, Passage]:
    document = ResumeDocument(introduction=text)
    [passage] = document.passages()
    return document, passage


def cut_introduction(text: str, *ranges: tuple[int, int]) -> list[Stretch]:
    document, passage = introduction(text)
    marks = [Mark(passage, start, end, n, "2") for n, (start, end) in enumerate(ranges, 1)]
    return cut(document, marks)[(Section.INTRODUCTION, None, "introduction")]


def numbers(marks: tuple[Mark, ...]) -> list[int]:
    return [mark.number for mark in marks]


def test_it_works() -> None:
    stretches = cut_introduction("서버를 12대에서 8대로 줄였습니다", (4, 14))

    assert [stretch.text for stretch in stretches] == ["서버를 ", "12대에서 8대로 ", "줄였습니다"]
    assert [numbers(stretch.marks) for stretch in stretches] == [[], [1], []]
    assert [numbers(stretch.opens) for stretch in stretches] == [[], [1], []]


def test_marks_may_overlap() -> None:
    stretches = cut_introduction("가나다라마바", (0, 4), (2, 6), (2, 4))

    assert [stretch.text for stretch in stretches] == ["가나", "다라", "마바"]
    assert [numbers(stretch.marks) for stretch in stretches] == [[1], [1, 2, 3], [2]]
    assert [numbers(stretch.opens) for stretch in stretches] == [[1], [2, 3], []]


def test_what_has_no_marks_is_one_stretch() -> None:
    document = sample_document()

    stretches = cut(document)

    assert {key: [each.text for each in cuts] for key, cuts in stretches.items()} == {
        (passage.section, passage.index, passage.field): [passage.text]
        for passage in document.passages()
    }


def test_a_mark_is_in_its_own_passage_only() -> None:
    document = ResumeDocument(title="같은 말", introduction="같은 말")
    title, _introduction = document.passages()

    stretches = cut(document, [Mark(title, 0, 2, 1, "1")])

    assert len(stretches[(Section.BASICS, None, "title")]) == 2
    assert len(stretches[(Section.INTRODUCTION, None, "introduction")]) == 1


@given(data=st.data(), text=TEXTS)
def test_nothing_is_lost_or_told_twice(data: st.DataObject, text: str) -> None:
    places = st.integers(0, len(text))
    ranges = data.draw(st.lists(st.tuples(places, places).filter(lambda r: r[0] < r[1])))

    stretches = cut_introduction(text, *ranges)

    assert "".join(stretch.text for stretch in stretches) == text
    assert all(stretch.text for stretch in stretches)
    place = 0
    for stretch in stretches:
        end = place + len(stretch.text)
        within = [n for n, (start, stop) in enumerate(ranges, 1) if start <= place and end <= stop]
        assert numbers(stretch.marks) == within
        place = end
    opened = [number for stretch in stretches for number in numbers(stretch.opens)]
    assert sorted(opened) == list(range(1, len(ranges) + 1))


@given(data=st.data(), text=TEXTS)
def test_a_page_shows_the_same_words(data: st.DataObject, text: str) -> None:
    places = st.integers(0, len(text))
    ranges = data.draw(
        st.lists(st.tuples(places, places).filter(lambda r: r[0] < r[1]), max_size=4)
    )
    stretches = {("introduction", None, "introduction"): cut_introduction(text, *ranges)}
    template = Template('{% load passages %}{% passage "introduction" None "introduction" %}')

    page = template.render(Context({"stretches": stretches}))

    without_anchors = re.sub(r"<a .*?</a>", "", page, flags=re.DOTALL)
    shown = re.sub(r"</?mark[^>]*>", "", without_anchors)
    for escaped, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        shown = shown.replace(escaped, character)
    assert shown == text
    assert page.count('class="anchor"') == len(ranges)
