// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/identity.hpp"

#include "soundlake/base/hash.hpp"

#include <array>
#include <charconv>
#include <tuple>

namespace soundlake::history {
namespace {

/// Names cannot contain it, so joined names cannot be mistaken for others.
constexpr char kSeparator = '\0';

/// Appends the names, each with a separator behind it; nothing when there is none.
void append_names(std::string& text, const PlayView& play) {
  const auto before = text.size();
  bool any = false;
  for (const auto* name :
       {&play.track_name, &play.artist_name, &play.album_name, &play.episode_name, &play.show_name,
        &play.chapter_name, &play.audiobook_name}) {
    const auto value = name->value_or(std::string_view{});
    any = any || value.find_first_not_of(kSeparator) != std::string_view::npos;
    text += value;
    text += kSeparator;
  }
  if (!any) text.resize(before);
}

void append_content(std::string& text, const PlayView& play) {
  if (play.spotify_uri && !play.spotify_uri->empty()) {
    text += *play.spotify_uri;
  } else {
    append_names(text, play);
  }
}

/// An offline play of the years in which `ts` was the time of upload ended at another moment than
/// the one reported: its own clock is the start.
bool clock_is_start(const PlayView& play) {
  const auto reported = base::parse_utc(play.reported_at.value_or(std::string_view{}));
  return reported && *reported != play.played_at;
}

void append_number(std::string& text, std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text.append(digits.data(), end);
}

void append_clock(std::string& text, const PlayView& play, bool start_is_clock) {
  if (play.source == "account") {
    const auto minute = std::chrono::floor<std::chrono::minutes>(play.played_at);
    text += "minute ";
    append_number(text, minute.time_since_epoch().count());
  } else if (play.source != "recent" && start_is_clock) {
    text += "start ";
    append_number(text, base::to_unix_ms(play.started_at));
  } else {
    text += "end ";
    append_number(text, base::to_unix_ms(play.played_at));
  }
}

void append_identity(std::string& text, const PlayView& play, bool start_is_clock) {
  text += play.source;
  text += kSeparator;
  append_clock(text, play, start_is_clock);
  text += kSeparator;
  if (play.source != "recent") {
    append_number(text, play.ms_played);
    text += kSeparator;
  }
  if (play.source == "account") {
    append_names(text, play);
  } else {
    append_content(text, play);
  }
}

/// The columns that a source tells, without those that are computed here: those differ between a
/// row of the table and the same row coming in again.
auto told_by(const PlayView& play) {
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
int known(std::string_view kind) {
  return kind == "unknown" ? 0 : 1;
}

int knowledge_of(const PlayView& play) {
  return std::apply([](const auto&... told) { return (known(told) + ...); }, told_by(play));
}

}  // namespace

std::string content_of(const lake::Play& play) {
  std::string content;
  append_content(content, view_of(play));
  return content;
}

std::string identity_of(const lake::Play& play) {
  const auto view = view_of(play);
  std::string identity;
  append_identity(identity, view, clock_is_start(view));
  return identity;
}

void write_identity(const ToldPlays& plays, std::size_t row, std::string& identity) {
  // A whole view would look up a dozen texts that have no part in the identity.
  const auto& content = plays.contents[static_cast<std::size_t>(plays.content[row])];
  const auto text = [&](Name name) {
    const auto code = content.text(name);
    return code < 0 ? PlayView::Text() : PlayView::Text(plays.texts.value(code));
  };
  PlayView view;
  view.played_at = base::from_unix_ms(plays.played_at[row]);
  view.ms_played = plays.ms_played[row];
  view.source = name_of(plays.source[row]);
  view.spotify_uri = text(Name::uri);
  view.started_at = view.played_at - std::chrono::milliseconds(view.ms_played);
  if (plays.source[row] == Source::account || !view.spotify_uri || view.spotify_uri->empty()) {
    view.track_name = text(Name::track);
    view.artist_name = text(Name::artist);
    view.album_name = text(Name::album);
    view.episode_name = text(Name::episode);
    view.show_name = text(Name::show);
    view.chapter_name = text(Name::chapter);
    view.audiobook_name = text(Name::audiobook);
  }
  identity.clear();
  append_identity(identity, view, plays.reported_at[row] != plays.played_at[row]);
}

std::string play_id_of(const lake::Play& play) {
  return base::short_hash(identity_of(play));
}

void localize(lake::Play& play, const base::Zone& zone) {
  const auto local = zone.local(play.started_at);
  play.local_date = local.date;
  play.utc_offset_min = local.offset_min;
}

std::strong_ordering compare_knowledge(const PlayView& a, const PlayView& b) {
  const auto of_a = knowledge_of(a);
  const auto of_b = knowledge_of(b);
  if (of_a != of_b) return of_b <=> of_a;
  const auto order = told_by(a) <=> told_by(b);
  return order != 0 ? order : a.played_at <=> b.played_at;
}

const lake::Play& better_of(const lake::Play& a, const lake::Play& b) {
  return compare_knowledge(view_of(a), view_of(b)) > 0 ? b : a;
}

}  // namespace soundlake::history
