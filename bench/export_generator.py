#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes an extended streaming history of genuine shape and size: a zip as Spotify sends it, and the same unpacked.

    bench/export_generator.py FOLDER [PLAYS = 230000] [--seed N]

makes FOLDER/my_spotify_data.zip and FOLDER/unpacked/. The same plays and seed give the same bytes. A play takes about
850 bytes, a file about 12.5 MB. In it are what genuine exports have: ten years, the 23 keys of 2025, skips, episodes,
videos, rows without any content, offline plays of the millisecond era that were uploaded in bursts (some twice), rows
that are told twice, and the zip's traps (sizes in data descriptors, a folder entry that is a file).
"""

import argparse
import datetime
import json
import pathlib
import random
import zipfile

FOLDER = "Spotify Extended Streaming History"
FILE_BYTES = 12_500_000
UTC = datetime.timezone.utc
FIRST = int(datetime.datetime(2015, 3, 1, tzinfo=UTC).timestamp())
LAST = int(datetime.datetime(2025, 11, 1, tzinfo=UTC).timestamp())
MILLISECOND_ERA_ENDS = int(datetime.datetime(2022, 10, 12, tzinfo=UTC).timestamp())
SYLLABLES = ("ka lo mi ten ra shi vel or dun fa quil es ma no thra be li sor ya kip un dre jo wal ce ti").split()
BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OLD_PLATFORMS = ("Android OS 9 API 28 (samsung, SM-G960F)", "iOS 14.2 (iPhone12,1)", "Windows 10 (10.0.19042; x64; AppX)",
                 "web_player windows 10;firefox 72.0;desktop", "Partner android_tv Sony;BRAVIA_4K;deadbeef;;tpapi")
NEW_PLATFORMS = ("android", "ios", "windows", "linux", "not_applicable")


def utc(seconds):
    return datetime.datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Music:
    """Invented artists, albums and tracks; few are heard often, many hardly ever."""

    def __init__(self, chance, tracks):
        self.tracks, self.episodes = [], []
        artists = [self.words(chance, 2, 4) for _ in range(max(1, tracks // 4))]
        while len(self.tracks) < tracks:
            artist = artists[int(len(artists) * chance.random() ** 2)]
            album = self.words(chance, 2, 6)
            for _ in range(chance.randint(1, 6)):
                self.tracks.append((self.words(chance, 2, 7), artist, album, "spotify:track:" + self.id(chance),
                                    chance.randint(90_000, 380_000)))
        for show in (self.words(chance, 2, 4) for _ in range(40)):
            self.episodes += [(self.words(chance, 3, 8), show, "spotify:episode:" + self.id(chance)) for _ in range(25)]
        chance.shuffle(self.tracks)

    @staticmethod
    def words(chance, least, most):
        return " ".join("".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))).capitalize()
                        for _ in range(chance.randint(least, most))) + chance.choice(("", "", "", "", "", "", " (é)"))

    @staticmethod
    def id(chance):
        return "".join(chance.choices(BASE62, k=22))


def rows_of(plays, seed):
    """(is video, second of the end, row as JSON text) for each row, in order of the end."""
    chance = random.Random(seed)
    music = Music(chance, max(50, plays // 6))
    rows = []
    mean = (LAST - FIRST) / plays
    end = FIRST
    while len(rows) < plays:
        end += int(min(chance.expovariate(1 / mean), 40 * mean)) + 1
        track = music.tracks[int(len(music.tracks) * chance.random() ** 2.2)]
        name, artist, album, uri, length = track
        episode, show, episode_uri = None, None, None
        kind, patience = chance.random(), chance.random()
        played = length if patience > 0.42 else chance.randint(0, 29_999) if patience > 0.05 else 0
        video = kind < 0.006
        if kind > 0.985:
            episode, show, episode_uri = music.episodes[int(len(music.episodes) * chance.random())]
            name = artist = album = uri = None
            played = chance.randint(60_000, 5_400_000)
        elif kind > 0.983:
            name = artist = album = uri = None
        offline, began = False, end - played // 1000
        if end < MILLISECOND_ERA_ENDS:
            began = None
            if chance.random() < 0.03:
                # Heard without a network and uploaded together hours later.
                offline, began = True, (end - chance.randint(3_600, 30_000)) * 1000 + chance.randint(0, 999)
                end -= end % 600 if rows and end - end % 600 > rows[-1][1] else 0
        values = (
            utc(end), chance.choice(OLD_PLATFORMS if end < 1_696_118_400 else NEW_PLATFORMS), played,
            "ZZ" if chance.random() < 0.01 else "DE", f"198.51.100.{chance.randint(1, 254)}", name, artist, album, uri,
            episode, show, episode_uri, None, None, None, None,
            chance.choice(("trackdone", "fwdbtn", "clickrow", "playbtn", "appload")),
            "trackdone" if patience > 0.42 else chance.choice(("fwdbtn", "endplay", "logout", "backbtn")),
            chance.random() < 0.4, end >= 1_665_964_800 and patience < 0.42, None if video else offline,
            None if video else began, chance.random() < 0.01)
        row = TEMPLATE % tuple(map(json.dumps, values))
        rows.append((video, end, row))
        again = chance.random()
        if again < 0.004:
            rows.append((video, end, row))
        elif offline and again < 0.3:
            # The same plays uploaded once more: another ts, the same start.
            later = (utc(end + 7_000), *values[1:])
            rows.append((video, end + 7_000, TEMPLATE % tuple(map(json.dumps, later))))
    rows.sort(key=lambda row: row[1])
    return rows


TEMPLATE = "  {\n" + ",\n".join(f'    "{key}": %s' for key in (
    "ts platform ms_played conn_country ip_addr master_metadata_track_name master_metadata_album_artist_name "
    "master_metadata_album_album_name spotify_track_uri episode_name episode_show_name spotify_episode_uri "
    "audiobook_title audiobook_uri audiobook_chapter_uri audiobook_chapter_title reason_start reason_end shuffle skipped "
    "offline offline_timestamp incognito_mode").split()) + "\n  }"


def files_of(rows, file_bytes=FILE_BYTES):
    """(name, text) of each history file."""
    def file(kind, number, part):
        years = sorted({int(utc(end)[:4]) for _, end, _ in part})
        span = str(years[0]) if years[0] == years[-1] else f"{years[0]}-{years[-1]}"
        return (f"Streaming_History_{kind}_{span}{number}.json",
                "[\n" + ",\n".join(row for _, _, row in part) + "\n]\n")

    part, size, number = [], 0, 0
    for row in (row for row in rows if not row[0]):
        part.append(row)
        size += len(row[2]) + 2
        if size >= file_bytes:
            yield file("Audio", f"_{number}", part)
            part, size, number = [], 0, number + 1
    if part:
        yield file("Audio", f"_{number}", part)
    videos = [row for row in rows if row[0]]
    if videos:
        yield file("Video", "", videos)


class Unseekable:
    """What zipfile cannot go back in, it gives data descriptors."""

    def __init__(self, file):
        self.write, self.flush = file.write, file.flush


def write_zip(path, files):
    with open(path, "wb") as out, zipfile.ZipFile(Unseekable(out), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*files, ("", "placeholder"), ("ReadMeFirst_ExtendedStreamingHistory.pdf", "%PDF-1.4\n")):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", (2025, 11, 1, 0, 0, 0))
            entry.create_system, entry.compress_type = 0, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def generate(folder, plays, seed=1, file_bytes=FILE_BYTES):
    """Writes zip and unpacked folder; returns their paths."""
    folder = pathlib.Path(folder)
    unpacked = folder / "unpacked" / FOLDER
    unpacked.mkdir(parents=True, exist_ok=True)
    files = list(files_of(rows_of(plays, seed), file_bytes))
    for name, text in files:
        (unpacked / name).write_text(text, encoding="utf-8")
    write_zip(folder / "my_spotify_data.zip", files)
    return folder / "my_spotify_data.zip", folder / "unpacked"


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("folder")
    words.add_argument("plays", nargs="?", type=int, default=230_000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    zipped, unpacked = generate(given.folder, given.plays, given.seed)
    size = sum(path.stat().st_size for path in unpacked.rglob("*.json"))
    print(f"{zipped}: {zipped.stat().st_size / 1e6:.1f} MB; unpacked {size / 1e6:.1f} MB, {size / given.plays:.0f} B a play, "
          f"{len(list(unpacked.rglob('*.json')))} files")


if __name__ == "__main__":
    main()
