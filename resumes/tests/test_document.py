from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from accounts.models import User
from resumes.document import (
    ActivityEntry,
    EducationEntry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
    Section,
    printable,
)
from resumes.models import Resume
from resumes.periods import month_text, months_between, period_text
from resumes.sample import sample_document
from resumes.services import create_resume, to_document
from resumes.tests import whole_document

# PostgreSQL keeps all characters but the null character; UTF-8 all but surrogates.
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def words(most: int) -> st.SearchStrategy[str]:
    # Composing makes some characters longer.
    return st.text(CHARACTERS, max_size=most // 3)


def named(most: int) -> st.SearchStrategy[str]:
    return words(most).map(lambda text: f"이름{text}"[: most // 3])


DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31))
CODES = st.sampled_from(["", "1", "2"])
TECHNOLOGIES = st.lists(st.text("가각나ABab #+.", max_size=20), max_size=6)


@st.composite
def periods(draw: st.DrawFn) -> dict[str, date | None]:
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end < start:
        start, end = end, start
    return {"start_date": start, "end_date": end}


def entries(
    entry_type: type, dated: bool = True, **fields: object
) -> st.SearchStrategy[list[object]]:
    made = st.builds(
        lambda period, given: entry_type(**period, **given),
        periods() if dated else st.just({}),
        st.fixed_dictionaries(fields),  # type: ignore[arg-type]
    )
    return st.lists(made, max_size=3)


DOCUMENTS = st.builds(
    ResumeDocument,
    title=named(100),
    name=named(50),
    phone=words(20),
    address=words(200),
    birth_date=DAYS,
    gender=CODES,
    military_service=words(100),
    introduction=words(900),
    experiences=entries(
        ExperienceEntry,
        company=words(100),
        position=words(100),
        department=words(100),
        employment_type=CODES,
        description=words(300),
    ),
    educations=entries(
        EducationEntry,
        school=words(100),
        major=words(100),
        education_level=CODES,
        graduation_status=CODES,
        grade=words(30),
    ),
    projects=entries(
        ProjectEntry,
        title=words(200),
        role=words(200),
        description=words(300),
        link=words(500),
        technology_stacks=TECHNOLOGIES,
    ),
    activities=entries(
        ActivityEntry,
        title=words(200),
        activity_type=CODES,
        organization=words(100),
        description=words(300),
    ),
    qualifications=entries(
        QualificationEntry,
        dated=False,
        title=words(100),
        agency=words(100),
        acquired_date=DAYS,
        score=words(50),
    ),
    technology_stacks=TECHNOLOGIES,
)  # fmt: skip


@pytest.mark.django_db
def test_it_works(user: User) -> None:
    document = sample_document()

    assert to_document(create_resume(user, document)) == document


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=DOCUMENTS)
def test_what_is_written_is_read(user: User, document: ResumeDocument) -> None:
    assert to_document(create_resume(user, document)) == document
    # What feedbacks keep of it is the same again.
    assert ResumeDocument.model_validate(document.model_dump(mode="json")) == document
    assert ResumeDocument.model_validate_json(document.model_dump_json()) == document


@pytest.mark.django_db
def test_reading_costs_the_same_however_long_it_is(user: User) -> None:
    costs = []
    for number in (1, 40):
        resume = create_resume(user, whole_document(number))
        with CaptureQueriesContext(connection) as queries:
            to_document(resume)
        costs.append(len(queries))

    assert costs == [1, 1]


@pytest.mark.django_db
def test_entries_are_read_in_the_order_that_their_user_gave(user: User) -> None:
    resume = create_resume(user, sample_document())
    first, second, third = to_document(resume).experiences
    entry = resume.experiences.first()
    assert entry is not None
    entry.move(1)

    assert to_document(resume).experiences == [second, first, third]
    assert first != second


@pytest.mark.django_db
def test_what_is_stored_is_read_and_not_what_it_was_changed_to(user: User) -> None:
    resume = create_resume(user, whole_document(1))
    before = to_document(resume)
    resume.soft_delete()
    resume.title = "저장하지 않은 제목"

    assert to_document(resume) == before


@pytest.mark.django_db
def test_what_is_deleted_for_good_is_not_found(user: User) -> None:
    resume = create_resume(user, whole_document(1))
    Resume.with_deleted.filter(pk=resume.pk).delete()

    with pytest.raises(Http404):
        to_document(resume)


def test_what_can_be_printed_is_kept_wherever_it_stands() -> None:
    """Texts that can be printed as a whole take a shorter way, beside a line's end they do not."""
    for character in filter(str.isprintable, map(chr, range(0x110000))):
        assert printable(f"{character}\n") == f"{character}\n" == f"{printable(character)}\n"


