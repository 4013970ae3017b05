# SPDX-License-Identifier: Apache-2.0
"""The privacy export: every row accounted for, the same plays whatever the order, no network, no credentials."""

import json
import os
import random
import re
import signal
import stat
import subprocess
import time

import duckdb
import pytest

from conftest import BINARY, NOW
from exports import (FOLDER, PLAYS, generate, kept, plays_files, row, simulated_export, split, told, write_rows,
                     zip_of)
from test_first_run import first_run, on_a_terminal

KILLS = 200 if os.environ.get("SOUNDLAKE_LONG") else 20


@pytest.fixture(scope="session")
def genuine(tmp_path_factory):
    """(zip, unpacked folder) of a genuine-shaped export of a few thousand plays in several files."""
    return generate(tmp_path_factory.mktemp("export"), PLAYS, seed=3, file_bytes=400_000)


def balanced(report):
    counts, files = report["counts"], report["files"]
    for books in (counts, *files):
        assert books["rows_read"] == books["stored"] + books["duplicates"] + books["rejected"], books
    for name in ("rows_read", "stored", "duplicates", "rejected"):
        assert sum(file[name] for file in files) == counts[name], name
    return counts


def test_the_books_balance_and_duckdb_reads_what_the_json_tells(machine, genuine):
    zipped, unpacked = genuine
    done = machine.run("import", zipped, "--json")
    assert done.code == 0, done.err
    report = done.report
    counts = balanced(report)
    assert report["status"] == "done" and report["requests"] == {} and report["problems"] == []
    assert counts["rows_read"] == sum(len(json.loads(path.read_text())) for path in unpacked.rglob("*.json")) >= PLAYS
    assert (counts["stored"], told(unpacked)[1]) == kept(machine) == told(unpacked)
    assert counts["duplicates"] > 0, "the export should hold repeated rows"
    assert len(report["files"]) == len(list(unpacked.rglob("*.json")))
    assert all(file["format"] == "extended" for file in report["files"])
    assert [file["name"].rpartition("/")[2] for file in report["ignored"]] == ["ReadMeFirst_ExtendedStreamingHistory.pdf"]
    years = {year["year"]: year for year in report["years"]}
    assert len(years) >= 10 and all(year["minutes"] > 0 and year["top_artist"] for year in years.values())


def test_the_years_are_what_a_person_can_compare_with_wrapped(machine, genuine):
    report = machine.run("import", genuine[0], "--json").report
    for year in report["years"]:
        minutes, plays, tracks = duckdb.sql(f"""
            select sum(ms_played) // 60000, count(*), count(distinct (track_name, artist_name))
            from '{machine.lake}/plays/*/plays.parquet'
            where kind in ('track', 'video') and year(local_date) = {year['year']}""").fetchall()[0]
        assert (year["minutes"], year["plays"], year["tracks"]) == (minutes, plays, tracks)


def test_importing_again_stores_nothing_and_writes_nothing(machine, genuine):
    first = machine.run("import", genuine[0], "--json").report
    before = machine.files()
    for again in (genuine[0], genuine[1]):
        done = machine.run("import", again, "--json", SOUNDLAKE_NOW="2026-12-24T12:00:00Z")
        assert done.code == 0, done.err
        counts = balanced(done.report)
        assert counts["stored"] == 0 and counts["duplicates"] == first["counts"]["rows_read"]
        assert machine.files() == before


def test_any_order_any_split_and_any_container_give_the_same_plays(machine, genuine):
    zipped, unpacked = genuine
    assert machine.run("import", zipped).code == 0
    plays = plays_files(machine)
    assert len(plays) >= 10
    files = sorted(unpacked.rglob("*.json"))
    mixed = split(unpacked, machine.folder / "mixed", seed=5)
    packed = split(unpacked, machine.folder / "packed", seed=6, gz=True)
    rezipped = zip_of(machine.folder / "rezipped.zip",
                      {f"any/root/{path.relative_to(unpacked)}": path.read_bytes() for path in reversed(files)})
    ways = {
        "the folder": [[unpacked]],
        "loose files, backwards": [list(reversed(files))],
        "one file at a time": [[path] for path in random.Random(1).sample(files, len(files))],
        "shuffled rows in other files": [[mixed]],
        "gzip'd": [[packed]],
        "zipped again, and all of it twice": [[rezipped, unpacked], [zipped]],
    }
    for name, imports in ways.items():
        machine.lake = machine.folder / name
        for paths in imports:
            done = machine.run("import", *paths, "--json", SOUNDLAKE_LAKE=str(machine.lake))
            assert done.code == 0, f"{name}: {done.err}"
            balanced(done.report)
        now = plays_files(machine)
        assert now.keys() == plays.keys(), name
        for key in plays:
            assert now[key] == plays[key], f"{name}: {key} differs"


