"""What schemathesis is told by the test of the API's contract: it runs as a process of its own.

It cannot make up credentials that work, pictures and web addresses, and a schema cannot say
everything that a site refuses.
"""

from __future__ import annotations

import base64
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, HookContext, Response
from schemathesis.core.failures import Failure
from schemathesis.openapi.checks import EnsureResourceAvailability, RejectedPositiveData

FOLDER = Path(os.environ["CONTRACT_FOLDER"])
KNOWN = json.loads((FOLDER / "known.json").read_text())

# A new résumé has no photo, a new export no file, and both answer 404.
MAY_BE_MISSING = {
    "GET /api/resumes/{resume_id}/photo",
    "GET /api/resume_exports/{export_id}/file",
}
ANSWER = "POST /api/interviews/{interview_id}/conversations"
# Refusals of a value because of another one, of the day, or of a setting, which no schema can say,
# and of null characters, which all texts of the schema would have to.
NOT_OF_THE_SCHEMA = {
    "end_before_start",
    "future",
    "no_source",
    "not_allowed",
    "not_of_format",
    "null_characters_not_allowed",
}

# Of all days and addresses, those that postings and résumés are about.
schemathesis.openapi.format("date", st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str))
schemathesis.openapi.format(
    "uri",
    st.builds(
        "{}{}".format,
        st.sampled_from(["https://example.com/", "http://www.example.co.kr:8080/?"]),
        st.text("abcXYZ019-._~%/=&", max_size=600),
    ),
)
for kind, picture in KNOWN["pictures"].items():
    schemathesis.openapi.media_type(kind, st.just(base64.b64decode(picture)))


@schemathesis.hook
def before_add_examples(context: HookContext, examples: list[Case[Any]]) -> None:
    """Add what is known to be good to the examples of an operation."""
    operation = context.operation
    if operation is None:
        return
    body = KNOWN["bodies"].get(operation.label)
    if body is not None:
        examples.append(operation.Case(body=body, media_type="application/json"))


@schemathesis.hook
def before_call(_context: HookContext, case: Case[Any], **_kwargs: Any) -> None:
    """Let what ends a sign-in or an account end another one than that of all cases.

    Nobody waits for an interviewer: no worker runs, and without the header it would be a minute.
    """
    if case.operation.label == ANSWER:
        case.headers["Prefer"] = "wait=0"
    token = KNOWN["tokens"].get(case.operation.label)
    if token and "Authorization" in case.headers:
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def after_call(_context: HookContext, case: Case[Any], response: Response) -> None:
    """Note which operation was answered with which status."""
    if case.method == case.operation.method.upper():
        with (FOLDER / "answers.jsonl").open("a") as answers:
            answers.write(f"{json.dumps([case.operation.label, response.status_code])}\n")


@schemathesis.hook
def filter_failure(
    _context: HookContext, failure: Failure, case: Case[Any], response: Response
) -> bool:
    """Return whether a failure is one."""
    if isinstance(failure, EnsureResourceAvailability):
        return bool(case.operation.label not in MAY_BE_MISSING)
    if isinstance(failure, RejectedPositiveData) and response.status_code == 400:
        codes = {error["code"] for error in response.json().get("errors", [])}
        return not codes or not codes <= NOT_OF_THE_SCHEMA
    return True
