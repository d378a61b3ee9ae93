"""Google, as far as its sign-in goes: a real OpenID Connect provider on loopback.

The provider itself takes any client; this one also holds it to its secret and to PKCE, as Google
does, and can be made to misbehave.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
from werkzeug.serving import make_server

CLIENT_ID = "gaechwi.apps.googleusercontent.example"
CLIENT_SECRET = "of-google-and-gaechwi-only"


class Google:
    """The provider: whom it knows, what it is to say wrong, and what it was asked."""

    url: str

    def __init__(self) -> None:
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # Loopback needs no TLS.
        self.app = oidc_provider_mock.app()
        self.app.before_request(self._hold_to_the_rules)
        self.app.after_request(self._remember_or_spoil)
        self.reset()

    def reset(self) -> None:
        """Behave well again."""
        self.is_down = False
        self.spoiled_claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self._challenges: dict[str, str] = {}

    def has_user(self, sub: str, **claims: Any) -> str:
        """Know a user from now on, by these claims; return the `sub`."""
        answer = self.app.test_client().put(f"/users/{sub}", json=claims)
        assert answer.status_code == 204
        return sub

    @contextmanager
    def serve(self) -> Iterator[None]:
        """Be reached at `url` inside of the block."""
        server = make_server("127.0.0.1", 0, self.app, threaded=True)
        self.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    def _hold_to_the_rules(self) -> flask.typing.ResponseReturnValue | None:
        request = flask.request
        if request.path == "/oauth2/authorize":
            self.asked.append(dict(request.args))
            if request.args.get("code_challenge_method") != "S256":
                return "PKCE is required", 400
        if request.path == "/oauth2/token":
            if self.is_down:
                return "oops", 503
            form = request.form
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
            if self._challenges.pop(form.get("code", ""), None) != challenge:
                return {"error": "invalid_grant"}, 400
            if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
                return {"error": "invalid_client"}, 401
        return None

    def _remember_or_spoil(self, response: flask.Response) -> flask.Response:
        if flask.request.path == "/oauth2/authorize" and response.location:
            if "state=" not in response.location:
                # Asked for by the standard, and left out by this provider where a user refuses.
                response.location += f"&state={flask.request.args['state']}"
            for code in parse_qs(urlsplit(response.location).query).get("code", []):
                self._challenges[code] = flask.request.args["code_challenge"]
        if flask.request.path == "/oauth2/token" and self.spoiled_claims:
            answer = response.get_json()
            answer["id_token"] = spoiled(answer["id_token"], self.spoiled_claims)
            response.set_data(json.dumps(answer))
        return response


def spoiled(token: str, claims: dict[str, Any]) -> str:
    """Return a token with other claims, and a signature that does not fit any more."""
    head, payload, signature = token.split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    changed = base64.urlsafe_b64encode(json.dumps({**told, **claims}).encode()).decode()
    return f"{head}.{changed.rstrip('=')}.{signature}"
