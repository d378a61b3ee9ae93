"""Copies the bucket into an empty folder, or back: `scripts/bucket.py save|restore FOLDER`."""

from __future__ import annotations

import mimetypes
import os
import sys
from http import HTTPStatus
from pathlib import Path

import boto3
from botocore.exceptions import ClientError

# The keys are read from the environment.
bucket = boto3.resource(
    "s3",
    endpoint_url=os.environ.get("AWS_S3_ENDPOINT_URL") or None,
    region_name=os.environ["AWS_REGION"],
).Bucket(os.environ["AWS_S3_BUCKET_NAME"])


def complete(folder: Path) -> Path:
    """Return the file beside a copy that says that nothing is missing in it."""
    return folder.with_name(f"{folder.name}.complete")


def save(folder: Path) -> None:
    """Write every object into a file of its name, but for those that are deleted meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        # What was deleted since an earlier copy would stay in it, and be restored.
        sys.exit(f"{folder} is not empty: each copy needs a folder of its own.")
    for entry in bucket.objects.all():
        file = folder / entry.key
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            bucket.download_file(entry.key, str(file))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != HTTPStatus.NOT_FOUND:
                raise
            sys.stderr.write(f"deleted meanwhile: {entry.key}\n")
    complete(folder).touch()


def restore(folder: Path) -> None:
    """Make the bucket hold every file, of the type that its name tells, and nothing else.

    What was uploaded since the copy has no row in the database that is restored with it.
    """
    files = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    if not complete(folder).exists():
        sys.exit(f"{folder} is no complete copy: the bucket is left as it is.")
    for key, file in sorted(files.items()):
        kind, _encoding = mimetypes.guess_type(file.name)
        extra = {"ContentType": kind} if kind else {}
        bucket.upload_file(str(file), key, ExtraArgs=extra)
    for entry in bucket.objects.all():
        if entry.key not in files:
            entry.delete()


actions = {"save": save, "restore": restore}
if len(sys.argv) != 3 or sys.argv[1] not in actions:
    sys.exit(__doc__)
actions[sys.argv[1]](Path(sys.argv[2]))
