"""Makes the bucket for uploads, unless it is there."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import boto3

region = os.environ["AWS_REGION"]
# The keys are read from the environment.
s3 = boto3.client("s3", endpoint_url=os.environ["AWS_S3_ENDPOINT_URL"], region_name=region)
# That one must not be named, every other one must.
elsewhere: Any = {"CreateBucketConfiguration": {"LocationConstraint": region}}
with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
    s3.create_bucket(
        Bucket=os.environ["AWS_S3_BUCKET_NAME"], **({} if region == "us-east-1" else elsewhere)
    )
