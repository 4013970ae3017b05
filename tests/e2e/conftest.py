# SPDX-License-Identifier: Apache-2.0
"""End-to-end tests: the real program against the simulated services, over loopback."""

import json
import os
import pathlib
import subprocess
import urllib.request

import pytest

BINARY = pathlib.Path(os.environ["SOUNDLAKE_BINARY"])
NOW = "2026-11-20T12:00:00Z"


class Result:
    """What one run of the program left: exit code, stdout, stderr and, with --json, the report."""

    def __init__(self, done):
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr

    @property
    def words(self):
        """stdout as one line: a sentence may be broken wherever a path in it is long."""
        return " ".join(self.out.split())

    @property
    def report(self):
        lines = self.out.splitlines()
        assert len(lines) == 1, f"stdout is not one JSON object:\n{self.out}\n{self.err}"
        return json.loads(lines[0])


class Sim:
    """`soundlake sim` as a child; its control addresses under /_sim/ are methods here."""

    def __init__(self, *options, now=NOW):
        self.process = subprocess.Popen(
            [BINARY, "sim", "--port", "0", "--now", now, *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.environment = {}
        for line in self.process.stdout:
            if not line.strip():
                break
            name, _, value = line.strip().partition("=")
            self.environment[name] = value
        assert "SOUNDLAKE_SPOTIFY_API_URL" in self.environment, "sim did not start"
        self.root = self.environment["SOUNDLAKE_SPOTIFY_ACCOUNTS_URL"]

    def control(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.root}/_sim/{path}", data=data)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def requests(self):
        """Every request of the program since the last reset, oldest first."""
        return self.control("requests")["requests"]

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def start_sim():
    started = []

    def start(*options, now=NOW):
        started.append(Sim(*options, now=now))
        return started[-1]

    yield start
    for sim in started:
        sim.stop()


class Machine:
    """A listener's machine: a home of its own, nothing of the real one in the environment."""

    def __init__(self, folder):
        self.folder = folder
        self.lake = folder / "lake"
        self.environment = {
            "HOME": str(folder / "home"),
            "PATH": os.environ["PATH"],
            "SOUNDLAKE_LAKE": str(self.lake),
            "SOUNDLAKE_HOME": str(folder / "state"),
            "SOUNDLAKE_TIMEZONE": "Europe/Berlin",
            "SOUNDLAKE_NOW": NOW,
            "TERM": "dumb",
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def connect(self, sim):
        self.environment.update(sim.environment)

    def run(self, *words, stdin=None, timeout=120, **environment):
        done = subprocess.run(
            [BINARY, *map(str, words)], env={**self.environment, **environment}, text=True,
            input=stdin, stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True, timeout=timeout, cwd=self.folder)
        return Result(done)

    def start(self, *words, **environment):
        """The program as a child that goes on while the test does."""
        return subprocess.Popen(
            [BINARY, *map(str, words)], env={**self.environment, **environment}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)

    def files(self):
        """Every file of the lake with its bytes: two equal dictionaries mean that nothing was written."""
        return {str(path.relative_to(self.lake)): path.read_bytes()
                for path in sorted(self.lake.rglob("*")) if path.is_file()}

    def compiled(self):
        return json.loads((self.lake / "exports/top_artists_info.json").read_text(encoding="utf-8"))


@pytest.fixture
def machine(tmp_path):
    (tmp_path / "home").mkdir()
    return Machine(tmp_path)
