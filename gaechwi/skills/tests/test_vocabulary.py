from __future__ import annotations

import time
from collections import Counter

import pytest

from gaechwi.skills.folding import fold
from gaechwi.skills.vocabulary import find, mentions, proven_by, skills

KINDS = {"technology", "tool", "certificate", "job_skill", "soft_skill"}


def named(text: str) -> list[str]:
    return [mention.skill.name for mention in mentions(text) if not mention.negated]


def test_it_works() -> None:
    text = "스프링부트와 PostgreSQL로 API를 만들었습니다."
    assert [
        (mention.skill.name, text[mention.start : mention.end]) for mention in mentions(text)
    ] == [("Spring Boot", "스프링부트"), ("PostgreSQL", "PostgreSQL"), ("API", "API")]


# The data


def test_there_are_skills_of_every_kind() -> None:
    kinds = Counter(skill.kind for skill in skills().values())
    assert set(kinds) == KINDS
    assert kinds.total() >= 250


def test_no_name_stands_for_two_skills() -> None:
    owners: dict[str, set[str]] = {}
    for skill in skills().values():
        for alias in (skill.name, *skill.aliases):
            owners.setdefault(fold(alias).text.replace(" ", ""), set()).add(skill.name)
    assert {alias: names for alias, names in owners.items() if len(names) > 1} == {}


def test_what_a_skill_shows_is_a_skill() -> None:
    shown = {other for skill in skills().values() for other in skill.shows}
    assert shown <= set(skills())


def test_every_name_is_found_where_it_stands_alone() -> None:
    missed = [
        alias
        for skill in skills().values()
        for alias in (skill.name, *skill.aliases)
        if named(alias) != [skill.name] or find(alias) != skill
    ]
    assert missed == []


def test_a_skill_proves_what_it_is_built_on() -> None:
    assert {skill.name for skill in proven_by(skills()["Spring Boot"])} == {
        "Spring Boot",
        "Spring",
        "Java",
    }


def test_a_name_nobody_knows_is_no_skill() -> None:
    assert find("없는 기술") is None


# Names in a text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Java와 JavaScript", ["Java", "JavaScript"]),
        ("자바를 배우고 자바스크립트로 만듦", ["Java", "JavaScript"]),
        ("JavaScript", ["JavaScript"]),
        ("C++, C#, C언어, C/C++", ["C++", "C#", "C", "C", "C++"]),
        ("C로 펌웨어를 개발", ["C", "임베디드"]),
        ("R로 분석, R, SQL", ["R", "R", "SQL"]),
        ("R&D 센터", ["연구 개발"]),
        ("Go로 개발", ["Go"]),
        ("let's go, Go to market, Google, MongoDB", ["MongoDB"]),
        ("비타민 C와 C등급, 고객사 A, B, C", []),
        ("냉장고를 옮김", []),
        ("장고로 개발", ["Django"]),
        ("spring-boot, SpringBoot, 스프링 부트", ["Spring Boot"] * 3),
        ("React.js/Vue.js, Vue3", ["React", "Vue.js", "Vue.js"]),
        ("Three.js, user@python.example", []),
        ("Python3, HTML5, Java 17", ["Python", "HTML", "Java"]),
        ("React Native", ["React Native"]),
        ("먼저 재고, 다음에 고치고", []),
        ("재고관리하고 재고 관리를 함", ["재고 관리", "재고 관리"]),
        ("영업일 기준 3일", []),
        ("자바\u200b스크립트, py\u200dthon, Ｊａｖａ", ["JavaScript", "Python", "Java"]),
        ("인수인계 양식을 손봄", ["인수인계"]),
        ("", []),
    ],
)
def test_names_are_found_as_words_of_their_own(text: str, expected: list[str]) -> None:
    assert named(text) == expected


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    text = "언어: ja\u200bva 개발"
    (mention,) = mentions(text)
    assert text[mention.start : mention.end] == "ja\u200bva"


# Negation


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Java는 사용해 본 적이 없지만 Kotlin은 3년 썼습니다", ["Kotlin"]),
        ("Java, Kotlin 경험은 없습니다", []),
        ("Docker를 썼고 Kubernetes는 경험이 없습니다", ["Docker"]),
        ("Kafka는 아직 써 보지 못했습니다. Redis는 썼습니다", ["Redis"]),
        ("운전면허 없음", []),
        ("Java 제외, Python 무관", []),
        ("Kafka: no experience", []),
        ("no experience with Kafka or Redis", []),
        ("I have never used Kafka, but I know Redis well", ["Redis"]),
        ("Java 경험이 없는 팀원을 가르쳤습니다", ["Java"]),
        ("Docker가 없던 팀에 도입", ["Docker"]),
        ("버그 없는 Java 코드를 만들었다", ["Java"]),
        ("SQL로 문제없이 처리", ["SQL"]),
        ("Redis를 장애 없이 운영", ["Redis"]),
        ("SAP를 포기하지 않고 공부", ["SAP"]),
    ],
)
def test_what_is_denied_is_no_skill(text: str, kept: list[str]) -> None:
    assert named(text) == kept


# Time


@pytest.mark.parametrize(
    "piece", ["스프링 ", "r ", "microsoft offic", "자바 경험 ", "no no ", "\u200b"]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        started = time.process_time()
        mentions(piece * (size // len(piece)))
        return time.process_time() - started

    mentions(piece)
    assert seconds(80_000) < 10 * seconds(20_000) + 1