def test_a_newer_export_rewrites_only_the_years_that_it_changes(machine, genuine):
    unpacked = genuine[1]
    assert machine.run("import", unpacked).code == 0
    before = machine.files()
    newer = write_rows(machine.folder / "Streaming_History_Audio_2025_99.json",
                       [row(ts="2025-11-30T10:00:00Z"), row(ts="2025-12-01T10:00:00Z")])
    done = machine.run("import", unpacked, newer, "--json", SOUNDLAKE_NOW="2026-12-24T12:00:00Z")
    assert done.code == 0 and done.report["counts"]["stored"] == 2
    after = machine.files()
    changed = {name for name in after if before.get(name) != after[name] and name.startswith("plays/")}
    assert changed == {"plays/year=2025/plays.parquet"}


def test_check_proves_the_lake_without_writing(machine, genuine):
    zipped, unpacked = genuine
    done = machine.run("import", "--check", zipped, "--json")
    assert done.code == 1 and "hint:" in done.err and not machine.lake.exists()

    files = sorted(unpacked.rglob("*.json"))
    assert machine.run("import", *files[1:]).code == 0
    before = machine.files()
    done = machine.run("import", "--check", zipped, "--json")
    assert done.code == 3
    counts = done.report["counts"]
    assert counts["missing"] > 0 == counts["stored"]
    assert counts["rows_read"] == counts["missing"] + counts["duplicates"] + counts["rejected"]
    assert [problem["kind"] for problem in done.report["problems"]] == ["missing_rows"]
    assert files[0].name in done.report["problems"][0]["where"]
    assert machine.files() == before

    assert machine.run("import", zipped).code == 0
    before = machine.files()
    done = machine.run("import", "--check", zipped, "--json")
    assert done.code == 0 and done.report["counts"]["missing"] == 0
    assert machine.files() == before


