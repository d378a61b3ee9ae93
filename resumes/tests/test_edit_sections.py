from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import count
from threading import Barrier
from unicodedata import normalize

import pytest
from django.db import connections
from django.forms.models import model_to_dict
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from gaechwi.tests import fill_in, opened
from resumes.models import Experience, Project, Resume, SectionEntry, TechnologyStack
from resumes.sections import KINDS
from resumes.tests import HTMX, assert_only_for_its_user, bare_resume

pytestmark = pytest.mark.django_db

PERIOD = {"start_date": "2021-03", "end_date": "2023-02"}


@dataclass(frozen=True)
class Example:
    """What a user writes into the forms of a section, and the field that names its entries."""

    section: str
    named_by: str
    fields: dict[str, str]

    def adding(self, name: str) -> dict[str, str]:
        field = "titles" if self.section == "technology_stacks" else self.named_by
        return {**self.fields, field: name}

    def editing(self, name: str) -> dict[str, str]:
        return {**self.fields, self.named_by: name}

    def entries(self, resume: Resume) -> list[SectionEntry]:
        return list(KINDS[self.section].entries(resume))

    def path(self, resume: Resume, *steps: object) -> str:
        return "/".join(["", "resumes", str(resume.pk), self.section, *map(str, steps), ""])


EXAMPLES = [
    Example(
        "experiences",
        "company",
        {
            **PERIOD,
            "department": "간호부",
            "position": "간호사",
            "employment_type": "1",
            "description": "환자 12명을 맡음",
        },
    ),
    Example(
        "projects",
        "title",
        {
            **PERIOD,
            "role": "기획",
            "description": "방문객 3만 명",
            "technology_stacks": "Figma, React",
            "link": "https://example.com/work",
        },
    ),
    Example("technology_stacks", "title", {}),
    Example(
        "educations",
        "school",
        {
            **PERIOD,
            "major": "간호학",
            "education_level": "3",
            "graduation_status": "1",
            "grade": "3.8 / 4.5",
        },
    ),
    Example(
        "qualifications",
        "title",
        {"agency": "한국보건의료인국가시험원", "score": "합격", "acquired_date": "2023-02"},
    ),
    Example(
        "activities",
        "title",
        {
            **PERIOD,
            "activity_type": "1",
            "organization": "적십자",
            "description": "주말마다",
        },
    ),
]
PERIODS = [example for example in EXAMPLES if "start_date" in example.fields]

every_section = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.section)
every_period = pytest.mark.parametrize("example", PERIODS, ids=lambda example: example.section)
with_and_without_htmx = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


@pytest.fixture
def resume(user: User) -> Resume:
    return bare_resume(user)


def add(client: Client, resume: Resume, example: Example, *names: str) -> list[SectionEntry]:
    for name in names:
        client.post(example.path(resume, "add"), example.adding(name))
    return example.entries(resume)


def names(example: Example, resume: Resume) -> list[str]:
    return [str(entry) for entry in example.entries(resume)]


@every_section
def test_what_is_listed_is_what_is_stored(
    client: Client, resume: Resume, user: User, example: Example
) -> None:
    add(client, resume, example, "첫째", "둘째")
    add(client, bare_resume(user), example, "다른 이력서")

    stored, listed = example.entries(resume), KINDS[example.section].listed(resume)

    assert listed == stored
    assert [model_to_dict(entry) for entry in listed] == [model_to_dict(e) for e in stored]
    assert [entry.summary for entry in listed] == [entry.summary for entry in stored]


def answered(client: Client, example: Example, resume: Resume, path: str, **posted: str) -> str:
    """Return the part of the page that a post leads to, with htmx or without."""
    response = client.post(path, posted, headers=HTMX)
    assert response.status_code == 200
    part = response.content.decode()
    assert part.lstrip().startswith(f'<section class="card section" id="{example.section}"')
    return part


