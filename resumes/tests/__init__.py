from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertRedirects

from accounts.models import User
from resumes.document import (
    ActivityEntry,
    EducationEntry,
    Entry,
    ExperienceEntry,
    ProjectEntry,
    QualificationEntry,
    ResumeDocument,
)
from resumes.models import Resume

HTMX = {"HX-Request": "true"}


def bare_resume(user: User, **fields: Any) -> Resume:
    """Return a new résumé of a user without any entries."""
    return Resume.objects.create(user=user, **{"title": "지원용", "name": "홍길동", **fields})


def whole_document(entries: int, **words: str) -> ResumeDocument:
    """Return a document with so many entries in each section; `words` fill their text fields."""

    def filled(entry_type: type[Entry]) -> dict[str, str]:
        return {field: text for field, text in words.items() if field in entry_type.model_fields}

    return ResumeDocument(
        **{"title": "지원용", "name": "홍길동", **filled(ResumeDocument)},
        experiences=[
            ExperienceEntry(**{"company": "회사", **filled(ExperienceEntry)})
            for _number in range(entries)
        ],
        educations=[
            EducationEntry(**{"school": "학교", **filled(EducationEntry)})
            for _number in range(entries)
        ],
        projects=[
            ProjectEntry(**{"title": "일", **filled(ProjectEntry)}, technology_stacks=["Go"])
            for _number in range(entries)
        ],
        activities=[
            ActivityEntry(**{"title": "활동", **filled(ActivityEntry)})
            for _number in range(entries)
        ],
        qualifications=[
            QualificationEntry(**{"title": "자격", **filled(QualificationEntry)})
            for _number in range(entries)
        ],
        technology_stacks=[f"기술 {number}" for number in range(entries)],
    )


def assert_only_for_its_user(
    path: Callable[[int], str],
    resume: Resume,
    client: Client,
    other_client: Client,
    method: str = "get",
) -> None:
    """Assert that an address is shut to strangers as if there was nothing, and after deletion."""
    here, nowhere = path(resume.pk), path(resume.pk + 1_000_000)
    assertRedirects(
        getattr(Client(), method)(here),
        f"/accounts/login/?next={here}",
        fetch_redirect_response=False,
    )
    strangers, nothing = getattr(other_client, method)(here), getattr(other_client, method)(nowhere)
    assert strangers.status_code == nothing.status_code == 404
    assert _without_chance(strangers, here) == _without_chance(nothing, nowhere)
    resume.soft_delete()
    assert getattr(client, method)(here).status_code == 404


def _without_chance(response: HttpResponse, path: str) -> str:
    """Return a page without its tokens and its own address."""
    tokens = r'(name="csrfmiddlewaretoken" value|"x-csrftoken": |nonce=)[":= ]*"[^"]+"'
    return re.sub(tokens, "", response.content.decode()).replace(path, "")