def without_a_network(machine, *words):
    """The program where there is no interface at all, not even loopback: by a namespace of its own, else nowhere."""
    unshare = ["unshare", "-rn"] if os.geteuid() != 0 else ["unshare", "-n"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        unshare = ["unshare", "-rn"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        # Nobody may make namespaces here: every connection then ends at a proxy that does not exist.
        dead = "http://127.0.0.1:1"
        return machine.run(*words, http_proxy=dead, https_proxy=dead, ALL_PROXY=dead)
    done = subprocess.run([*unshare, BINARY, *map(str, words)], env=machine.environment, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, capture_output=True, cwd=machine.folder)
    from conftest import Result
    return Result(done)


def test_without_any_network_and_credentials_the_export_alone_gives_the_full_result(machine, genuine):
    done = without_a_network(machine, *first_run(machine), genuine[0], "--json")
    assert done.code == 0, done.err
    report = done.report
    assert report["requests"] == {} and report["counts"]["import"]["stored"] == kept(machine)[0]
    compiled = machine.compiled()
    assert compiled and all(artist["name"] and artist["top_tracks"] for artist in compiled)
    newest = max(path.name for path in (machine.lake / "plays").iterdir())
    heard = {name for name, in duckdb.sql(
        f"select distinct artist_name from '{machine.lake}/plays/{newest}/plays.parquet'").fetchall()}
    assert {artist["name"] for artist in compiled} <= heard
    head = json.loads((machine.lake / "_soundlake/HEAD.json").read_text())
    assert not head.get("simulated")
    assert not (machine.folder / "state").exists(), "nobody signed in, and state was kept"
    assert not (machine.folder / "demo-lake").exists()

    # The next ./run finds the person's own plays there.
    done = without_a_network(machine, *first_run(machine))
    assert done.code == 0, done.err
    assert "docs/first-account.md" in done.out and "simulated" not in done.out
    assert not (machine.folder / "demo-lake").exists()


def test_without_credentials_the_demo_leaves_no_state_either(machine):
    assert machine.run(*first_run(machine), "--json").code == 0
    assert not (machine.folder / "state").exists()


def test_the_question_offers_the_export(machine, genuine):
    code, screen = on_a_terminal(machine, [("1, 2 or 3", "2"), ("The zip", f"'{genuine[0]}'")], *first_run(machine))
    assert code == 0, screen
    assert "Most heard" in screen and machine.compiled()


def test_with_credentials_the_export_comes_first_and_then_the_account(machine, start_sim):
    machine.connect(start_sim("--plays", "4000"))
    export = simulated_export(machine, "export", "--plays", "4000")
    done = machine.run(*first_run(machine), export, "--json")
    assert done.code == 0, done.err
    counts = done.report["counts"]
    assert counts["import"]["stored"] > 3000 and counts["extract"]["artists"] > 0
    assert counts["extract"]["plays_new"] == 0, "the export holds the recent plays already"
    assert len(machine.compiled()) == counts["export"]["artists"] > 10


def test_account_data_first_extended_later_recent_on_top_each_play_once(machine, start_sim):
    options = ("--plays", "4000")
    account = simulated_export(machine, "account", *options, "--package", "account", "--until", "2026-11-18T12:00:00Z")
    extended = simulated_export(machine, "extended", *options, "--until", "2026-11-19T12:00:00Z")
    everything = simulated_export(machine, "everything", *options)
    machine.connect(start_sim(*options))

    first = machine.run("import", account, "--json")
    assert first.code == 0, first.err
    assert {file["format"] for file in first.report["files"]} == {"account music", "account podcast"}
    assert first.report["counts"]["stored"] > 1_000

    second = machine.run("import", extended, "--json")
    assert second.code == 0, second.err
    assert second.report["counts"]["displaced"] == first.report["counts"]["stored"]
    assert kept(machine)[0] == second.report["counts"]["stored"]

    assert machine.run("extract", "--recent").code == 0
    sources = dict(duckdb.sql(f"select source, count(*) from '{machine.lake}/plays/*/plays.parquet' group by 1").fetchall())
    assert sources.keys() == {"extended", "recent"} and sources["recent"] <= 50

    # Every play that any of them told is there once: the export that tells all takes the place of what was left.
    assert machine.run("import", everything).code == 0
    merged = plays_files(machine)
    machine.lake = machine.folder / "at-once"
    assert machine.run("import", everything, SOUNDLAKE_LAKE=str(machine.lake)).code == 0
    assert plays_files(machine) == merged

    machine.lake = machine.folder / "the-other-way"
    for paths in ((everything,), (account,), (extended, account)):
        done = machine.run("import", *paths, "--json", SOUNDLAKE_LAKE=str(machine.lake))
        assert done.code == 0 and balanced(done.report)
    assert plays_files(machine) == merged


def test_an_export_closes_the_gaps_that_it_encloses(machine, start_sim):
    options = ("--plays", "4000")
    sim = start_sim(*options)
    machine.connect(sim)
    assert machine.run("extract", "--recent").code == 0
    sim.control("clock", {"advance_s": 30 * 86400})
    later = "2026-12-20T12:00:00Z"
    assert machine.run("extract", "--recent", SOUNDLAKE_NOW=later).code == 0

    def gaps():
        findings = machine.run("doctor", "--json", SOUNDLAKE_NOW=later).report["findings"]
        return [finding for finding in findings if finding["name"] == "gap"]

    assert len(gaps()) == 1
    # An export that ends within the gap proves nothing about the rest of it.
    short = simulated_export(machine, "short", *options, "--until", "2026-12-01T12:00:00Z", now=later)
    assert machine.run("import", short, SOUNDLAKE_NOW=later).code == 0
    assert len(gaps()) == 1
    whole = simulated_export(machine, "whole", *options, now=later)
    done = machine.run("import", whole, "--json", SOUNDLAKE_NOW=later)
    assert done.code == 0 and done.report["counts"]["gaps_closed"] == 1
    assert gaps() == []


def test_doctor_tells_what_is_known_of_the_history(machine, genuine):
    assert machine.run("import", genuine[0]).code == 0
    findings = {finding["name"]: finding for finding in machine.run("doctor", "--json").report["findings"]}
    first, last = duckdb.sql(f"select min(played_at)::date::varchar, max(played_at)::date::varchar from '{machine.lake}/plays/*/plays.parquet'").fetchall()[0]
    text = findings["history"]["text"]
    assert first in text and last in text and "extended" in text


def test_personal_data_stays_outside(machine, genuine):
    secrets = ("198.51.100.", "deadbeef", "SM-G960F", "firefox")
    assert machine.run("import", genuine[0], "--verbose").code == 0
    for path in machine.lake.rglob("*"):
        if not path.is_file():
            continue
        text = str(duckdb.sql(f"select columns(*)::varchar from '{path}'").fetchall()) if path.suffix == ".parquet" else path.read_text(errors="replace")
        for secret in secrets:
            assert secret not in text, path
    assert not (machine.lake / "raw").exists()


def test_the_simulated_listeners_export_and_a_real_lake_refuse_each_other(machine, genuine):
    simulated = machine.folder / "simulated.zip"
    assert machine.run("sim", "--export", simulated, "--plays", "500").code == 0
    done = machine.run("import", simulated)
    assert done.code == 1 and "simulated" in done.err and "hint:" in done.err
    assert not machine.lake.exists()
    demo = machine.folder / "demo-lake"
    assert machine.run("demo", "--plays", "500").code == 0
    assert machine.run("import", simulated, "--lake", demo).code == 0
    done = machine.run("import", genuine[0], "--lake", demo)
    assert done.code == 1 and "simulated" in done.err and "hint:" in done.err


def test_an_import_killed_at_any_moment_is_completed_by_the_next(machine, genuine):
    zipped, unpacked = genuine
    files = sorted(unpacked.rglob("*.json"))
    began = time.monotonic()
    assert machine.run("import", zipped).code == 0
    length = time.monotonic() - began
    whole, seed = plays_files(machine), int(os.environ.get("SOUNDLAKE_SEED", "11"))
    chance = random.Random(seed)
    for attempt in range(KILLS):
        machine.lake = machine.folder / f"lake-{attempt}"
        here = dict(SOUNDLAKE_LAKE=str(machine.lake))
        if attempt % 2:
            # A lake that some of it is in already: years are then rewritten.
            assert machine.run("import", *chance.sample(files, 3), **here).code == 0
        child = machine.start("import", zipped, "--quiet", **here)
        try:
            child.communicate(timeout=chance.uniform(0, length))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.communicate()
        for path in machine.lake.rglob("*.parquet"):
            duckdb.sql(f"select count(*) from '{path}'").fetchall()
        done = machine.run("import", zipped, "--json", **here)
        assert done.code == 0, f"seed {seed}, attempt {attempt}: {done.err}"
        balanced(done.report)
        assert plays_files(machine) == whole, f"seed {seed}, attempt {attempt}"
        assert machine.run("import", "--check", zipped, **here).code == 0


def test_ctrl_c_ends_with_130_and_leaves_the_lake_as_it_was(machine, genuine):
    zipped, _ = genuine
    rows = [row(ts=f"2024-05-{1 + i % 28:02}T{i % 24:02}:{i % 60:02}:00Z", ms_played=i) for i in range(40_000)]
    big = write_rows(machine.folder / "big/Streaming_History_Audio_2024_0.json", rows)
    assert machine.run("import", zipped).code == 0
    before = machine.files()
    interrupted = 0
    for attempt in range(60):
        child = machine.start("import", big)
        # The signal may come before the program listens for it, or when all is done: both are ordinary ends.
        try:
            child.communicate(timeout=0.005 * attempt)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=60)
        if child.returncode == 130:
            interrupted += 1
            assert "hint:" in err
        if child.returncode == 0:
            break
        assert child.returncode in (130, -signal.SIGINT), err
        assert {name: content for name, content in machine.files().items() if not name.endswith(".tmp")} == before
    assert interrupted, "no attempt was interrupted"
    assert machine.run("import", big).code == 0


NETFLIX = {"CONTENT_INTERACTION/ViewingActivity.csv": "Profile Name,Start Time\nMe,2024-01-01", "Cover sheet.pdf": "%PDF-1.4"}


def damaged_inputs(folder, good):
    """name → (path, what the error says) of things that are no readable history at all."""
    truncated = folder / "truncated.zip"
    truncated.write_bytes(good.read_bytes()[:-2000])
    html = folder / "my_spotify_data.zip"
    html.write_text("<!doctype html><title>Log in</title><p>Your link has expired")
    locked = folder / "locked.zip"
    zip_of(locked, {f"{FOLDER}/Streaming_History_Audio_2024_0.json": json.dumps([row()])})
    content = bytearray(locked.read_bytes())
    for header, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.find(header) + flags] |= 1
    locked.write_bytes(content)
    empty = folder / "empty.zip"
    empty.write_bytes(b"")
    sixteen = folder / "Streaming_History_Audio_2024_1.json"
    sixteen.write_text(json.dumps([row()]), encoding="utf-16")
    deep = folder / "Streaming_History_Audio_2024_2.json"
    deep.write_text("[" * 100_000)
    single = folder / "Streaming_History_Audio_2024_3.json"
    single.write_text(json.dumps({"items": [row()]}))
    return {"truncated zip": truncated, "HTML": html, "password": locked, "empty": empty, "UTF-16": sixteen,
            "100 000 levels": deep, "an object": single, "another service's zip": zip_of(folder / "netflix.zip", NETFLIX)}


