"""Backup and restore by the commands of docs/operations.md, as they stand there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from gaechwi.embedded import BASE_DIR
from tests.backing import PROGRAMS, Backing
from tests.compose import command_of
from tests.ports import free_port
from tests.processes import Process, wait_until
from tests.workers import READY

pytestmark = pytest.mark.processes

PAGE = (BASE_DIR / "docs" / "operations.md").read_text("utf-8")
# Runs here what Compose would run in a container: beside PostgreSQL and Redis, or in one of ours.
# Stops what runs, and notes that it would be started.
COMPOSE = """#!/usr/bin/env bash
set -euo pipefail
case "$*" in
    "compose exec -T postgres "*) exec "${@:5}" ;;
    "compose run --rm --user $(id -u) --volume ./backup:/backup worker "*)
        cd "$BASE_DIR" && exec "${@:9:$#-9}" "${!#/#\\/backup/$FOLDER/backup}" ;;
    "compose run --rm -T worker "*) cd "$BASE_DIR" && exec "${@:6}" ;;
    "compose exec -T redis "*) exec "${@:5}" ;;
    "compose stop "*)
        for service in "${@:3}"; do
            pid=$(<"$FOLDER/$service.pid")
            kill "$pid"
            # It stays a zombie until the test asks for it.
            while grep -qs '^State:.[^Z]' "/proc/$pid/status"; do sleep 0.1; done
        done ;;
    "compose up --detach --wait") touch "$FOLDER/up" ;;
    *) echo "what is $*?" >&2; exit 1 ;;
esac
"""
REDIS_CLI = """#!/usr/bin/env python
import os, sys
from redis import Redis
print(Redis.from_url(os.environ["REDIS_URL"]).execute_command(*sys.argv[1:]))
"""
NAMES = """
SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexname FROM pg_indexes WHERE schemaname = 'public'
"""
FILL = """
from importlib import import_module
from allauth.usersessions.models import UserSession
from django.conf import settings
from accounts.models import User
from accounts.tokens import issue
from resumes.sample import sample_document
from resumes.services import create_resume
from resumes.photos import store_photo
from resumes.tests.pictures import half_red, upload
user = User.objects.create_user("seeker@example.com", "a-long-passphrase", name="구직자")
store_photo(create_resume(user, sample_document()), upload(half_red()))
issue(user)
session = import_module(settings.SESSION_ENGINE).SessionStore()
session.save()
UserSession.objects.create(user=user, session_key=session.session_key, ip="192.0.2.1")
"""
SIGN_INS = tuple(
    f"INSERT INTO public.{table} "
    for table in ("django_session", "usersessions_usersession", "accounts_tokenfamily")
)
LEAVE = """
from accounts.models import User
User.objects.get().delete()
"""


@pytest.fixture
def backing() -> Iterator[Backing]:
    with Backing() as backing:
        backing.make_bucket()
        yield backing


@pytest.fixture
def environment(backing: Backing, tmp_path: Path) -> dict[str, str]:
    """What the commands of the page run in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, source in (("docker", COMPOSE), ("redis-cli", REDIS_CLI)):
        (folder / name).write_text(source)
        (folder / name).chmod(0o755)
    programs = [str(folder), str(Path(sys.executable).parent), str(PROGRAMS)]
    return {
        **os.environ,
        **backing.variables,
        "PATH": os.pathsep.join([*programs, os.environ["PATH"]]),
        "PGHOST": backing.socket,
        "BASE_DIR": str(BASE_DIR),
        "FOLDER": str(tmp_path),
    }


@pytest.fixture
def services(environment: dict[str, str], tmp_path: Path) -> Iterator[list[Process]]:
    """What Compose has up, each with its process id in a file."""
    manage(environment, "migrate", "--no-input")
    with ExitStack() as stack:
        services = []
        for name in ("web", "worker", "beat"):
            ready = READY if name == "worker" else ""
            command = command_of(name, free_port())
            service = Process(tmp_path / f"{name}.log", command, environment, ready)
            stack.enter_context(service)
            (tmp_path / f"{name}.pid").write_text(str(service.pid))
            services.append(service)
        yield services


def manage(environment: dict[str, str], *words: str) -> str:
    """Run a command of Django's, and return what it logs."""
    return done([sys.executable, "manage.py", *words], environment, BASE_DIR).stderr


def run(words: list[str], environment: dict[str, str], folder: Path) -> str:
    return done(words, environment, folder).stdout


