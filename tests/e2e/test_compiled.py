# SPDX-License-Identifier: Apache-2.0
"""exports/: the shape people know, and CSVs any tool reads."""

import csv
import json
import os
import pathlib
import re

import duckdb
import pytest


def types_of(value):
    """A value with every scalar replaced by its type, lists by the set of their elements' shapes."""
    if isinstance(value, dict):
        return {key: types_of(part) for key, part in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(types_of(part), sort_keys=True) for part in value})
    if isinstance(value, float):
        return "int"  # a tempo of exactly 120 may be written without a fraction
    return type(value).__name__


@pytest.fixture
def demo(machine):
    assert machine.run("demo", "--lake", machine.lake).code == 0
    return machine


def test_the_compiled_list_has_exactly_the_known_keys(demo):
    for artist in demo.compiled():
        assert list(artist) == ["id", "name", "genres", "popularity", "top_albums", "top_tracks"]
        assert len(artist["top_albums"]) <= 5 and len(artist["top_tracks"]) <= 10
        for album in artist["top_albums"]:
            assert list(album) == ["name", "id", "release_date", "total_tracks"]
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", album["release_date"])
        for track in artist["top_tracks"]:
            assert list(track) == ["name", "duration_min_sec", "BPM", "mode"]
            assert re.fullmatch(r"\d\d+:[0-5]\d", track["duration_min_sec"])
            assert track["mode"] in ("major", "minor", None)
            assert track["BPM"] is None or track["BPM"] > 0


def test_the_values_have_the_types_of_a_real_compiled_list(demo):
    recorded = pathlib.Path(os.environ.get("SOUNDLAKE_RECORDED") or "/nowhere") / "top_artists_info.json"
    if not recorded.exists():
        pytest.skip("SOUNDLAKE_RECORDED names no folder with top_artists_info.json")
    real = json.loads(recorded.read_text())[0]
    real.pop("appears_on")
    real["id"] = "2sSGPbdZJkaSE2AbcGOACx"
    ours = next(artist for artist in demo.compiled()
                if artist["genres"] and len(artist["top_albums"]) == 5
                and all(track["mode"] for track in artist["top_tracks"]))
    ours["top_tracks"] = ours["top_tracks"][:1]
    real["top_tracks"] = real["top_tracks"][:1]
    assert types_of(ours) == types_of(real)


def test_the_artists_come_in_the_order_of_the_latest_top_list(demo):
    ranked = duckdb.sql(f"""select id from read_parquet('{demo.lake}/top_artists/*.parquet')
                            where time_range = 'short_term' order by snapshot_date desc, rank limit 50""").fetchall()
    assert [artist["id"] for artist in demo.compiled()] == [row[0] for row in ranked]


def test_provenance_names_a_source_for_every_value_and_none_for_the_unknown(demo):
    assert demo.run("export", "--lake", demo.lake, "--provenance").code == 0
    for artist in demo.compiled():
        for field in ("genres", "popularity", "top_albums", "top_tracks"):
            assert (artist[f"{field}_source"] is None) == (artist[field] is None)
            assert artist[f"{field}_source"] in ("spotify", "listener", None)
        for track in artist["top_tracks"] or []:
            assert (track["BPM_source"] is None) == (track["BPM"] is None)
            assert (track["mode_source"] is None) == (track["mode"] is None)


def test_csv_values_are_exact_and_sheet_copies_are_guarded(demo):
    assert demo.run("export", "--lake", demo.lake, "--spreadsheet-safe").code == 0
    names = {artist["name"] for artist in demo.compiled()}
    with open(demo.lake / "exports/artists.csv", encoding="utf-8", newline="") as file:
        assert {row["artist_name"] for row in csv.DictReader(file)} == names
    for path in (demo.lake / "exports").glob("*.sheet.csv"):
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert cell[:1] not in ("=", "+", "@", "\t", "\r"), (path.name, cell)
    assert list((demo.lake / "exports").glob("*.sheet.csv"))


def test_the_wide_file_has_a_row_per_artist_and_track(demo):
    with open(demo.lake / "exports/top_artists_wide.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(max(1, len(artist["top_tracks"] or [])) for artist in demo.compiled())


def test_exporting_again_writes_nothing(demo):
    before = demo.files()
    done = demo.run("export", "--lake", demo.lake, "--json")
    assert done.report["counts"]["files_changed"] == 0
    assert demo.files() == before
