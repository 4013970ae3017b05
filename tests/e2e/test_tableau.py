# SPDX-License-Identifier: Apache-2.0
"""The packaged Tableau workbook: its numbers, its form, and what Tableau's own data engine reads of it."""

import csv
import io
import os
import pathlib
import subprocess
import zipfile
import xml.etree.ElementTree as ElementTree

import pytest

from conftest import Machine

CLONE = pathlib.Path(__file__).resolve().parents[2]
VALIDATE = pathlib.Path(os.environ.get("SOUNDLAKE_VALIDATE_TWB", CLONE.parent / "shared/tableau/validate-twb"))
DATA = "Data/soundlake/"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tableau")
    (folder / "home").mkdir()
    machine = Machine(folder)
    done = machine.run("demo", "--lake", machine.lake, "--artists", "12", "--plays", "2000", "--json")
    assert done.code == 0, done.err
    return machine


def workbook(machine):
    return zipfile.ZipFile(machine.lake / "exports/soundlake.twbx")


def rows(machine, name):
    text = workbook(machine).read(DATA + name).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def number(text):
    return float(text) if text else None


def test_the_same_lake_gives_the_same_workbook_and_writes_nothing(demo):
    before = demo.files()
    done = demo.run("tableau", "--json")
    assert done.code == 0
    assert done.report["counts"]["files_changed"] == 0
    assert demo.files() == before


def test_the_numbers_behind_the_four_views_are_those_of_the_compiled_output(demo):
    compiled = demo.compiled()
    artists = rows(demo, "artists.csv")
    assert [row["Artist"] for row in artists] == [artist["name"] for artist in compiled]
    tracks = rows(demo, "artist_top_tracks.csv")
    genres = rows(demo, "artist_genres.csv")
    albums = rows(demo, "artist_albums.csv")
    for row, artist in zip(artists, compiled, strict=True):
        key = row["Artist key"]
        assert number(row["Popularity"]) == artist["popularity"]
        assert {one["Genre"] for one in genres if one["Genre artist key"] == key} == set(artist["genres"] or ["unknown"])
        own = [one for one in tracks if one["Track artist key"] == key]
        assert [number(one["BPM"]) for one in own] == [track["BPM"] for track in artist["top_tracks"]]
        assert [one["Mode"] for one in own] == [track["mode"] or "unknown" for track in artist["top_tracks"]]
        own = [one for one in albums if one["Album artist key"] == key]
        assert [one["Album"] for one in own] == [album["name"] for album in artist["top_albums"]]
    assert sum(float(row["Share of artists"]) for row in genres) == pytest.approx(1)


def test_every_reference_of_the_package_is_in_it(demo):
    package = workbook(demo)
    assert package.testzip() is None
    names = package.namelist()
    assert [name for name in names if "/" not in name] == ["soundlake.twb"]
    root = ElementTree.fromstring(package.read("soundlake.twb"))
    files = {relation.get("name") for relation in root.iter("relation") if relation.get("type") == "table"}
    assert {DATA + file for file in files} == {name for name in names if "/" in name}


@pytest.mark.skipif(not VALIDATE.exists(), reason="Tableau's schema is not beside the clone")
def test_the_workbook_is_valid_by_tableaus_schema(demo):
    done = subprocess.run([VALIDATE, demo.lake / "exports/soundlake.twbx"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_tableaus_data_engine_reads_every_file_with_the_declared_types(demo, tmp_path):
    hyper = pytest.importorskip("tableauhyperapi")
    types = {"string": "TEXT", "integer": "BIGINT", "real": "DOUBLE PRECISION", "date": "DATE"}
    package = workbook(demo)
    root = ElementTree.fromstring(package.read("soundlake.twb"))
    package.extractall(tmp_path)
    with hyper.HyperProcess(hyper.Telemetry.DO_NOT_SEND_USAGE_DATA_TO_TABLEAU,
                            parameters={"log_dir": str(tmp_path)}) as process:
        with hyper.Connection(process.endpoint) as connection:
            for relation in root.find("datasources/datasource/connection/relation"):
                file = relation.get("name")
                columns = ", ".join(f'"{one.get("name")}" {types[one.get("datatype")]}' for one in relation.iter("column"))
                path = hyper.escape_string_literal(str(tmp_path / DATA / file))
                count = connection.execute_scalar_query(
                    f"SELECT count(*) FROM external({path}, FORMAT => 'csv', HEADER => true, "
                    f"COLUMNS => DESCRIPTOR({columns}))")
                assert count == len(rows(demo, file)), file