@every_section
@with_and_without_htmx
def test_it_works(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    resume_before = resume.updated_at

    response = client.post(example.path(resume, "add"), example.adding("새봄"), headers=headers)

    if headers:
        assertContains(response, "<strong>새봄</strong>")
        assertContains(response, '<div id="said" hx-swap-oob="innerHTML">저장했습니다.</div>')
        assertNotContains(response, "<html")
    else:
        anchor = f"/resumes/{resume.pk}/edit/#{example.section}"
        assertRedirects(response, anchor, fetch_redirect_response=False)
        assertContains(client.get(anchor), "저장했습니다.")
    assertContains(client.get(f"/resumes/{resume.pk}/edit/"), "<strong>새봄</strong>")
    [entry] = example.entries(resume)
    assert str(entry) == "새봄"
    for field, text in example.fields.items():
        assert _as_written(getattr(entry, field)) == text
    resume.refresh_from_db()
    assert resume.updated_at > resume_before


def _as_written(value: object) -> object:
    if isinstance(value, date):
        assert value.day == 1
        return f"{value:%Y-%m}"
    return ", ".join(value) if isinstance(value, list) else value


@every_section
@with_and_without_htmx
def test_a_form_opens_and_closes(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    [entry] = add(client, resume, example, "새봄")

    for path in (example.path(resume, "add"), example.path(resume, entry.pk)):
        response = client.get(path, headers=headers)
        assertContains(response, f'<form class="entry-form" method="post" action="{path}"')
        assert ("<html" in response.content.decode()) is not bool(headers)
        assert "HX-Request" in response["Vary"]
    closed = client.get(example.path(resume), headers=headers)
    assertNotContains(closed, "entry-form")
    assertContains(closed, "<strong>새봄</strong>")


@every_section
@with_and_without_htmx
def test_an_entry_is_edited(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    first, second = add(client, resume, example, "첫째", "둘째")
    form = client.get(example.path(resume, first.pk), headers=headers)
    assertContains(form, 'value="첫째"')
    for text in example.fields.values():
        assertContains(form, escape(text))

    response = fill_in(
        client, example.path(resume, first.pk), example.editing("고친 이름"), headers=headers
    )

    assert response.status_code == (200 if headers else 302)
    assert names(example, resume) == ["고친 이름", "둘째"]
    assert [entry.pk for entry in example.entries(resume)] == [first.pk, second.pk]


@every_section
@with_and_without_htmx
def test_entries_move(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    first, second, third = add(client, resume, example, "하나", "둘", "셋")

    def move(entry: SectionEntry, direction: str) -> list[str]:
        path = example.path(resume, entry.pk, "move")
        response = client.post(path, {"direction": direction}, headers=headers)
        assert response.status_code == (200 if headers else 302)
        return names(example, resume)

    assert move(third, "up") == ["하나", "셋", "둘"]
    assert move(first, "down") == ["셋", "하나", "둘"]
    assert move(third, "up") == ["셋", "하나", "둘"]
    assert move(second, "down") == ["셋", "하나", "둘"]
    assert move(second, "up") == ["셋", "둘", "하나"]


@every_section
def test_the_ends_cannot_move_on(client: Client, resume: Resume, example: Example) -> None:
    first, second = add(client, resume, example, "하나", "둘")

    page = client.get(example.path(resume), headers=HTMX).content.decode()

    disabled = re.findall(r'id="(\S+)" name="direction" value="\w+" disabled', page)
    assert disabled == [
        f"{example.section}-{first.pk}-up",
        f"{example.section}-{second.pk}-down",
    ]


@every_section
def test_every_tool_of_an_entry_leads_somewhere(
    client: Client, resume: Resume, example: Example
) -> None:
    (entry,) = add(client, resume, example, "하나")

    page = client.get(f"/resumes/{resume.pk}/edit/").content.decode()

    tools = page.split('class="entry-tools"')[1].split("</div>")[0]
    addresses = re.findall(r' (?:formaction|href)="([^"]+)"', tools)
    assert addresses == [
        reverse(f"resumes:entry_{step}", args=[resume.pk, example.section, entry.pk])
        for step in ("move", "move", "edit", "remove")
    ]


@every_section
@with_and_without_htmx
def test_an_entry_is_removed(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    first, _second = add(client, resume, example, "하나", "둘")
    path = example.path(resume, first.pk, "remove")
    assertContains(client.get(path), "‘하나’ 항목을 지울까요?")
    assert names(example, resume) == ["하나", "둘"]

    response = client.post(path, headers=headers)

    assert response.status_code == (200 if headers else 302)
    assert names(example, resume) == ["둘"]
    assert client.post(path, headers=headers).status_code == 404


@every_section
def test_a_new_entry_comes_last_after_a_removal(
    client: Client, resume: Resume, example: Example
) -> None:
    first, *_others = add(client, resume, example, "하나", "둘", "셋")
    client.post(example.path(resume, first.pk, "remove"))

    add(client, resume, example, "넷")

    assert names(example, resume) == ["둘", "셋", "넷"]


# ── Access ────────────────────────────────────────────────────────────────────────────────────────

STEPS: list[tuple[str, Callable[[int], str]]] = [
    ("get", lambda entry_id: ""),
    ("get", lambda entry_id: "add/"),
    ("post", lambda entry_id: "add/"),
    ("get", lambda entry_id: f"{entry_id}/"),
    ("post", lambda entry_id: f"{entry_id}/"),
    ("post", lambda entry_id: f"{entry_id}/move/"),
    ("get", lambda entry_id: f"{entry_id}/remove/"),
    ("post", lambda entry_id: f"{entry_id}/remove/"),
]


@every_section
@pytest.mark.parametrize(("method", "step"), STEPS)
def test_it_is_for_its_user_only(
    client: Client,
    other_client: Client,
    resume: Resume,
    example: Example,
    method: str,
    step: Callable[[int], str],
) -> None:
    [entry] = add(client, resume, example, "새봄")

    assert_only_for_its_user(
        lambda resume_id: f"/resumes/{resume_id}/{example.section}/{step(entry.pk)}",
        resume,
        client,
        other_client,
        method,
    )

    assert names(example, resume) == ["새봄"]


@every_section
@pytest.mark.parametrize(("method", "step"), [step for step in STEPS if "7" in step[1](7)])
def test_the_entry_of_another_resume_is_not_there(
    client: Client,
    user: User,
    resume: Resume,
    example: Example,
    method: str,
    step: Callable[[int], str],
) -> None:
    [entry] = add(client, resume, example, "새봄")
    other = bare_resume(user)

    path = f"/resumes/{other.pk}/{example.section}/{step(entry.pk)}"
    response = getattr(client, method)(path, {**example.editing("남의 것"), "direction": "up"})

    assert response.status_code == 404
    assert names(example, resume) == ["새봄"]
    assert names(example, other) == []


@pytest.mark.parametrize("section", ["basics", "introduction", "photos", "user", "__class__"])
@pytest.mark.parametrize(("method", "step"), STEPS)
def test_an_unknown_section_is_not_there(
    client: Client, resume: Resume, section: str, method: str, step: Callable[[int], str]
) -> None:
    path = f"/resumes/{resume.pk}/{section}/{step(1)}"
    assert getattr(client, method)(path).status_code == 404


@every_section
def test_looking_changes_nothing(client: Client, resume: Resume, example: Example) -> None:
    [entry] = add(client, resume, example, "새봄")

    assert client.get(example.path(resume, entry.pk, "move")).status_code == 405
    client.get(example.path(resume, entry.pk, "remove"))
    client.get(example.path(resume, "add"), example.adding("주소로 더한 것"))

    assert names(example, resume) == ["새봄"]


@pytest.mark.parametrize("direction", ["", "sideways", "UP"])
def test_a_move_needs_a_direction(client: Client, resume: Resume, direction: str) -> None:
    example = EXAMPLES[0]
    first, _second = add(client, resume, example, "하나", "둘")

    path = example.path(resume, first.pk, "move")
    assert client.post(path, {"direction": direction}).status_code == 400

    assert names(example, resume) == ["하나", "둘"]


# ── Bad input ─────────────────────────────────────────────────────────────────────────────────────


@every_section
@with_and_without_htmx
def test_an_entry_needs_its_name(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    response = client.post(example.path(resume, "add"), example.adding(" "), headers=headers)

    assertContains(response, "필수 항목입니다.")
    assertContains(response, 'aria-invalid="true"', count=1)
    for text in example.fields.values():
        assertContains(response, escape(text))
    assert names(example, resume) == []


@every_section
def test_an_empty_form_is_answered(client: Client, resume: Resume, example: Example) -> None:
    assertContains(client.post(example.path(resume, "add")), "필수 항목입니다.")


@every_section
def test_a_refused_edit_changes_nothing(client: Client, resume: Resume, example: Example) -> None:
    [entry] = add(client, resume, example, "새봄")
    before = type(entry)._default_manager.filter(pk=entry.pk).values().get()

    assertContains(
        fill_in(client, example.path(resume, entry.pk), example.editing("")), "필수 항목"
    )

    assert type(entry)._default_manager.filter(pk=entry.pk).values().get() == before


@every_section
def test_null_characters_are_refused(client: Client, resume: Resume, example: Example) -> None:
    answer = answered(
        client, example, resume, example.path(resume, "add"), **example.adding("새\0봄")
    )

    assert "null 문자는 사용할 수 없습니다." in answer
    assert names(example, resume) == []


@every_section
def test_too_long_a_name_is_refused_with_its_length(
    client: Client, resume: Resume, example: Example
) -> None:
    answer = answered(
        client, example, resume, example.path(resume, "add"), **example.adding("가" * 777)
    )

    limit = {"projects": 200, "activities": 200, "technology_stacks": 50}.get(example.section, 100)
    assert re.search(rf"\b{limit}자까지 적을 수 있는데 \D*777자", answer)
    assert names(example, resume) == []


@every_section
def test_hangul_of_a_mac_is_composed(client: Client, resume: Resume, example: Example) -> None:
    add(client, resume, example, normalize("NFD", "각박한 세상을 밝히는 등불 재단"))

    assert names(example, resume) == ["각박한 세상을 밝히는 등불 재단"]


@every_period
@with_and_without_htmx
def test_an_end_before_the_start_is_refused(
    client: Client, resume: Resume, example: Example, headers: dict[str, str]
) -> None:
    fields = {**example.adding("새봄"), "start_date": "2023-03", "end_date": "2023-02"}

    response = client.post(example.path(resume, "add"), fields, headers=headers)

    words = "끝난 때가 시작한 때보다 빠릅니다."
    assertContains(response, f'id="id_{example.section}_end_date_error"><li>{words}</li>')
    assertContains(response, 'value="2023-02"')
    assert names(example, resume) == []


@every_period
def test_one_month_is_a_period(client: Client, resume: Resume, example: Example) -> None:
    fields = {**example.adding("새봄"), "start_date": "2023-03", "end_date": "2023-03"}

    client.post(example.path(resume, "add"), fields)

    assert names(example, resume) == ["새봄"]


@pytest.mark.parametrize("example", EXAMPLES[:2] + EXAMPLES[3:], ids=lambda e: e.section)
def test_a_full_section_takes_no_more(client: Client, resume: Resume, example: Example) -> None:
    model = KINDS[example.section].add_form._meta.model
    model.objects.bulk_create(
        model(resume=resume, order=number, **{example.named_by: "하나"}) for number in range(29)
    )

    add(client, resume, example, "서른째")
    answer = answered(
        client, example, resume, example.path(resume, "add"), **example.adding("서른한째")
    )

    assert "30개까지 적을 수 있고, 이미 다 찼습니다." in answer
    assert 'value="서른한째"' in answer
    assert len(example.entries(resume)) == 30
    # What is there can still be edited.
    last = example.entries(resume)[-1]
    fill_in(client, example.path(resume, last.pk), example.editing("고친 이름"))
    assert names(example, resume)[-1] == "고친 이름"


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.com/%0Aalert(1)",
        "data:text/html,x",
        "ftp://a.kr",
    ],
)
def test_a_link_that_is_no_web_address_is_refused(
    client: Client, resume: Resume, link: str
) -> None:
    response = client.post(f"/resumes/{resume.pk}/projects/add/", {"title": "일", "link": link})

    assertContains(response, "올바른 URL을 입력하세요.")
    assert not resume.projects.exists()


@pytest.mark.parametrize(
    ("section", "field"),
    [
        ("experiences", "employment_type"),
        ("educations", "education_level"),
        ("educations", "graduation_status"),
        ("activities", "activity_type"),
    ],
)
def test_a_code_that_is_none_is_refused(
    client: Client, resume: Resume, section: str, field: str
) -> None:
    [example] = [example for example in EXAMPLES if example.section == section]
    fields = {**example.adding("새봄"), field: "99"}

    assertContains(client.post(example.path(resume, "add"), fields), "올바르게 선택해 주세요.")

    assert names(example, resume) == []


# ── Months ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-03", date(2024, 3, 1)),
        ("2024.3", date(2024, 3, 1)),
        ("2024/03", date(2024, 3, 1)),
        ("2024년 3월", date(2024, 3, 1)),
        (" 2024-03 ", date(2024, 3, 1)),
        ("2024-03-15", date(2024, 3, 15)),
        ("2024.03.15", date(2024, 3, 15)),
        ("2024년 3월 15일", date(2024, 3, 15)),
        ("", None),
    ],
)
def test_a_month_or_a_day_is_taken(
    client: Client, resume: Resume, written: str, kept: date | None
) -> None:
    client.post(
        f"/resumes/{resume.pk}/experiences/add/", {"company": "새봄", "start_date": written}
    )

    assert resume.experiences.get().start_date == kept


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2024-13", "연도와 달을 2024-03처럼 적어 주세요."),
        ("2024", "연도와 달을 2024-03처럼 적어 주세요."),
        ("20244-03", "연도와 달을 2024-03처럼 적어 주세요."),
        ("3월", "연도와 달을 2024-03처럼 적어 주세요."),
        ("0204-03", "연도를 확인해 주세요. 1900년부터 2100년까지 적을 수 있습니다."),
        ("2204-03", "연도를 확인해 주세요. 1900년부터 2100년까지 적을 수 있습니다."),
    ],
)
def test_what_is_no_month_is_refused(
    client: Client, resume: Resume, written: str, words: str
) -> None:
    response = client.post(
        f"/resumes/{resume.pk}/experiences/add/", {"company": "새봄", "start_date": written}
    )

    assertContains(response, words)
    assert not resume.experiences.exists()


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-03", date(2024, 3, 15)),
        ("2024.03", date(2024, 3, 15)),
        ("2024-04", date(2024, 4, 1)),
        ("2024-03-20", date(2024, 3, 20)),
        ("2024-03-01", date(2024, 3, 1)),
        ("", None),
    ],
)
def test_a_day_is_kept_until_another_month_or_day_is_given(
    client: Client, resume: Resume, written: str, kept: date | None
) -> None:
    job = Experience.objects.create(resume=resume, company="새봄", start_date=date(2024, 3, 15))

    fill_in(
        client,
        f"/resumes/{resume.pk}/experiences/{job.pk}/",
        {"company": "새봄", "start_date": written},
    )

    job.refresh_from_db()
    assert job.start_date == kept


