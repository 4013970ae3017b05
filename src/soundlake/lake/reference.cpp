// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/reference.hpp"

#include "soundlake/lake/tables.hpp"

#include <algorithm>

namespace soundlake::lake {
namespace {

constexpr const char* kBegin = R"md(# The lake

A lake is a folder, or a prefix in an S3 bucket, that holds what soundlake knows of one person's listening. Its tables are
plain Parquet files: DuckDB, pandas, Polars, Spark, Athena, Trino and most other tools read them without soundlake.

    duckdb -c "SELECT name, popularity FROM read_parquet('lake/artists/*.parquet')"
    python3 -c "import pandas; print(pandas.read_parquet('lake/artists'))"

`soundlake sql --engine duckdb|athena|spark` prints the statements that make every table of your lake a view or table of that engine;
[notebook.md](notebook.md) holds queries to start from. soundlake alone writes here: what other programs put beside its files is left alone,
and a file they change is noticed by its hash.

One lake is one listener. It keeps a salted hash of the account it was first extracted from and refuses another. Several
listeners are sibling folders `listener=<name>/`, which engines read as one more partition.

## Files

)md";

constexpr const char* kOtherFiles =
    R"md(    raw/<service>/<date>.ndjson.zst                      payloads as a service sent them
    exports/                                             files for people and BI tools
    _soundlake/HEAD.json                                 what belongs together
    _soundlake/manifests/<id>.json                       every object with size and hash
    _soundlake/txn/<id>.json                             a commit that is being written

Folders are mode 0700 and files 0600. Every object is complete or absent: a file is written beside its place, synced and renamed; in S3
it is one conditional PUT.

## Types and rules

| type | in Parquet | read as |
|---|---|---|
| `string` | UTF-8 | text |
| `int32`, `int64`, `double`, `bool` | the same | numbers, truth |
| `timestamp[us, UTC]` | microseconds since 1970, UTC | a moment; engines may show it in your session's zone |
| `date32` | days since 1970 | a calendar day |
| `list<string>` | list of UTF-8, elements are never null | list or array of text |

- **Null means unknown.** No source told it, or none was asked yet. An empty list or text is a value: somebody said that there is none.
  A column that cannot be null says *never* below.
- **`x`, `x_source`, `x_confidence`** belong together: the best value known today, who gave it, and how sure it is (1 is the service's own
  word). All three are null when nobody knows. Why a value won stands in `facts`.
- **Sorted.** Each file is sorted as its table says (Parquet's sorting columns name it) and compressed with zstd, with dictionaries,
  statistics, a page index and page checksums. Equal rows give equal bytes as long as the Arrow version is the same, and a
  table whose rows did not change is not written again.
- **Evolution.** Columns are only ever added, at the end, and may be null. None is renamed, moved or given another type; what
  needs another meaning becomes another table. Read columns by name: files of an older soundlake lack the newest ones until their rows change.
- **Partitions.** Only `plays` is split, one object per UTC year of `played_at`. The year stands in the path (`year=2024`) and not in the file.

## Keys

The key of an artist, album or track is its Spotify id where that is known, else `n-` and the first 16 hex digits of the SHA-256 of its
name in Unicode normal form C: the artist's name; album title and artist's name with a NUL between them; track title and artist's
name likewise. Privacy exports tell names only, so a key may turn into a Spotify id later. The earlier key then stays valid
in `aliases`.

## Tables

)md";

constexpr const char* kEnd = R"md(## Plays, exactly

A play is known by its content (its URI, else its names), its length and its clock. The clock is the time the source gave, which is the
end of the play; only offline plays until October 2022 carry their own start in milliseconds, and there it is the start that
counts. `play_id` is made of these three, so importing the same export again, or another one that overlaps, stores nothing twice.

Of the Web API's recent plays nobody tells how long they ran: `ms_played` is then the track's length or the time since the previous
play ended, whichever is less, and `ms_estimated` is true. A row of an account export stands back when an extended export or the Web
API has the same play. IP addresses, user names, user agents and device ids never enter the lake.

## `_soundlake/`

`HEAD.json` holds the format of the lake, its id, time zone, the account's salted hash, whether its listener is simulated, and the id of
the newest manifest; `single_writer` is there when the owner promised to be the only writer. It is replaced by compare-and-swap, and only after every object of its manifest lies in place. A manifest
lists all objects: key, size, SHA-256, and of tables the number of rows. The newest 20 stay.

Before the first object of a commit is written, a txn names what will be. When the writer dies, the next one takes every object as it
stands, adds its own rows and commits; nothing is rolled back. soundlake reads through HEAD and always sees a state that belongs
together. Other engines read the files as they lie: while a commit runs they may see one table newer than another, or an error that
a second try cures, but never half a file and never a row twice.

A copy that `soundlake load` keeps has `"copy": true` in its HEAD.json until somebody commits there. A load puts its manifest first: objects
that are not what HEAD's manifest says are what a manifest of a later generation says.

## `raw/`

What the Web API and open services sent, one object per service and UTC day, newline-delimited JSON in zstd frames
(`zstd -dc raw/spotify/2026-11-23.ndjson.zst`). It is written only together with a table that changed, kept for 30 days, and never holds your profile or
your privacy export.

## `exports/`

`top_artists_info.json` (the compiled list), `artists.csv`, `artist_albums.csv`, `artist_top_tracks.csv`, `top_tracks.csv`, `top_artists_wide.csv`, and their
`*.sheet.csv` variants when asked for. They are made from the tables and can always be made again.

This page is generated from the schemas in `src/soundlake/lake/schemas.hpp`; a test fails when the two differ.
)md";

/// `plays/year=<year>/plays.parquet` followed by what a row is, in the column of the folder tree.
std::string tree_line(const TableInfo& table) {
  auto key = table.key;
  if (const auto at = key.find("{year}"); at != std::string::npos) key.replace(at, 6, "<year>");
  key.resize(std::max<std::size_t>(key.size() + 1, 53), ' ');
  return "    " + key + table.doc.substr(0, table.doc.find_first_of(".,")) + "\n";
}

std::string section(const TableInfo& table) {
  std::string sorted_by;
  for (const auto& name : table.sorted_by)
    sorted_by += (sorted_by.empty() ? "`" : ", `") + name + "`";
  std::string text = "### " + table.name + "\n\n" + table.doc + " Sorted by " + sorted_by +
                     ".\n\n" + "| column | type | null | what it holds |\n|---|---|---|---|\n";
  for (const auto& column : table.columns) {
    text += "| `" + column.name + "` | `" + name_of(column.type) + "` | " +
            (column.nullable ? "unknown" : "*never*") + " | " + column.doc + " |\n";
  }
  if (table.partitioned())
    text += "| `year` | from the path | *never* | UTC year of `played_at` |\n";
  return text + "\n";
}

}  // namespace

std::string lake_reference_markdown() {
  std::string page = kBegin;
  for (const auto& table : all_tables()) page += tree_line(table);
  page += kOtherFiles;
  for (const auto& table : all_tables()) page += section(table);
  return page + kEnd;
}

}  // namespace soundlake::lake
