# SPDX-License-Identifier: Apache-2.0
"""Extraction per app class: what is asked, what is filled, what a second run does."""

import json

import duckdb
import pytest

LATER = "2026-11-20T12:20:00Z"  # within the hour of the first run


def rows(machine, sql):
    return duckdb.sql(sql.replace("LAKE", str(machine.lake))).fetchall()


def refused(sim):
    return [request for request in sim.requests() if request["status"] in (400, 403, 404)]


@pytest.mark.parametrize("app_class", ["restricted", "postponed", "extended"])
def test_a_first_run_asks_the_minimum_and_gets_what_the_app_may(machine, start_sim, app_class):
    sim = start_sim("--app-class", app_class)
    machine.connect(sim)
    done = machine.run("extract", "--json")
    assert done.code == 0, done.err
    report = done.report
    seen = sim.requests()
    asked = [request for request in seen if request["bucket"] != "accounts"]
    assert report["requests"]["spotify"] == len(asked), "the report counts other requests than were sent"
    assert len(asked) <= 125
    assert len(refused(sim)) <= 6
    assert len({(r["path"], r["query"]) for r in asked}) == len(asked), "something was asked twice"
    assert report["counts"]["artists"] >= 50 and report["counts"]["plays_new"] == 50

    full = app_class != "restricted"
    with_genres = rows(machine, "select count(*) from read_parquet('LAKE/artists/*.parquet') where genres is not null and len(genres) > 0")[0][0]
    assert (with_genres >= 40) == full
    popular = rows(machine, "select count(*) from read_parquet('LAKE/top_artists/*.parquet') where popularity is not null")[0][0]
    assert (popular > 0) == full
    ranked_by = {row[0] for row in rows(machine, """
        select distinct ranking_source from read_parquet('LAKE/artist_top_tracks/*.parquet') where artist_key in
        (select id from read_parquet('LAKE/top_artists/*.parquet') where time_range = 'short_term' and rank <= 50)""")}
    assert ranked_by == ({"spotify"} if full else {"listener"})
    tempos = rows(machine, "select count(bpm) from read_parquet('LAKE/tracks/*.parquet')")[0][0]
    assert (tempos > 100) == (app_class == "extended")
    sources = {row[0] for row in rows(machine, "select distinct genres_source from read_parquet('LAKE/artists/*.parquet')")}
    assert sources <= {"spotify", None}


@pytest.mark.parametrize("app_class", ["restricted", "extended"])
def test_a_second_run_within_the_hour_asks_for_recent_plays_only_and_writes_nothing(machine, start_sim, app_class):
    sim = start_sim("--app-class", app_class, "--latency", "0")
    machine.connect(sim)
    assert machine.run("run", "--json").code == 0
    before = machine.files()
    sim.control("reset", {})
    done = machine.run("run", "--json", SOUNDLAKE_NOW=LATER)
    assert done.code == 0, done.err
    asked = [request["path"] for request in sim.requests() if request["bucket"] != "accounts"]
    assert asked == ["/v1/me/player/recently-played"]
    assert done.report["requests"]["spotify"] == 1
    assert machine.files() == before