def test_a_kept_day_does_not_make_its_own_month_too_early(client: Client, resume: Resume) -> None:
    job = Experience.objects.create(resume=resume, company="새봄", start_date=date(2024, 3, 15))

    fill_in(
        client,
        f"/resumes/{resume.pk}/experiences/{job.pk}/",
        {"company": "새봄", "start_date": "2024-03", "end_date": "2024-03"},
    )

    job.refresh_from_db()
    assert (job.start_date, job.end_date) == (date(2024, 3, 15), date(2024, 3, 15))


def test_days_in_the_wrong_order_are_refused(client: Client, resume: Resume) -> None:
    response = client.post(
        f"/resumes/{resume.pk}/experiences/add/",
        {"company": "새봄", "start_date": "2024-03-15", "end_date": "2024-03-14"},
    )

    assertContains(response, "끝난 때가 시작한 때보다 빠릅니다.")
    assert not resume.experiences.exists()


# ── Technologies ──────────────────────────────────────────────────────────────────────────────────


def add_technologies(client: Client, resume: Resume, titles: str) -> str:
    path = f"/resumes/{resume.pk}/technology_stacks/add/"
    return client.post(path, {"titles": titles}, headers=HTMX).content.decode()


def technologies(resume: Resume) -> list[str]:
    return [technology.title for technology in resume.technology_stacks.all()]


