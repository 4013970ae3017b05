# SPDX-License-Identifier: Apache-2.0
"""`forget` leaves nothing of the Web API behind, and says what it could not reach."""

import duckdb


def test_forget_removes_what_came_from_the_web_api_everywhere(machine, start_sim):
    sim = start_sim("--app-class", "extended")
    machine.connect(sim)
    assert machine.run("run", "--json").code == 0
    names = [row[0] for row in duckdb.sql(f"select distinct name from read_parquet('{machine.lake}/top_artists/*.parquet')").fetchall()]
    ids = [row[0] for row in duckdb.sql(f"select distinct id from read_parquet('{machine.lake}/top_artists/*.parquet')").fetchall()]

    done = machine.run("forget")
    assert done.code == 2 and "--yes" in done.err
    assert list(machine.lake.rglob("*.parquet"))

    done = machine.run("forget", "--yes")
    assert done.code == 0, done.err
    assert "Not reached" in done.words
    for name, content in {**machine.files(), "state.db": (machine.folder / "state/state.db").read_bytes()}.items():
        for word in ids + [name for name in names if len(name) > 6]:
            assert word.encode() not in content, f"{word} is still in {name}"
    assert not list((machine.lake / "raw").rglob("*")) if (machine.lake / "raw").exists() else True
    assert not list((machine.lake / "exports").glob("*")) if (machine.lake / "exports").exists() else True
    # Of the sign-in nothing is left either.
    del machine.environment["SPOTIFY_REFRESH_TOKEN"]
    assert machine.run("run").code == 4
