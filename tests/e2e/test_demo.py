# SPDX-License-Identifier: Apache-2.0
"""The simulated listener: the whole chain offline, labelled, never mixed with a real lake."""

import json
import pathlib
import re
import subprocess

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_the_demo_fills_a_lake_that_says_it_is_simulated(machine):
    done = machine.run("demo", "--lake", machine.lake, "--json")
    assert done.code == 0, done.err
    report = done.report
    assert report["command"] == "demo" and report["status"] == "done"
    assert report["counts"]["export"]["artists"] == 50
    assert len(machine.compiled()) == 50
    head = json.loads((machine.lake / "_soundlake/HEAD.json").read_text())
    assert head["simulated"] is True
    assert "simulated" in (machine.lake / "exports/SIMULATED.txt").read_text().lower()
    assert not (machine.folder / "state").exists(), "the demo kept state of a listener who does not exist"


def test_its_statistics_say_that_they_are_invented(machine):
    machine.run("demo", "--lake", machine.lake)
    for words in ([], ["top-artists"]):
        assert "the simulated listener" in machine.run("stats", *words, "--lake", machine.lake).out


def test_duckdb_reads_every_table_without_us(machine):
    machine.run("demo", "--lake", machine.lake)
    tables = sorted(path.name for path in machine.lake.iterdir() if list(path.rglob("*.parquet")))
    assert tables == ["albums", "artist_albums", "artist_top_tracks", "artists", "facts", "plays", "runs",
                      "top_artists", "top_tracks", "tracks"]
    for table in tables:
        count = duckdb.sql(f"select count(*) from read_parquet('{machine.lake}/{table}/**/*.parquet')").fetchall()[0][0]
        assert count > 0, table


def test_the_views_and_every_query_of_the_notebook_work(machine):
    machine.run("demo", "--lake", machine.lake)
    connection = duckdb.connect()
    connection.execute(machine.run("sql", "--lake", machine.lake).out)
    queries = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/notebook.md").read_text(), re.S)
    assert len(queries) >= 10
    for query in queries:
        rows = connection.execute(f"select count(*) from ({query.strip().rstrip(';')})").fetchall()
        assert rows[0][0] > 0, query


def test_without_a_flag_the_demo_never_touches_the_persons_own_lake(machine):
    done = machine.run("demo", "--json")
    assert done.code == 0, done.err
    assert (machine.folder / "demo-lake/exports/top_artists_info.json").exists()
    assert not machine.lake.exists()


def test_a_real_lake_refuses_the_simulated_listener_and_the_other_way_round(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    assert machine.run("extract", "--json").code == 0
    before = machine.files()
    done = machine.run("demo", "--lake", machine.lake)
    assert done.code == 1 and "simulated" in done.err and "hint:" in done.err
    assert machine.files() == before

    other = machine.folder / "simulated"
    assert machine.run("demo", "--lake", other).code == 0
    done = machine.run("extract", "--lake", other)
    assert done.code == 1 and "simulated" in done.err


def test_the_same_seed_tells_the_same_listening(machine):
    for name in ("a", "b"):
        assert machine.run("demo", "--lake", machine.folder / name).code == 0
    assert machine.run("demo", "--lake", machine.folder / "c", "--seed", "2").code == 0
    compiled = [(machine.folder / name / "exports/top_artists_info.json").read_bytes() for name in "abc"]
    assert compiled[0] == compiled[1] != compiled[2]


def test_a_second_demo_writes_nothing(machine):
    machine.run("demo", "--lake", machine.lake)
    before = machine.files()
    assert machine.run("demo", "--lake", machine.lake).code == 0
    assert machine.files() == before
