"""What a line of a posting asks, and what it only mentions."""

from __future__ import annotations

import pytest

from feedback.matching.requirements import wanted_in, wanted_of


def groups_of(line: str) -> list[list[str]]:
    return [[option.name for option in group] for group in wanted_of(line).groups]


def stems_of(line: str) -> set[str]:
    options = [option for group in wanted_of(line).groups for option in group]
    return {stem for option in options if option.majors for stem in option.majors.stems}


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("JavaScript가 아닌 Java 개발 경험", ["Java"]),
        ("Java (JavaScript 아님)", ["Java"]),
        ("Java 개발 경험(JavaScript 제외)", ["Java"]),
        ("Python이 아니라 Go로 개발한 경험", ["Go"]),
        ("Vue 말고 React 경험", ["React"]),
        ("Java, not JavaScript", ["Java"]),
        ("Java 개발 경험, Docker는 필수가 아닙니다", ["Java"]),
        ("Java 3년 이상, Kotlin 경험은 없어도 됩니다", ["Java"]),
        ("Java 개발자 (학력 무관)", ["Java"]),
        ("Java 경력 3년 이상, 학력 무관", ["Java"]),
        ("전공 무관, Java 경험", ["Java"]),
        # These ask what they name.
        ("버그 없는 Java 코드를 쓰는 분", ["Java"]),
        ("Java뿐 아니라 Kotlin도 쓰는 분", ["Java", "Kotlin"]),
        ("Docker 경험 필수", ["Docker"]),
        ("Java(Spring) 개발 경험", ["Java", "Spring"]),
        ("Kafka를 이용한 장애 없는 운영 경험", ["Kafka"]),
    ],
)
def test_only_what_is_asked_is_asked(line: str, asked: list[str]) -> None:
    assert [name for group in groups_of(line) for name in group] == asked


@pytest.mark.parametrize(
    "line",
    [
        "React는 몰라도 괜찮아요",
        "Kotlin 경험은 없어도 됩니다",
        "Docker 경험은 필수가 아닙니다",
        "Docker 경험 필수 아님",
        "Kafka를 몰라도 됩니다",
        "Java, Kotlin 경험은 필수가 아닙니다",
        "Kafka 경험이 있으면 좋지만 필수는 아닙니다",
        "필수는 아니지만 Docker 경험",
        "Kotlin (경험 없어도 무방)",
        "Kotlin is not required",
        "No Kafka experience required",
        "운전면허는 없어도 지원 가능",
    ],
)
def test_what_is_not_needed_is_not_asked(line: str) -> None:
    assert wanted_in(line)[0] == []


@pytest.mark.parametrize(
    ("line", "groups"),
    [
        ("간호사 또는 간호조무사", [["간호", "간호조무사"]]),
        ("물류 혹은 유통 업무 경험", [["물류", "유통"]]),
        ("내과 또는 중환자실 경력자", [["내과", "중환자실"]]),
        ("토목 혹은 건축 설계 경험", [["토목", "건축 설계"]]),
        ("약국이나 병원 근무 경험", [["약국", "병원"]]),
        ("화장품이나 식품 유통 경험", [["화장품", "식품"]]),
        ("보육교사 2급 또는 유치원 정교사 자격증", [["보육교사", "정교사"]]),
        ("건설안전기사 자격 또는 산업안전기사 자격", [["건설안전기사", "산업안전기사"]]),
        ("유아교육과 졸업 또는 보육교사 자격", [["유아교육과", "보육교사"]]),
        ("Experience with nursing or midwifery", [["간호", "midwifery"]]),
        ("Java와 Kotlin 경험", [["Java"], ["Kotlin"]]),
        ("매장 운영 및 재고 관리 경험", [["매장 관리"], ["재고 관리"]]),
    ],
)
def test_of_alternatives_one_suffices(line: str, groups: list[list[str]]) -> None:
    assert groups_of(line) == groups


@pytest.mark.parametrize(
    "line",
    [
        "기획자, 디자이너와 협업",
        "기획자·디자이너와의 협업 경험",
        "QA, 백엔드 개발자 및 디자이너와의 협업",
        "영업팀과 긴밀하게 협업하는 분",
    ],
)
def test_nobody_has_to_be_whom_they_work_with(line: str) -> None:
    wanted = wanted_of(line)
    assert (groups_of(line), wanted.words) == ([["협업"]], ())


def test_tools_for_working_together_are_asked() -> None:
    assert groups_of("Jira와 협업 툴 경험") == [["Jira"], ["협업"]]
    assert groups_of("Git을 이용한 협업 경험") == [["Git"], ["협업"]]


@pytest.mark.parametrize(
    ("line", "stems"),
    [
        ("컴퓨터공학과 졸업", {"컴퓨터"}),
        ("컴퓨터 공학과 졸업", {"컴퓨터"}),
        ("간호학 전공", {"간호"}),
        ("회계학 전공자 우대", {"회계"}),
        ("조리 관련 학과 졸업", {"조리"}),
        ("전기, 전자, 기계 관련 학과 졸업", {"전기", "전자", "기계"}),
        ("경영학 또는 경제학을 전공하신 분", {"경영", "경제"}),
        ("유아 교육과 졸업", {"유아교육"}),
        ("법학 전공자", {"법학"}),
        ("기계·산업공학 학사", {"기계", "산업"}),
        ("관련 학과 졸업자", set()),
        ("전공 무관", set()),
        ("전공의 경험", set()),
        ("비전공자 지원 가능", set()),
        ("전공 지식이 깊은 분", set()),
        ("내과, 외과 병동 경력", set()),
        ("수학과 과학을 가르칠 수 있는 분", set()),
        ("대학교 졸업(4년) 이상", set()),
    ],
)
def test_majors_are_read(line: str, stems: set[str]) -> None:
    assert stems_of(line) == stems


def test_a_field_of_majors_stands_for_its_majors() -> None:
    assert {"경영", "회계"} <= stems_of("상경계열 전공자")
    assert "컴퓨터" in stems_of("이공계 전공")


def test_a_list_of_the_people_looked_for_is_several_things_asked() -> None:
    line = "의료기기 영업 경험자, 차량 소지자, 컴퓨터 활용 가능자"
    assert [wanted.text for wanted in wanted_in(line)[0]] == line.split(", ")
    one = "엑셀, 파워포인트 능숙자"
    assert [wanted.text for wanted in wanted_in(one)[0]] == [one]


def test_places_to_live_are_set_aside_though_one_suffices() -> None:
    assert wanted_in("서울 또는 경기 거주자") == ([], ["서울 또는 경기 거주자"])


def test_a_degree_is_not_asked_once_more_as_a_word() -> None:
    assert wanted_of("고졸 이상").words == ()
    assert wanted_of("고등학교 수학 수업").words == ("고등학교",)
