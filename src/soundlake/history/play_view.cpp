// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/play_view.hpp"

#include <chrono>

namespace soundlake::history {
namespace {

PlayView::Text text_of(const lake::Text& text) {
  return text ? PlayView::Text(*text) : std::nullopt;
}
PlayView::Text text_of(const lake::TextColumn& column, std::size_t row) {
  return column.is_null(row) ? std::nullopt : PlayView::Text(column.at(row));
}
PlayView::Text text_of(const ToldPlays& plays, std::int32_t code) {
  return code < 0 ? std::nullopt : PlayView::Text(plays.texts.value(code));
}

std::optional<bool> flag_of(std::int8_t value) {
  return value < 0 ? std::nullopt : std::optional(value == 1);
}

/// Writes a number with leading zeros.
char* put(char* at, int width, unsigned number) {
  for (int i = width - 1; i >= 0; --i, number /= 10) at[i] = static_cast<char>('0' + number % 10);
  return at + width;
}

}  // namespace

std::string_view write_time(std::int64_t unix_ms, TimeForm form, TimeText& place) {
  namespace chr = std::chrono;
  const auto at = chr::floor<chr::seconds>(base::from_unix_ms(unix_ms));
  const auto day = chr::floor<chr::days>(at);
  const chr::year_month_day date(day);
  const auto second = static_cast<unsigned>((at - day).count());
  char* end = place.data();
  end = put(end, 4, static_cast<unsigned>(static_cast<int>(date.year())));
  *end++ = '-';
  end = put(end, 2, static_cast<unsigned>(date.month()));
  *end++ = '-';
  end = put(end, 2, static_cast<unsigned>(date.day()));
  *end++ = form == TimeForm::utc_seconds ? 'T' : ' ';
  end = put(end, 2, second / 3600);
  *end++ = ':';
  end = put(end, 2, second / 60 % 60);
  if (form != TimeForm::blank_minutes) {
    *end++ = ':';
    end = put(end, 2, second % 60);
  }
  if (form == TimeForm::utc_seconds) *end++ = 'Z';
  return {place.data(), static_cast<std::size_t>(end - place.data())};
}

PlayView view_of(const lake::Play& play) {
  return {.played_at = play.played_at,
          .started_at = play.started_at,
          .ms_played = play.ms_played,
          .reported_at = text_of(play.reported_at),
          .kind = play.kind,
          .spotify_uri = text_of(play.spotify_uri),
          .track_name = text_of(play.track_name),
          .artist_name = text_of(play.artist_name),
          .album_name = text_of(play.album_name),
          .show_name = text_of(play.show_name),
          .episode_name = text_of(play.episode_name),
          .audiobook_name = text_of(play.audiobook_name),
          .chapter_name = text_of(play.chapter_name),
          .platform = text_of(play.platform),
          .country = text_of(play.country),
          .reason_start = text_of(play.reason_start),
          .reason_end = text_of(play.reason_end),
          .shuffle = play.shuffle,
          .skipped = play.skipped,
          .offline = play.offline,
          .incognito = play.incognito,
          .source = play.source,
          .length_ms = play.length_ms};
}

PlayView view_of(const lake::PlayBatch& plays, std::size_t row) {
  const auto length = plays.length_ms[row];
  return {.played_at = base::from_unix_us(plays.played_at[row]),
          .started_at = base::from_unix_us(plays.started_at[row]),
          .ms_played = plays.ms_played[row],
          .reported_at = text_of(plays.reported_at, row),
          .kind = plays.kind.at(row),
          .spotify_uri = text_of(plays.spotify_uri, row),
          .track_name = text_of(plays.track_name, row),
          .artist_name = text_of(plays.artist_name, row),
          .album_name = text_of(plays.album_name, row),
          .show_name = text_of(plays.show_name, row),
          .episode_name = text_of(plays.episode_name, row),
          .audiobook_name = text_of(plays.audiobook_name, row),
          .chapter_name = text_of(plays.chapter_name, row),
          .platform = text_of(plays.platform, row),
          .country = text_of(plays.country, row),
          .reason_start = text_of(plays.reason_start, row),
          .reason_end = text_of(plays.reason_end, row),
          .shuffle = flag_of(plays.shuffle[row]),
          .skipped = flag_of(plays.skipped[row]),
          .offline = flag_of(plays.offline[row]),
          .incognito = flag_of(plays.incognito[row]),
          .source = plays.source.at(row),
          .length_ms = length == lake::PlayBatch::kNoLength ? std::nullopt : std::optional(length)};
}

PlayView view_of(const ToldPlays& plays, std::size_t row, TimeText& place) {
  const auto& content = plays.contents[static_cast<std::size_t>(plays.content[row])];
  const auto name = [&](Name which) { return text_of(plays, content.text(which)); };
  const auto played_at = base::from_unix_ms(plays.played_at[row]);
  const auto ms = plays.ms_played[row];
  const bool recent = plays.source[row] == Source::recent;
  return {.played_at = played_at,
          .started_at = played_at - std::chrono::milliseconds(ms),
          .ms_played = ms,
          .reported_at = write_time(plays.reported_at[row], plays.time_form[row], place),
          .kind = name_of(content.kind),
          .spotify_uri = name(Name::uri),
          .track_name = name(Name::track),
          .artist_name = name(Name::artist),
          .album_name = name(Name::album),
          .show_name = name(Name::show),
          .episode_name = name(Name::episode),
          .audiobook_name = name(Name::audiobook),
          .chapter_name = name(Name::chapter),
          .platform = text_of(plays, plays.platform[row]),
          .country = text_of(plays, plays.country[row]),
          .reason_start = text_of(plays, plays.reason_start[row]),
          .reason_end = text_of(plays, plays.reason_end[row]),
          .shuffle = flag_of(plays.shuffle[row]),
          .skipped = flag_of(plays.skipped[row]),
          .offline = flag_of(plays.offline[row]),
          .incognito = flag_of(plays.incognito[row]),
          .source = name_of(plays.source[row]),
          .length_ms = recent ? std::optional(ms) : std::nullopt};
}

}  // namespace soundlake::history
