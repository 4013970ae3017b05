# SPDX-License-Identifier: Apache-2.0
"""Several writers, killed writers, interrupted writers: the lake stays one piece."""

import os
import random
import signal
import time

import duckdb

KILLS = 200 if os.environ.get("SOUNDLAKE_LONG") else 20


def tables(machine):
    """Every table as sorted rows, but for runs/ (each run is its own) and, in facts/, which of several answers told a value last."""
    content = {}
    for path in sorted(machine.lake.rglob("*.parquet")):
        name = str(path.relative_to(machine.lake))
        if name.startswith("runs/"):
            continue
        columns = "columns(* exclude (fetched_at, expires_at, method))" if name.startswith("facts/") else "columns(*)"
        table = duckdb.sql(f"select {columns}::varchar from read_parquet('{path}', hive_partitioning=false)")
        content[name] = sorted(map(repr, table.fetchall()))
    return content


def test_a_run_killed_at_any_moment_is_completed_by_the_next(machine, start_sim):
    seed = int(os.environ.get("SOUNDLAKE_SEED", "7"))
    chance = random.Random(seed)
    sim = start_sim("--app-class", "extended")
    machine.connect(sim)
    # Calls whose answers die with the process count against the budget all the same.
    machine.environment["SOUNDLAKE_ALBUM_CALLS_PER_DAY"] = "1000"
    began = time.monotonic()
    assert machine.run("extract").code == 0
    length = time.monotonic() - began
    whole = tables(machine)

    for attempt in range(KILLS):
        machine.lake = machine.folder / f"lake-{attempt}"
        environment = dict(SOUNDLAKE_LAKE=str(machine.lake), SOUNDLAKE_HOME=str(machine.folder / f"state-{attempt}"))
        sim.control("reset", {})
        child = machine.start("extract", "--quiet", **environment)
        try:
            child.communicate(timeout=chance.uniform(0, length * 1.1))
        except Exception:
            child.send_signal(signal.SIGKILL)
            child.communicate()
        # Whatever lies there can be read by anybody and by us.
        for path in machine.lake.rglob("*.parquet"):
            duckdb.sql(f"select count(*) from read_parquet('{path}')").fetchall()
        assert machine.run("doctor", **environment).code == 0
        sim.control("reset", {})
        done = machine.run("extract", **environment)
        assert done.code == 0, f"seed {seed}, attempt {attempt}: {done.err}"
        now = tables(machine)
        for name in whole.keys() | now.keys():
            lost, extra = set(whole.get(name, [])) - set(now.get(name, [])), set(now.get(name, [])) - set(whole.get(name, []))
            assert not lost and not extra, f"seed {seed}, attempt {attempt}, {name}: lost {sorted(lost)[:3]}, extra {sorted(extra)[:3]}"
        assert now == whole, f"seed {seed}, attempt {attempt}: a row is there twice"


def test_two_runs_at_once_lose_nothing(machine, start_sim):
    sim = start_sim("--app-class", "extended", "--latency", "5")
    machine.connect(sim)
    children = [machine.start("run", "--json", SOUNDLAKE_HOME=str(machine.folder / f"state-{i}")) for i in range(3)]
    for child in children:
        out, err = child.communicate(timeout=120)
        assert child.returncode == 0, err
    after = tables(machine)
    machine.lake = machine.folder / "alone"
    assert machine.run("run", SOUNDLAKE_LAKE=str(machine.lake), SOUNDLAKE_HOME=str(machine.folder / "fresh")).code == 0
    assert after == tables(machine)


def test_ctrl_c_ends_with_130_and_the_next_run_goes_on(machine, start_sim):
    sim = start_sim("--app-class", "extended", "--latency", "300")
    machine.connect(sim)
    child = machine.start("extract")
    while not sim.requests():
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130, err
    assert "hint:" in err
    sim.control("options", {"latency_ms": 0})
    assert machine.run("extract").code == 0
