#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""soundlake importing an export's zip, beside DuckDB turning the unpacked files into Parquet.

    build/venv/bin/python bench/import_bench.py [--plays 230000] [--runs 5] [--binary FILE] [--folder /dev/shm/…]

soundlake is timed as a whole process (start, zip, every table, manifest, exports). DuckDB is timed from connecting to the
last file, without the start of Python: read_json with columns, distinct, sort, zstd Parquet partitioned by year, two
threads. Both read from and write to a tmpfs, in turns; the median counts. Afterwards the lake must hold as many plays and
milliseconds as design §5 finds in the JSON, and a second import must write nothing.
Exit 1 when soundlake is slower or needs more memory than its budget.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import duckdb

from export_generator import generate

ROOT = pathlib.Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "build/release/src/soundlake/cli/soundlake"
COLUMNS = {
    "ts": "timestamp", "platform": "varchar", "ms_played": "bigint", "conn_country": "varchar",
    "master_metadata_track_name": "varchar", "master_metadata_album_artist_name": "varchar",
    "master_metadata_album_album_name": "varchar", "spotify_track_uri": "varchar", "episode_name": "varchar",
    "episode_show_name": "varchar", "spotify_episode_uri": "varchar", "audiobook_title": "varchar",
    "audiobook_uri": "varchar", "audiobook_chapter_uri": "varchar", "audiobook_chapter_title": "varchar",
    "reason_start": "varchar", "reason_end": "varchar", "shuffle": "boolean", "skipped": "boolean", "offline": "boolean",
    "offline_timestamp": "bigint", "incognito_mode": "boolean"}

# What one play is, said once more in SQL: the content, its length and its clock (docs/plays.md).
IDENTITY = """
    coalesce(spotify_track_uri, spotify_episode_uri, audiobook_chapter_uri, master_metadata_track_name, episode_name, '') as content,
    ms_played,
    case when offline_timestamp > 100000000000 then 'start ' || offline_timestamp else 'end ' || epoch_ms(ts) end as clock"""


def read_json(unpacked):
    columns = ", ".join(f"{name}: '{kind}'" for name, kind in COLUMNS.items())
    return f"read_json('{unpacked}/**/Streaming_History_*.json', format='array', columns={{{columns}}})"


def duckdb_copies(unpacked, target):
    """What is measured of DuckDB, as a program of its own; prints the seconds."""
    began = time.perf_counter()
    connection = duckdb.connect(config={"threads": 2})
    connection.execute(f"""copy (select distinct *, year(ts) as year from {read_json(unpacked)} order by ts)
                           to '{target}' (format parquet, compression zstd, partition_by (year))""")
    print(time.perf_counter() - began)


# A child counts the memory of whoever starts it until it runs its own program, and this process has DuckDB in it. So a
# small one starts the program; it writes seconds and kilobytes behind the program's output.
STARTER = """
import os, sys, time
began = time.perf_counter()
_, status, usage = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(f"\\n{time.perf_counter() - began} {usage.ru_maxrss}")
sys.exit(os.waitstatus_to_exitcode(status))
"""


def measured(words, **environment):
    """(seconds, bytes resident at most, stdout) of a process."""
    words = list(map(str, words))
    ran = subprocess.run([sys.executable, "-I", "-S", "-c", STARTER, *words], stdout=subprocess.PIPE, text=True,
                         env={**os.environ, **environment}, check=False)
    text, _, figures = ran.stdout.rstrip().rpartition("\n")
    if ran.returncode != 0:
        sys.exit(f"{' '.join(words)} ended with {ran.returncode}: {text[-2000:]}")
    seconds, kilobytes = figures.split()
    return float(seconds), int(kilobytes) * 1024, text


