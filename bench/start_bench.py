#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How long every command needs before its work begins: process start, libraries, command line, settings.

    bench/start_bench.py [BINARY] [--runs 20]

Exit 1 when the median of a command is over 30 ms.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BUDGET_MS = 30


def milliseconds(words, environment):
    began = time.perf_counter()
    subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=False)
    return (time.perf_counter() - began) * 1000


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("binary", nargs="?", default=ROOT / "build/release/src/soundlake/cli/soundlake")
    words.add_argument("--runs", type=int, default=20)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "TERM": "dumb"}
        completion = subprocess.run([given.binary, "completion", "bash"], env=environment, capture_output=True, text=True, check=True)
        commands = completion.stdout.split('case " ', 1)[1].split(' "', 1)[0].split()
        slowest = 0
        # A word that no command takes ends each of them where its work would begin; completion does its work.
        for tried in (["--version"], ["completion", "bash"], *([command, "--help"] for command in commands),
                      *([command, "--no-such-flag"] for command in commands)):
            median = statistics.median(milliseconds([given.binary, *tried], environment) for _ in range(given.runs))
            slowest = max(slowest, median)
            print(f"  {' '.join(tried):28}{median:6.1f} ms")
    print(f"slowest {slowest:.1f} ms, budget {BUDGET_MS} ms")
    return 0 if slowest <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