def test_many_technologies_are_added_at_once(client: Client, resume: Resume) -> None:
    add_technologies(client, resume, "Python,  Spring   Boot,\r\nC#、Go，, \n리액트")

    assert technologies(resume) == ["Python", "Spring Boot", "C#", "Go", "리액트"]


def test_200_technologies_are_refused_with_both_numbers(client: Client, resume: Resume) -> None:
    titles = ", ".join(f"기술{number}" for number in range(200))

    answer = add_technologies(client, resume, titles)

    assert "기술은 100개까지 적을 수 있는데 200개를 적으셨습니다." in answer
    assert titles in answer
    assert technologies(resume) == []


def test_those_that_are_there_count(client: Client, resume: Resume) -> None:
    add_technologies(client, resume, ", ".join(f"기술{number}" for number in range(60)))

    answer = add_technologies(client, resume, ", ".join(f"도구{number}" for number in range(41)))

    assert "기술은 100개까지 적을 수 있는데 101개를 적으셨습니다." in answer
    assert len(technologies(resume)) == 60
    add_technologies(client, resume, ", ".join(f"도구{number}" for number in range(40)))
    assert len(technologies(resume)) == 100


def test_a_technology_stands_once(client: Client, resume: Resume) -> None:
    add_technologies(client, resume, "Python, python, Go")
    add_technologies(client, resume, "PYTHON, Rust, go")
    assert technologies(resume) == ["Python", "Go", "Rust"]

    assert "이미 모두 적혀 있는 기술입니다." in add_technologies(client, resume, "rust, GO")
    assert technologies(resume) == ["Python", "Go", "Rust"]


