# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in ordinary life: a clear error with the next step, nothing lost, nothing half-written."""

import json
import os
import shlex
import subprocess

import duckdb
import pytest

from conftest import BINARY

ARTIST_ALBUMS = "/v1/artists/*/albums"


def healthy(machine):
    """DuckDB reads every table, and the next run is content."""
    for path in machine.lake.rglob("*.parquet"):
        duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall()
    assert not list(machine.lake.rglob("*.tmp"))


@pytest.mark.parametrize("kind", ["html", "truncated", "cut", "hang_up", "bad_utf8", "null_items", "null_names", "empty_items", "empty_400"])
def test_strange_answers_never_stop_a_run(machine, start_sim, kind):
    sim = start_sim("--app-class", "extended")
    machine.connect(sim)
    sim.control("faults", {"kind": kind, "path": ARTIST_ALBUMS, "times": 3})
    sim.control("faults", {"kind": kind, "path": "/v1/me/top/tracks", "after": 1, "times": 1})
    done = machine.run("run", "--json")
    assert done.code in (0, 3), done.err
    assert len(machine.compiled()) == 50
    healthy(machine)
    assert machine.run("run", SOUNDLAKE_NOW="2026-11-20T15:00:00Z").code in (0, 3)


def test_a_401_in_mid_run_is_mended_by_a_refresh(machine, start_sim):
    sim = start_sim("--app-class", "extended")
    machine.connect(sim)
    sim.control("faults", {"kind": "spurious_401", "path": ARTIST_ALBUMS, "after": 4, "times": 2})
    done = machine.run("extract", "--json")
    assert done.code == 0, done.err


@pytest.mark.parametrize("kind", ["not_registered", "not_registered_text", "no_premium"])
def test_an_app_that_may_not_be_used_says_what_to_do(machine, start_sim, kind):
    sim = start_sim()
    machine.connect(sim)
    sim.control("faults", {"kind": kind, "path": "/v1/*", "times": -1})
    done = machine.run("run")
    assert done.code in (1, 4)
    assert "hint:" in done.err
    assert ("Premium" in done.err) if kind == "no_premium" else ("User Management" in done.err)
    assert len(sim.requests()) <= 20


def test_no_service_at_all_is_a_network_error_that_names_it(machine):
    machine.environment.update(SPOTIFY_CLIENT_ID="x" * 32, SPOTIFY_REFRESH_TOKEN="hush-hush",
                               SOUNDLAKE_SPOTIFY_API_URL="http://127.0.0.1:1/v1",
                               SOUNDLAKE_SPOTIFY_ACCOUNTS_URL="http://127.0.0.1:1")
    done = machine.run("run", "--json")
    assert done.code == 1
    assert done.report["problems"][0]["kind"] == "network"
    assert "hush" not in done.out + done.err


def test_another_account_is_refused_before_anything_is_written(machine, start_sim):
    machine.connect(start_sim("--seed", "1"))
    assert machine.run("run").code == 0
    before = machine.files()
    machine.connect(start_sim("--seed", "2"))
    done = machine.run("run", SOUNDLAKE_HOME=str(machine.folder / "state-2"))
    assert done.code == 1 and "account" in done.err and "hint:" in done.err
    assert machine.files() == before


def test_a_lake_of_a_newer_soundlake_is_refused(machine, start_sim):
    machine.connect(start_sim())
    assert machine.run("run").code == 0
    path = machine.lake / "_soundlake/HEAD.json"
    head = json.loads(path.read_text())
    head["format"] = 99
    path.write_text(json.dumps(head))
    before = machine.files()
    for command in ("run", "export", "sql"):
        done = machine.run(command)
        assert done.code == 1 and "hint:" in done.err, command
    assert machine.run("doctor").code == 0
    assert machine.files() == before


def test_files_of_others_in_the_lake_are_left_alone(machine, start_sim):
    machine.connect(start_sim())
    machine.lake.mkdir(mode=0o700)
    (machine.lake / "notes.txt").write_text("mine")
    (machine.lake / "plays").mkdir()
    (machine.lake / "plays/readme.md").write_text("mine too")
    assert machine.run("run").code == 0
    assert (machine.lake / "notes.txt").read_text() == "mine"
    assert (machine.lake / "plays/readme.md").read_text() == "mine too"


def test_a_strangers_table_is_not_overwritten(machine, start_sim):
    machine.connect(start_sim())
    (machine.lake / "artists").mkdir(parents=True)
    (machine.lake / "artists/artists.parquet").write_text("somebody's")
    done = machine.run("run")
    assert done.code == 1 and "artists/artists.parquet" in done.err and "hint:" in done.err
    assert (machine.lake / "artists/artists.parquet").read_text() == "somebody's"


def in_a_small_disk(machine, size, script):
    """Runs a shell script in namespaces of its own with the lake on a file system of that size."""
    machine.lake.mkdir(mode=0o700)
    mount = f"mount -t tmpfs -o size={size} tmpfs {shlex.quote(str(machine.lake))} && "
    return subprocess.run(["unshare", "-Urm", "bash", "-c", mount + script], env=machine.environment,
                          capture_output=True, text=True, timeout=120)


def test_a_full_disk_is_named_and_nothing_half_written_stays(machine, start_sim):
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True).returncode != 0:
        pytest.skip("this system lets nobody make a small disk (unshare)")
    machine.connect(start_sim("--app-class", "extended"))
    lake = shlex.quote(str(machine.lake))
    done = in_a_small_disk(machine, "64k", f"{BINARY} extract; code=$?; find {lake} -name '*.tmp' >&2; exit $code")
    assert done.returncode == 1, done.stderr
    assert "No space left" in done.stderr and "hint:" in done.stderr
    assert ".tmp\n" not in done.stderr


def test_a_read_only_lake_is_named(machine, start_sim):
    machine.connect(start_sim())
    assert machine.run("extract").code == 0
    mount = f"mount --bind {shlex.quote(str(machine.lake))} {shlex.quote(str(machine.lake))} && " \
            f"mount -o remount,bind,ro {shlex.quote(str(machine.lake))} && "
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True).returncode != 0:
        pytest.skip("this system lets nobody mount (unshare)")
    done = subprocess.run(["unshare", "-Urm", "bash", "-c", mount + f"{BINARY} export"],
                          env=machine.environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1, done.stderr
    assert "Read-only file system" in done.stderr and "hint:" in done.stderr


def test_a_damaged_table_is_named_and_never_replaced_silently(machine, start_sim):
    machine.connect(start_sim())
    assert machine.run("run").code == 0
    (machine.lake / "artists/artists.parquet").write_bytes(b"PAR1 not any more")
    done = machine.run("export")
    assert done.code == 1 and "artists/artists.parquet" in done.err and "hint:" in done.err


def test_a_lost_or_damaged_state_costs_requests_and_never_data(machine, start_sim):
    machine.connect(start_sim("--app-class", "extended"))
    assert machine.run("run").code == 0
    before = machine.files()
    (machine.folder / "state/state.db").write_bytes(os.urandom(5000))
    done = machine.run("run", SOUNDLAKE_NOW="2026-11-20T12:10:00Z")
    assert done.code == 0, done.err
    assert "damaged" in done.err
    assert machine.files().keys() >= before.keys()
