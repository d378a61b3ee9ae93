from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from gaechwi.codes.models import Code
from resumes.document import ProjectEntry, ResumeDocument
from resumes.models import Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from resumes.tests import assert_only_for_its_user, bare_resume, whole_document

pytestmark = pytest.mark.django_db

SCRIPT = """<script>alert("x'y")</script>"""
TEXT_FIELDS = [
    "title",
    "name",
    "address",
    "military_service",
    "introduction",
    "company",
    "position",
    "department",
    "description",
    "school",
    "major",
    "role",
    "link",
    "organization",
    "agency",
    "score",
]


def path(resume_id: int) -> str:
    return f"/resumes/{resume_id}/"


def test_it_works(client: Client, resume: Resume) -> None:
    response = client.get(path(resume.pk))

    document = sample_document()
    words = response.content.decode()
    places = [words.index(escape(job.description[:40])) for job in document.experiences]
    assert places == sorted(places)
    for passage in document.passages():
        assertContains(response, escape(passage.text))
    for fact in (document.name, document.email, document.phone, document.address, "1992.05.20"):
        assertContains(response, fact)
    codes = [("gender", document.gender)]
    codes += [("employment_type", job.employment_type) for job in document.experiences]
    codes += [("education_level", school.education_level) for school in document.educations]
    codes += [("graduation_status", school.graduation_status) for school in document.educations]
    for division, detail_id in codes:
        assertContains(
            response, escape(Code.objects.get(division=division, detail_id=detail_id).code_detail)
        )
    assertContains(response, "2023.02 ~ 현재")


def test_an_empty_one_says_so(client: Client, user: User) -> None:
    assertContains(client.get(path(bare_resume(user).pk)), "아직 적은 내용이 없습니다.")


def test_it_is_for_its_user_only(client: Client, other_client: Client, resume: Resume) -> None:
    assert_only_for_its_user(path, resume, client, other_client)


def test_its_queries_do_not_grow(client: Client, user: User) -> None:
    small, large = create_resume(user, whole_document(1)), create_resume(user, whole_document(34))
    client.get(path(small.pk))

    with CaptureQueriesContext(connection) as at_6:
        client.get(path(small.pk))
    with CaptureQueriesContext(connection) as at_204:
        client.get(path(large.pk))

    assert len(at_6) == len(at_204) <= 10


@pytest.mark.parametrize("page", ["", "edit/", "experiences/", "experiences/{entry}/remove/"])
def test_no_text_becomes_a_script(client: Client, user: User, page: str) -> None:
    document = whole_document(1, **dict.fromkeys(TEXT_FIELDS, SCRIPT))
    resume = create_resume(user, document.model_copy(update={"technology_stacks": [SCRIPT]}))

    entry = resume.experiences.get()
    response = client.get(path(resume.pk) + page.format(entry=entry.pk))

    assertNotContains(response, SCRIPT)
    assertNotContains(response, 'alert("')
    assertNotContains(response, "x'y")
    assertContains(response, escape(SCRIPT))


def test_the_list_makes_no_script_of_a_title(client: Client, user: User) -> None:
    resume = bare_resume(user, title=SCRIPT)
    resume.soft_delete()
    bare_resume(user, title=SCRIPT)

    response = client.get("/resumes/", {"deleted": resume.pk})

    assertNotContains(response, SCRIPT)
    assertContains(response, escape(SCRIPT), count=2)


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("https://example.com/?a=1&b=2", True),
        ("HTTP://example.com", True),
        ("javascript:void(0)", False),
        (" JavaScript:void(0)", False),
        ("data:text/html,x", False),
        ("//example.com", False),
    ],
)
def test_a_link_leads_to_the_web_only(client: Client, user: User, link: str, leads: bool) -> None:
    # An imported document has passed no form.
    document = ResumeDocument(
        title="제목", name="이름", projects=[ProjectEntry(title="일", link=link)]
    )
    resume = create_resume(user, document)

    response = client.get(path(resume.pk))

    assertContains(response, escape(link.strip()))
    assert (f'href="{escape(link.strip())}"' in response.content.decode()) is leads


def test_an_award_has_one_month(client: Client, resume: Resume) -> None:
    resume.activities.update(start_date=date(2023, 5, 1), end_date=date(2023, 5, 31))

    response = client.get(path(resume.pk))

    assertContains(response, "2023.05</p>")
    assertNotContains(response, "2023.05 ~")
