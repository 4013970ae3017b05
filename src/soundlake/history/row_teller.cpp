// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/row_teller.hpp"

#include "soundlake/history/clock.hpp"
#include "soundlake/history/json_text.hpp"
#include "soundlake/history/platform_family.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace soundlake::history {
namespace {

using Type = RawValue::Type;

/// A number without a fraction; `3.0` and `3e2` count as such.
std::optional<std::int64_t> integer_of(const RawValue& value) {
  if (value.type != Type::number) return std::nullopt;
  const char* const begin = value.bytes.data();
  const char* const end = begin + value.bytes.size();
  std::int64_t integer = 0;
  const auto [stop, error] = std::from_chars(begin, end, integer);
  if (error == std::errc() && stop == end) return integer;
  double number = 0;
  const auto [stop2, error2] = std::from_chars(begin, end, number);
  constexpr double kExact = 9e15;
  if (error2 != std::errc() || stop2 != end || std::floor(number) != number ||
      std::fabs(number) > kExact) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(number);
}

std::int8_t flag_of(const RawValue& value) {
  if (value.type == Type::yes) return 1;
  return value.type == Type::no ? 0 : -1;
}

std::optional<ReportedTime> time_of(const RawValue& value) {
  if (value.type != Type::text) return std::nullopt;
  return value.plain ? read_time(value.bytes) : read_time(text_of_json(value.bytes));
}

std::string described(const RawValue& value) {
  switch (value.type) {
    case Type::absent:
      return "is missing";
    case Type::null:
      return "is null";
    case Type::text:
      return "is \"" + shown(text_of_json(value.bytes)) + "\"";
    default:
      return "is " + shown(value.bytes);
  }
}

int known_of(const RawRow& row, std::initializer_list<Field> fields) {
  return static_cast<int>(std::count_if(
      fields.begin(), fields.end(), [&](Field field) { return row[field].type != Type::absent; }));
}

}  // namespace

const char* name_of(RowFormat format) {
  switch (format) {
    case RowFormat::extended:
      return "extended";
    case RowFormat::account_music:
      return "account music";
    case RowFormat::account_podcast:
      return "account podcast";
    case RowFormat::account_audiobook:
      return "account audiobook";
  }
  return "";
}

std::optional<RowFormat> format_of(const RawRow& row) {
  // Some keys may be missing or be renamed one day; a few together are still unmistakable.
  constexpr int kEnough = 3;
  if (known_of(row, {Field::ts, Field::ms_played}) > 0 &&
      known_of(row, {Field::ts, Field::ms_played, Field::conn_country, Field::track_name,
                     Field::artist_name, Field::track_uri, Field::episode_uri, Field::reason_start,
                     Field::reason_end, Field::offline_timestamp}) >= kEnough) {
    return RowFormat::extended;
  }
  if (known_of(row, {Field::account_end_time, Field::account_ms_played}) == 0) return std::nullopt;
  if (known_of(row, {Field::account_audiobook, Field::account_chapter}) > 0) {
    return RowFormat::account_audiobook;
  }
  if (known_of(row, {Field::account_podcast, Field::account_episode}) > 0) {
    return RowFormat::account_podcast;
  }
  if (known_of(row, {Field::account_artist, Field::account_track}) > 0) {
    return RowFormat::account_music;
  }
  return std::nullopt;
}

void RowTeller::begin(RowFormat format, bool videos) {
  format_ = format;
  videos_ = videos;
}

ToldPlays RowTeller::take_rows() {
  auto rows = std::exchange(plays_, {});
  plays_.texts = std::move(rows.texts);
  plays_.contents = std::move(rows.contents);
  rows.texts = {};
  rows.contents = {};
  return rows;
}

std::int32_t RowTeller::code_of(const RawValue& value) {
  if (value.type != Type::text || value.bytes.empty()) return -1;
  return value.plain ? texts_.code_of(value.bytes) : texts_.code_of(text_of_json(value.bytes));
}

std::int32_t RowTeller::code_of(const RawValue& value, Last& last) {
  if (value.type != Type::text || value.bytes.empty()) return -1;
  if (last.code < 0 || last.text != value.bytes) {
    last.code = code_of(value);
    last.text = value.bytes;
  }
  return last.code;
}

std::int32_t RowTeller::family_of(const RawValue& platform) {
  if (platform.type != Type::text) return -1;
  for (const auto& known : platforms_) {
    if (known.text == platform.bytes) return known.code;
  }
  const auto family = platform_family(text_of_json(platform.bytes));
  const auto code = family.empty() ? -1 : texts_.code_of(family);
  if (platforms_.size() == kPlatforms) platforms_.erase(platforms_.begin());
  platforms_.push_back({.text = std::string(platform.bytes), .code = code});
  return code;
}

/// Whether the value's text is the one with this code; −1 is no text.
bool RowTeller::tells(const RawValue& value, std::int32_t code) const {
  if (value.type != Type::text || value.bytes.empty()) return code < 0;
  if (code < 0 || plays_.texts.value(code) != value.bytes) return false;
  return value.plain || value.bytes.find('\\') == std::string_view::npos;
}