def test_a_technology_is_not_renamed_to_another(client: Client, resume: Resume) -> None:
    add_technologies(client, resume, "Python, Go")
    python, _go = resume.technology_stacks.all()
    path = f"/resumes/{resume.pk}/technology_stacks/{python.pk}/"

    assertContains(fill_in(client, path, {"title": " gO "}), "이미 적은 기술입니다.")
    assert technologies(resume) == ["Python", "Go"]

    fill_in(client, path, {"title": "PYTHON"})
    assert technologies(resume) == ["PYTHON", "Go"]


def test_one_technology_of_two_resumes(client: Client, user: User, resume: Resume) -> None:
    other = bare_resume(user)
    for each in (resume, other):
        add_technologies(client, each, "Python")

    assert technologies(resume) == technologies(other) == ["Python"]


def test_a_project_has_its_own_technologies(client: Client, resume: Resume) -> None:
    path = f"/resumes/{resume.pk}/projects/add/"
    client.post(path, {"title": "일", "technology_stacks": "Go, go\nRust"})
    assert resume.projects.get().technology_stacks == ["Go", "Rust"]

    titles = ", ".join(f"기술{number}" for number in range(200))
    response = client.post(path, {"title": "둘째 일", "technology_stacks": titles})
    assertContains(response, "기술은 100개까지 적을 수 있는데 200개를 적으셨습니다.")
    response = client.post(path, {"title": "둘째 일", "technology_stacks": "G\0o"})
    assertContains(response, "null 문자는 사용할 수 없습니다.")
    assert resume.projects.count() == 1


