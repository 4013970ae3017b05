# SPDX-License-Identifier: Apache-2.0
"""Privacy exports for the tests: genuine-shaped ones, the same rows in other files, and what DuckDB finds in them."""

import gzip
import json
import pathlib
import random
import subprocess
import sys
import zipfile

import duckdb

from conftest import BINARY, NOW

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "bench"))
from export_generator import FOLDER, files_of, generate, rows_of  # noqa: E402, F401
from import_bench import IDENTITY, read_json  # noqa: E402

PLAYS = 3_000


def row(**fields):
    """One extended row, as Spotify's of 2025, with these fields."""
    keys = ("ts platform ms_played conn_country ip_addr master_metadata_track_name master_metadata_album_artist_name "
            "master_metadata_album_album_name spotify_track_uri episode_name episode_show_name spotify_episode_uri "
            "audiobook_title audiobook_uri audiobook_chapter_uri audiobook_chapter_title reason_start reason_end shuffle "
            "skipped offline offline_timestamp incognito_mode").split()
    usual = dict(ts="2024-05-01T10:00:00Z", platform="android", ms_played=200_000, conn_country="DE", ip_addr="198.51.100.1",
                 master_metadata_track_name="Song", master_metadata_album_artist_name="Artist",
                 master_metadata_album_album_name="Album", spotify_track_uri="spotify:track:0000000000000000000001",
                 reason_start="clickrow", reason_end="trackdone", shuffle=False, skipped=False, offline=False)
    return {key: {**usual, **fields}.get(key) for key in keys}


def write_rows(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=2), encoding="utf-8")
    return path


def zip_of(path, files, **options):
    """A zip as people make them: without the traps of Spotify's own."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def split(unpacked, folder, seed, gz=False):
    """The same rows in another order, in other files of other sizes, some nested."""
    chance = random.Random(seed)
    rows = {"Audio": [], "Video": []}
    for path in sorted(unpacked.rglob("*.json")):
        rows["Video" if "Video" in path.name else "Audio"] += json.loads(path.read_text(encoding="utf-8"))
    for kind, all_rows in rows.items():
        chance.shuffle(all_rows)
        number = 0
        while all_rows:
            part = [all_rows.pop() for _ in range(min(len(all_rows), chance.randint(1, PLAYS // 3)))]
            place = folder / ("deeper/still" if number % 2 else ".") / f"Streaming_History_{kind}_2015-2025_{number}.json"
            write_rows(place, part)
            if gz:
                place.with_name(place.name + ".gz").write_bytes(gzip.compress(place.read_bytes()))
                place.unlink()
            number += 1
    return folder


def told(unpacked):
    """(plays, ms) that the files tell by the identity rule."""
    return duckdb.sql(f"select count(*), sum(ms_played) from (select distinct {IDENTITY} from {read_json(unpacked)})").fetchall()[0]


def kept(machine):
    """(plays, ms) that the lake holds."""
    return duckdb.sql(f"select count(*), sum(ms_played)::bigint from '{machine.lake}/plays/*/plays.parquet'").fetchall()[0]


def plays_files(machine):
    return {name: content for name, content in machine.files().items() if name.startswith("plays/") and name.endswith(".parquet")}


def simulated_export(machine, name, *options, now=NOW):
    """The simulated listener's export without the notice that it is simulated, so that a real lake takes it."""
    path = machine.folder / f"{name}-as-written.zip"
    subprocess.run([BINARY, "sim", "--export", path, "--now", now, *options], env=machine.environment, check=True,
                   capture_output=True)
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()
                 if not entry.endswith("/") and "SIMULATED" not in entry}
    return zip_of(machine.folder / f"{name}.zip", files)
