"""Markup and scripts in every text that is kept, on every page that shows it, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from playwright.sync_api import BrowserContext, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.tests.people import fresh
from gaechwi.codes.fields import CodeField
from imports.services import save_import
from imports.tests import TEXT, read_file
from imports.tests.documents import docx, pdf
from postings.models import JobPosting
from postings.tests import pasted_texts, posting_documents
from resumes.models import Project, Resume
from resumes.sample import sample_document
from resumes.services import create_resume
from tests.attacks.addresses import ADMIN, PAGES
from tests.attacks.holdings import admin_values, fill, fill_admin
from tests.chromium import launch
from tests.reliability import Outcome

# Out of every place that a text can stand in, and into a script; the longest that fits is kept.
PAYLOADS = [
    "'\"></textarea></title></style></script><xss><script>xss=1</script><img src=x onerror=xss=1>"
    '<svg onload=xss=1><b>" onfocus=xss=1 autofocus ${xss=1} {{ xss }} {% xss %} javascript:xss=1',
    "'\"><script>xss=1</script><img src=x onerror=xss=1>",
    "'\"><img src=x onerror=xss=1>",
    '"><xss onload=xss=1>',
    "<xss>",
]
# What is no text: keys, sums, languages, and names that the code itself gives.
NO_TEXT = {"key", "checksum", "language", "task", "quote", "content_type", "provider", "email"}
NO_TEXT |= {"password", "uid", "client_id", "token", "idempotency_key", "url", "link", "picture"}
NO_TEXT |= {"prompt_version", "field", "skill", "user_id", "problem", "error", "session_hash"}
NO_TEXT |= {
    "what",
    "version",
    "refresh_jti",
    "claim",
    "kind",
    "detail_id",
    "division",
    "fingerprint",
}
OURS = ("accounts", "resumes", "postings", "imports", "exports", "feedback", "interviews")
# In the documents that are kept as JSON.
TEXTS_OF_JSON = {
    *("title", "name", "address", "military_service", "introduction", "company", "position"),
    *("department", "description", "school", "major", "grade", "role", "organization", "agency"),
    *("score", "experience_level", "location", "salary", "duties", "requirements", "preferred"),
    *("benefits", "memo", "text", "requirement", "evidence", "topics", "technology_stacks"),
    *("unplaced", "unrecognised", "checks"),
}


def payload(length: int | None) -> str:
    """Return the longest that fits into a field, with what was there behind it."""
    return next(one for one in PAYLOADS if len(one) + 20 <= (length or 10_000) or one == "<xss>")


def poisoned(value: Any, name: str = "") -> Any:
    """Return JSON with a payload before each text in it."""
    if isinstance(value, dict):
        return {name: poisoned(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, name) for inner in value]
    return PAYLOADS[3] + value if isinstance(value, str) and name in TEXTS_OF_JSON else value


def poison() -> int:
    """Write a payload into every text of the database, past all checks; return how many."""
    count = 0
    for model in apps.get_models():
        if model._meta.app_label not in (*OURS, "studyguides", "privacy"):
            continue
        for row in model._base_manager.all():
            changes = {}
            for field in model._meta.concrete_fields:
                value = getattr(row, field.attname)
                if isinstance(field, models.JSONField) and value:
                    changes[field.name] = poisoned(value, field.name)
                elif (
                    isinstance(field, (models.CharField, models.TextField))
                    and not isinstance(field, CodeField)
                    and not (field.choices or field.primary_key or field.name in NO_TEXT)
                ):
                    words = payload(field.max_length) + value
                    changes[field.name] = words[: field.max_length]
            count += len(changes)
            model._base_manager.filter(pk=row.pk).update(**changes)
    return count


LOOK = """() => ({
    ran: typeof xss !== 'undefined',
    elements: document.querySelectorAll(
        'xss, img[src="x"], svg[onload], [onerror], [onload], [onfocus]').length
        + [...document.scripts].filter(one => one.textContent.includes('xss=1')).length,
    links: [...document.querySelectorAll('[href], [src], [action], [formaction]')].filter(one =>
        ['href', 'src', 'action', 'formaction'].some(name =>
            /^\\s*(javascript|data:text)/i.test(one.getAttribute(name) || ''))).length,
    shown: document.documentElement.outerHTML.includes('xss'),
})"""


class Looks:
    """What was seen on the pages."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tried = self.shown = 0
        self.broken: list[str] = []

    def look(self, what: str) -> None:
        """Look at the page that is open, with all its parts unfolded."""
        self.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = 1")
        seen = self.page.evaluate(LOOK)
        self.tried += 1
        self.shown += seen["shown"]
        if seen["ran"] or seen["elements"] or seen["links"]:
            self.broken.append(f"{what}: {seen}")

    def open(self, path: str) -> None:
        """Open a page and look at it."""
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status < 500, path
        self.look(path)

    def send(self, path: str) -> None:
        """Send the form of a page with a payload in every field, and look at the answer."""
        self.page.goto(path)
        with self.page.expect_navigation():
            self.page.evaluate(
                """text => {
                    const form = document.querySelector('main form');
                    const none = ['hidden', 'file', 'checkbox', 'radio', 'submit'];
                    for (const one of form.elements) {
                        if (!one.matches('input, textarea') || none.includes(one.type)) continue;
                        if (one.matches('input')) one.type = 'text';
                        one.value = text;
                    }
                    form.noValidate = true;
                    HTMLFormElement.prototype.submit.call(form);
                }""",
                PAYLOADS[0][:90],
            )
        self.look(f"{path}, sent")