@pytest.mark.django_db
def test_writing_costs_the_same_however_long_it_is(user: User) -> None:
    costs = []
    for number in (1, 40):
        with CaptureQueriesContext(connection) as queries:
            create_resume(user, whole_document(number))
        costs.append(len(queries))

    assert costs[0] == costs[1]


@pytest.mark.django_db(transaction=True)
def test_half_a_resume_is_not_kept(user: User) -> None:
    document = whole_document(2)
    document.qualifications[1].score = "점" * 51

    with pytest.raises(Exception, match="too long"):
        create_resume(user, document)

    assert not Resume.with_deleted.exists()


def test_hangul_is_composed_everywhere() -> None:
    text = normalize("NFD", "각박한 세상")

    document = ResumeDocument(
        introduction=text,
        technology_stacks=[text],
        projects=[ProjectEntry(title=text, technology_stacks=[text])],
    )

    [project] = document.projects
    composed = [document.introduction, project.title]
    composed += document.technology_stacks + project.technology_stacks
    assert composed == ["각박한 세상"] * 4


def test_a_technology_stands_once() -> None:
    given = ["Python", " Go ", "python", "", "  ", "GO", normalize("NFD", "코틀린"), "코틀린"]

    assert ResumeDocument(technology_stacks=given).technology_stacks == ["Python", "Go", "코틀린"]
    assert ProjectEntry(technology_stacks=given).technology_stacks == ["Python", "Go", "코틀린"]


def test_a_misspelt_field_is_an_error() -> None:
    with pytest.raises(ValidationError, match="compnay"):
        ResumeDocument.model_validate({"experiences": [{"compnay": "새봄"}]})


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2024-03", date(2024, 3, 1)),
        ("2024-03-15", date(2024, 3, 15)),
        (date(2024, 3, 15), date(2024, 3, 15)),
        (None, None),
    ],
)
def test_a_month_is_its_first_day(given: object, kept: date | None) -> None:
    job = ExperienceEntry.model_validate({"start_date": given})

    assert job.start_date == kept


@pytest.mark.parametrize("given", ["2024-13", "2024-3x", "2024-00", "2024-02-30", "어제"])
def test_what_is_no_month_is_an_error(given: str) -> None:
    with pytest.raises(ValidationError):
        ExperienceEntry.model_validate({"start_date": given})


def test_passages_come_as_the_page_shows_them() -> None:
    passages = list(sample_document().passages())

    order = list(dict.fromkeys(passage.section for passage in passages))
    assert order == [
        Section.BASICS,
        Section.INTRODUCTION,
        Section.EXPERIENCES,
        Section.PROJECTS,
        Section.EDUCATIONS,
        Section.QUALIFICATIONS,
        Section.ACTIVITIES,
        Section.TECHNOLOGY_STACKS,
    ]
    places = [(passage.section, passage.index, passage.field) for passage in passages]
    assert len(places) == len(set(places))
    assert all(passage.text for passage in passages)


def test_passages_hold_no_personal_data() -> None:
    document = ResumeDocument(
        title="지원용",
        name="홍길동",
        email="hong@example.com",
        phone="010-1234-5678",
        address="서울특별시",
        birth_date=date(1990, 5, 20),
    )

    assert [passage.text for passage in document.passages()] == ["지원용"]


def test_a_section_without_words_is_empty() -> None:
    document = ResumeDocument(experiences=[ExperienceEntry()], introduction="글")

    assert document.is_empty(Section.EXPERIENCES)
    assert not document.is_empty(Section.INTRODUCTION)


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2019, 3, 2), date(2021, 2, 28), "2019.03 ~ 2021.02"),
        (date(2019, 3, 2), None, "2019.03 ~ 현재"),
        (None, date(2021, 2, 28), "~ 2021.02"),
        (date(2021, 2, 1), date(2021, 2, 28), "2021.02"),
        (None, None, ""),
    ],
)
def test_a_period_reads_as_in_korean_resumes(
    start: date | None, end: date | None, text: str
) -> None:
    assert period_text(start, end) == text


def test_an_early_year_has_four_digits() -> None:
    assert month_text(date(1999, 12, 31)) == "1999.12"


@given(start=st.dates(), months=st.integers(-600, 600))
def test_months_are_counted_by_the_calendar(start: date, months: int) -> None:
    place = start.year * 12 + start.month - 1 + months
    if not 12 <= place < 120_000:
        return
    end = date(place // 12, place % 12 + 1, 1)

    assert months_between(start, end) == months == -months_between(end, start)
