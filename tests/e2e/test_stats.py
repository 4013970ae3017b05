# SPDX-License-Identifier: Apache-2.0
"""Every statistic of docs/statistics.md equals what its SQL gives in DuckDB, over generated lakes."""

import csv
import datetime
import hashlib
import io
import json
import math
import pathlib
import random
import re
import subprocess
import unicodedata

import duckdb
import pyarrow
import pyarrow.parquet
import pytest

from conftest import BINARY, Machine

DOCS = pathlib.Path(__file__).resolve().parents[2] / "docs" / "statistics.md"
TODAY = datetime.date(2026, 11, 20)
NAMES = ["Ada", "ada", "Bo & Co", "Çelik", "Ça va", "=1+1", "\u05d0\u05d1\u05d2", "100%", "O'Neil", 'The "Q"', "Z,Z", "🎻 Duo",
         "Long " * 12, "\u30b5\u30ab\u30ca"] + [f"Artist {n}" for n in range(40)]
GENRES = ["pop", "art pop", "hip hop", "trap", "neo soul", "indie rock", "k-pop", "deep house", "vocal jazz", "folk",
          "norteño", "grapes", "post-punk", "electropop", "klingon opera"]


# ---- the page

def statements():
    """The SQL under each heading of the page, blocks in order."""
    found, heading = {}, None
    for match in re.finditer(r"^(#{2,3} [^\n]*)$|^```sql\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.M | re.S):
        if match[1]:
            heading = match[1].lstrip("# ")
        else:
            found.setdefault(heading, []).append(match[2])
    return found


SQL = statements()
LISTS = {f"top-{what}s": what for what in ("artist", "album", "track", "genre", "show", "episode")}
BY_FIELD = {"rediscoveries", "skips", "rank-over-time", "concentration"}
SPOKEN = {"top-shows", "top-episodes"}
EVERY_ROW = {"skips", "coverage", "gaps"}
TASTE = ["popularity", "tempo", "releases", "genres", "taste-change", "taste-genres"]
PLAIN = [name for name in SQL if name not in ("The SQL", "artist", *TASTE)] + [name for name in LISTS if name not in SQL]


# ---- lakes

def plays(seed, count, zone_moments):
    """Rows of an extended export: evenings of listening over eight years, and the moments at which clocks change."""
    rng = random.Random(seed)
    tracks = [(rng.choice(NAMES), f"Track {rng.randrange(60)}") for _ in range(260)]
    rows = []

    def add(at, content=None):
        ms = rng.choice([rng.randrange(1, 30000), 29999, 30000, rng.randrange(30000, 400000), rng.randrange(120000, 400000)])
        row = dict.fromkeys(["master_metadata_track_name", "master_metadata_album_artist_name",
                             "master_metadata_album_album_name", "spotify_track_uri", "episode_name",
                             "episode_show_name", "spotify_episode_uri", "audiobook_title", "audiobook_uri",
                             "audiobook_chapter_uri", "audiobook_chapter_title"])
        kind = content or rng.choices(["track", "episode", "chapter", "nothing"], [90, 6, 3, 1])[0]
        if kind == "track":
            artist, track = tracks[int(len(tracks) * rng.random() ** 2)]
            row |= {"master_metadata_track_name": track, "master_metadata_album_artist_name": artist,
                    "master_metadata_album_album_name": f"Album {hash_of(track) % 9}",
                    "spotify_track_uri": "spotify:track:" + identity(artist + track)}
        elif kind == "episode":
            show, episode = f"Show {rng.randrange(4)}", f"Episode {rng.randrange(9)}"
            row |= {"episode_name": episode, "episode_show_name": show,
                    "spotify_episode_uri": "spotify:episode:" + identity(show + episode)}
        elif kind == "chapter":
            row |= {"audiobook_title": "A Book", "audiobook_uri": "spotify:show:" + identity("A Book"),
                    "audiobook_chapter_title": f"Chapter {rng.randrange(9)}",
                    "audiobook_chapter_uri": "spotify:episode:" + identity(f"chapter {rng.randrange(9)}")}
        end = at + datetime.timedelta(milliseconds=ms)
        row |= {"ts": end.strftime("%Y-%m-%dT%H:%M:%SZ"), "ms_played": ms,
                "platform": rng.choice(["ios", "Android OS 11", "web_player windows 10;chrome", "Windows 10", "OS X 12", "linux",
                                        "Partner google cast_tv", "ps5", "watch", None]),
                "conn_country": rng.choice(["DE", "DE", "SE", "FR", None]),
                "reason_start": rng.choice(["clickrow", "trackdone", "fwdbtn", None]),
                "reason_end": rng.choice(["trackdone", "trackdone", "fwdbtn", "endplay", None]),
                "shuffle": rng.choice([True, False, None]), "skipped": rng.choice([True, False, False, None]),
                "offline": rng.choice([False, True, None]), "offline_timestamp": None,
                "incognito_mode": rng.choice([False, False, True])}
        rows.append(row)
        return end

    at = datetime.datetime(2018, 11, 3, 17)
    while len(rows) < count:
        at += datetime.timedelta(minutes=rng.choice([1, 20, 29, 30, 31, 45, 600, 1500, 9000]))
        for _ in range(rng.randrange(1, 12)):
            at = add(at) + datetime.timedelta(seconds=rng.choice([0, 0, 1, 60, 1800]))
    for moment in zone_moments:
        for minutes in (-90, -61, -31, -1, 0, 1, 29, 59, 61, 91):
            add(datetime.datetime.fromisoformat(moment) + datetime.timedelta(minutes=minutes), "track")
    return rows


def hash_of(text):
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def identity(text):
    digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    number = hash_of(text)
    return "".join(digits[number // 62**place % 62] for place in range(22))


def schema(**columns):
    """Columns in the order of docs/lake.md; a sourced one brings its two siblings."""
    fields = []
    for name, kind in columns.items():
        fields.append(pyarrow.field(name.removeprefix("sourced_"), kind, nullable=name not in ("key", "aliases")))
        if name.startswith("sourced_"):
            fields.append(pyarrow.field(name.removeprefix("sourced_") + "_source", pyarrow.string()))
            fields.append(pyarrow.field(name.removeprefix("sourced_") + "_confidence", pyarrow.float64()))
    return pyarrow.schema(fields)


TEXT, LIST, INT, LONG = pyarrow.string(), pyarrow.list_(pyarrow.string()), pyarrow.int32(), pyarrow.int64()
SCHEMAS = {
    "artists": schema(key=TEXT, id=TEXT, name=TEXT, sourced_genres=LIST, sourced_popularity=INT, sourced_followers=LONG,
                      image_url=TEXT, aliases=LIST),
    "albums": schema(key=TEXT, id=TEXT, name=TEXT, artist_key=TEXT, artist_name=TEXT, album_type=TEXT,
                     sourced_release_date=TEXT, sourced_total_tracks=INT, image_url=TEXT, aliases=LIST),
    "tracks": schema(key=TEXT, id=TEXT, name=TEXT, artist_key=TEXT, artist_name=TEXT, album_key=TEXT, album_name=TEXT,
                     sourced_duration_ms=LONG, sourced_isrc=TEXT, sourced_bpm=pyarrow.float64(), sourced_mode=TEXT,
                     sourced_tonic=INT, sourced_popularity=INT, aliases=LIST),
}


class Lake:
    """A lake with an oracle beside it."""

    def __init__(self, folder, zone):
        self.machine = Machine(folder)
        (folder / "home").mkdir(parents=True)
        self.machine.environment["SOUNDLAKE_TIMEZONE"] = zone
        self.zone, self.folder = zone, self.machine.lake

    def import_plays(self, rows):
        export = self.machine.folder / "Spotify Extended Streaming History"
        export.mkdir()
        (export / "Streaming_History_Audio_2018-2026_0.json").write_text(json.dumps(rows), encoding="utf-8")
        done = self.machine.run("import", export)
        assert done.code == 0, done.err
        return self

    def rewrite(self, table, change):
        rows = self.named_rows(table)
        change(rows)
        rows.sort(key=lambda row: row["key"])
        self.replace(table, pyarrow.Table.from_pylist(rows, schema=SCHEMAS[table]))

    def replace(self, table, rows):
        """Replaces a table as another commit would: the file, and its line of the manifest."""
        head = json.loads((self.folder / "_soundlake/HEAD.json").read_text())
        manifest = self.folder / f"_soundlake/manifests/{head['manifest']}.json"
        listed = json.loads(manifest.read_text())
        key = f"{table}/{table}.parquet"
        path = self.folder / key
        path.parent.mkdir(exist_ok=True)
        pyarrow.parquet.write_table(rows, path)
        data = path.read_bytes()
        listed["objects"] = [one for one in listed["objects"] if one["key"] != key]
        listed["objects"].append({"key": key, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), "rows": rows.num_rows})
        listed["objects"].sort(key=lambda one: one["key"])
        manifest.write_text(json.dumps(listed))

    def named_rows(self, table):
        """A row for each artist, album or track that plays name, with nothing known but names and keys."""
        columns = {"artists": "artist_name", "albums": "album_name, artist_name", "tracks": "track_name, artist_name"}[table]
        names = duckdb.sql(f"""SELECT DISTINCT {columns} FROM read_parquet('{self.folder}/plays/*/*.parquet')
                               WHERE {columns.split(',')[0]} IS NOT NULL ORDER BY ALL""").fetchall()
        empty = {name: [] if name == "aliases" else None for name in SCHEMAS[table].names}
        rows = {}
        for name in names:
            key = "n-" + hashlib.sha256("\0".join(unicodedata.normalize("NFC", part) for part in name).encode()).hexdigest()[:16]
            rows[key] = {**empty, "key": key, "name": name[0], **({"artist_name": name[1]} if len(name) > 1 else {})}
        return list(rows.values())

    def enrich(self, seed):
        rng = random.Random(seed)

        def artists(rows):
            for row in rows:
                if rng.random() < 0.8:
                    row["genres"] = rng.sample(GENRES, rng.randrange(0, 5))
                    row |= {"genres_source": rng.choice(["musicbrainz", "spotify"]), "genres_confidence": 1.0}
                if rng.random() < 0.7:
                    row |= {"popularity": rng.randrange(101), "popularity_source": "deezer", "popularity_confidence": 0.9}
            # Two names of one artist: the key of the second name leads to the first.
            first, second = (next(row for row in rows if row["name"] == name) for name in ("Artist 1", "Artist 2"))
            first["aliases"] = sorted({*first["aliases"], second["key"]})
            first["key"] = first["id"] = "0" * 22

        def albums(rows):
            for row in rows:
                if rng.random() < 0.8:
                    row["release_date"] = rng.choice(["1999", "2009-12-31", "2010-01", "1985-05", "2024-02-29"])
                    row |= {"release_date_source": "musicbrainz", "release_date_confidence": 0.9}

        def tracks(rows):
            for row in rows:
                if rng.random() < 0.7:
                    row |= {"bpm": rng.choice([0.0, 93.5, 120.0, 171.25]), "bpm_source": "reccobeats", "bpm_confidence": 0.8}
                    row |= {"mode": rng.choice(["major", "minor"]), "mode_source": "reccobeats", "mode_confidence": 0.8}
                if rng.random() < 0.7:
                    row |= {"duration_ms": rng.choice([40000, 200000, 700000]), "duration_ms_source": "spotify",
                            "duration_ms_confidence": 1.0}

        for table, change in (("artists", artists), ("albums", albums), ("tracks", tracks)):
            self.rewrite(table, change)
        return self

    def open_oracle(self):
        self.oracle = duckdb.connect(config={"threads": 1})
        present = {table.name for table in self.folder.iterdir() if any(table.rglob("*.parquet"))}
        for table in present:
            self.oracle.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{self.folder}/{table}/**/*.parquet', union_by_name = true)")
        for table in SCHEMAS.keys() - present:
            empty = SCHEMAS[table].empty_table()
            self.oracle.register(f"empty_{table}", empty)
            self.oracle.execute(f"CREATE TABLE {table} AS SELECT * FROM empty_{table}")
        if "gaps" not in present:
            self.oracle.execute("""CREATE TABLE gaps ("from" TIMESTAMPTZ, "to" TIMESTAMPTZ, found_at TIMESTAMPTZ, reason VARCHAR)""")
        for script in SQL["The SQL"]:
            self.execute(script)
        self.execute(SQL["genres-over-time"][0])
        return self

    def execute(self, script):
        self.oracle.execute(script)

    def rows(self, sql):
        """Rows as dictionaries; moments as microseconds, dates as text."""
        types = self.oracle.sql(f"DESCRIBE {sql}").fetchall()
        columns = [f'epoch_us("{name}") AS "{name}"' if kind.startswith("TIMESTAMP") else
                   f'"{name}"::VARCHAR AS "{name}"' if kind == "DATE" else f'"{name}"' for name, kind, *_ in types]
        relation = self.oracle.sql(f"SELECT {', '.join(columns)} FROM ({sql})")
        return [dict(zip(relation.columns, row)) for row in relation.fetchall()]

    def dates(self, question):
        """(first, last, previous first, previous last) as the page defines them."""
        day = datetime.timedelta(1)
        if "year" in question:
            year = question["year"]
            return [datetime.date(*date) for date in ((year, 1, 1), (year, 12, 31), (year - 1, 1, 1), (year - 1, 12, 31))]
        first, last = self.oracle.sql("SELECT min(local_date), max(local_date) FROM plays").fetchall()[0]
        if "last" in question:
            count, unit = int(question["last"][:-1]), question["last"][-1]
            days = count * {"d": 1, "w": 7}[unit]
            first, last = TODAY - (days - 1) * day, TODAY
        elif "from" in question or "to" in question:
            first = datetime.date.fromisoformat(question["from"]) if "from" in question else first
            last = datetime.date.fromisoformat(question["to"]) if "to" in question else last
        else:
            return first, last, None, None
        return first, last, first - (last - first + day), first - day

    def expected(self, name, question):
        first, last, before_first, before_last = self.dates(question)
        what = LISTS.get(name) or question.get("field") or "artist"
        everything = question.get("kind", "all" if name in ("coverage", "gaps") else "") == "all"
        kinds = (["track", "episode", "chapter", "video", "unknown"] if everything else
                 question["kind"].split(",") if "kind" in question else
                 ["episode", "chapter"] if name in SPOKEN else ["track", "video"])
        top = question.get("limit", 10 if name == "rank-over-time" else 100)
        literal = lambda value: "NULL" if value is None else f"'{value}'"
        self.execute("; ".join([
            *(f"SET VARIABLE {variable} = {literal(value)}::DATE" for variable, value in
              (("first_day", first), ("last_day", last), ("previous_first_day", before_first), ("previous_last_day", before_last))),
            f"SET VARIABLE rule = '{'all' if name in EVERY_ROW else question.get('rule', '30s')}'",
            f"SET VARIABLE ordered_by = '{question.get('by', 'time')}'", f"SET VARIABLE step = '{question.get('step', 'month')}'",
            f"SET VARIABLE kinds = {kinds}", f"SET VARIABLE what = '{what}'", f"SET VARIABLE top = {top}",
            f"SET VARIABLE zone = '{self.zone}'", f"SET VARIABLE artist = {literal(question.get('artist'))}::VARCHAR"]))
        return self.rows(SQL["top-artists" if name in LISTS else name][-1])

    def answer(self, name, question):
        words = [f"{key}={value}" for key, value in question.items()]
        done = self.machine.run("stats", name, "--json", *words)
        assert done.code == 0, done.err
        return json.loads(done.out)


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def plain(value):
    """A value of either side in the form in which they are compared."""
    if isinstance(value, str) and MOMENT.fullmatch(value):
        at = datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
        return (at - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)) // datetime.timedelta(microseconds=1)
    return value


def equal(ours, theirs):
    ours, theirs = plain(ours), plain(theirs)
    if isinstance(ours, float) or isinstance(theirs, float):
        return ours is not None and theirs is not None and math.isclose(ours, float(theirs), rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs


def check(lake, name, question):
    expected, answer = lake.expected(name, question), lake.answer(name, question)
    rows = answer["rows"]
    assert len(rows) == len(expected), (name, question, rows[:3], expected[:3])
    for number, (ours, theirs) in enumerate(zip(rows, expected)):
        assert list(ours) == list(theirs), name
        wrong = {key: (ours[key], theirs[key]) for key in ours if not equal(ours[key], theirs[key])}
        assert not wrong, f"{name} {question} row {number}: (ours, DuckDB's) {wrong}\n{ours}\n{theirs}"
    return answer


@pytest.fixture(scope="module")
def berlin(tmp_path_factory):
    moments = ["2019-03-31T01:00", "2020-10-25T01:00", "2020-02-28T23:00", "2020-12-31T23:00", "2021-01-03T23:00", "2024-02-29T11:00"]
    return Lake(tmp_path_factory.mktemp("berlin"), "Europe/Berlin").import_plays(plays(7, 3000, moments)).enrich(11).open_oracle()


@pytest.fixture(scope="module")
def kolkata(tmp_path_factory):
    moments = ["2020-12-31T18:30", "2023-06-11T18:30"]
    return Lake(tmp_path_factory.mktemp("kolkata"), "Asia/Kolkata").import_plays(plays(8, 700, moments)).open_oracle()


@pytest.fixture(scope="module")
def lord_howe(tmp_path_factory):
    """Half an hour of summer time, and days that Havana would begin twice are left to the unit tests."""
    moments = ["2019-04-06T15:00", "2020-10-03T15:30"]
    return Lake(tmp_path_factory.mktemp("lord_howe"), "Australia/Lord_Howe").import_plays(plays(9, 500, moments)).enrich(3).open_oracle()


QUESTIONS = [
    {}, {"year": 2020}, {"from": "2020-12-28", "to": "2021-01-03"}, {"from": "2024-02-29", "to": "2024-02-29"}, {"year": 2035},
    {"rule": "all", "by": "plays"}, {"rule": "half", "from": "2021-06-15"}, {"rule": "trackdone", "to": "2020-10-25", "by": "plays"},
    {"last": "52w", "limit": 7}, {"kind": "all", "year": 2019}, {"kind": "episode,chapter", "rule": "all"},
]


@pytest.mark.parametrize("name", PLAIN)
def test_equals_its_sql(berlin, name):
    for question in QUESTIONS:
        check(berlin, name, question)


@pytest.mark.parametrize("name", PLAIN)
def test_equals_its_sql_in_zones_of_half_an_hour(kolkata, lord_howe, name):
    for lake in (kolkata, lord_howe):
        for question in ({}, {"year": 2020}):
            check(lake, name, question)


@pytest.mark.parametrize("name", [name for name in PLAIN if "getvariable('step')" in SQL.get(name, [""])[-1] or "step" in SQL.get(name, [""])[-1]])
@pytest.mark.parametrize("step", ["day", "week", "quarter", "year"])
def test_equals_its_sql_at_every_step(berlin, name, step):
    check(berlin, name, {"step": step, "from": "2020-02-27", "to": "2021-01-12"})


@pytest.mark.parametrize("name", sorted(BY_FIELD))
@pytest.mark.parametrize("field", ["album", "track"])
def test_equals_its_sql_for_every_field(berlin, name, field):
    for question in ({}, {"year": 2020, "by": "plays"}):
        check(berlin, name, {**question, "field": field})


@pytest.fixture(scope="module")
def listener(tmp_path_factory):
    """The simulated listener, who has dated top lists: those of today and, written back, of a month ago in another order."""
    lake = Lake(tmp_path_factory.mktemp("listener"), "Europe/Berlin")
    done = lake.machine.run("demo", "--lake", lake.folder, "--now", "2026-11-20T12:00:00Z")
    assert done.code == 0, done.err
    path = lake.folder / "top_artists/top_artists.parquet"
    table = pyarrow.parquet.read_table(path)
    rows = table.to_pylist()
    for row in table.to_pylist():
        if row["rank"] > 3:
            rows.append({**row, "rank": row["rank"] - 3, "snapshot_date": row["snapshot_date"] - datetime.timedelta(30)})
    rows.sort(key=lambda row: (row["snapshot_date"], row["time_range"], row["rank"]))
    lake.replace("top_artists", pyarrow.Table.from_pylist(rows, schema=table.schema))
    return lake.open_oracle()


@pytest.mark.parametrize("name", TASTE)
def test_the_taste_of_now_equals_its_sql(listener, name):
    for term in ("short", "medium", "long"):
        listener.execute(f"SET VARIABLE term = '{term}_term'")
        listener.expected("totals", {})
        expected = listener.rows(SQL[name][-1])
        rows = listener.answer(name, {"term": term})["rows"]
        assert len(rows) == len(expected) and rows
        for ours, theirs in zip(rows, expected):
            assert list(ours) == list(theirs)
            assert all(equal(ours[key], theirs[key]) for key in ours), (ours, theirs)


def test_the_views_people_start_from_hold_the_numbers_of_the_compiled_list(listener):
    compiled = listener.machine.compiled()
    popularity = listener.answer("popularity", {})["rows"]
    assert [(row["name"], row["popularity"]) for row in popularity] == [(one["name"], one["popularity"]) for one in compiled]
    tempos = [(row["name"], row["bpm"] and round(row["bpm"]), row["mode"]) for row in listener.answer("tempo", {})["rows"]]
    assert tempos == [(track["name"], track["BPM"] and round(track["BPM"]), track["mode"]) for one in compiled for track in one["top_tracks"] or []]
    dates = [(row["name"], row["release_date"]) for row in listener.answer("releases", {})["rows"]]
    assert dates == [(album["name"], album["release_date"]) for one in compiled for album in one["top_albums"] or []]


def test_a_lake_without_top_lists_takes_the_views_from_plays(berlin):
    rows = berlin.answer("popularity", {})["rows"]
    newest = berlin.rows("SELECT max(day) AS day FROM played")[0]["day"]
    heard = berlin.rows(f"""SELECT artist_key AS key FROM played WHERE kind IN ('track', 'video') AND artist_key IS NOT NULL
        AND day > DATE '{newest}' - 28 GROUP BY artist_key ORDER BY sum(ms) DESC, count(*) DESC, min(artist) LIMIT 50""")
    assert [row["key"] for row in rows] == [row["key"] for row in heard]


def test_one_artist_equals_its_sql(berlin):
    keys = berlin.rows("SELECT DISTINCT artist_key AS key FROM played WHERE artist_key IS NOT NULL AND long_enough AND year(day) = 2020 AND kind = 'track'")
    for row in keys[:12]:
        berlin.execute(f"SET VARIABLE one = '{row['key']}'")
        for name, question in (("artist", {"year": 2020}), ("series", {}), ("top-tracks", {}), ("streaks", {})):
            if name == "artist":
                berlin.expected("totals", question)
                expected = berlin.rows(SQL["artist"][-1])
                ours = berlin.answer("artist", {**question, "artist": row["key"]})["rows"]
                assert len(ours) == len(expected) == 1
                assert {key: plain(value) for key, value in ours[0].items() if key != "share"} == \
                       {key: value for key, value in expected[0].items() if key != "share"}
                assert equal(ours[0]["share"], expected[0]["share"])
            else:
                check(berlin, name, {**question, "artist": row["key"]})


def test_a_name_an_earlier_key_and_the_key_are_the_same_question(berlin):
    old = "n-" + hashlib.sha256(b"Artist 2").hexdigest()[:16]
    answers = [berlin.answer("totals", {"artist": word})["rows"] for word in ("0" * 22, old, "Artist 1", "artist 2")]
    assert answers[0][0]["plays"] > 0
    assert all(answer == answers[0] for answer in answers)


def test_filters_by_genre_family_and_popularity_are_those_of_the_artists(berlin):
    total = berlin.answer("totals", {})["rows"][0]["plays"]
    berlin.expected("totals", {})
    for question, condition in (({"genre": "trap"}, "list_contains(genres, 'trap')"), ({"pop": "50-100"}, "popularity >= 50"),
                                ({"family": "Pop"}, "len(list_filter(genres, lambda g: g IN (SELECT genre FROM genre_families WHERE family = 'Pop'))) > 0")):
        if "family" in question:
            condition = "EXISTS (SELECT 1 FROM genre_families f WHERE f.family = 'Pop' AND list_contains(genres, f.genre))"
        expected = berlin.rows(f"SELECT count(*) AS plays FROM ranged JOIN artists ON key = artist_key WHERE {condition}")[0]["plays"]
        assert 0 < expected < total
        assert berlin.answer("totals", question)["rows"][0]["plays"] == expected
    assert berlin.answer("totals", {"pop": "0-100"})["rows"][0]["plays"] == total


def test_the_parts_of_genres_over_time_add_up(berlin):
    shares = {}
    for row in berlin.answer("genres-over-time", {"step": "year"})["rows"]:
        shares.setdefault(row["start"], []).append(row["share"])
    for of_step in shares.values():
        assert len(of_step) == 9 and (None in of_step or math.isclose(sum(of_step), 1))


def test_the_answer_says_what_applied(berlin):
    answer = berlin.answer("totals", {"last": "4w", "rule": "half"})
    assert {key: answer[key] for key in ("statistic", "from", "to", "rule", "timezone", "at_least")} == {
        "statistic": "totals", "from": "2026-10-24", "to": "2026-11-20", "rule": "half", "timezone": "Europe/Berlin", "at_least": False}


def test_csv_is_the_same_rows(berlin):
    out = subprocess.run([BINARY, "stats", "top-artists", "--csv", "--limit", "20"], env=berlin.machine.environment,
                         capture_output=True, check=True).stdout.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    ours = berlin.answer("top-artists", {"limit": 20})["rows"]
    assert [(row["key"], row["name"], row["ms"]) for row in rows] == [(row["key"], row["name"], str(row["ms"])) for row in ours]


@pytest.mark.parametrize("words", [
    ["nothing"], ["totals", "--from", "2024-02-02", "--to", "2024-02-01"], ["totals", "yaer=2024"], ["totals", "--rule", "60s"],
    ["top-artists", "--artist", "Nobody At All Like This"], ["series", "--step", "day", "--from", "1990-01-01"], ["totals", "--limit", "20000"],
    ["totals", "field=x"], ["skips", "field=genre"], ["artist"], ["totals", "2024"], ["totals", "--year", "2024", "--last", "4w"]])
def test_a_question_that_is_none_is_a_usage_error(berlin, words):
    done = berlin.machine.run("stats", *words, "--json")
    assert done.code == 2, done.out
    problem = json.loads(done.out)["problems"][0]
    assert problem["kind"] == "usage" and problem["hint"]


def test_every_statistic_is_drawn_within_the_width(berlin):
    def width(line):
        return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)

    for columns in (60, 80, 120):
        for words in [[name] for name in PLAIN + TASTE] + [["artist", "artist=ada"], []]:
            done = berlin.machine.run("stats", *words, COLUMNS=str(columns))
            assert done.code == 0, done.err
            assert done.out.strip()
            for line in done.out.splitlines():
                assert width(line) <= columns, (words, columns, line)


def test_statistics_write_nothing(berlin):
    before = berlin.machine.files()
    berlin.answer("year", {"year": 2020})
    assert berlin.machine.files() == before


def test_a_lake_without_plays_has_answers_too(machine, start_sim):
    assert machine.run("stats", "totals", "--json").code == 1  # there is no lake
    assert machine.run("demo", "--lake", machine.lake).code == 0
    assert machine.run("stats", "totals", "--json", "year=1990").report["rows"][0]["plays"] == 0
