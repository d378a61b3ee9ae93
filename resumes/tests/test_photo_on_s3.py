from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.test import Client, override_settings
from moto.server import ThreadedMotoServer
from mypy_boto3_s3 import S3Client
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from resumes.models import File, Resume
from resumes.tests.pictures import half_red, upload

pytestmark = pytest.mark.django_db

Committing = Callable[..., AbstractContextManager[list[Any]]]

BUCKET = "gaechwi-uploads"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def kept_on(endpoint: str) -> override_settings:
    return override_settings(
        STORAGES={
            "default": {"BACKEND": "storages.backends.s3.S3Storage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        AWS_STORAGE_BUCKET_NAME=BUCKET,
        AWS_ACCESS_KEY_ID="key",
        AWS_SECRET_ACCESS_KEY="secret",
        AWS_S3_REGION_NAME="ap-northeast-2",
        AWS_S3_ENDPOINT_URL=endpoint,
        AWS_DEFAULT_ACL=None,
        AWS_S3_FILE_OVERWRITE=False,
        AWS_S3_CLIENT_CONFIG=Config(
            connect_timeout=1, read_timeout=5, retries={"total_max_attempts": 2}, proxies={}
        ),
    )


@contextmanager
def s3_with_a_bucket(endpoint: str) -> Iterator[S3Client]:
    """Keep what is uploaded in a bucket of this server, which is gone afterwards."""
    s3: S3Client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="ap-northeast-2",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
        config=Config(proxies={}),
    )
    s3.create_bucket(
        Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"}
    )
    with kept_on(endpoint):
        yield s3
    for key in keys(s3):
        s3.delete_object(Bucket=BUCKET, Key=key)
    s3.delete_bucket(Bucket=BUCKET)


@pytest.fixture
def bucket(endpoint: str) -> Iterator[S3Client]:
    with s3_with_a_bucket(endpoint) as s3:
        yield s3


def keys(bucket: S3Client) -> list[str]:
    listed = bucket.list_objects_v2(Bucket=BUCKET)
    return [entry["Key"] for entry in listed.get("Contents", [])]


def path(resume: Resume) -> str:
    return f"/resumes/{resume.pk}/photo/"


def test_it_works(
    client: Client,
    resume: Resume,
    bucket: S3Client,
    django_capture_on_commit_callbacks: Committing,
) -> None:
    client.post(path(resume), {"photo": upload(half_red())})

    photo = File.objects.get()
    assert keys(bucket) == [photo.key]
    stored = bucket.get_object(Bucket=BUCKET, Key=photo.key)
    assert stored["ContentType"] == "image/jpeg"
    response = client.get(path(resume))
    assert response.content == stored["Body"].read()
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(response.content)).size == (80, 40)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(path(resume), {"photo": upload(half_red((30, 30)))})

    second = File.objects.get()
    assert second.key != photo.key
    assert keys(bucket) == [second.key]

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{path(resume)}remove/")

    assert keys(bucket) == []
    assert client.get(path(resume)).status_code == 404


def test_nobody_reads_it_past_the_application(
    client: Client, resume: Resume, bucket: S3Client
) -> None:
    client.post(path(resume), {"photo": upload(half_red())})

    acl = bucket.get_object_acl(Bucket=BUCKET, Key=File.objects.get().key)

    assert not [grant for grant in acl["Grants"] if "URI" in grant["Grantee"]]


def test_a_refused_one_is_not_sent_there(client: Client, resume: Resume, bucket: S3Client) -> None:
    client.post(path(resume), {"photo": upload(half_red(), "GIF")})

    assert keys(bucket) == []


def test_lost_bytes_are_not_an_error(client: Client, resume: Resume, bucket: S3Client) -> None:
    client.post(path(resume), {"photo": upload(half_red())})
    bucket.delete_object(Bucket=BUCKET, Key=File.objects.get().key)

    assert client.get(path(resume)).status_code == 404


def test_a_store_that_is_away_is_told_of(client: Client, resume: Resume) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with kept_on(f"http://127.0.0.1:{nobody.getsockname()[1]}"):
            begun = time.monotonic()
            response = client.post(path(resume), {"photo": upload(half_red())})
            took = time.monotonic() - begun

    assertContains(response, "사진을 저장할 곳에 연결하지 못했습니다.")
    assert took < 10
    assert not File.objects.exists()
    assertNotContains(client.get(f"/resumes/{resume.pk}/edit/"), "<img")


def test_a_bucket_that_is_missing_is_told_of(client: Client, resume: Resume, endpoint: str) -> None:
    with kept_on(endpoint):
        response = client.post(path(resume), {"photo": upload(half_red())})

    assertContains(response, "사진을 저장할 곳에 연결하지 못했습니다.")
    assert not File.objects.exists()


def test_a_photo_in_a_store_that_is_away_comes_later(
    client: Client, resume: Resume, bucket: S3Client
) -> None:
    client.post(path(resume), {"photo": upload(half_red())})

    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        with kept_on(f"http://127.0.0.1:{nobody.getsockname()[1]}"):
            response = client.get(path(resume))
            page = client.get(f"/resumes/{resume.pk}/")

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert response.content.decode() == "사진을 둔 곳에 연결하지 못했습니다."
    assert page.status_code == 200
