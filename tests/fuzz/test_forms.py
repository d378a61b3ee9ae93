"""Whatever is put into a form, there is an answer, and the pages that show it can be opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import transaction
from django.forms import BaseForm
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import User
from accounts.tests.people import fresh
from feedback.services import make_review, request_standard_feedback, save_review
from gaechwi.versions import VersionedForm
from imports.tests import TEXT
from imports.tests.documents import docx, pdf
from postings.tests import note_down, pasted_texts, posting_documents
from resumes.models import File, Resume
from resumes.sample import sample_document
from resumes.tests.pictures import half_red, upload
from studyguides.services import make_guide, request_guide, save_guide
from tests.attacks.holdings import done, fill, rows
from tests.fuzz import budget, spliced, texts

pytestmark = pytest.mark.django_db

LISTS = ("/", "/resumes/", "/postings/", "/imports/", "/guides/", "/interviews/", "/account/")
# All that a form may be answered by: shown again, done, not there, in conflict, or refused.
ANSWERS = {200, 204, 302, 400, 404, 409, 413, 429, 503}
LIKELY = (
    "백엔드 개발자",
    "2020-03",
    "2020-03-15",
    "https://example.com/a",
    "on",
    "1",
    "2",
    "3",
    "",
)
PASSWORD, NEW_PASSWORD = "a-long-passphrase", "북극곰-train-42"
POSTING = {
    "title": "백엔드 개발자",
    "company": "나루페이",
    "position": "서버",
    "employment_type": "1",
    "experience_level": "3년 이상",
    "location": "서울",
    "salary": "면접 후 결정",
    "deadline": "2031-05-01",
    "url": "https://example.com/a",
    "duties": "- 정산 서버 개발",
    "requirements": "- SQL 활용 능력",
    "preferred": "- Kafka",
    "benefits": "- 점심",
    "technology_stacks": "Python, SQL",
    "memo": "1차 면접 오전",
}
PERIOD = {"start_date": "2020-03", "end_date": "2021-04"}
SECTIONS = {
    "experiences": {
        "company": "나루페이",
        "department": "정산",
        "position": "사원",
        "employment_type": "1",
        "description": "정산 배치를 3시간에서 20분으로 줄임",
        **PERIOD,
    },
    "educations": {
        "school": "한나루대학교",
        "major": "컴퓨터공학",
        "education_level": "3",
        "graduation_status": "1",
        "grade": "3.9/4.5",
        **PERIOD,
    },
    "projects": {
        "title": "정산 개선",
        "role": "서버",
        "description": "배치를 나눔",
        "technology_stacks": "Python, SQL",
        "link": "https://example.com/a",
        **PERIOD,
    },
    "activities": {
        "title": "코딩 모임",
        "activity_type": "1",
        "organization": "한나루대학교",
        "description": "매주 발표",
        **PERIOD,
    },
    "qualifications": {
        "title": "정보처리기사",
        "agency": "한국산업인력공단",
        "score": "합격",
        "acquired_date": "2020-03",
    },
    "technology_stacks": {"titles": "Rust, Elixir"},
}
# What somebody may well put into each form, by its path.
FORMS: dict[str, dict[str, str]] = {
    "/resumes/new/": {"title": "이력서", "name": "김하나"},
    "/postings/new/": POSTING,
    "/postings/paste/": {"text": "백엔드 개발자\n자격 요건\n- Python"},
    "/imports/": {"text": TEXT},
    "/account/": {"name": "김하나"},
    "/account/delete/": {"email": "seeker@example.com"},
    "/try/": {"description": "정산 배치를 줄임", "introduction": "꼼꼼합니다."},
    "/accounts/email/": {"email": "new@example.com", "action_add": ""},
    "/accounts/password/change/": {
        "oldpassword": PASSWORD,
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    },
    "/accounts/reauthenticate/": {"password": PASSWORD, "next": "/account/"},
    "/accounts/signup/": {
        "email": "new@example.com",
        "name": "김하나",
        "password1": NEW_PASSWORD,
        "consent": "on",
    },
    "/accounts/login/": {
        "login": "seeker@example.com",
        "password": PASSWORD,
        "remember": "on",
        "next": "/account/",
    },
    "/accounts/password/reset/": {"email": "seeker@example.com"},
    "/theme/": {"theme": "dark", "next": "/account/"},
    "/i18n/setlang/": {"language": "en", "next": "/account/"},
}
# The same of things that somebody has; {…} are their ids.
OF_THINGS: dict[str, dict[str, str]] = {
    "/resumes/{resume_id}/edit/": {
        "title": "새 이력서",
        "name": "김하나",
        "email": "hana@example.com",
        "phone": "010-1234-5678",
        "address": "서울",
        "birth_date": "1995-05-05",
        "gender": "1",
        "military_service": "1",
        "introduction": "고객 문의를 하루 40건 처리했습니다.",
    },
    "/exports/resumes/{resume_id}/": {"kind": "json"},
    "/postings/drafts/{draft_id}/": POSTING,
    "/postings/{posting_id}/edit/": POSTING,
    "/imports/{import_id}/": {"title": "가져온 이력서", "name": "김하나"},
    "/feedbacks/postings/": {"resume": "{resume_id}", "posting": "{other_posting_id}"},
    "/feedbacks/{other_feedback_id}/improve/": {},
    "/interviews/new/": {
        "resume": "{resume_id}",
        "posting": "{posting_id}",
        "interview_type": "1",
        "difficulty": "normal",
        "question_count": "3",
    },
    "/guides/new/": {
        "feedback": "{feedback_id}",
        "posting": "",
        "interview": "",
        "hours_per_week": "10",
    },
    "/guides/items/{item_id}/status/": {"status": "doing"},
    "/guides/items/{item_id}/note/": {"notes": "공식 문서를 먼저 읽는다"},
    "/guides/items/{lowest_item_id}/move/": {"up": "1"},
}
SIGNED_OUT = {"/accounts/signup/", "/accounts/login/", "/accounts/password/reset/"}
# What is posted beside the fields of the form, or no form has.
BESIDE = {"version", "next", "action_add"}
FILES = {"file"}
STRANGE = {"is_staff", "version", "action_remove", "next"}


@pytest.fixture(autouse=True)
def _no_limits(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 10**9
    settings.MODEL_JOBS_PER_DAY = 10**9
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture
def owner(user: User) -> User:
    """Somebody whose address is confirmed."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@contextmanager
