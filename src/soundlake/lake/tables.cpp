// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/tables.hpp"

#include "soundlake/lake/schemas.hpp"

#include <algorithm>
#include <charconv>

namespace soundlake::lake {
namespace {

constexpr std::string_view kPlaysBegin = "plays/year=";
constexpr std::string_view kPlaysEnd = "/plays.parquet";

/// The name of the column that is this member.
template <class Row, class Member>
std::string name_of_member(Member Row::*wanted) {
  std::string name;
  const auto look = [&]<class Other>(const Column<Row, Other>& column) {
    if constexpr (std::is_same_v<Other, Member>) {
      if (column.member == wanted) name = column.name;
    }
  };
  std::apply([&](const auto&... column) { (look(column), ...); }, Schema<Row>::columns());
  return name;
}

template <class Row>
TableInfo make_table() {
  TableInfo table{.name = Schema<Row>::kName,
                  .key = Schema<Row>::kKey,
                  .doc = Schema<Row>::kDoc,
                  .columns = {},
                  .sorted_by = {}};
  for_each_column<Row>([&](const ColumnLabel& label, auto get) {
    using Type = ColumnTypeOf<ValueOf<Row, decltype(get)>>;
    table.columns.push_back({.name = label.name(),
                             .type = Type::kType,
                             .nullable = Type::kNullable,
                             .doc = label.doc()});
  });
  std::apply(
      [&](const auto... member) { (table.sorted_by.push_back(name_of_member(member)), ...); },
      Schema<Row>::sorted_by());
  return table;
}

}  // namespace

const char* name_of(ColumnType type) {
  switch (type) {
    case ColumnType::text:
      return "string";
    case ColumnType::int32:
      return "int32";
    case ColumnType::int64:
      return "int64";
    case ColumnType::number:
      return "double";
    case ColumnType::boolean:
      return "bool";
    case ColumnType::timestamp:
      return "timestamp[us, UTC]";
    case ColumnType::day:
      return "date32";
    case ColumnType::text_list:
      return "list<string>";
  }
  return "";
}

template <class Row>
const TableInfo& table_of() {
  static const TableInfo table = make_table<Row>();
  return table;
}

template <class Row>
const char* table_name() {
  return Schema<Row>::kName;
}

template <class Row>
bool sorted(const std::vector<Row>& rows) {
  return std::is_sorted(rows.begin(), rows.end(),
                        [](const Row& a, const Row& b) { return compare_rows(a, b) < 0; });
}

template <class Row>
void sort_rows(std::vector<Row>& rows) {
  // Tables come out of the lake in order, and most changes keep it; checking costs less than moving
  // rows.
  if (sorted(rows)) return;
  std::sort(rows.begin(), rows.end(),
            [](const Row& a, const Row& b) { return compare_rows(a, b) < 0; });
}

const std::vector<TableInfo>& all_tables() {
  static const std::vector<TableInfo> tables = {table_of<Artist>(),
                                                table_of<Album>(),
                                                table_of<Track>(),
                                                table_of<TopArtist>(),
                                                table_of<TopTrack>(),
                                                table_of<ArtistAlbum>(),
                                                table_of<ArtistTopTrack>(),
                                                table_of<Play>(),
                                                table_of<Fact>(),
                                                table_of<Gap>(),
                                                table_of<Run>()};
  return tables;
}

std::string plays_key(int year) {
  return std::string(kPlaysBegin) + std::to_string(year) + std::string(kPlaysEnd);
}

std::optional<int> year_of_plays_key(std::string_view key) {
  if (!key.starts_with(kPlaysBegin) || !key.ends_with(kPlaysEnd)) return std::nullopt;
  if (key.size() <= kPlaysBegin.size() + kPlaysEnd.size()) return std::nullopt;
  key.remove_prefix(kPlaysBegin.size());
  key.remove_suffix(kPlaysEnd.size());
  int year = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), year);
  if (error != std::errc{} || end != key.data() + key.size()) return std::nullopt;
  // "year=02024" would be a second address of the same year.
  return std::to_string(year) == key ? std::optional(year) : std::nullopt;
}

#define SOUNDLAKE_INSTANTIATE(Row)                 \
  template const TableInfo& table_of<Row>();       \
  template const char* table_name<Row>();          \
  template void sort_rows(std::vector<Row>& rows); \
  template bool sorted(const std::vector<Row>& rows);
SOUNDLAKE_INSTANTIATE(Artist)
SOUNDLAKE_INSTANTIATE(Album)
SOUNDLAKE_INSTANTIATE(Track)
SOUNDLAKE_INSTANTIATE(TopArtist)
SOUNDLAKE_INSTANTIATE(TopTrack)
SOUNDLAKE_INSTANTIATE(ArtistAlbum)
SOUNDLAKE_INSTANTIATE(ArtistTopTrack)
SOUNDLAKE_INSTANTIATE(Fact)
SOUNDLAKE_INSTANTIATE(Play)
SOUNDLAKE_INSTANTIATE(Gap)
SOUNDLAKE_INSTANTIATE(Run)
#undef SOUNDLAKE_INSTANTIATE

}  // namespace soundlake::lake