def signed_in(context: BrowserContext, url: str, client: Client) -> None:
    """Give the cookies of a client to a browser."""
    context.add_cookies(
        [{"name": n, "value": one.value, "url": url} for n, one in client.cookies.items()]
    )


def readable(client: Client, paths: list[str]) -> list[str]:
    """Return the paths that answer a page."""
    return [
        path
        for path in dict.fromkeys(paths)
        if (answer := client.get(path)).status_code == 200
        and answer["Content-Type"].startswith("text/html")
    ]


def documents(user: User) -> Iterator[int]:
    """Import hostile files of every kind; yield the ids."""
    text = TEXT.replace("한결페이", PAYLOADS[1]).replace("- 승인", f"- {PAYLOADS[0]} 승인")
    text = text.replace("주말마다", f"{PAYLOADS[3]} 주말마다")
    name = PAYLOADS[2].replace("/", "")
    resume_json = {
        "basics": {"name": PAYLOADS[2], "label": PAYLOADS[1], "summary": PAYLOADS[0]},
        "work": [{"name": PAYLOADS[1], "summary": PAYLOADS[0]}],
        "projects": [{"name": PAYLOADS[1], "url": "javascript:xss=1"}],
        "skills": [{"name": PAYLOADS[3]}],
    }
    for kind, data in (
        ("docx", docx(text)),
        ("pdf", pdf(text)),
        ("txt", text.encode()),
        ("json", json.dumps(resume_json).encode()),
        ("pdf", b"no PDF"),
    ):
        this = read_file(user, kind, data, name)
        if kind == "json":
            resume = save_import(this, title=PAYLOADS[2], name=PAYLOADS[2])
            assert Project.objects.get(resume=resume).title == PAYLOADS[1]
        else:
            yield this.pk


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_script_in_every_text(
    user: User, live_server: LiveServer, settings: Settings, tmp_path: Any, outcome: Outcome
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.JOB_REQUESTS_PER_USER = settings.JOB_REQUESTS_PER_ADDRESS = 100_000
    settings.ACCOUNT_RATE_LIMITS = False
    posting = posting_documents()["04_backend"]
    pasted = (pasted_texts()["02_accountant"], TEXT)
    superuser = User.objects.create_superuser("staff@example.kr", "a-long-passphrase")
    client, staff = fresh(user), fresh(superuser)
    with transaction.atomic():
        values = fill(user, sample_document(), posting, pasted, file_name=f"{PAYLOADS[3]}.jpg")
        fill_admin(user)
        imported = list(documents(user))
    gone = create_resume(user, sample_document())
    gone_posting = JobPosting.objects.create(user=user, title="지운 것", is_active=False)
    gone.soft_delete()
    texts = poison()
    assert texts > 200
    of_staff = readable(
        staff,
        [
            one.path(admin_values(one.route, user))
            for one in ADMIN
            if one.name.rpartition("_")[2] in {"admin:index", "changelist", "change"}
            # The page of one's sessions, read before, forgets those that are gone.
            and "usersession" not in one.name
        ],
    )
    known = {**values, "key": "MQ:1abc:def", "uidb36": "1"}
    paths = readable(
        client,
        [one.path(known) for one in PAGES if one.name not in {"interviews:words", "styleguide"}],
    )
    paths += [f"/imports/{pk}/" for pk in imported]
    paths += [f"/resumes/{one.pk}/" for one in Resume.objects.all()]
    paths += [f"/resumes/?deleted={gone.pk}", f"/postings/?deleted={gone_posting.pk}"]
    hostile = quote(PAYLOADS[1])
    paths += [f"/postings/?title={hostile}", f"/{hostile}", f"/resumes/?page={hostile}"]
    paths += [f"/accounts/signup/?next={hostile}", f"/guides/new/?posting={hostile}"]
    of_staff += [f"/admin/resumes/resume/?q={hostile}"]
    forms = ["/resumes/new/", f"/resumes/{values['resume_id']}/edit/", "/postings/new/"]
    forms += [f"/resumes/{values['resume_id']}/experiences/add/", "/postings/paste/", "/imports/"]
    forms += ["/guides/new/", "/try/"]

    looks = []
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for policy in (settings.CONTENT_SECURITY_POLICY, None):
            settings.CONTENT_SECURITY_POLICY = policy
            for who, opened, sent in ((client, paths, forms), (staff, of_staff, [])):
                context = browser.new_context(base_url=live_server.url)
                signed_in(context, live_server.url, who)
                page = context.new_page()
                looks.append(Looks(page))
                answer = page.goto("/")
                assert answer is not None
                assert ("content-security-policy" in answer.headers) is bool(policy)
                for path in opened:
                    looks[-1].open(path)
                for path in sent:
                    looks[-1].send(path)
                context.close()
        browser.close()

    assert "\n".join(line for one in looks for line in one.broken) == ""
    # Else the pages would only be safe for showing nothing.
    assert all(one.shown > one.tried / 2 for one in looks)
    for name, seen in (("pages of their user", looks[::2]), ("pages of the admin", looks[1::2])):
        outcome(
            f"scripts in every text of the database ({texts} texts), on {name}, in Chromium",
            tried=sum(one.tried for one in seen),
            let_in=sum(len(one.broken) for one in seen),
            happened=f"shown as text on {sum(one.shown for one in seen)} of them, with the content"
            " security policy and without it; no script ran, no element or link of theirs",
        )