bool RowTeller::tells_track(const RawRow& row, const Content& content) const {
  return content.kind == (videos_ ? Kind::video : Kind::track) &&
         tells(row[Field::track_name], content.text(Name::track)) &&
         tells(row[Field::artist_name], content.text(Name::artist)) &&
         tells(row[Field::album_name], content.text(Name::album)) &&
         tells(row[Field::episode_name], content.text(Name::episode)) &&
         tells(row[Field::show_name], content.text(Name::show)) &&
         tells(row[Field::audiobook_title], content.text(Name::audiobook)) &&
         tells(row[Field::chapter_title], content.text(Name::chapter));
}

/// A track that was told before is known by its URI; comparing its names is quicker than finding
/// each of them among all texts.
std::int32_t RowTeller::extended_content_code(const RawRow& row) {
  const auto uri = code_of(row[Field::track_uri]);
  if (uri < 0) return contents_.code_of(extended_content(row));
  const auto at = static_cast<std::size_t>(uri);
  if (at >= content_of_uri_.size()) {
    content_of_uri_.resize(static_cast<std::size_t>(plays_.texts.values()) * 2, -1);
  }
  const auto known = content_of_uri_[at];
  if (known >= 0 && tells_track(row, plays_.contents[static_cast<std::size_t>(known)])) {
    return known;
  }
  return content_of_uri_[at] = contents_.code_of(extended_content(row));
}

Content RowTeller::extended_content(const RawRow& row) {
  Content content;
  content.text(Name::track) = code_of(row[Field::track_name]);
  content.text(Name::artist) = code_of(row[Field::artist_name]);
  content.text(Name::album) = code_of(row[Field::album_name]);
  content.text(Name::show) = code_of(row[Field::show_name]);
  content.text(Name::episode) = code_of(row[Field::episode_name]);
  content.text(Name::audiobook) = code_of(row[Field::audiobook_title]);
  content.text(Name::chapter) = code_of(row[Field::chapter_title]);
  const auto uri_or_names = [&](std::initializer_list<Field> uris,
                                std::initializer_list<Name> names) {
    for (const auto uri : uris) {
      if (content.text(Name::uri) >= 0) break;
      content.text(Name::uri) = code_of(row[uri]);
    }
    return content.text(Name::uri) >= 0 || std::any_of(names.begin(), names.end(), [&](Name name) {
             return content.text(name) >= 0;
           });
  };
  if (uri_or_names({Field::track_uri}, {Name::track, Name::artist, Name::album})) {
    content.kind = videos_ ? Kind::video : Kind::track;
  } else if (uri_or_names({Field::episode_uri}, {Name::episode, Name::show})) {
    content.kind = Kind::episode;
  } else if (uri_or_names({Field::chapter_uri, Field::audiobook_uri},
                          {Name::chapter, Name::audiobook})) {
    content.kind = Kind::chapter;
  }
  return content;
}

Content RowTeller::account_content(const RawRow& row) {
  Content content;
  const auto take = [&](Name name, Field field, Kind kind) {
    content.text(name) = code_of(row[field]);
    if (content.text(name) >= 0) content.kind = kind;
  };
  take(Name::artist, Field::account_artist, Kind::track);
  take(Name::track, Field::account_track, Kind::track);
  take(Name::show, Field::account_podcast, Kind::episode);
  take(Name::episode, Field::account_episode, Kind::episode);
  take(Name::audiobook, Field::account_audiobook, Kind::chapter);
  take(Name::chapter, Field::account_chapter, Kind::chapter);
  return content;
}

std::string RowTeller::tell(const RawRow& row) {
  const bool extended = format_ == RowFormat::extended;
  const auto time_field = extended ? Field::ts : Field::account_end_time;
  const auto ms_field = extended ? Field::ms_played : Field::account_ms_played;
  const auto time = time_of(row[time_field]);
  if (!time) return std::string(extended ? "ts " : "endTime ") + described(row[time_field]);
  const auto ms = integer_of(row[ms_field]);
  if (!ms || *ms < 0 || *ms > kLongestPlay) {
    return std::string(extended ? "ms_played " : "msPlayed ") + described(row[ms_field]) +
           (ms && *ms > 0 ? ", more than seven days" : "");
  }
  const auto skipped = flag_of(row[Field::skipped]);

  plays_.content.push_back(extended ? extended_content_code(row)
                                    : contents_.code_of(account_content(row)));
  plays_.reported_at.push_back(time->at);
  plays_.played_at.push_back(
      extended ? end_of_play(time->at, *ms, integer_of(row[Field::offline_timestamp])) : time->at);
  plays_.ms_played.push_back(*ms);
  plays_.time_form.push_back(time->form);
  plays_.source.push_back(extended ? Source::extended : Source::account);
  plays_.platform.push_back(family_of(row[Field::platform]));
  plays_.country.push_back(code_of(row[Field::conn_country], country_));
  plays_.reason_start.push_back(code_of(row[Field::reason_start], reason_start_));
  plays_.reason_end.push_back(code_of(row[Field::reason_end], reason_end_));
  plays_.shuffle.push_back(flag_of(row[Field::shuffle]));
  plays_.skipped.push_back(skipped == 0 && !skipped_is_known(time->at) ? std::int8_t{-1} : skipped);
  plays_.offline.push_back(flag_of(row[Field::offline]));
  plays_.incognito.push_back(flag_of(row[Field::incognito_mode]));
  return {};
}

}  // namespace soundlake::history