# ── Two windows at once ───────────────────────────────────────────────────────────────────────────


def at_once(client: Client, *posts: tuple[str, dict[str, str]]) -> list[int]:
    """Send posts from as many windows at the same moment; return the statuses of the answers."""
    ready = Barrier(len(posts))

    def send(post: tuple[str, dict[str, str]]) -> int:
        window = Client(raise_request_exception=False)
        window.cookies = client.cookies
        try:
            ready.wait(timeout=10)
            return window.post(*post).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(posts)) as windows:
        return list(windows.map(send, posts))


def assert_sound(resume: Resume, example: Example, expected: set[str]) -> None:
    entries = example.entries(resume)
    orders = [entry.order for entry in entries]
    assert {str(entry) for entry in entries} == expected
    assert len(entries) == len(expected)
    assert len(set(orders)) == len(orders)


@pytest.mark.django_db(transaction=True)
@every_section
def test_entries_added_at_once_keep_an_order(
    client: Client, resume: Resume, example: Example
) -> None:
    added = [f"항목 {number}" for number in range(6)]

    statuses = at_once(
        client, *((example.path(resume, "add"), example.adding(name)) for name in added)
    )

    assert statuses == [302] * 6
    assert_sound(resume, example, set(added))


@pytest.mark.django_db(transaction=True)
def test_moves_and_removals_at_once_keep_an_order(client: Client, resume: Resume) -> None:
    example = EXAMPLES[0]
    entries = add(client, resume, example, *(f"회사 {number}" for number in range(6)))
    removed, edited = entries[2], entries[4]
    edited_path = example.path(resume, edited.pk)

    statuses = at_once(
        client,
        *(
            (example.path(resume, entry.pk, "move"), {"direction": direction})
            for entry, direction in zip(
                entries, ["down", "up", "up", "up", "down", "up"], strict=True
            )
        ),
        (example.path(resume, removed.pk, "remove"), {}),
        (edited_path, {**example.editing("고친 회사"), **opened(client, edited_path)}),
    )

    assert set(statuses) <= {302, 404}
    left = {str(entry) for entry in entries if entry not in (removed, edited)}
    assert_sound(resume, example, {*left, "고친 회사"})


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once(client: Client, resume: Resume) -> None:
    example = EXAMPLES[0]
    Experience.objects.bulk_create(
        Experience(resume=resume, company="하나", order=number) for number in range(29)
    )

    statuses = at_once(
        client, *((example.path(resume, "add"), example.adding(f"새 {n}")) for n in range(4))
    )

    assert sorted(statuses) == [200, 200, 200, 302]
    assert resume.experiences.count() == 30


@pytest.mark.django_db(transaction=True)
def test_a_technology_added_at_once_stands_once(client: Client, resume: Resume) -> None:
    path = f"/resumes/{resume.pk}/technology_stacks/add/"

    statuses = at_once(client, *((path, {"titles": title}) for title in ("Go", "go", "GO", "gO")))

    assert sorted(statuses) == [200, 200, 200, 302]
    assert resume.technology_stacks.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_removed_meanwhile_does_not_come_back(client: Client, resume: Resume) -> None:
    example = EXAMPLES[1]
    for number in count():
        [project] = add(client, resume, example, "일")
        path = example.path(resume, project.pk)
        statuses = at_once(
            client,
            (path, {**example.editing("고친 일"), **opened(client, path)}),
            (example.path(resume, project.pk, "remove"), {}),
        )
        assert statuses in ([302, 302], [404, 302])
        assert not Project.objects.exists()
        if number == 4:
            break


def test_adding_many_takes_few_queries(
    client: Client, resume: Resume, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    titles = ", ".join(f"기술{number}" for number in range(100))
    with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
        add_technologies(client, resume, titles)

    assert TechnologyStack.objects.count() == 100
