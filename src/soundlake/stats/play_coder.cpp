// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/play_coder.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <tuple>

namespace soundlake::stats {
namespace {

constexpr std::int64_t kThirtySeconds = 30'000;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The numbers that a column's values have in `words`, which grows by new ones.
template <class Narrow>
void append_words(const lake::TextColumn& column, std::size_t rows, Narrow nothing,
                  std::vector<std::string>& words, std::vector<Narrow>& codes,
                  const std::function<std::string(std::string_view)>& meaning) {
  std::vector<Narrow> mapping;
  mapping.reserve(static_cast<std::size_t>(column.values()));
  for (std::int32_t value = 0; value < column.values(); ++value) {
    const auto word = meaning(column.value(value));
    const auto known = std::find(words.begin(), words.end(), word);
    const auto code = static_cast<std::size_t>(known - words.begin());
    // What no real column holds so many different words of is one word more, not a wrong one.
    if (known == words.end() && code + 1 < nothing) words.push_back(word);
    mapping.push_back(static_cast<Narrow>(std::min(code, static_cast<std::size_t>(nothing) - 2)));
  }
  for (std::size_t row = 0; row < rows; ++row) {
    const auto code = column.codes[row];
    codes.push_back(code < 0 ? nothing : mapping[static_cast<std::size_t>(code)]);
  }
}

/// What each value of a column means, by a list of names; `otherwise` when it is none of them.
template <class Meaning, std::size_t count>
std::vector<Meaning> meanings(const lake::TextColumn& column, const std::array<Meaning, count>& all,
                              Meaning otherwise) {
  std::vector<Meaning> result;
  for (std::int32_t value = 0; value < column.values(); ++value) {
    const auto found = std::find_if(all.begin(), all.end(), [&](Meaning meaning) {
      return name_of(meaning) == column.value(value);
    });
    result.push_back(found == all.end() ? otherwise : *found);
  }
  return result;
}

std::uint8_t bits_of(std::int8_t value, State state) {
  const auto tri = value < 0 ? Tri::unknown : value == 0 ? Tri::no : Tri::yes;
  return static_cast<std::uint8_t>(static_cast<unsigned>(tri)
                                   << (2U * static_cast<unsigned>(state)));
}

/// Calls `visit` with every column.
template <class Visit>
void each_column(PlayColumns& plays, const Visit& visit) {
  visit(plays.start);
  visit(plays.ms);
  visit(plays.day);
  visit(plays.hour_of_week);
  visit(plays.artist);
  visit(plays.album);
  visit(plays.track);
  visit(plays.show);
  visit(plays.episode);
  visit(plays.country);
  visit(plays.platform);
  visit(plays.reason_start);
  visit(plays.reason_end);
  visit(plays.states);
  visit(plays.facts);
}

template <class Value>
void reorder(std::vector<Value>& column, const std::vector<std::uint32_t>& order) {
  std::vector<Value> result;
  result.reserve(column.size());
  for (const auto row : order) result.push_back(column[row]);
  column = std::move(result);
}

}  // namespace

std::int32_t EntityCoder::name_code(std::string_view name) {
  const auto code = is_ascii(name) ? names_.code_of(name) : names_.code_of(base::nfc(name));
  if (static_cast<std::size_t>(code) >= last_.size())
    last_.resize(static_cast<std::size_t>(code) + 1);
  return code;
}

std::vector<std::int32_t> EntityCoder::name_codes(const lake::TextColumn& column) {
  std::vector<std::int32_t> codes;
  codes.reserve(static_cast<std::size_t>(column.values()));
  for (std::int32_t value = 0; value < column.values(); ++value)
    codes.push_back(name_code(column.value(value)));
  return codes;
}

std::int32_t EntityCoder::code_of(std::int32_t name, std::int32_t by) {
  auto& last = last_[static_cast<std::size_t>(name)];
  if (last.by == by) return last.code;
  const auto next = static_cast<std::int32_t>(entities_.name.size());
  std::int32_t code = next;
  if (last.by == -2) {
    last = {by, next};
  } else {
    const auto key = static_cast<std::uint64_t>(static_cast<std::uint32_t>(name)) << 32U |
                     static_cast<std::uint32_t>(by);
    code = others_.try_emplace(key, next).first->second;
  }
  if (code == next) {
    entities_.name.push_back(name);
    entities_.by.push_back(by);
  }
  return code;
}

void PlayCoder::reserve(std::size_t plays) {
  each_column(dataset_.plays, [&](auto& column) { column.reserve(plays); });
  length_ms.reserve(plays);
}

void PlayCoder::add(const lake::PlayBatch& batch) {
  add_times(batch);
  add_entities(batch);
  add_words(batch);
  add_facts(batch);
}

void PlayCoder::add_times(const lake::PlayBatch& batch) {
  auto& plays = dataset_.plays;
  plays.start.insert(plays.start.end(), batch.started_at.begin(), batch.started_at.end());
  plays.day.insert(plays.day.end(), batch.local_date.begin(), batch.local_date.end());
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const auto ms = batch.ms_played[row];
    if (ms < 0 || ms > std::numeric_limits<std::uint32_t>::max()) {
      throw Error(ErrorKind::data, "a play in the lake lasted " + std::to_string(ms) + " ms",
                  "soundlake stores no such play: restore plays/ from a backup of the lake");
    }
    plays.ms.push_back(static_cast<std::uint32_t>(ms));
    constexpr std::int64_t kHour = 3'600'000'000;
    const auto local = batch.started_at[row] + std::int64_t{batch.utc_offset_min[row]} * 60'000'000;
    // 1970 began on a Thursday, 72 hours into its week.
    const auto hours = (local >= 0 ? local : local - (kHour - 1)) / kHour + 72;
    plays.hour_of_week.push_back(static_cast<std::uint8_t>((hours % 168 + 168) % 168));
  }
}

