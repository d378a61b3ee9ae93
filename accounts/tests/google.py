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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import httpx2
import jwt
import oidc_provider_mock
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK
from jwt.algorithms import RSAAlgorithm
from werkzeug.serving import make_server

CLIENT_ID = "gaechwi.apps.googleusercontent.example"
CLIENT_SECRET = "of-google-and-gaechwi-only"
REDIRECT_URI = "https://program.example/callback"

# Makes an ID token of the claims of a good one and the provider's key.
IdTokenMaker = Callable[[dict[str, Any], PyJWK], str]


class Google:
    """The provider: whom it knows, what it is to say wrong, and what it was asked."""

    url: str

    def __init__(self) -> None:
        os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # Loopback needs no TLS.
        self.app = oidc_provider_mock.app()
        self.app.before_request(self._hold_to_the_rules)
        self.app.after_request(self._remember_or_spoil)
        self.app.add_url_rule("/certs", view_func=self._certs)
        self.reset()

    def reset(self) -> None:
        """Behave well again."""
        self.is_down = False
        self.keys_are_down = False
        self.gives_certificates = False
        self.id_token: IdTokenMaker = signed
        self.spoiled_claims: dict[str, Any] = {}
        self.asked: list[dict[str, str]] = []
        self._challenges: dict[str, str] = {}

    def has_user(self, sub: str, **claims: Any) -> str:
        """Know a user from now on, by these claims; return the `sub`."""
        answer = self.app.test_client().put(f"/users/{sub}", json=claims)
        assert answer.status_code == 204
        return sub

    def code(self, verifier: str, nonce: str, **claims: Any) -> str:
        """Return the code that a program is sent once a user of such claims has agreed."""
        self.has_user("1", **claims)
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": "openid email profile",
            "state": "x",
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        address = f"{self.url}/oauth2/authorize"
        answer = httpx2.post(address, params=asked, data={"sub": "1"})
        return parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0]

    @property
    def settings(self) -> dict[str, str]:
        """The environment of a site that knows this provider."""
        return {
            "GOOGLE_CLIENT_ID": CLIENT_ID,
            "GOOGLE_CLIENT_SECRET": CLIENT_SECRET,
            "GOOGLE_AUTHORIZE_URL": f"{self.url}/oauth2/authorize",
            "GOOGLE_ACCESS_TOKEN_URL": f"{self.url}/oauth2/token",
            "GOOGLE_CERTS_URL": f"{self.url}/certs",
            "GOOGLE_ID_TOKEN_ISSUER": self.url,
            "GOOGLE_REDIRECT_URIS": f"http://localhost:3000/,{REDIRECT_URI}",
        }

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
        if flask.request.path == "/oauth2/token" and response.status_code == 200:
            answer = response.get_json()
            claims = jwt.decode(answer["id_token"], options={"verify_signature": False})
            answer["id_token"] = self.id_token(claims, self._key())
            if self.spoiled_claims:
                answer["id_token"] = spoiled(answer["id_token"], self.spoiled_claims)
            response.set_data(json.dumps(answer))
        return response

    def _key(self) -> PyJWK:
        jwk = flask.g.oidc_provider_mock_storage.jwk
        return PyJWK({**jwk.as_dict(is_private=True), "kid": jwk.thumbprint()}, "RS256")

    def _certs(self) -> flask.typing.ResponseReturnValue:
        """Publish the keys: as Google's version 3 does, or as its version 1."""
        if self.keys_are_down:
            return "oops", 503
        key = self._key()
        public = key.key.public_key()
        if self.gives_certificates:
            return {str(key.key_id): certificate(public)}
        jwk = RSAAlgorithm.to_jwk(public, as_dict=True)
        return {"keys": [{**jwk, "kid": key.key_id, "use": "sig", "alg": "RS256"}]}


def signed(claims: dict[str, Any], key: PyJWK) -> str:
    """Return an ID token that names its key, as Google's do and the provider's own do not."""
    return jwt.encode(claims, key.key, "RS256", headers={"kid": key.key_id})


def certificate(key: RSAPublicKey) -> str:
    """Return an X.509 certificate of a key, as PEM."""
    signer = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "federated-signon")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(signer, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def spoiled(token: str, claims: dict[str, Any]) -> str:
    """Return a token with other claims, and a signature that does not fit any more."""
    head, payload, signature = token.split(".")
    told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    changed = base64.urlsafe_b64encode(json.dumps({**told, **claims}).encode()).decode()
    return f"{head}.{changed.rstrip('=')}.{signature}"
