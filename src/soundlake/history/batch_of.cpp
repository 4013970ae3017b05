// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/short_hasher.hpp"
#include "soundlake/history/merge_year.hpp"

#include <array>

namespace soundlake::history {
namespace {

using lake::PlayBatch;
using lake::TextColumn;

/// Makes the columns of a year one after the other.
class Columns {
 public:
  Columns(const YearRows& rows, const std::vector<TablePlay>& plays)
      : rows_(rows),
        plays_(plays),
        told_codes_(static_cast<std::size_t>(rows.told->texts.values()), -1) {}

  /// @param told_code the code in `told.texts` of a told row
  template <class ToldCode>
  TextColumn texts(TextColumn PlayBatch::*known, const ToldCode& told_code) {
    return column(known, [&](std::uint32_t row, TextColumn& column) {
      const auto code = told_code(row);
      if (code < 0) return code;
      auto& own = told_codes_[static_cast<std::size_t>(code)];
      if (own < 0) {
        own = column.add_value(rows_.told->texts.value(code));
        used_.push_back(code);
      }
      return own;
    });
  }

  TextColumn names(TextColumn PlayBatch::*known, Name name) {
    const auto& told = *rows_.told;
    return texts(known, [&](std::uint32_t row) {
      return told.contents[static_cast<std::size_t>(told.content[row])].text(name);
    });
  }

  /// @param told_word a number below 8 and its word for a told row
  template <class ToldWord>
  TextColumn words(TextColumn PlayBatch::*known, const ToldWord& told_word) {
    std::array<std::int32_t, 8> codes{};
    codes.fill(-1);
    return column(known, [&](std::uint32_t row, TextColumn& column) {
      const auto word = told_word(row);
      auto& own = codes[static_cast<std::size_t>(word)];
      if (own < 0) own = column.add_value(name_of(word));
      return own;
    });
  }

  TextColumn reported_at() {
    const auto& told = *rows_.told;
    return column(&PlayBatch::reported_at, [&](std::uint32_t row, TextColumn& column) {
      TimeText place;
      return column.add_value(write_time(told.reported_at[row], told.time_form[row], place));
    });
  }

  template <class Number, class Told>
  std::vector<Number> numbers(std::vector<Number> PlayBatch::*known, const Told& told) {
    std::vector<Number> column;
    column.reserve(plays_.size());
    for (const auto& play : plays_) {
      column.push_back(play.row.part == 0 ? told(play.row.row)
                                          : (rows_.batch(play.row).*known)[play.row.row]);
    }
    return column;
  }

 private:
  /// @param told_code adds the value of a told row to the column if need be and gives its code
  template <class ToldCode>
  TextColumn column(TextColumn PlayBatch::*known, const ToldCode& told_code) {
    TextColumn column;
    column.codes.reserve(plays_.size());
    std::vector<std::vector<std::int32_t>> known_codes(2 + rows_.neighbours.size());
    for (const auto& play : plays_) {
      if (play.row.part == 0) {
        column.codes.push_back(told_code(play.row.row, column));
        continue;
      }
      const auto& source = rows_.batch(play.row).*known;
      auto& codes = known_codes[play.row.part];
      if (codes.empty()) codes.assign(static_cast<std::size_t>(source.values()), -1);
      const auto code = source.codes[play.row.row];
      if (code >= 0 && codes[static_cast<std::size_t>(code)] < 0) {
        codes[static_cast<std::size_t>(code)] = column.add_value(source.value(code));
      }
      column.codes.push_back(code < 0 ? code : codes[static_cast<std::size_t>(code)]);
    }
    for (const auto code : used_) told_codes_[static_cast<std::size_t>(code)] = -1;
    used_.clear();
    return column;
  }

  const YearRows& rows_;
  const std::vector<TablePlay>& plays_;
  std::vector<std::int32_t> told_codes_;  ///< what a told text is called in the column at work
  std::vector<std::int32_t> used_;        ///< the told texts that are called something there
};

TextColumn ids_of(const std::vector<TablePlay>& plays) {
  TextColumn column;
  column.codes.reserve(plays.size());
  column.offsets.reserve(plays.size() + 1);
  for (const auto& play : plays) {
    column.codes.push_back(column.add_value(base::short_hash_text(play.id)));
  }
  return column;
}

template <class Number, class Get>
std::vector<Number> of_each(const std::vector<TablePlay>& plays, const Get& get) {
  std::vector<Number> column;
  column.reserve(plays.size());
  for (const auto& play : plays) column.push_back(get(play));
  return column;
}

}  // namespace

PlayBatch batch_of(const YearRows& rows, const std::vector<TablePlay>& plays) {
  using B = PlayBatch;
  const auto& told = *rows.told;
  Columns columns(rows, plays);
  PlayBatch batch;
  batch.rows = plays.size();
  batch.play_id = ids_of(plays);
  batch.played_at = of_each<std::int64_t>(plays, [](const auto& play) { return play.played_at; });
  batch.started_at = of_each<std::int64_t>(plays, [](const auto& play) { return play.started_at; });
  batch.reported_at = columns.reported_at();
  batch.local_date = of_each<std::int32_t>(plays, [](const auto& play) { return play.day.date; });
  batch.utc_offset_min =
      of_each<std::int32_t>(plays, [](const auto& play) { return play.day.offset_min; });
  batch.ms_played = of_each<std::int64_t>(plays, [](const auto& play) { return play.ms_played; });
  batch.ms_estimated = of_each<std::int8_t>(
      plays, [](const auto& play) { return static_cast<std::int8_t>(play.ms_estimated ? 1 : 0); });
  batch.kind = columns.words(&B::kind, [&](auto row) {
    return told.contents[static_cast<std::size_t>(told.content[row])].kind;
  });
  batch.spotify_uri = columns.names(&B::spotify_uri, Name::uri);
  batch.track_name = columns.names(&B::track_name, Name::track);
  batch.artist_name = columns.names(&B::artist_name, Name::artist);
  batch.album_name = columns.names(&B::album_name, Name::album);
  batch.show_name = columns.names(&B::show_name, Name::show);
  batch.episode_name = columns.names(&B::episode_name, Name::episode);
  batch.audiobook_name = columns.names(&B::audiobook_name, Name::audiobook);
  batch.chapter_name = columns.names(&B::chapter_name, Name::chapter);
  batch.platform = columns.texts(&B::platform, [&](auto row) { return told.platform[row]; });
  batch.country = columns.texts(&B::country, [&](auto row) { return told.country[row]; });
  batch.reason_start =
      columns.texts(&B::reason_start, [&](auto row) { return told.reason_start[row]; });
  batch.reason_end = columns.texts(&B::reason_end, [&](auto row) { return told.reason_end[row]; });
  batch.shuffle = columns.numbers(&B::shuffle, [&](auto row) { return told.shuffle[row]; });
  batch.skipped = columns.numbers(&B::skipped, [&](auto row) { return told.skipped[row]; });
  batch.offline = columns.numbers(&B::offline, [&](auto row) { return told.offline[row]; });
  batch.incognito = columns.numbers(&B::incognito, [&](auto row) { return told.incognito[row]; });
  batch.source = columns.words(&B::source, [&](auto row) { return told.source[row]; });
  batch.length_ms = of_each<std::int64_t>(plays, [](const auto& play) { return play.length_ms; });
  return batch;
}

}  // namespace soundlake::history