void PlayCoder::add_entities(const lake::PlayBatch& batch) {
  auto& plays = dataset_.plays;
  const auto artist_names = artists.name_codes(batch.artist_name);
  const auto album_names = albums.name_codes(batch.album_name);
  const auto track_names = tracks.name_codes(batch.track_name);
  const auto show_names = shows.name_codes(batch.show_name);
  const auto book_names = shows.name_codes(batch.audiobook_name);
  const auto episode_names = episodes.name_codes(batch.episode_name);
  const auto chapter_names = episodes.name_codes(batch.chapter_name);
  const auto either = [](const lake::TextColumn& first, const std::vector<std::int32_t>& of_first,
                         const lake::TextColumn& second, const std::vector<std::int32_t>& of_second,
                         std::size_t row) {
    if (const auto code = first.codes[row]; code >= 0) return of_first[Entities::at(code)];
    const auto code = second.codes[row];
    return code >= 0 ? of_second[Entities::at(code)] : -1;
  };
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const auto entity = [row](EntityCoder& coder, const lake::TextColumn& column,
                              const std::vector<std::int32_t>& names, std::int32_t by) {
      const auto code = column.codes[row];
      return code < 0 ? -1 : coder.code_of(names[Entities::at(code)], by);
    };
    const auto artist = entity(artists, batch.artist_name, artist_names, -1);
    plays.artist.push_back(artist);
    plays.album.push_back(entity(albums, batch.album_name, album_names, artist));
    plays.track.push_back(entity(tracks, batch.track_name, track_names, artist));
    const auto show = either(batch.show_name, show_names, batch.audiobook_name, book_names, row);
    const auto episode =
        either(batch.episode_name, episode_names, batch.chapter_name, chapter_names, row);
    const auto show_code = show < 0 ? -1 : shows.code_of(show, -1);
    plays.show.push_back(show_code);
    plays.episode.push_back(episode < 0 ? -1 : episodes.code_of(episode, show_code));
  }
}

void PlayCoder::add_words(const lake::PlayBatch& batch) {
  auto& plays = dataset_.plays;
  const auto same = [](std::string_view text) { return std::string(text); };
  append_words(batch.country, batch.rows, PlayColumns::kNoWord, dataset_.countries, plays.country,
               same);
  append_words(batch.platform, batch.rows, PlayColumns::kNoShortWord, dataset_.platforms,
               plays.platform, platform_family);
  append_words(batch.reason_start, batch.rows, PlayColumns::kNoShortWord, dataset_.reasons_start,
               plays.reason_start, same);
  append_words(batch.reason_end, batch.rows, PlayColumns::kNoShortWord, dataset_.reasons_end,
               plays.reason_end, same);
}

void PlayCoder::add_facts(const lake::PlayBatch& batch) {
  auto& plays = dataset_.plays;
  static constexpr std::array kAllKinds{Kind::track, Kind::episode, Kind::chapter, Kind::video,
                                        Kind::unknown};
  static constexpr std::array kAllSources{Source::extended, Source::account, Source::recent};
  const auto kinds = meanings(batch.kind, kAllKinds, Kind::unknown);
  const auto sources = meanings(batch.source, kAllSources, Source::other);
  std::vector<char> done;
  for (std::int32_t value = 0; value < batch.reason_end.values(); ++value)
    done.push_back(batch.reason_end.value(value) == "trackdone" ? 1 : 0);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const bool estimated = batch.ms_estimated[row] == 1;
    const bool long_enough = estimated || batch.ms_played[row] >= kThirtySeconds;
    const auto reason = batch.reason_end.codes[row];
    plays.facts.push_back(facts_of(kinds[Entities::at(batch.kind.codes[row])],
                                   sources[Entities::at(batch.source.codes[row])], long_enough,
                                   !estimated && reason >= 0 && done[Entities::at(reason)] == 1,
                                   long_enough, estimated));
    plays.states.push_back(static_cast<std::uint8_t>(
        bits_of(batch.shuffle[row], State::shuffle) | bits_of(batch.skipped[row], State::skipped) |
        bits_of(batch.offline[row], State::offline) |
        bits_of(batch.incognito[row], State::incognito)));
    length_ms.push_back(batch.length_ms[row] > 0 ? batch.length_ms[row] : -1);
  }
}

void PlayCoder::sort() {
  auto& plays = dataset_.plays;
  const auto before = [&](std::size_t a, std::size_t b) {
    return std::tie(plays.day[a], plays.start[a]) < std::tie(plays.day[b], plays.start[b]);
  };
  bool sorted = true;
  for (std::size_t row = 1; row < plays.size() && sorted; ++row) sorted = !before(row, row - 1);
  if (sorted) return;
  std::vector<std::uint32_t> order(plays.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), before);
  each_column(plays, [&](auto& column) { reorder(column, order); });
  reorder(length_ms, order);
}

}  // namespace soundlake::stats
