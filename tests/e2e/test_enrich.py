# SPDX-License-Identifier: Apache-2.0
"""`soundlake enrich`: identities by links only, every value with its source, nothing asked twice."""

import duckdb
import pytest
from open_services import OpenServices

CONTACT = {"SOUNDLAKE_CONTACT": "tester@example.org"}


@pytest.fixture
def open_services(machine, start_sim):
    """A restricted app's lake of six artists, and services that know them."""
    machine.connect(start_sim("--artists", "6", "--plays", "3000"))
    done = machine.run("extract", "--json")
    assert done.code == 0, done.err
    artists = duckdb.sql(f"""select id, name from read_parquet('{machine.lake}/artists/*.parquet')
        where id in (select id from read_parquet('{machine.lake}/top_artists/*.parquet')) order by id""").fetchall()
    assert len(artists) >= 5
    services = OpenServices(artists)
    machine.environment.update(services.environment)
    yield services
    services.stop()


def artist_values(machine):
    found = duckdb.sql(f"""select id, genres, genres_source, popularity, popularity_source
        from read_parquet('{machine.lake}/artists/*.parquet')""").fetchall()
    return {row[0]: row[1:] for row in found}


def test_values_come_from_the_artist_meant_and_from_nobody_else(machine, open_services):
    done = machine.run("enrich", "--json", **CONTACT)
    assert done.code == 0, done.out + done.err
    values, artists = artist_values(machine), open_services.artists
    assert values[artists[0][0]] == (["genre m0", "pop"], "musicbrainz", 50, "deezer")
    assert values[artists[1][0]] == (None, None, None, None), "MusicBrainz does not know it"
    assert values[artists[2][0]][0] == ["genre m2", "pop"], "the tribute band has the same address"
    assert values[artists[3][0]][2:] == (None, None), "Deezer does not know it"
    assert values[artists[4][0]][2:] == (None, None), "Deezer's artist has another name"
    rejected = duckdb.sql(f"select distinct source from read_parquet('{machine.lake}/facts/*.parquet') where status = 'rejected'").fetchall()
    assert rejected == [("deezer",)]
    counts = done.report["counts"]
    assert counts["genres"] == {"filled": len(artists) - 1, "unknown": 1, "waiting": 0}
    assert counts["popularity"] == {"filled": len(artists) - 3, "unknown": 3, "waiting": 0}
    assert counts["bpm"]["filled"] > 0 and counts["bpm"]["waiting"] == 0
    assert not [a for a in open_services.asked if "tester@example.org" not in a[2]]
    tempos = duckdb.sql(f"select distinct bpm, bpm_source, mode, tonic from read_parquet('{machine.lake}/tracks/*.parquet') where bpm is not null").fetchall()
    assert tempos == [(120.5, "reccobeats", "minor", 9)]


def test_a_second_run_asks_nothing_and_writes_nothing(machine, open_services):
    assert machine.run("enrich", "--json", **CONTACT).code == 0
    before, asked = machine.files(), len(open_services.asked)
    done = machine.run("enrich", "--json", **CONTACT)
    assert done.code == 0 and len(open_services.asked) == asked
    assert sum(done.report["requests"].values()) == 0
    assert machine.files() == before


@pytest.mark.parametrize("down", ["musicbrainz", "deezer", "reccobeats"])
def test_an_outage_is_no_answer_and_is_made_up_for(machine, open_services, down):
    open_services.down = {down}
    done = machine.run("enrich", "--json", **CONTACT)
    assert done.code == 3
    assert {problem["where"] for problem in done.report["problems"]} == {down}
    assert any(field["waiting"] > 0 for field in done.report["counts"].values())
    facts = duckdb.sql(f"select count(*) from read_parquet('{machine.lake}/facts/*.parquet') where source = '{down}'").fetchall()[0]
    assert facts == (0,)
    open_services.down = set()
    done = machine.run("enrich", "--json", **CONTACT)
    assert done.code == 0 and all(field["waiting"] == 0 for field in done.report["counts"].values())


def test_without_a_contact_musicbrainz_is_left_alone_and_none_means_nobody(machine, open_services):
    done = machine.run("enrich", "--json", SOUNDLAKE_SOURCES="none")
    assert done.code == 0 and open_services.asked == []
    done = machine.run("enrich", "--json")
    assert done.code == 3 and "SOUNDLAKE_CONTACT" in done.report["problems"][0]["hint"]
    assert {asked[0] for asked in open_services.asked} == {"reccobeats"}
    done = machine.run("enrich", "--json", SOUNDLAKE_SOURCES="lastfm")
    assert done.code == 2 or done.code == 1
