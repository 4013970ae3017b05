// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/identity.hpp"

#include "soundlake/base/hash.hpp"

#include <algorithm>
#include <tuple>

namespace soundlake::history {
namespace {

/// Names cannot contain it, so joined names cannot be mistaken for others.
constexpr char kSeparator = '\0';

std::string names_of(const lake::Play& play) {
  std::string names;
  for (const auto* name :
       {&play.track_name, &play.artist_name, &play.album_name, &play.episode_name, &play.show_name,
        &play.chapter_name, &play.audiobook_name}) {
    names += name->value_or("");
    names += kSeparator;
  }
  const bool none = std::all_of(names.begin(), names.end(), [](char c) { return c == kSeparator; });
  return none ? std::string() : names;
}

/// An offline play of the years in which `ts` was the time of upload ended at another moment than
/// the one reported: its own clock is the start.
bool clock_is_start(const lake::Play& play) {
  const auto reported = base::parse_utc(play.reported_at.value_or(""));
  return reported && *reported != play.played_at;
}

std::string clock_of(const lake::Play& play) {
  if (play.source == "recent") return "end " + std::to_string(base::to_unix_ms(play.played_at));
  if (play.source == "account") {
    const auto minute = std::chrono::floor<std::chrono::minutes>(play.played_at);
    return "minute " + std::to_string(minute.time_since_epoch().count());
  }
  if (clock_is_start(play)) return "start " + std::to_string(base::to_unix_ms(play.started_at));
  return "end " + std::to_string(base::to_unix_ms(play.played_at));
}

/// The columns that a source tells, without those that are computed here: those differ between a
/// row of the table and the same row coming in again.
auto told_by(const lake::Play& play) {
  return std::tie(play.length_ms, play.reported_at, play.kind, play.spotify_uri, play.track_name,
                  play.artist_name, play.album_name, play.show_name, play.episode_name,
                  play.audiobook_name, play.chapter_name, play.platform, play.country,
                  play.reason_start, play.reason_end, play.shuffle, play.skipped, play.offline,
                  play.incognito);
}

template <class Value>
int known(const std::optional<Value>& value) {
  return value ? 1 : 0;
}
int known(const std::string& kind) {
  return kind == "unknown" ? 0 : 1;
}

int knowledge_of(const lake::Play& play) {
  return std::apply([](const auto&... told) { return (known(told) + ...); }, told_by(play));
}

}  // namespace

std::string content_of(const lake::Play& play) {
  if (play.spotify_uri && !play.spotify_uri->empty()) return *play.spotify_uri;
  return names_of(play);
}

std::string identity_of(const lake::Play& play) {
  std::string identity = play.source + kSeparator + clock_of(play) + kSeparator;
  if (play.source != "recent") identity += std::to_string(play.ms_played) + kSeparator;
  return identity + (play.source == "account" ? names_of(play) : content_of(play));
}

std::string play_id_of(const lake::Play& play) {
  return base::short_hash(identity_of(play));
}

void localize(lake::Play& play, const base::Zone& zone) {
  const auto local = zone.local(play.started_at);
  play.local_date = local.date;
  play.utc_offset_min = local.offset_min;
}

const lake::Play& better_of(const lake::Play& a, const lake::Play& b) {
  const auto of_a = knowledge_of(a);
  const auto of_b = knowledge_of(b);
  if (of_a != of_b) return of_a > of_b ? a : b;
  const bool b_first = std::tuple_cat(told_by(a), std::tie(a.played_at)) <
                       std::tuple_cat(told_by(b), std::tie(b.played_at));
  return b_first ? b : a;
}

}  // namespace soundlake::history