def fingerprint(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()}


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--plays", type=int, default=230_000)
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--binary", type=pathlib.Path, default=PROGRAM)
    words.add_argument("--folder", type=pathlib.Path, help="on a tmpfs; kept, so that the export is made once")
    given = words.parse_args()

    kept = given.folder is not None
    folder = given.folder or pathlib.Path(tempfile.mkdtemp(prefix="soundlake-bench-", dir="/dev/shm"))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return compare(folder, given)
    finally:
        if not kept:
            shutil.rmtree(folder)


def compare(folder, given):
    export = folder / f"export-{given.plays}"
    zipped, unpacked = export / "my_spotify_data.zip", export / "unpacked"
    if not zipped.exists():
        zipped, unpacked = generate(export, given.plays)
    lake, theirs, home = folder / "lake", folder / "theirs", folder / "home"
    settings = dict(SOUNDLAKE_LAKE=str(lake), SOUNDLAKE_HOME=str(home), SOUNDLAKE_TIMEZONE="Europe/Berlin", HOME=str(home))
    command = [given.binary, "import", zipped, "--json"]

    ours, ours_memory, duck, duck_memory, again = [], [], [], [], []
    report = {}
    for _ in range(given.runs):
        shutil.rmtree(lake, ignore_errors=True)
        shutil.rmtree(theirs, ignore_errors=True)
        seconds, memory, out = measured(command, **settings)
        ours.append(seconds)
        ours_memory.append(memory)
        report = json.loads(out)
        before = fingerprint(lake)
        again.append(measured(command, **settings)[0])
        if fingerprint(lake) != before:
            sys.exit("a second import of the same export wrote something")
        _, memory, out = measured([sys.executable, __file__, "--duckdb", unpacked, theirs])
        duck.append(float(out))
        duck_memory.append(memory)

    counts = report["counts"]
    if counts["rows_read"] != counts["stored"] + counts["duplicates"] + counts["rejected"]:
        sys.exit(f"the books do not balance: {counts}")
    wanted = duckdb.sql(f"select count(*), sum(ms_played) from (select distinct {IDENTITY} from {read_json(unpacked)})").fetchall()[0]
    found = duckdb.sql(f"select count(*), sum(ms_played) from '{lake}/plays/*/plays.parquet'").fetchall()[0]
    if wanted != found:
        sys.exit(f"the lake holds {found[0]} plays of {found[1]} ms, the JSON tells {wanted[0]} of {wanted[1]} ms")

    most = 150e6 + (60 * given.plays if given.plays > 500_000 else 0)
    seconds, theirs_seconds = statistics.median(ours), statistics.median(duck)
    memory, theirs_memory = max(ours_memory), statistics.median(duck_memory)
    print(f"{counts['rows_read']:,} rows, {found[0]:,} plays, {found[1] / 3_600_000:,.0f} hours: both agree with the JSON")
    print(f"{'':24}{'soundlake':>12}{'DuckDB ' + duckdb.__version__:>16}{'ratio':>8}")
    print(f"{'first import':24}{seconds:>10.3f} s{theirs_seconds:>14.3f} s{seconds / theirs_seconds:>8.2f}")
    print(f"{'the same again':24}{statistics.median(again):>10.3f} s{'–':>16}{statistics.median(again) / theirs_seconds:>8.2f}")
    print(f"{'resident at most':24}{memory / 1e6:>9.0f} MB{theirs_memory / 1e6:>13.0f} MB{memory / theirs_memory:>8.2f}"
          f"   (budget {most / 1e6:.0f} MB)")
    print(f"{'objects of the lake':24}{sum(path.stat().st_size for path in lake.rglob('*.parquet')) / 1e6:>9.1f} MB"
          f"{sum(path.stat().st_size for path in theirs.rglob('*.parquet')) / 1e6:>13.1f} MB")
    ok = seconds <= theirs_seconds and statistics.median(again) <= theirs_seconds and memory <= most
    print("within the budget" if ok else "OVER THE BUDGET")
    return 0 if ok else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--duckdb"]:
        duckdb_copies(*sys.argv[2:])
    else:
        sys.exit(main())
