# SPDX-License-Identifier: Apache-2.0
"""`soundlake load`: the copy is the lake, costs what changed, and is never taken for another's."""

import hashlib
import json
import pathlib
import shutil
import sys
import urllib.request

import pytest

from exports import row, write_rows
from s3_server import BUCKET, KEY, SECRET, S3Server

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "s3"))
import fault_proxy  # noqa: E402


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


@pytest.fixture(scope="module")
def proxy(s3):
    with fault_proxy.running(s3.url) as address:
        yield address


def control(address, path, method, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{address}/_proxy/{path}", data=data, method=method)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.read()


@pytest.fixture
def at(machine, s3):
    """The machine with a lake of three years in a folder, and a place of its own in the bucket."""
    machine.environment.update(s3.environment)
    machine.prefix = f"of/{machine.folder.name}"
    machine.uri = f"s3://{BUCKET}/{machine.prefix}"
    grow(machine, 2022, 2023, 2024)
    return machine


def grow(machine, *years, first=0):
    for year in years:
        path = write_rows(machine.folder / f"Streaming_History_Audio_{year}_{first}.json",
                          [row(ts=f"{year}-05-01T10:{minute:02}:00Z") for minute in range(first, first + 20)])
        assert machine.run("import", path).code == 0


def state_of(objects):
    """HEAD's objects with their hashes, and for each key what a later manifest would have there instead."""
    head = json.loads(objects["_soundlake/HEAD.json"])
    named, coming = {}, {}
    for key, content in objects.items():
        if key.startswith("_soundlake/manifests/"):
            manifest = json.loads(content)
            entries = {entry["key"]: entry["sha256"] for entry in manifest["objects"]}
            if manifest["id"] == head["manifest"]:
                named = entries
            elif head["manifest"] is None or manifest["id"] > head["manifest"]:
                for other, sha256 in entries.items():
                    coming.setdefault(other, set()).add(sha256)
    return named, coming


def assert_valid(objects, ended=False):
    """What HEAD names is there with the right hash, or with the one a later manifest, put before it, says."""
    named, coming = state_of(objects)
    for key, sha256 in named.items():
        allowed = {sha256} if ended else {sha256} | coming.get(key, set())
        assert hashlib.sha256(objects[key]).hexdigest() in allowed, key


def data(objects):
    return {key: content for key, content in objects.items() if not key.startswith("_soundlake/")}


def assert_loaded(machine, s3):
    there = s3.objects(machine.prefix)
    assert data(there) == data(machine.files())
    assert_valid(there, ended=True)
    return there


def load(machine, *words, **environment):
    done = machine.run("load", *words, "--json", **environment)
    assert done.code == 0, done.err
    return done.report


def test_only_what_changed_is_sent_and_nothing_when_nothing_did(at, s3):
    total = len(data(at.files()))
    first = load(at, at.uri)
    assert first["counts"] == {"objects_total": total, "objects_uploaded": total, "objects_unchanged": 0,
                               "objects_deleted": 0,
                               "bytes_uploaded": sum(map(len, data(at.files()).values()))}
    # HEAD is read, claimed (twice: the proof of conditions) and swapped, and the manifest put.
    assert first["requests"]["s3"] == total + 5
    assert_loaded(at, s3)

    again = load(at, at.uri)
    assert again["requests"]["s3"] <= 2
    assert again["counts"]["objects_uploaded"] == 0 and again["counts"]["objects_unchanged"] == total

    before = data(at.files())
    grow(at, 2024, first=20)
    changed = [key for key, content in data(at.files()).items() if before.get(key) != content]
    assert 0 < len(changed) < total
    assert load(at, at.uri, "--dry-run")["counts"]["objects_uploaded"] == len(changed)
    assert data(s3.objects(at.prefix)) == before
    more = load(at, at.uri)
    assert more["counts"]["objects_uploaded"] == len(changed)
    assert more["requests"]["s3"] == len(changed) + 3
    assert_loaded(at, s3)
    assert load(at, at.uri, "--verify")["counts"]["objects_uploaded"] == 0


def test_a_lake_in_s3_comes_back_to_a_folder(at, s3):
    load(at, at.uri)
    back = at.folder / "back"
    report = load(at, back, SOUNDLAKE_LAKE=at.uri)
    assert report["counts"]["objects_uploaded"] == report["counts"]["objects_total"]
    files = {str(path.relative_to(back)): path.read_bytes() for path in back.rglob("*") if path.is_file()}
    assert data(files) == data(at.files())
    stats = at.run("stats", "totals", "--json", SOUNDLAKE_LAKE=str(back))
    assert json.loads(stats.out)["rows"] == json.loads(at.run("stats", "totals", "--json").out)["rows"]


def test_another_lake_and_one_that_moved_on_are_refused_before_anything_is_written(at, s3):
    load(at, at.uri)
    before = s3.objects(at.prefix)
    other = {"SOUNDLAKE_LAKE": str(at.folder / "other"), "SOUNDLAKE_HOME": str(at.folder / "home2")}
    plays = write_rows(at.folder / "Streaming_History_Audio_2020.json", [row(ts="2020-05-01T10:00:00Z")])
    assert at.run("import", plays, **other).code == 0
    done = at.run("load", at.uri, **other)
    assert done.code == 1 and "another lake" in done.err and "hint:" in done.err
    assert s3.objects(at.prefix) == before

    assert at.run("import", plays, SOUNDLAKE_LAKE=at.uri).code == 0
    before = s3.objects(at.prefix)
    done = at.run("load", at.uri)
    assert done.code == 1 and "commits of its own" in done.err and "hint:" in done.err
    assert s3.objects(at.prefix) == before


def test_files_of_others_are_left_alone_and_never_overwritten(at, s3):
    s3.client.put_object(Bucket=BUCKET, Key=f"{at.prefix}/notes.txt", Body=b"mine")
    s3.client.put_object(Bucket=BUCKET, Key=f"{at.prefix}/plays/year=2023/plays.parquet", Body=b"mine too")
    done = at.run("load", at.uri)
    assert done.code == 1 and "year=2023/plays.parquet is not the lake's" in done.err
    there = s3.objects(at.prefix)
    assert there["plays/year=2023/plays.parquet"] == b"mine too" and there["notes.txt"] == b"mine"
    s3.client.delete_object(Bucket=BUCKET, Key=f"{at.prefix}/plays/year=2023/plays.parquet")
    load(at, at.uri)
    assert s3.objects(at.prefix)["notes.txt"] == b"mine"


def test_verify_finds_and_mends_what_was_damaged_there(at, s3):
    load(at, at.uri)
    key = f"{at.prefix}/plays/year=2023/plays.parquet"
    s3.client.put_object(Bucket=BUCKET, Key=key, Body=b"damaged")
    assert load(at, at.uri)["counts"]["objects_uploaded"] == 0
    assert load(at, at.uri, "--verify")["counts"]["objects_uploaded"] == 1
    assert_loaded(at, s3)


def test_the_same_place_is_refused(at):
    assert at.run("load", at.lake).code == 2
    assert at.run("load", at.lake / "inside").code == 2
    assert at.run("load").code == 2


def test_run_loads_where_the_setting_says(at, s3):
    done = at.run("run", "--json", SOUNDLAKE_LOAD_TO=at.uri)
    assert done.code == 0, done.err
    assert done.report["counts"]["load"]["objects_uploaded"] > 0
    assert_loaded(at, s3)
    done = at.run("run", SOUNDLAKE_LOAD_TO=at.uri)
    assert done.code == 0 and f"{at.uri}: 0 of" in done.words
    done = at.run("run", "--json", SOUNDLAKE_LOAD_TO="s3://no-such-bucket/x")
    assert done.code == 3 and "no-such-bucket" in done.report["problems"][0]["message"]


def test_forget_reaches_every_copy_and_names_the_one_it_could_not(at, start_sim, s3):
    at.connect(start_sim("--app-class", "extended"))
    folder = at.folder / "copy"
    assert at.run("run", "--json").code == 0
    load(at, at.uri)
    load(at, folder)
    assert [key for key in s3.objects(at.prefix) if key.startswith(("raw/", "exports/", "top_artists/"))]
    shutil.rmtree(folder)
    folder.write_text("something else", encoding="utf-8")
    done = at.run("forget", "--yes", "--json")
    assert done.code == 3, done.err
    assert [problem["where"] for problem in done.report["problems"]] == [str(folder)]
    left = assert_loaded(at, s3)
    assert not [key for key in left if key.startswith(("raw/", "exports/"))]
    assert len([key for key in left if key.startswith("_soundlake/manifests/")]) == 1


FAULTS = [
    ({"fault": "reset"}, None),
    ({"fault": "reset_after"}, None),
    ({"fault": "status", "status": 403, "code": "AccessDenied"}, "AccessDenied"),
    ({"fault": "status", "status": 400, "code": "ExpiredToken"}, "ExpiredToken"),
    ({"fault": "status", "status": 404, "code": "NoSuchBucket"}, "NoSuchBucket"),
    ({"fault": "status", "status": 409, "code": "OperationAborted"}, None),
    ({"fault": "status", "status": 412, "code": "PreconditionFailed"}, None),
    ({"fault": "status", "status": 500, "code": "InternalError"}, None),
    ({"fault": "status_after", "status": 500, "code": "InternalError"}, None),
    ({"fault": "status", "status": 503, "code": "SlowDown"}, None),
    ({"fault": "status", "status": 307, "code": "TemporaryRedirect"}, "307"),
    ({"fault": "status", "status": 301, "code": "PermanentRedirect"}, "301"),
    ({"fault": "error_in_200", "code": "InternalError"}, None),
    ({"fault": "wrong_etag"}, None),
    ({"fault": "truncate", "method": "GET"}, None),
]


@pytest.mark.parametrize("rule,says", FAULTS, ids=lambda value: str(value) if value else "")
def test_a_fault_at_any_request_leaves_a_valid_lake_there_and_the_next_load_ends(at, s3, proxy, rule, says):
    load(at, at.uri)
    grow(at, 2024, first=20)
    through = {"AWS_ENDPOINT_URL_S3": proxy}
    for skip in (0, 1, 3):
        control(proxy, "faults", "PUT", [{**rule, "match": at.prefix, "skip": skip, "times": 1}])
        done = at.run("load", at.uri, "--json", **through)
        control(proxy, "faults", "PUT", [])
        assert SECRET not in done.out + done.err
        assert done.code in (0, 1, 2, 3), done.err
        if done.code:
            assert "error" in done.err or done.report["problems"], done.out
            if says:
                assert says in done.err + done.out
        assert_valid(s3.objects(at.prefix))
        if done.code == 0:
            assert_loaded(at, s3)
            grow(at, 2024, first=22 + skip)
    load(at, at.uri)
    assert_loaded(at, s3)


def kill_at_each_request(at, s3, proxy, changes):
    """Kills the load as its n-th request stands still, for every n, and looks at what lies there."""
    through = {"AWS_ENDPOINT_URL_S3": proxy}
    for number in range(100):
        control(proxy, "faults", "PUT", [{"fault": "stall", "match": at.prefix, "skip": number}])
        control(proxy, "requests", "DELETE")
        child = at.start("load", at.uri, "--json", **through)
        while child.poll() is None and len(json.loads(control(proxy, "requests", "GET"))) <= number:
            pass
        ended = child.poll() is not None
        child.kill()
        child.communicate()
        objects = s3.objects(at.prefix)
        if "_soundlake/HEAD.json" in objects:
            assert_valid(objects)
            stats = at.run("stats", "totals", "--json", SOUNDLAKE_LAKE=at.uri)
            assert stats.code == 0, (number, stats.err)
        if ended:
            break
        changes(number)
    control(proxy, "faults", "PUT", [])
    assert number > 2
    load(at, at.uri)
    assert_loaded(at, s3)


def test_a_first_load_killed_at_any_request_is_taken_up(at, s3, proxy):
    kill_at_each_request(at, s3, proxy, lambda number: None)


def test_a_changed_load_killed_at_any_request_leaves_a_lake_that_readers_follow(at, s3, proxy):
    load(at, at.uri)
    grow(at, 2024, first=20)
    kill_at_each_request(at, s3, proxy, lambda number: grow(at, 2023, first=20 + number) if number % 3 == 2 else None)


def test_the_keys_are_not_shown(at):
    done = at.run("load", at.uri, AWS_SECRET_ACCESS_KEY="wrong-one")
    assert done.code in (1, 2) and "wrong-one" not in done.err and KEY not in done.out


def test_doctor_says_which_right_is_missing(at, proxy):
    done = at.run("doctor", SOUNDLAKE_LOAD_TO=at.uri)
    assert done.code == 0 and f"may list, read, write with conditions and delete in {at.uri}" in done.words
    control(proxy, "faults", "PUT", [{"fault": "status", "status": 403, "code": "AccessDenied", "method": "PUT"}])
    findings = json.loads(at.run("doctor", "--json", SOUNDLAKE_LOAD_TO=at.uri, AWS_ENDPOINT_URL_S3=proxy).out)["findings"]
    control(proxy, "faults", "PUT", [])
    missing = [finding for finding in findings if finding["section"] == "Rights in S3"]
    assert [(finding["name"], finding["state"]) for finding in missing] == [("write", "missing")]
    assert "s3:PutObject" in missing[0]["hint"]


@pytest.mark.parametrize("rule,says", FAULTS, ids=lambda value: str(value) if value else "")
def test_a_fault_during_an_extract_into_s3_is_survived_or_told(at, start_sim, s3, proxy, rule, says):
    at.connect(start_sim("--app-class", "extended"))
    in_s3 = {"SOUNDLAKE_LAKE": at.uri}
    assert at.run("extract", "--json", **in_s3).code == 0
    # Another request for each fault, over all that an extract sends before its commit ends.
    skip = 3 * FAULTS.index((rule, says)) % 13
    control(proxy, "faults", "PUT", [{**rule, "match": at.prefix, "skip": skip, "times": 1}])
    done = at.run("extract", "--json", AWS_ENDPOINT_URL_S3=proxy, SOUNDLAKE_NOW="2026-11-21T12:00:00Z", **in_s3)
    control(proxy, "faults", "PUT", [])
    assert SECRET not in done.out + done.err
    assert done.code in (0, 1, 2, 3), done.err
    if done.code in (1, 2):
        assert done.report["problems"][0]["message"]
        assert says is None or says in done.out
    stats = at.run("stats", "totals", "--json", **in_s3)
    assert stats.code == 0, stats.err
    assert at.run("extract", "--json", SOUNDLAKE_NOW="2026-12-05T12:00:00Z", **in_s3).code == 0
    assert_valid(s3.objects(at.prefix), ended=True)
