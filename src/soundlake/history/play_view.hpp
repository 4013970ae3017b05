// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/history/told_plays.hpp"
#include "soundlake/lake/play_batch.hpp"
#include "soundlake/lake/rows.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace soundlake::history {

/// What a source tells of one play, wherever it is kept: the rules of identity and coverage read
/// plays through it. The texts are views: they live as long as what they were taken from.
struct PlayView {
  using Text = std::optional<std::string_view>;

  base::Instant played_at;
  base::Instant started_at;
  std::int64_t ms_played = 0;
  Text reported_at;
  std::string_view kind;
  Text spotify_uri;
  Text track_name;
  Text artist_name;
  Text album_name;
  Text show_name;
  Text episode_name;
  Text audiobook_name;
  Text chapter_name;
  Text platform;
  Text country;
  Text reason_start;
  Text reason_end;
  std::optional<bool> shuffle;
  std::optional<bool> skipped;
  std::optional<bool> offline;
  std::optional<bool> incognito;
  std::string_view source;
  std::optional<std::int64_t> length_ms;
};

/// `reported_at` of a told play is written when it is asked for, and needs a place to stand.
using TimeText = std::array<char, 32>;

/// How the source wrote this time.
std::string_view write_time(std::int64_t unix_ms, TimeForm form, TimeText& place);

PlayView view_of(const lake::Play& play);
PlayView view_of(const lake::PlayBatch& plays, std::size_t row);
PlayView view_of(const ToldPlays& plays, std::size_t row, TimeText& place);

}  // namespace soundlake::history
