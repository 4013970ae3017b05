# SPDX-License-Identifier: Apache-2.0
"""A real S3 server of the tests' own: versitygw on a free port of this machine, with one bucket."""

import pathlib
import socket
import subprocess
import time

import boto3

VERSITYGW = pathlib.Path(__file__).parents[2] / "build/deps/versitygw-1.8.0/versitygw"
KEY, SECRET = "root-of-the-test", "a secret/with+odd=letters"
BUCKET = "listening"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class S3Server:
    def __init__(self, folder):
        for part in ("iam", "meta", "data"):
            (folder / part).mkdir(parents=True)
        for _ in range(5):
            port = free_port()
            self.process = subprocess.Popen(
                [VERSITYGW, "--port", f"127.0.0.1:{port}", "--region", "us-east-1", "--quiet", "--keep-alive",
                 "--iam-dir", folder / "iam", "posix", "--sidecar", folder / "meta", folder / "data"],
                env={"ROOT_ACCESS_KEY_ID": KEY, "ROOT_SECRET_ACCESS_KEY": SECRET},
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while self.process.poll() is None and not listens(port):
                time.sleep(0.02)
            if self.process.poll() is None:
                break
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1",
                            "AWS_ENDPOINT_URL_S3": self.url}
        self.client = boto3.client("s3", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id=KEY,
                                   aws_secret_access_key=SECRET)
        self.client.create_bucket(Bucket=BUCKET)

    def objects(self, prefix):
        """Every object below the prefix with its bytes, as another program reads them."""
        found = {}
        for page in self.client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix=prefix + "/"):
            for entry in page.get("Contents", []):
                key = entry["Key"]
                found[key[len(prefix) + 1:]] = self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read()
        return found

    def stop(self):
        self.process.kill()
        self.process.wait()
