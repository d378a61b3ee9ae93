"""The lessons as they stand in the files: whole, in order, bounded, and with their sources."""

from __future__ import annotations

import pytest

from feedback.matching.levels import Degree
from gaechwi.skills.vocabulary import skills
from studyguides.lessons import CycleError, Graph, Lesson, Level, files, reviewed

GRAPH = reviewed()
LESSONS = list(GRAPH.lessons.values())


def a_lesson(skill: str, *after: str) -> Lesson:
    return Lesson(
        skill=skill, after=after, hours=10, level=Level.BASIC, topics=("주제",), checks=("됩니까?",)
    )


def test_it_works() -> None:
    assert len(LESSONS) >= 150
    assert len({skills()[lesson.skill].kind for lesson in LESSONS}) == len(
        {skill.kind for skill in skills().values()}
    )


def test_no_skill_has_two_lessons() -> None:
    named = [entry["skill"] for file in files() for entry in file["entries"]]
    assert len(named) == len(set(named))


def test_every_file_names_its_sources() -> None:
    assert all(file["sources"] for file in files())


def test_lessons_are_of_skills_of_the_vocabulary_by_their_own_names() -> None:
    assert GRAPH.lessons.keys() <= skills().keys()


def test_what_comes_before_is_there() -> None:
    there = GRAPH.lessons.keys() | GRAPH.barred.keys()
    assert {before for lesson in LESSONS for before in lesson.after} <= there


def test_both_languages_say_as_much() -> None:
    for lesson in LESSONS:
        english, korean = lesson.texts("en"), lesson.texts("ko")
        assert english != korean, lesson.skill
        assert len(english.topics) == len(korean.topics) == len(lesson.topics), lesson.skill
        assert len(english.checks) == len(korean.checks) == len(lesson.checks), lesson.skill


def test_hours_are_within_what_the_level_can_take() -> None:
    longest = {Level.BASIC: 120, Level.WORKING: 80, Level.EXAM: 220}
    beyond = [one.skill for one in LESSONS if not 3 <= one.hours <= longest[one.level]]
    assert beyond == []


def test_no_lessons_ask_for_each_other() -> None:
    GRAPH.check()


def test_a_cycle_is_named() -> None:
    graph = Graph({s: a_lesson(s, *after) for s, *after in ("AB", "BC", "CA")}, {})
    with pytest.raises(CycleError) as raised:
        graph.check()
    assert raised.value.skills == ("A", "B", "C", "A")


def test_what_is_barred_has_no_lesson_and_a_skill_of_the_vocabulary() -> None:
    assert not GRAPH.barred.keys() & GRAPH.lessons.keys()
    assert GRAPH.barred.keys() <= skills().keys()


def test_every_certificate_and_attitude_has_a_lesson_or_is_barred() -> None:
    undecided = [
        skill.name
        for skill in skills().values()
        if skill.kind in ("certificate", "soft_skill")
        and skill.name not in GRAPH.lessons
        and skill.name not in GRAPH.barred
    ]
    assert undecided == []


def test_exams_of_engineers_say_which_degree_they_ask_for() -> None:
    engineers = [one for one in LESSONS if one.skill.endswith(("기사", "산업기사"))]
    assert len(engineers) > 10
    for lesson in engineers:
        technician = lesson.skill.endswith("산업기사")
        assert lesson.degree == (Degree.COLLEGE if technician else Degree.BACHELOR)


def test_what_leads_to_a_skill_comes_before_it() -> None:
    order = GRAPH.leading_to("Kubernetes", frozenset())
    assert order[-1] == "Kubernetes"
    assert order.index("Linux") < order.index("컨테이너") < order.index("Docker")
    assert len(order) == len(set(order))


def test_what_is_known_is_left_out_with_all_that_leads_to_it() -> None:
    assert GRAPH.leading_to("Kubernetes", frozenset({"Docker"})) == ["네트워크", "Kubernetes"]


def test_staff_can_add_and_replace_lessons() -> None:
    changed = GRAPH.with_lessons([a_lesson("Java"), a_lesson("운전면허")])
    assert changed.lessons["Java"].hours == 10
    assert "운전면허" in changed.lessons
    assert "운전면허" not in changed.barred
    assert "운전면허" in GRAPH.barred
