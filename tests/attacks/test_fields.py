"""Fields that nobody may set, sent along with those that one may; and odd words in queries."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from gaechwi.jobs.models import job_models
from imports.services import save_import
from imports.tests import read_file
from postings.models import JobPosting
from postings.tests import pasted_texts, posting_documents
from resumes.models import Project, Resume
from resumes.sample import sample_document
from tests.attacks.holdings import fill
from tests.reliability import Outcome

pytestmark = pytest.mark.django_db

JSON = "application/json"
NUMBER = 987_654_321
MOMENT = "2001-01-01T00:00:00Z"


@pytest.fixture
def values(user: User, settings: Settings, tmp_path: Any) -> dict[str, Any]:
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 100_000
    settings.ACCOUNT_RATE_LIMITS = False
    posting = posting_documents()["04_backend"]
    pasted = (pasted_texts()["02_accountant"], "[경력]\n나루페이 | 개발자")
    return fill(user, sample_document(), posting, pasted)


def injected(other: User) -> dict[str, Any]:
    """Return every column that any of our tables has and that no user is to write."""
    names: dict[str, Any] = {
        "is_staff": True,
        "is_superuser": True,
        "is_deleted": True,
        "discarded": True,
        "saved": True,
        "resume_type": "2",
        "user_type": "2",
        "engine": "openai",
        "model": "injected",
        "key": "../../etc/passwd",
        "groups": [1],
        "user_permissions": [1],
        "password": "injected",
        "base_url": "http://169.254.169.254/",
        "openai_base_url": "http://169.254.169.254/",
    }
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for field in model._meta.concrete_fields:
            kind = field.get_internal_type()
            if field.name in NOT_INJECTED:
                continue
            if kind == "DateTimeField":
                names[field.name] = MOMENT
            elif kind in {"BigAutoField", "PositiveIntegerField", "PositiveSmallIntegerField"}:
                names[field.name] = NUMBER if kind == "BigAutoField" else 77
            elif field.is_relation and field.name != "user":
                names[field.attname] = NUMBER
    return {**names, "user": other.pk, "user_id": other.pk, "pk": NUMBER, "id": NUMBER}


OURS = {
    *("accounts", "resumes", "postings", "imports", "exports", "feedback", "interviews"),
    *("studyguides", "jobs", "privacy"),
}
# What users do choose: of an interview, and of a guide.
NOT_INJECTED = {"question_count", "hours_per_week", "hours", "degree"}


def marked() -> list[str]:
    """Return the rows that hold something of what was sent along."""
    found = []
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        for row in model._base_manager.values():
            bad = {
                name: value
                for name, value in row.items()
                if name not in NOT_INJECTED
                and (
                    (value == NUMBER)
                    or (value == 77 and name != "latency_ms" and not name.endswith("id"))
                    or str(value).startswith(("2001-01-01", "injected", "../../etc"))
                    or "169.254" in str(value)
                    or (name in {"is_staff", "is_superuser", "is_deleted"} and value)
                    or (name == "engine" and value == "openai")
                    or (name == "user_type" and value == "2")
                )
            }
            if bad:
                found.append(f"{model._meta.label} {bad}")
    return found


def jobs_made() -> int:
    return sum(model._base_manager.count() for model in job_models())


RESUME = {"title": "제목", "name": "이름"}
FORMS: dict[str, dict[str, Any]] = {
    "/resumes/new/": RESUME,
    "/resumes/{resume_id}/edit/": RESUME,
    "/resumes/{resume_id}/experiences/add/": {"company": "회사"},
    "/resumes/{resume_id}/experiences/{entry_id}/": {"company": "회사"},
    "/resumes/{resume_id}/educations/add/": {"school": "학교"},
    "/resumes/{resume_id}/projects/add/": {"title": "일"},
    "/resumes/{resume_id}/activities/add/": {"title": "활동"},
    "/resumes/{resume_id}/qualifications/add/": {"title": "자격"},
    "/resumes/{resume_id}/technology_stacks/add/": {"titles": "Elm"},
    "/postings/new/": {"title": "공고"},
    "/postings/{posting_id}/edit/": {"title": "공고"},
    "/postings/paste/": {"text": "모집합니다"},
    "/postings/drafts/{draft_id}/": {"title": "공고"},
    "/imports/": {"text": "이름: 한나루"},
    "/imports/{import_id}/": RESUME,
    "/exports/resumes/{resume_id}/": {"kind": "docx"},
    "/interviews/new/": {
        "resume": "{resume_id}",
        "posting": "{posting_id}",
        "interview_type": "1",
        "question_count": 3,
        "difficulty": "normal",
    },
    "/guides/new/": {"posting": "{posting_id}", "hours_per_week": 10},
    "/guides/items/{item_id}/status/": {"status": "doing"},
    "/guides/items/{item_id}/note/": {"notes": "메모"},
    "/feedbacks/standard/{resume_id}/": {},
    "/feedbacks/improvements/{improvement_id}/": {"take": "none"},
    "/account/": {"name": "이름"},
    "/accounts/signup/": {
        "email": "new@example.kr",
        "password1": "엄청-긴-비밀번호-42",
        "consent": "on",
    },
}
BODIES: dict[str, tuple[str, dict[str, Any]]] = {
    "/api/resumes/": ("post", RESUME),
    "/api/resumes/{resume_id}": ("put", RESUME),
    "/api/resumes/{resume_id}/exports": ("post", {"format": "docx"}),
    "/api/job-postings/": ("post", {"title": "공고"}),
    "/api/job-postings/{posting_id}": ("put", {"title": "공고"}),
    "/api/users/me": ("patch", {"name": "이름"}),
    "/api/interviews/": (
        "post",
        {"resume_id": "{resume_id}", "interview_type": "1", "question_count": 3},
    ),
    "/api/study-guides/": ("post", {"posting_id": "{posting_id}"}),
    "/api/study-guides/{guide_id}/items/{item_id}": ("patch", {"status": "doing"}),
    "/api/resume_feedbacks/standard/{resume_id}": ("post", {}),
    "/api/resume_feedbacks/standard_resume/{feedback_id}": ("post", {}),
    "/api/interviews/{interview_id}/feedback": ("post", {}),
    "/api/auth/token": ("post", {"email": "seeker@example.com", "password": "a-long-passphrase"}),
}


def put_in(given: Any, values: dict[str, Any]) -> Any:
    """Return what is sent, with ids in the places of their names."""
    if isinstance(given, dict):
        return {name: put_in(one, values) for name, one in given.items()}
    return given.format(**values) if isinstance(given, str) else given


def test_fields_that_nobody_may_set_in_forms(
    client: Client, values: dict[str, Any], other_user: User, outcome: Outcome
) -> None:
    more = injected(other_user)
    jobs = jobs_made()
    for path, form in FORMS.items():
        browser = Client() if "signup" in path else client
        sent = {**more, **put_in(form, values)}
        # A form says what it was opened on.
        page = browser.get(put_in(path, values)).content.decode()
        if version := re.search(r'name="version" value="(\w+)"', page):
            sent["version"] = version[1]
        answer = browser.post(put_in(path, values), sent)
        assert answer.status_code in {200, 302, 204}, path

    assert "\n".join(marked()) == ""
    assert jobs_made() >= jobs + 5
    assert Resume.objects.get(pk=values["resume_id"]).title == "제목", "the forms did save"
    assert not Resume.with_deleted.filter(user=other_user).exists()
    outcome(
        "columns that nobody may set (owner, status, engine, scores, ids, times, rights), in forms",
        tried=len(FORMS) * len(more),
        let_in=len(marked()),
        happened="passed over: no row holds one of them",
    )


def test_fields_that_nobody_may_set_through_the_api(
    client: Client, values: dict[str, Any], other_user: User, outcome: Outcome
) -> None:
    more = injected(other_user)
    refused = 0
    for path, (method, body) in BODIES.items():
        send = getattr(client, method)
        there = put_in(path, values)
        own = put_in(body, values)
        own = {n: int(v) if n.endswith("_id") else v for n, v in own.items()}
        answer = send(there, {**more, **own}, content_type=JSON)
        assert answer.status_code == 400, path
        # By name; the answer names a hundred at most.
        named = {one["field"] for one in answer.json()["errors"]}
        assert {"is_staff", "base_url", "password"} - set(own) <= named, path
        refused += len(named)
        # What is only ever given may come back, and does nothing.
        rest = {name: value for name, value in more.items() if name not in named}
        answer = send(there, {**rest, **own}, content_type=JSON)
        assert answer.status_code in {200, 201, 202, 400, 403, 404, 409}, path

    assert "\n".join(marked()) == ""
    assert not Resume.with_deleted.filter(user=other_user).exists()
    outcome(
        "columns that nobody may set (owner, status, engine, scores, ids, times, rights), in JSON",
        tried=len(BODIES) * len(more),
        let_in=len(marked()),
        happened="refused by name (400), or passed over where the API only gives them",
    )


SCRIPTS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/javascript:1",
]


def test_addresses_that_run_scripts(
    client: Client, values: dict[str, Any], user: User, outcome: Outcome
) -> None:
    link = {"projects": [{"title": "일", "link": ""}]}
    for script in SCRIPTS:
        client.post("/postings/new/", {"title": "공고", "url": script})
        client.post(
            put_in("/resumes/{resume_id}/projects/add/", values), {"title": "일", "link": script}
        )
        link["projects"][0]["link"] = script
        client.post("/api/job-postings/", {"title": "공고", "url": script}, JSON)
        client.post("/api/resumes/", {**RESUME, **link}, JSON)
        imported = json.dumps(
            {"basics": {"name": "이름"}, "projects": [{"name": "일", "url": script}]}
        )
        save_import(read_file(user, "json", imported.encode()), title="제목", name="이름")
    kept = [
        *JobPosting.with_deleted.values_list("url", flat=True),
        *Project.objects.values_list("link", flat=True),
    ]
    # Django takes an address without its scheme for one of the web.
    bad = [one for one in kept if one and not re.match("https?://", one)]

    assert Project.objects.filter(resume__title="제목").count() >= len(SCRIPTS)
    assert bad == []
    outcome(
        "addresses that run scripts or open files (`javascript:`, `data:`, `file:`), in postings,"
        " projects and imported résumés",
        tried=5 * len(SCRIPTS),
        let_in=len(bad),
        happened="refused, or left out of what was imported",
    )