def done(
    words: list[str], environment: dict[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    result = subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return result


def commands(name: str) -> str:
    """Return the commands of the page that stand under a name."""
    [block] = re.findall(rf"<!-- {name} -->\n```console\n(.*?)```", PAGE, re.DOTALL)
    lines = block.splitlines()
    # A command, or what goes on with the one before.
    assert all(line.startswith(("$ ", "  && ", "  | ")) for line in lines)
    return "\n".join(["set -euo pipefail", *(line[2:] for line in lines)])


def in_the_database(environment: dict[str, str]) -> list[str]:
    """Return what a database holds: rows, counters, names of constraints and indexes."""
    of_ours = ["--username=gaechwi", "--dbname=gaechwi"]
    rows = run(["pg_dump", *of_ours, "--data-only", "--inserts"], environment, BASE_DIR)
    names = run(["psql", *of_ours, "--tuples-only", "--command", NAMES], environment, BASE_DIR)
    # A word of pg_dump's own, another one each time.
    return sorted(line for line in (rows + names).splitlines() if not line.startswith("\\"))


def in_the_store(backing: Backing) -> dict[str, tuple[bytes, str]]:
    s3 = backing.s3()
    listed = s3.list_objects_v2(Bucket=backing.bucket).get("Contents", [])
    objects = {
        entry["Key"]: s3.get_object(Bucket=backing.bucket, Key=entry["Key"]) for entry in listed
    }
    return {key: (entry["Body"].read(), entry["ContentType"]) for key, entry in objects.items()}


def test_it_works(
    backing: Backing, environment: dict[str, str], services: list[Process], tmp_path: Path
) -> None:
    manage(environment, "shell", "--command", FILL)
    filled, objects = in_the_database(environment), in_the_store(backing)
    rows = [row for row in filled if not row.startswith(SIGN_INS)]
    assert len(filled) == len(rows) + len(SIGN_INS), "which the restore ends"
    assert any("seeker@example.com" in row for row in rows)
    assert {kind for _bytes, kind in objects.values()} == {"image/jpeg"}

    run(["bash", "-c", commands("backup")], environment, tmp_path)
    (tmp_path / "LOGS").write_text(manage(environment, "shell", "--command", LEAVE))
    manage(environment, "flush", "--no-input")
    for key in objects:
        backing.s3().delete_object(Bucket=backing.bucket, Key=key)
    backing.s3().put_object(Bucket=backing.bucket, Key="photos/of-later", Body=b"x")
    assert in_the_database(environment) != rows
    assert all(service.is_alive for service in services)
    assert not (tmp_path / "up").exists()
    backing.valkey.client().set("left", "over")
    run(["bash", "-c", commands("restore")], environment, tmp_path)

    assert not any(service.is_alive for service in services)
    assert backing.valkey.client().dbsize() == 0
    assert in_the_database(environment) == rows
    assert in_the_store(backing) == objects

    run(["bash", "-c", commands("delete again")], environment, tmp_path)
    run(["bash", "-c", commands("start")], environment, tmp_path)

    assert not any("seeker@example.com" in row for row in in_the_database(environment))
    assert in_the_store(backing) == {}
    assert (tmp_path / "up").exists()


def saving(environment: dict[str, str], folder: Path) -> subprocess.Popen[str]:
    """Begin to copy the bucket into a folder."""
    return subprocess.Popen(
        [sys.executable, "scripts/bucket.py", "save", str(folder)],
        cwd=BASE_DIR,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_folder_that_holds_something_is_refused(
    backing: Backing, environment: dict[str, str], tmp_path: Path
) -> None:
    for key in ("users/1/gone", "users/2/kept"):
        backing.s3().put_object(Bucket=backing.bucket, Key=key, Body=b"x")
    first = saving(environment, tmp_path / "backup")
    assert (first.communicate()[1], first.returncode) == ("", 0)
    backing.s3().delete_object(Bucket=backing.bucket, Key="users/1/gone")

    again = saving(environment, tmp_path / "backup")

    assert "is not empty" in again.communicate()[1]
    assert again.returncode == 1


def test_a_copy_that_is_not_complete_empties_no_bucket(
    backing: Backing, environment: dict[str, str], tmp_path: Path
) -> None:
    backing.s3().put_object(Bucket=backing.bucket, Key="photos/kept", Body=b"x")
    restored = subprocess.run(
        [sys.executable, "scripts/bucket.py", "restore", str(tmp_path / "no-such-copy")],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (restored.returncode, backing.stored()) == (1, {"photos/kept"})
    assert "no complete copy" in restored.stderr


def test_what_is_deleted_meanwhile_is_left_out(
    backing: Backing, environment: dict[str, str], tmp_path: Path
) -> None:
    s3, folder = backing.s3(), tmp_path / "backup"
    # So many that the last one is deleted long before its turn.
    keys = [f"{number:03}" for number in range(100)]
    for key in keys:
        s3.put_object(Bucket=backing.bucket, Key=key, Body=b"x")

    save = saving(environment, folder)
    wait_until((folder / keys[0]).exists, 30)
    s3.delete_object(Bucket=backing.bucket, Key=keys[-1])

    assert save.communicate()[1] == f"deleted meanwhile: {keys[-1]}\n"
    assert save.returncode == 0
    assert {file.name for file in folder.iterdir()} == set(keys[:-1])
