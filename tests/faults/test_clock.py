"""Tokens that a server issued whose clock was wrong."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import jwt
import pytest

from tests.faults.load import Load
from tests.faults.system import System
from tests.reliability import Outcome

pytestmark = pytest.mark.processes

HOUR = int(timedelta(hours=1).total_seconds())


@pytest.mark.parametrize(("what", "ahead"), [("an hour ahead", HOUR), ("an hour behind", -HOUR)])
def test_tokens_of_a_server_whose_clock_is_wrong(
    system: System, outcome: Outcome, what: str, ahead: int
) -> None:
    with Load(system) as load:
        access, refresh = (shifted(token, ahead) for token in load.sign_in())
        let_in = load.status("GET", "/api/resumes/", access) != 401
        renewed = load.status("POST", "/api/auth/refresh", access, json={"refresh_token": refresh})

    # One that is not issued yet is none; one that was issued an hour ago has six days and more.
    assert renewed == (401 if ahead > 0 else 200)
    load.report(
        outcome,
        f"Tokens of a server whose clock is {what}",
        "refused while they would live longer, no other request noticed",
        let_in=let_in,
    )


def shifted(token: str, seconds: int) -> str:
    """Return a token as a server would have signed it whose clock is so far ahead."""
    key = os.environ["JWT_SECRET_KEY"]
    claims: dict[str, Any] = jwt.decode(token, key, ["HS256"])
    return jwt.encode(
        {**claims, "iat": claims["iat"] + seconds, "exp": claims["exp"] + seconds}, key, "HS256"
    )
