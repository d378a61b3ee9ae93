"""Files on S3: who may have them, and what of the store is shown to anybody."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from moto.server import ThreadedMotoServer
from mypy_boto3_s3 import S3Client

from accounts.models import User
from accounts.tokens import issue
from exports.services import request_export
from exports.tests import done
from resumes.models import File, Resume
from resumes.tests.pictures import half_red, upload
from resumes.tests.test_photo_on_s3 import BUCKET, keys, s3_with_a_bucket
from tests.reliability import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture
def bucket() -> Iterator[S3Client]:
    """Keep what is uploaded on an S3 server."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with s3_with_a_bucket(f"http://{host}:{port}") as s3:
        yield s3
    server.stop()


def test_addresses_of_files(
    user: User, other_client: Client, resume: Resume, bucket: S3Client, outcome: Outcome
) -> None:
    owner = Client()
    owner.force_login(user)
    owner.post(f"/resumes/{resume.pk}/photo/", {"photo": upload(half_red())})
    export = done(request_export(resume, "json"))
    pages = [f"/resumes/{resume.pk}/", f"/resumes/{resume.pk}/edit/", f"/exports/{export.pk}/"]
    pages += [f"/api/resumes/{resume.pk}", f"/api/resume_exports/{export.pk}"]
    files = [f"/resumes/{resume.pk}/photo/", f"/api/resumes/{resume.pk}/photo"]
    files += [f"/exports/{export.pk}/file/", f"/api/resume_exports/{export.pk}/file"]
    stored = keys(bucket)
    assert sorted(stored) == sorted(File.objects.values_list("key", flat=True))
    assert len(stored) == 2

    told = []
    for path in (*pages, *files):
        answer = owner.get(path)
        assert answer.status_code == 200, path
        shown = f"{answer.headers} {answer.getvalue().decode(errors='replace')}"
        told += [path for secret in (BUCKET, "X-Amz", *stored) if secret in shown]
    grants = [
        grant
        for key in stored
        for grant in bucket.get_object_acl(Bucket=BUCKET, Key=key)["Grants"]
        if "URI" in grant["Grantee"]
    ]
    bearer = {"Authorization": f"Bearer {issue(user).access}"}
    assert Client().get(files[1], headers=bearer).status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    got = [path for path in files if other_client.get(path).status_code != 404]
    got += [path for path in files if Client().get(path).status_code not in {302, 401}]
    got += [path for path in files if owner.get(path).status_code not in {302, 401}]
    got += [path for path in files[1::2] if Client().get(path, headers=bearer).status_code != 401]

    assert (told, grants, got) == ([], [], [])
    outcome(
        "photos and exports on S3: by another user, by nobody, and by their owner after the account"
        " was switched off",
        tried=3 * len(files) + 2 + len(pages) + len(files),
        let_in=len(told) + len(grants) + len(got),
        happened="404 or led to the sign-in; no signed address, bucket or key is handed out to"
        " outlive a session, and nothing in the store is public",
    )
