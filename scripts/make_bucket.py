"""Makes the bucket for uploads, unless it is there."""

from __future__ import annotations

import os
from contextlib import suppress

import boto3

# The keys and the region are read from the environment.
s3 = boto3.client(
    "s3",
    endpoint_url=os.environ["AWS_S3_ENDPOINT_URL"],
    region_name=os.environ["AWS_REGION"],
)
with suppress(s3.exceptions.BucketAlreadyOwnedByYou):
    s3.create_bucket(Bucket=os.environ["AWS_S3_BUCKET_NAME"])
