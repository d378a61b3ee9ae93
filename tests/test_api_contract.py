"""The API against its own schema, by schemathesis: `pytest -s` shows its summary."""

from __future__ import annotations

import base64
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.models import User
from accounts.tests import site
from accounts.tests.google import REDIRECT_URI, Google
from accounts.tokens import issue
from exports.services import request_export
from exports.tasks import write_export
from feedback.improvements import request_improvement
from feedback.models import ResumeFeedback
from feedback.services import request_posting_feedback, request_standard_feedback
from feedback.tasks import improve_resume, review_resume
from gaechwi.embedded import BASE_DIR
from gaechwi.jobs.models import Engine, JobStatus
from interviews.assessing import request_judgement
from interviews.conversing import answer, begin
from interviews.models import Interview
from interviews.tasks import judge_interview, speak
from interviews.topics import InterviewType
from postings.tests import note_down
from resumes.models import Resume
from resumes.photos import store_photo
from resumes.tests import bare_resume
from studyguides.models import StudyGuide
from studyguides.services import request_guide
from studyguides.tasks import write_guide

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
]

PASSWORD = "a-long-passphrase"
VERIFIER = "v" * 43
KINDS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
# Random requests to each operation; the systematic ones are as many as the schema makes them.
EXAMPLES = max(5, int(os.environ.get("FUZZ_EXAMPLES", "0")) // 50)
# Objects that are there to be deleted.
SPARE = 30
# Interviews in which an answer is waited for: each is answered once, there is no worker.
WAITING = 30


def picture(kind: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (3, 4), "navy").save(data, kind)
    return data.getvalue()


def held(user: User, resume: Resume, is_judged: bool = False) -> Interview:
    """Hold an interview up to the first words, or to its judgement."""
    interview = begin(user, resume, None, interview_type=InterviewType.GENERAL)
    speak(interview.turns.get().pk)
    if is_judged:
        speak(
            answer(interview, "정산 배치가 느려서 제가 쿼리를 나눠 40분을 6분으로 줄였습니다.").pk
        )
        judge_interview(request_judgement(interview).pk)
    return interview


def objects_of(user: User, resume: Resume) -> dict[str, list[int]]:
    """Make one of everything; return values for the parameters that name them."""
    store_photo(resume, SimpleUploadedFile("photo.jpg", picture("JPEG")))
    posting = note_down(user, requirements="- Java와 Spring Boot 경험\n- 결제 시스템 경험")
    standard = request_standard_feedback(resume)
    review_resume(standard.pk)
    against = request_posting_feedback(resume, posting)
    improvement = request_improvement(ResumeFeedback.objects.get(pk=standard.pk))
    improve_resume(improvement.pk)
    compared = request_posting_feedback(resume, note_down(user, requirements="- Kafka 경험"))
    review_resume(compared.pk)
    interview = held(user, resume, is_judged=True)
    guide = request_guide(user, posting=posting)
    write_guide(guide.pk)
    export = request_export(resume, "json")
    write_export(export.pk)
    return {
        "export_id": [export.pk],
        "compared_id": [compared.pk],
        "judged_id": [interview.pk],
        "guide_id": [guide.pk],
        "item_id": [item.pk for item in guide.items.all()],
        "spare_guide_id": [spare_guide(guide).pk for _number in range(SPARE)],
        "resume_id": [resume.pk],
        "posting_id": [posting.pk],
        "feedback_id": [standard.pk, against.pk],
        "improvement_id": [improvement.pk],
        "interview_id": [interview.pk],
        "waiting_interview_id": [held(user, resume).pk for _number in range(WAITING)],
        "spare_resume_id": [bare_resume(user).pk for _number in range(SPARE)],
        "spare_posting_id": [note_down(user).pk for _number in range(SPARE)],
    }


def spare_guide(guide: StudyGuide) -> StudyGuide:
    """Return another guide of the same sources, without items."""
    return StudyGuide.objects.create(
        user=guide.user,
        posting=guide.posting,
        material=guide.material,
        status=JobStatus.DONE,
        engine=Engine.OFFLINE,
        finished_at=timezone.now(),
    )


def known(user: User, resume: Resume, google: Google) -> dict[str, Any]:
    """Return what `tests/contract_hooks.py` reads."""
    # Signing in writes the password's hash anew, which ends all tokens of before.
    signer = User.objects.create_user("signer@example.com", PASSWORD)
    EmailAddress.objects.create(user=signer, email=signer.email, verified=True, primary=True)
    leaver = User.objects.create_user("leaver@example.com")
    code = google.code(VERIFIER, "n", email="new@example.com", email_verified=True)
    return {
        "pictures": {
            kind: base64.b64encode(picture(name)).decode() for kind, name in KINDS.items()
        },
        "tokens": {
            "DELETE /api/users/me": issue(leaver).access,
            "POST /api/auth/logout": issue(user).access,
        },
        "bodies": {
            "POST /api/interviews/": {"resume_id": resume.pk, "interview_type": "1"},
            "POST /api/auth/token": {"email": signer.email, "password": PASSWORD},
            "POST /api/auth/refresh": {"refresh_token": issue(user).refresh},
            "POST /api/auth/google/callback": {
                "code": code,
                "redirect_uri": REDIRECT_URI,
                "code_verifier": VERIFIER,
                "nonce": "n",
            },
        },
    }


def sign_ins(*users: User) -> dict[str, Any]:
    """Return the tokens of users in the form that schemathesis reads."""

    def headers(user: User) -> list[dict[str, str]]:
        return [{"name": "Authorization", "value": f"Bearer {issue(user).access}"}]

    return {"auth": [{"name": user.email, "fixedHeaders": headers(user)} for user in users]}


def configuration(folder: Path, users: list[str], values: dict[str, list[int]]) -> str:
    """Return schemathesis' configuration: seven in ten parameters name what there is."""

    def drawn(dictionary: str) -> str:
        return f'{{ dictionary = "{dictionary}", probability = 0.7 }}'

    return f"""
        hooks = "tests.contract_hooks"
        warnings = {{ fail-on = true }}
        # It would try what failed before first, and be another test on each machine.
        cache.enabled = false
        auth.wfc = {{ path = "{folder}/auth.json", user = "{users[0]}", peers = {users} }}
        {
        "".join(
            f'''
        dictionaries.{name}.values = {numbers}'''
            for name, numbers in values.items()
        )
    }
        parameters."path.resume_id" = {drawn("resume_id")}
        parameters."query.resume_id" = {drawn("resume_id")}
        parameters."path.posting_id" = {drawn("posting_id")}
        parameters."path.feedback_id" = {drawn("feedback_id")}
        parameters."path.improvement_id" = {drawn("improvement_id")}
        parameters."path.export_id" = {drawn("export_id")}
        parameters."path.guide_id" = {drawn("guide_id")}
        parameters."path.item_id" = {drawn("item_id")}
        parameters."path.interview_id" = {drawn("interview_id")}
        # Their bodies are those of the creations, which are gone through systematically.
        [[operations]]
        include-operation-id = ["resumes_replace", "job_postings_replace"]
        phases.coverage.enabled = false
        # What may stand in `redirect_uri` is a setting: most values must be refused.
        [[operations]]
        include-operation-id = "auth_google_callback"
        warnings = false
        # Each of its three ids has to name what there is: most bodies must be refused.
        [[operations]]
        include-operation-id = "study_guides_create"
        warnings = false
        parameters."body.posting_id" = {{ dictionary = "posting_id" }}
        parameters."body.feedback_id" = {{ dictionary = "compared_id" }}
        parameters."body.interview_id" = {{ dictionary = "judged_id" }}
        [[operations]]
        include-operation-id = "interviews_answer"
        parameters."path.interview_id" = {drawn("waiting_interview_id")}
        [[operations]]
        include-operation-id = "resumes_delete"
        parameters."path.resume_id" = {drawn("spare_resume_id")}
        [[operations]]
        include-operation-id = "study_guides_delete"
        parameters."path.guide_id" = {drawn("spare_guide_id")}
        [[operations]]
        include-operation-id = "job_postings_delete"
        parameters."path.posting_id" = {drawn("spare_posting_id")}
    """


def test_it_works(user: User, other_user: User, resume: Resume, tmp_path: Path) -> None:
    google = Google()
    values = objects_of(user, resume)
    users = [user.email, other_user.email]
    (tmp_path / "auth.json").write_text(json.dumps(sign_ins(user, other_user)))
    (tmp_path / "schemathesis.toml").write_text(configuration(tmp_path, users, values))
    with (
        google.serve(),
        site.serve(
            **google.settings,
            API_SIGN_INS_PER_ADDRESS="100000",
            API_SIGN_INS_PER_EMAIL="100000",
            JOB_REQUESTS_PER_USER="100000",
            JOB_REQUESTS_PER_ADDRESS="100000",
        ) as url,
    ):
        (tmp_path / "known.json").write_text(json.dumps(known(user, resume, google)))
        run = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli"),
                *("--config-file", tmp_path / "schemathesis.toml"),
                *("run", f"{url}/api/schema", "--checks=all"),
                *("--generation-deterministic", f"--max-examples={EXAMPLES}"),
                *("--continue-on-failure", "--no-shrink", "--no-color"),
            ],
            cwd=BASE_DIR,
            env={**os.environ, "CONTRACT_FOLDER": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    print(run.stdout)  # noqa: T201 the summary that docs/api.md shows
    answers = [json.loads(line) for line in (tmp_path / "answers.jsonl").open()]
    assert run.returncode == 0
    done = {label for label, status in answers if 200 <= status < 300}
    assert {label for label, _status in answers} - done == set()
