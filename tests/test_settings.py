from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise

import pytest

from gaechwi.embedded import BASE_DIR
from tests.services import settings_variables

PRODUCTION = {
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "JWT_SECRET_KEY": "only-for-tests-" + "y" * 50,
    "SITE_URL": "https://gaechwi.example",
    "DATABASE_URL": "postgres://gaechwi@localhost/gaechwi",
    "REDIS_URL": "redis://localhost:6379/0",
    "EMAIL_URL": "smtp+tls://localhost:587",
}
SECRETS = re.compile("SECRET|KEY|PASSWORD")


def check(variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return run(variables, "manage.py", "check")


def run(variables: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    of_tests = set(settings_variables())
    environment = {name: value for name, value in os.environ.items() if name not in of_tests}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_works() -> None:
    result = check(PRODUCTION)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", sorted(PRODUCTION.keys() - {"ENV_FILE"}))
def test_missing_variable_is_named(name: str) -> None:
    result = check({key: value for key, value in PRODUCTION.items() if key != name})

    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


@pytest.mark.parametrize("name", ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"])
def test_bucket_needs_its_key(name: str) -> None:
    bucket = {
        "AWS_S3_BUCKET_NAME": "gaechwi",
        "AWS_ACCESS_KEY_ID": "id",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "ap-northeast-2",
    }
    assert check(PRODUCTION | bucket).returncode == 0

    del bucket[name]
    result = check(PRODUCTION | bucket)

    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_options_of_the_database_url_are_kept() -> None:
    address = "postgres://gaechwi@localhost/gaechwi?sslmode=verify-full"
    script = "from gaechwi import settings; print(settings.DATABASES['default']['OPTIONS'])"

    options = run(PRODUCTION | {"DATABASE_URL": address}, "-c", script).stdout

    assert "'sslmode': 'verify-full'" in options
    assert "'pool'" in options


@pytest.mark.parametrize("server", ["gaechwi.asgi", "gaechwi.celery", "django.core.asgi"])
def test_embedded_mode_is_refused_in_production(server: str) -> None:
    script = f"import {server}; from django.conf import settings; settings.DEBUG"
    variables = PRODUCTION | {"EMBEDDED": "true", "DJANGO_SETTINGS_MODULE": "gaechwi.settings"}

    result = run(variables, "-c", script)

    assert result.returncode != 0
    assert "EMBEDDED" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://[::1]:8000", True),
        ("http://192.168.0.10:8000", False),
        ("http://localhost.gaechwi.example", False),
    ],
)
def test_embedded_mode_is_for_loopback_only(address: str, accepted: bool) -> None:
    result = check(PRODUCTION | {"EMBEDDED": "true", "SITE_URL": address})

    assert (result.returncode == 0) is accepted


@pytest.mark.parametrize(
    ("address", "accepted"),
    [
        ("https://idp.example/token", True),
        ("http://127.0.0.1:9400/token", True),
        ("http://idp.example/token", False),
        ("ftp://idp.example/token", False),
    ],
)
def test_tokens_come_by_tls(address: str, accepted: bool) -> None:
    result = check(PRODUCTION | {"GOOGLE_ACCESS_TOKEN_URL": address})

    assert (result.returncode == 0) is accepted
    assert accepted or "GOOGLE_ACCESS_TOKEN_URL" in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("GOOGLE_CERTS_URL", "http://idp.example/keys"), ("JWT_SECRET_KEY", "k" * 31)],
)
def test_what_would_let_tokens_be_forged_is_refused(name: str, value: str) -> None:
    result = check(PRODUCTION | {name: value})

    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_example_lists_every_variable() -> None:
    source = (BASE_DIR / "gaechwi" / "settings.py").read_text(encoding="utf-8")
    read = re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"', source)
    # Those of Google's addresses are put together in a loop.
    [loop] = re.findall(r"for name in \(([^)]+)\)", source)
    read += [f"GOOGLE_{name}" for name in re.findall(r'"([A-Z_]+)"', loop)]

    assert sorted(settings_variables()) == sorted(set(read))


def test_example_explains_every_variable() -> None:
    lines = (BASE_DIR / ".env.example").read_text(encoding="utf-8").splitlines()
    variable = re.compile(r"#?[A-Z][A-Z0-9_]*=")

    for before, line in pairwise(lines):
        if variable.match(line):
            assert before.startswith("# "), line


def test_no_secret_has_a_default() -> None:
    source = (BASE_DIR / "gaechwi" / "settings.py").read_text(encoding="utf-8")
    defaults = re.findall(r'env\.\w+\(\s*"([A-Z0-9_]+)"\s*,\s*("[^"]*"|[^)\s]+)', source)

    assert [name for name, default in defaults if SECRETS.search(name) and default != '""'] == []
