# SPDX-License-Identifier: Apache-2.0
"""The lake in a bucket: every command works there, and two writers lose nothing."""

import json

import duckdb
import pytest

from exports import plays_files, row, write_rows
from s3_server import BUCKET, S3Server


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


@pytest.fixture
def in_s3(machine, s3):
    """The machine with its lake in the bucket, below a prefix of the test's own."""
    machine.environment.update(s3.environment)
    machine.prefix = f"of/{machine.folder.name}"
    machine.uri = f"s3://{BUCKET}/{machine.prefix}"
    machine.environment["SOUNDLAKE_LAKE"] = machine.uri
    return machine


def tables(objects):
    """Objects that hold no ids of a run and not the moments it asked at."""
    return {key: value for key, value in objects.items()
            if not key.startswith(("_soundlake/", "runs/", "raw/", "gaps/", "facts/"))}


def history(folder, name, minutes):
    return write_rows(folder / f"Streaming_History_Audio_{name}.json",
                      [row(ts=f"2024-05-{1 + m // 1000:02}T{m // 60 % 17:02}:{m % 60:02}:00Z") for m in minutes])


def test_every_command_works_on_a_lake_in_s3_and_gives_the_bytes_of_one_in_a_folder(in_s3, start_sim, s3):
    in_s3.connect(start_sim("--app-class", "extended"))
    plays = history(in_s3.folder, "2024", range(50))
    folder = {"SOUNDLAKE_LAKE": str(in_s3.lake), "SOUNDLAKE_HOME": str(in_s3.folder / "other")}
    for words in (("import", plays), ("extract",), ("export",), ("run",)):
        there = in_s3.run(*words, "--json")
        assert there.code == 0, there.err
        assert there.report["requests"]["s3"] > 0
        here = in_s3.run(*words, "--json", **folder)
        assert here.code == 0 and "s3" not in here.report["requests"]
        assert here.report["counts"] == there.report["counts"]
    objects = tables(s3.objects(in_s3.prefix))
    assert objects and objects == tables(in_s3.files())

    stats = in_s3.run("stats", "top-artists", "--json", "--from", "2024-01-01", "--to", "2024-12-31")
    assert stats.code == 0 and json.loads(stats.out)["rows"]
    assert f"read_parquet('{in_s3.uri}/plays" in in_s3.run("sql").out
    assert in_s3.uri in in_s3.run("doctor").words

    done = in_s3.run("forget", "--yes", "--json")
    assert done.code == 0, done.err
    left = s3.objects(in_s3.prefix)
    assert not [key for key in left if key.startswith(("raw/", "exports/"))]
    assert len([key for key in left if key.startswith("_soundlake/manifests/")]) == 1


def test_duckdb_reads_the_lake_from_s3(in_s3, s3, tmp_path):
    assert in_s3.run("import", history(in_s3.folder, "2024", range(30))).code == 0
    for key, content in s3.objects(in_s3.prefix).items():
        (tmp_path / "copy" / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "copy" / key).write_bytes(content)
    assert duckdb.sql(f"select count(*) from '{tmp_path}/copy/plays/*/plays.parquet'").fetchall() == [(30,)]


def test_imports_at_once_lose_no_row(in_s3, s3):
    writers = [in_s3.start("import", history(in_s3.folder, f"202{n}", range(n * 40, n * 40 + 40)), "--json",
                           SOUNDLAKE_HOME=str(in_s3.folder / f"home{n}"))
               for n in range(3)]
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        counts = json.loads(out)["counts"]
        # One that is overtaken finds its own rows adopted by the other: duplicates then.
        assert (counts["rows_read"], counts["stored"] + counts["duplicates"]) == (40, 40)
    check = in_s3.run("import", *sorted(in_s3.folder.glob("Streaming_*.json")), "--json").report["counts"]
    assert (check["rows_read"], check["stored"], check["duplicates"]) == (120, 0, 120)
    assert not [key for key in s3.objects(in_s3.prefix) if key.startswith("_soundlake/txn/")]


def test_the_setting_now_does_not_reach_the_signatures(in_s3):
    done = in_s3.run("import", history(in_s3.folder, "2024", range(3)), SOUNDLAKE_NOW="2031-01-01T00:00:00Z")
    assert done.code == 0, done.err


@pytest.mark.parametrize("lake,environment,words", [
    ("s3://", {}, ["bucket"]),
    ("s3://Not_A_Bucket/x", {}, ["Not_A_Bucket"]),
    ("s3://listening/x", {"AWS_ENDPOINT_URL_S3": "ftp://nowhere"}, ["ftp://nowhere"]),
    ("s3://listening/x", {"AWS_PROFILE": "nobody"}, ["nobody"]),
    ("s3://no-such-bucket/x", {}, ["no-such-bucket"]),
    ("s3://listening/x", {"AWS_SECRET_ACCESS_KEY": "the wrong one"}, ["listening", "secret"]),
    ("gs://listening/x", {}, ["s3://bucket/prefix"]),
])
def test_a_place_that_cannot_be_used_is_told_with_what_to_do(in_s3, lake, environment, words):
    done = in_s3.run("import", history(in_s3.folder, "2024", range(3)), **{"SOUNDLAKE_LAKE": lake, **environment})
    assert done.code in (1, 2) and "error:" in done.err
    for word in words:
        assert word in done.err, done.err
    assert "the wrong one" not in done.err
