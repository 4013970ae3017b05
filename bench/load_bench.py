#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`soundlake load` beside `aws s3 sync`: the same 60 objects of 156 MB into the same S3 server on loopback.

    python3 -m venv /tmp/aws && /tmp/aws/bin/pip install awscli==1.46.3
    build/venv/bin/python bench/load_bench.py --aws /tmp/aws/bin/aws [--runs 3] [--binary FILE]

Both are timed as whole processes, in turns, each into a place of its own: straight to the server, and through
tests/s3/fault_proxy.py, which holds each request for 50 ms. The median counts. Then nothing and one object changes. What
lies there afterwards must be what was loaded.
Exit 1 when soundlake is slower, sends more requests or needs more memory than its budget.
"""

import argparse
import hashlib
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests/e2e"), str(ROOT / "tests/s3")]
import fault_proxy  # noqa: E402
from s3_server import BUCKET, S3Server  # noqa: E402

OBJECTS, SIZE = 58, 156_000_000 // 58  # HEAD.json and the manifest are the other two
PEAK_MB, FIRST, UNCHANGED, ONE_CHANGED = 100, 64, 2, 4


# In a process of its own: what a child needs is counted from the fork on, with all that its parent holds.
TIMED = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.call(sys.argv[1:])
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


def write_lake(lake, generation, objects):
    """A lake of these bytes, as docs/lake.md describes one."""
    entries = []
    for key, content in sorted(objects.items()):
        path = lake / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        entries.append({"key": key, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "rows": None})
    name = f"{generation:010}-0000000{generation}"
    manifest = {"format": 1, "id": name, "generation": generation, "objects": entries}
    head = {"format": 1, "lake_id": "00" * 16, "timezone": "UTC", "account": None, "simulated": False, "manifest": name}
    (lake / "_soundlake/manifests").mkdir(parents=True, exist_ok=True)
    (lake / f"_soundlake/manifests/{name}.json").write_text(json.dumps(manifest))
    (lake / "_soundlake/HEAD.json").write_text(json.dumps(head))


def run(words, environment):
    """Seconds, peak of resident memory in MB, and what was printed."""
    done = subprocess.run([sys.executable, "-c", TIMED, *map(str, words)], env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{words} ended with {done.returncode}: {done.stderr}")
    seconds, peak = done.stderr.splitlines()[-1].split()
    return float(seconds), int(peak) / 1024, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aws", required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--binary", default=ROOT / "build/release/src/soundlake/cli/soundlake")
    options = parser.parse_args()
    over = []
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as scratch:
        folder = pathlib.Path(scratch)
        server = S3Server(folder)
        try:
            with fault_proxy.running(server.url) as proxy:
                measure(options, folder, server, proxy, over)
        finally:
            server.stop()
    for what in over:
        print("OVER:", what)
    return 1 if over else 0


def measure(options, folder, server, proxy, over):
    chance, lake = random.Random(5), folder / "lake"
    objects = {f"exports/{number:02}.bin": chance.randbytes(SIZE) for number in range(OBJECTS)}
    write_lake(lake, 1, objects)
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"], "SOUNDLAKE_LAKE": str(lake), "TZ": "UTC",
                   "SOUNDLAKE_HOME": str(folder / "state"), **server.environment}

    def load(place, through):
        seconds, peak, out = run([options.binary, "load", f"s3://{BUCKET}/{place}", "--json"],
                                 {**environment, "AWS_ENDPOINT_URL_S3": through})
        report = json.loads(out)
        if peak > PEAK_MB:
            over.append(f"{peak:.0f} MB resident")
        return seconds, peak, report["requests"]["s3"], report["counts"]["objects_uploaded"]

    def ask(most, place, what, through):
        seconds, peak, requests, sent = load(place, through)
        print(f"  {what}: {requests} requests, {sent} objects, {seconds:.2f} s, {peak:.0f} MB")
        if requests > most:
            over.append(f"{what}: {requests} requests, allowed {most}")
        return seconds

    rules = json.dumps([{"fault": "delay", "seconds": 0.05}]).encode()
    urllib.request.urlopen(urllib.request.Request(f"{proxy}/_proxy/faults", data=rules, method="PUT")).close()
    for name, through in (("straight", server.url), ("50 ms a request", proxy)):
        own, aws = [], []
        place = name.split()[0]
        for number in range(options.runs):
            own.append(ask(FIRST, f"{place}{number}", "first", through))
            aws.append(run([options.aws, "s3", "sync", "--quiet", str(lake), f"s3://{BUCKET}/aws-{place}{number}"],
                           {**environment, "AWS_ENDPOINT_URL_S3": through})[0])
        ours, theirs = statistics.median(own), statistics.median(aws)
        print(f"{name}: soundlake {ours:.2f} s, aws s3 sync {theirs:.2f} s, ratio {ours / theirs:.2f}")
        if ours > theirs:
            over.append(f"{name}: {ours:.2f} s against {theirs:.2f} s")
    ask(UNCHANGED, "straight0", "unchanged", server.url)
    objects["exports/07.bin"] = chance.randbytes(SIZE)
    write_lake(lake, 2, objects)
    ask(ONE_CHANGED, "straight0", "one changed", server.url)
    there = server.objects("straight0")
    if {key: there[key] for key in objects} != objects:
        sys.exit("what lies there is not what was loaded")


if __name__ == "__main__":
    sys.exit(main())