@pytest.mark.parametrize("kind", ["truncated zip", "HTML", "password", "empty", "UTF-16", "100 000 levels", "an object",
                                  "another service's zip"])
def test_what_is_no_history_is_named_alone_and_beside_a_good_export(machine, genuine, kind):
    folder = machine.folder / "downloads"
    folder.mkdir()
    bad = damaged_inputs(folder, genuine[0])[kind]
    done = machine.run("import", bad, "--json")
    assert done.code == 1, done.out + done.err
    assert bad.name in done.err and "hint:" in done.err
    assert done.report["status"] == "failed"
    assert not machine.lake.exists()

    good = write_rows(machine.folder / "good/Streaming_History_Audio_2024_0.json", [row()])
    done = machine.run("import", bad, good, "--json")
    report = done.report
    assert kept(machine) == (1, 200_000)
    balanced(report)
    if kind == "another service's zip":
        assert done.code == 0 and any("netflix.zip" in file["name"] for file in report["ignored"])
    else:
        assert done.code == 3, done.out
        assert any(bad.name in problem["where"] for problem in report["problems"])


def test_truncated_json_in_a_good_zip_gives_its_complete_rows(machine):
    text = json.dumps([row(ts=f"2024-05-01T10:{i:02}:00Z") for i in range(20)], indent=2)
    whole = json.dumps([row(ts="2023-05-01T10:00:00Z")])
    cut = zip_of(machine.folder / "cut.zip", {f"{FOLDER}/Streaming_History_Audio_2024_0.json": text[:len(text) // 2],
                                              f"{FOLDER}/Streaming_History_Audio_2023_0.json": whole})
    done = machine.run("import", cut, "--json")
    assert done.code == 3, done.err
    balanced(done.report)
    plays, _ = kept(machine)
    assert 9 <= plays <= 11
    problem, = done.report["problems"]
    assert problem["kind"] == "damaged_file" and "2024_0" in problem["where"] and problem["hint"]


def test_rows_that_cannot_be_plays_are_listed_with_their_place(machine):
    rows = [row(), row(ms_played=-5), row(ts="yesterday"), row(ts="2024-05-01T11:00:00Z", ms_played="long"),
            row(ts="2024-05-01T12:00:00Z", ms_played=0), 17]
    rows += [row(ms_played=9 * 86_400_000, ts=f"2024-05-02T10:{i // 60:02}:{i % 60:02}Z") for i in range(500)]
    file = write_rows(machine.folder / "Streaming_History_Audio_2024_0.json", rows)
    done = machine.run("import", file, "--json")
    assert done.code == 3, done.err
    report = done.report
    counts = balanced(report)
    assert (counts["rows_read"], counts["stored"], counts["rejected"]) == (506, 2, 504)
    problems = report["problems"]
    assert 10 < len(problems) < 60, "some are listed, the rest counted"
    assert all(problem["kind"] == "rejected_row" and file.name in problem["where"] for problem in problems)
    assert "row 2 " in problems[0]["where"] and "-5" in problems[0]["message"].replace("−", "-")
    assert sum(int(re.sub(r"\D", "", problem["message"].split(" of its ")[0])) if " of its " in problem["message"] else 1
               for problem in problems) == 504
    # The person reads the same.
    done = machine.run("import", file)
    assert done.code == 3 and "row 2 " in done.out


def test_a_path_that_is_not_there_is_named(machine, genuine):
    done = machine.run("import", machine.folder / "nowhere.zip", genuine[0])
    assert done.code in (1, 2) and "nowhere.zip" in done.err
    assert machine.run("import").code == 2
    done = machine.run("my_spotify_data.zip")
    assert done.code == 2 and "soundlake import" in done.err


def test_an_unreadable_file_is_named(machine, genuine):
    folder = machine.folder / "downloads"
    locked = write_rows(folder / "Streaming_History_Audio_2024_0.json", [row()])
    write_rows(folder / "Streaming_History_Audio_2023_0.json", [row(ts="2023-05-01T10:00:00Z")])
    locked.chmod(0)
    # Root may read everything: it takes another user's eyes to be refused.
    as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    if as_nobody:
        for path in [machine.folder, *machine.folder.parents]:
            if not path.stat().st_mode & stat.S_IXOTH:
                path.chmod(path.stat().st_mode | stat.S_IXOTH)
        machine.folder.chmod(0o777)
    done = subprocess.run([*as_nobody, BINARY, "import", folder, "--json"], env=machine.environment, text=True,
                          capture_output=True, timeout=60, cwd=machine.folder)
    assert done.returncode == 3, done.stderr + done.stdout
    report = json.loads(done.stdout)
    assert report["counts"]["stored"] == 1
    assert any("2024_0" in problem["where"] and "ermission" in problem["message"] for problem in report["problems"])


def test_a_full_disk_is_named_and_the_lake_stays_as_it_was(machine, genuine):
    if subprocess.run(["unshare", "-Urm", "true"], capture_output=True).returncode != 0:
        pytest.skip("this system lets nobody make a small disk (unshare)")
    small = write_rows(machine.folder / "small/Streaming_History_Audio_2024_0.json", [row()])
    machine.lake.mkdir(mode=0o700)
    script = f"""mount -t tmpfs -o size=192k tmpfs '{machine.lake}' || exit 99
        '{BINARY}' import '{small}' || exit 98
        (cd '{machine.lake}' && sha256sum plays/*/*.parquet _soundlake/HEAD.json) > '{machine.folder}/before'
        '{BINARY}' import '{genuine[0]}'; code=$?
        (cd '{machine.lake}' && sha256sum -c --quiet '{machine.folder}/before' && find . -name '*.tmp') >&2
        '{BINARY}' import --check '{small}' || exit 97
        exit $code"""
    done = subprocess.run(["unshare", "-Urm", "bash", "-c", script], env=machine.environment, capture_output=True, text=True,
                          timeout=120)
    assert done.returncode == 1, done.stderr
    assert "No space left" in done.stderr and "hint:" in done.stderr
    assert ".tmp\n" not in done.stderr and "FAILED" not in done.stderr


def test_another_time_zone_moves_the_days_without_an_import(machine):
    file = write_rows(machine.folder / "Streaming_History_Audio_2024_0.json", [row(ts="2024-05-01T23:10:00Z")])
    assert machine.run("import", file, SOUNDLAKE_TIMEZONE="UTC").code == 0
    day = f"select local_date::varchar, utc_offset_min from '{machine.lake}/plays/*/plays.parquet'"
    assert duckdb.sql(day).fetchall()[0] == ("2024-05-01", 0)
    done = machine.run("run", SOUNDLAKE_TIMEZONE="Asia/Kolkata")
    assert done.code == 0, done.err
    assert "UTC → Asia/Kolkata" in done.out
    assert duckdb.sql(day).fetchall()[0] == ("2024-05-02", 330)
