"""There is no room left where uploaded files lie."""

from __future__ import annotations

import io
import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from tests.faults.load import PHOTO, Load, unfitness
from tests.faults.system import System
from tests.processes import Process, wait_until
from tests.reliability import Outcome

pytestmark = pytest.mark.processes

# The first bytes still find room.
ROOM_BYTES = 256


@contextmanager
def no_room(web: Process) -> Iterator[None]:
    """Let no file grow past a few bytes, as on a full disk; that needs no disk of our own."""
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in [web.pid, *web.children]}
    for pid, (_soft, hard) in limits.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (ROOM_BYTES, hard))
    try:
        yield
    finally:
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)


def test_uploads_are_refused_and_leave_nothing(
    system: System, outcome: Outcome, tmp_path: Path
) -> None:
    kept_on_disk = {"AWS_S3_BUCKET_NAME": "", "MEDIA_ROOT": str(tmp_path)}
    assert len(PHOTO) > ROOM_BYTES
    with system.another_web(**kept_on_disk) as (url, web):
        with Load(system, url) as load:
            with no_room(web):
                wait_until(lambda: load.refused("upload") >= 3, 30)
                others = load.kinds() - {"upload"}
                large = refused_by_api(load, large_photo())
                page = refused_on_page(load)
            recovered = load.wait_for_recovery(time.monotonic())

        stored = {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*")}
        assert stored <= system.known_keys()
        assert len(stored) == load.statuses("upload")[200]
        assert load.refused(*others) == 0
        assert (large, page) == ("", "")
        load.report(
            outcome,
            "No room for uploaded files",
            f"{load.refused('upload') + 2} uploads answered 503, all else went on;"
            f" recovered in {recovered:.1f} s",
        )


def large_photo() -> bytes:
    """Return a photo that is put down in a file while it comes in."""
    written = io.BytesIO()
    size = (1_100, 1_000)
    Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3)).save(written, "PNG")
    return written.getvalue()


def refused_by_api(load: Load, photo: bytes) -> str:
    """Upload a photo; return what is wrong with the refusal."""
    path = f"/api/resumes/{min(load.written)}/photo"
    with load.api() as client:
        answer = client.post(path, files={"photo": ("photo.png", photo, "image/png")})
    assert answer.status_code == 503, answer.text
    return unfitness(path, answer)


def refused_on_page(load: Load) -> str:
    """Import a file; return what is wrong with the page."""
    with load.browser() as client:
        csrf = client.cookies["csrftoken"]
        answer = client.post(
            "/imports/",
            data={"csrfmiddlewaretoken": csrf},
            files={"file": ("resume.pdf", b"%PDF-" + os.urandom(3_000_000), "application/pdf")},
        )
    assert answer.status_code == 503, answer.text
    return unfitness("/imports/", answer)