def undone() -> Iterator[None]:
    """Undo all that the block writes to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ids_of(user: User) -> dict[str, Any]:
    """Give a user something of everything; return the ids by the names that `FORMS` knows."""
    posting = posting_documents()["04_backend"]
    ids = fill(user, sample_document(), posting, (pasted_texts()["02_accountant"], TEXT))
    other = note_down(user, requirements="- SQL 활용 능력\n- Kafka 운영 경험")
    guide = request_guide(user, posting=other)
    save_guide(guide, make_guide(guide))
    resume = Resume.objects.get(pk=ids["resume_id"])
    return {
        **ids,
        "other_posting_id": other.pk,
        "other_feedback_id": done(request_standard_feedback(resume), make_review, save_review).pk,
        "lowest_item_id": list(guide.items.all())[-1].pk,
    }


class Form:
    """A form, and somebody who has opened its page."""

    def __init__(self, user: User, path: str, plausible: dict[str, str]) -> None:
        self.client = Client() if path in SIGNED_OUT else fresh(user)
        self.path = path
        page = self.client.get(path)
        # Some are shown on the page of something else, and cannot be opened by themselves.
        self.form: BaseForm | None = page.context.get("form") if page.status_code == 200 else None
        version = {"version": self.form.version} if isinstance(self.form, VersionedForm) else {}
        self.plausible = {**plausible, **version}

    def send(self, changes: dict[str, str | None], **headers: str) -> Any:
        """Send it with some fields changed, and without those that are None.

        An error within a view is raised here.
        """
        fields = {**self.plausible, **changes}
        data = {name: text for name, text in fields.items() if text is not None}
        answer = self.client.post(self.path, data, headers=headers)
        assert answer.status_code in ANSWERS, (self.path, answer.status_code)
        return answer

    def traces(self) -> Any:
        """Return all that sending it can change."""
        cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}
        return rows(), cookies, dict(self.client.session), len(mail.outbox)


def changes(plausible: dict[str, str]) -> st.SearchStrategy[dict[str, str | None]]:
    """Return what may be otherwise: any of the fields, and some that the form has not."""
    names = sorted({*plausible, *STRANGE})
    return st.dictionaries(st.sampled_from(names), st.none() | texts(*LIKELY))


def try_out(user: User, path: str, plausible: dict[str, str]) -> None:
    """Send a form as it is meant to be, which is taken, and then in all other ways."""
    with undone():
        form = Form(user, path, plausible)
        if form.form is not None:
            assert form.form.fields.keys() - FILES == plausible.keys() - BESIDE, path
        before = form.traces()
        answer = form.send({})
        if path == "/try/":
            # Of this nothing is kept.
            assert answer.context["form"].is_valid()
        else:
            assert answer.status_code == 302, path
            assert form.traces() != before, path
            assert answer.url == plausible.get("next", answer.url), path

    @budget
    @given(changes(plausible), st.booleans())
    def every(changed: dict[str, str | None], htmx: bool) -> None:
        # With an account that is gone, or has another password, the others would be refused.
        with undone() if path.startswith("/account") else nullcontext():
            Form(user, path, plausible).send(changed, **({"HX-Request": "true"} if htmx else {}))

    every()


def look(client: Client, *paths: str) -> None:
    for path in (*LISTS, *paths):
        assert client.get(path).status_code in {200, 302}, path


@pytest.mark.parametrize("path", FORMS)
def test_it_works(client: Client, owner: User, path: str) -> None:
    try_out(owner, path, FORMS[path])
    look(client)


@pytest.mark.parametrize("section", SECTIONS)
def test_sections(client: Client, owner: User, resume: Resume, section: str) -> None:
    entries = getattr(resume, section)
    there = f"/resumes/{resume.pk}/{section}/"
    edited = {"title": "Haskell"} if section == "technology_stacks" else SECTIONS[section]
    try_out(owner, f"{there}add/", SECTIONS[section])
    first = f"{there}{entries.order_by('order')[0].pk}/"
    try_out(owner, first, edited)
    try_out(owner, f"{first}move/", {"direction": "down"})
    try_out(owner, f"{first}remove/", {})
    look(client, f"/resumes/{resume.pk}/edit/", f"/resumes/{resume.pk}/")
    assert client.get(f"/api/resumes/{resume.pk}").status_code == 200


@pytest.mark.parametrize("app", sorted({path.split("/")[1] for path in OF_THINGS}))
def test_of_things_that_exist(client: Client, owner: User, app: str) -> None:
    ids = ids_of(owner)
    for path, plausible in OF_THINGS.items():
        if path.startswith(f"/{app}/"):
            named = {name: text.format(**ids) for name, text in plausible.items()}
            try_out(owner, path.format(**ids), named)
    shown = ("/resumes/{resume_id}/", "/postings/{posting_id}/", "/guides/{guide_id}/")
    look(client, *(path.format(**ids) for path in shown))


@pytest.mark.parametrize(
    ("path", "field", "name", "whole"),
    [
        ("/imports/", "file", "a.pdf", lambda: pdf("한나루\n경력\n온새미페이 2020.03 ~ 현재")),
        ("/imports/", "file", "a.docx", lambda: docx("한나루\n경력\n온새미페이 2020.03 ~ 현재")),
        ("/resumes/%d/photo/", "photo", "a.jpg", lambda: upload(half_red()).read()),
    ],
)
def test_uploads(
    client: Client, resume: Resume, path: str, field: str, name: str, whole: Callable[[], bytes]
) -> None:
    path = path % resume.pk if "%" in path else path

    def send(data: bytes, called: str) -> None:
        file = BytesIO(data)
        file.name = called.replace("\0", "")
        answer = client.post(path, {field: file})
        assert answer.status_code in ANSWERS, (called, answer.status_code)

    send(whole(), name)
    assert File.objects.count() == 1

    @budget
    @given(
        spliced(whole()),
        texts("이력서.pdf", "a.docx", "a.json", "a.txt", "photo.jpg", "../../x.pdf").filter(bool),
    )
    def every(data: bytes, called: str) -> None:
        send(data, called)

    every()
    look(client)