def test_recent_only_is_one_request(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    assert machine.run("extract").code == 0
    sim.control("reset", {})
    sim.control("clock", {"advance_s": 7200})
    done = machine.run("extract", "--recent", "--json", SOUNDLAKE_NOW="2026-11-20T14:00:00Z")
    assert done.code == 0, done.err
    asked = [request["path"] for request in sim.requests() if request["bucket"] != "accounts"]
    assert asked == ["/v1/me/player/recently-played"]
    counts = done.report["counts"]
    plays = rows(machine, "select count(*), count(distinct play_id) from read_parquet('LAKE/plays/**/*.parquet')")[0]
    assert plays == (50 + counts["plays_new"], 50 + counts["plays_new"])


def test_days_add_snapshots_and_the_same_day_replaces_its_own(machine, start_sim):
    for now in ("2026-11-20T12:00:00Z", "2026-11-20T20:00:00Z", "2026-11-21T12:00:00Z"):
        sim = start_sim(now=now)
        machine.connect(sim)
        assert machine.run("extract", SOUNDLAKE_NOW=now).code == 0
    dates = rows(machine, "select snapshot_date::varchar, time_range, count(*) from read_parquet('LAKE/top_artists/*.parquet') group by all order by all")
    assert {date for date, _, _ in dates} == {"2026-11-20", "2026-11-21"}
    for _, _, count in dates:
        assert count <= 50


def test_a_closed_album_quota_is_a_wait_and_the_next_run_makes_only_the_missing_calls(machine, start_sim):
    sim = start_sim("--app-class", "restricted")
    machine.connect(sim)
    sim.control("options", {"ceilings": {"artist-albums": 20}})
    done = machine.run("extract", "--json")
    assert done.code == 3, done.err
    assert done.report["status"] == "partial"
    (wait,) = [wait for wait in done.report["waits"] if wait["bucket"] == "artist-albums"]
    assert wait["until"] > "2026-11-20T12:00:00Z"
    assert wait["until"] in machine.run("extract", SOUNDLAKE_NOW=LATER).words
    assert "closed until" in machine.run("doctor").words
    got = {r["path"] for r in sim.requests() if r["bucket"] == "artist-albums" and r["status"] == 200}

    # Before it opens nobody asks; afterwards only what is missing is asked for.
    sim.control("reset", {})
    assert machine.run("extract", "--json", SOUNDLAKE_NOW=LATER).code == 3
    assert not [r for r in sim.requests() if r["bucket"] == "artist-albums"]
    sim.control("options", {"ceilings": {"artist-albums": 100}})
    sim.control("clock", {"advance_s": 90000})
    done = machine.run("extract", "--json", SOUNDLAKE_NOW="2026-11-21T13:00:00Z")
    assert done.code == 0, done.err
    asked = {r["path"] for r in sim.requests() if r["bucket"] == "artist-albums"}
    assert asked and not asked & got


def test_our_own_daily_budget_defers_and_says_so(machine, start_sim):
    sim = start_sim("--app-class", "extended")
    machine.connect(sim)
    done = machine.run("extract", "--json", "--album-calls-per-day", "5")
    albums = [r for r in sim.requests() if r["bucket"] == "artist-albums"]
    assert len(albums) <= 5
    assert any("artist-albums" in wait["bucket"] for wait in done.report["waits"])
    # The fifty exported artists are not complete, so this is not yet done.
    assert done.code == 3


def test_doctor_says_in_plain_words_what_each_class_may_do(machine, start_sim):
    sim = start_sim("--app-class", "restricted")
    machine.connect(sim)
    assert "not known yet" in machine.run("doctor").words
    machine.run("extract")
    findings = {f["name"]: f for f in machine.run("doctor", "--json").out and
                json.loads(machine.run("doctor", "--json").out)["findings"]}
    for feature in ("genres", "popularity", "artist_top_tracks", "audio_features"):
        assert findings[feature]["state"] == "missing", feature
    assert findings["sign_in"]["state"] == "good"

    other = start_sim("--app-class", "extended")
    fresh = dict(SOUNDLAKE_HOME=str(machine.folder / "other"), SOUNDLAKE_LAKE=str(machine.folder / "other-lake"),
                 **other.environment)
    machine.run("extract", **fresh)
    findings = {f["name"]: f for f in json.loads(machine.run("doctor", "--json", **fresh).out)["findings"]}
    for feature in ("genres", "popularity", "artist_top_tracks", "audio_features"):
        assert findings[feature]["state"] == "good", feature


def test_every_page_of_the_lists_when_asked_for(machine, start_sim):
    sim = start_sim()
    machine.connect(sim)
    done = machine.run("extract", "--depth", "all", "--json")
    assert done.code in (0, 3), done.err
    longest = rows(machine, "select max(rank) from read_parquet('LAKE/top_artists/*.parquet')")[0][0]
    assert longest > 50
