// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/told_plays.hpp"

namespace soundlake::history {
namespace {

constexpr std::size_t kFirstSlots = 64;

std::size_t hash_of(const Content& content) {
  std::uint64_t hash = static_cast<std::uint64_t>(content.kind) + 1;
  for (const auto code : content.texts) {
    hash = (hash ^ static_cast<std::uint32_t>(code)) * 0x9E3779B97F4A7C15U;
    hash ^= hash >> 29;
  }
  return hash;
}

template <class Value>
void put_behind(std::vector<Value>& to, const std::vector<Value>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

/// Codes of one list as codes of another; −1 stays.
void put_behind(std::vector<std::int32_t>& to, const std::vector<std::int32_t>& from,
                const std::vector<std::int32_t>& code_in_to) {
  for (const auto code : from) {
    to.push_back(code < 0 ? -1 : code_in_to[static_cast<std::size_t>(code)]);
  }
}

lake::Text text_of(const ToldPlays& plays, std::int32_t code) {
  if (code < 0) return std::nullopt;
  return std::string(plays.texts.value(code));
}

std::optional<bool> flag_of(std::int8_t value) {
  if (value < 0) return std::nullopt;
  return value == 1;
}

}  // namespace

const char* name_of(Source source) {
  switch (source) {
    case Source::extended:
      return "extended";
    case Source::account:
      return "account";
    case Source::recent:
      return "recent";
  }
  return "";
}

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::track:
      return "track";
    case Kind::episode:
      return "episode";
    case Kind::chapter:
      return "chapter";
    case Kind::video:
      return "video";
    case Kind::unknown:
      return "unknown";
  }
  return "";
}

std::string reported_text(std::int64_t reported_at_ms, TimeForm form) {
  std::string text = base::format_utc(base::from_unix_ms(reported_at_ms));
  if (form == TimeForm::utc_seconds) return text;
  text[10] = ' ';
  text.resize(form == TimeForm::blank_seconds ? 19 : 16);
  return text;
}

ContentCoder::ContentCoder(std::vector<Content>& contents)
    : contents_(contents), slots_(kFirstSlots, -1) {
  while (2 * contents_.size() > slots_.size()) slots_.resize(slots_.size() * 2, -1);
  for (std::size_t code = 0; code < contents_.size(); ++code) {
    auto at = hash_of(contents_[code]) & (slots_.size() - 1);
    while (slots_[at] >= 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = static_cast<std::int32_t>(code);
  }
}

std::int32_t ContentCoder::code_of(const Content& content) {
  auto at = hash_of(content) & (slots_.size() - 1);
  for (; slots_[at] >= 0; at = (at + 1) & (slots_.size() - 1)) {
    if (contents_[static_cast<std::size_t>(slots_[at])] == content) return slots_[at];
  }
  const auto code = static_cast<std::int32_t>(contents_.size());
  contents_.push_back(content);
  slots_[at] = code;
  if (2 * contents_.size() > slots_.size()) grow();
  return code;
}

void ContentCoder::grow() {
  std::vector<std::int32_t> bigger(slots_.size() * 2, -1);
  for (const auto code : slots_) {
    if (code < 0) continue;
    auto at = hash_of(contents_[static_cast<std::size_t>(code)]) & (bigger.size() - 1);
    while (bigger[at] >= 0) at = (at + 1) & (bigger.size() - 1);
    bigger[at] = code;
  }
  slots_ = std::move(bigger);
}

void PlayAppender::map(const ToldPlays& from, Mapping& mapping) {
  auto& texts = mapping.texts;
  for (auto code = static_cast<std::int32_t>(texts.size()); code < from.texts.values(); ++code) {
    texts.push_back(texts_.code_of(from.texts.value(code)));
  }
  for (auto code = mapping.contents.size(); code < from.contents.size(); ++code) {
    Content as_here = from.contents[code];
    for (auto& name : as_here.texts) name = name < 0 ? -1 : texts[static_cast<std::size_t>(name)];
    mapping.contents.push_back(contents_.code_of(as_here));
  }
}

void PlayAppender::append(const ToldPlays& more, const Mapping& mapping) {
  put_behind(plays_.content, more.content, mapping.contents);
  put_behind(plays_.platform, more.platform, mapping.texts);
  put_behind(plays_.country, more.country, mapping.texts);
  put_behind(plays_.reason_start, more.reason_start, mapping.texts);
  put_behind(plays_.reason_end, more.reason_end, mapping.texts);
  put_behind(plays_.reported_at, more.reported_at);
  put_behind(plays_.played_at, more.played_at);
  put_behind(plays_.ms_played, more.ms_played);
  put_behind(plays_.time_form, more.time_form);
  put_behind(plays_.source, more.source);
  put_behind(plays_.shuffle, more.shuffle);
  put_behind(plays_.skipped, more.skipped);
  put_behind(plays_.offline, more.offline);
  put_behind(plays_.incognito, more.incognito);
}

void append(ToldPlays& plays, const ToldPlays& more) {
  PlayAppender appender(plays);
  Mapping mapping;
  appender.map(more, mapping);
  appender.append(more, mapping);
}

lake::Play to_play(const ToldPlays& plays, std::size_t row) {
  const auto& content = plays.contents[static_cast<std::size_t>(plays.content[row])];
  lake::Play play;
  play.played_at = base::from_unix_ms(plays.played_at[row]);
  play.started_at = base::from_unix_ms(plays.played_at[row] - plays.ms_played[row]);
  play.reported_at = reported_text(plays.reported_at[row], plays.time_form[row]);
  play.ms_played = plays.ms_played[row];
  play.kind = name_of(content.kind);
  play.spotify_uri = text_of(plays, content.text(Name::uri));
  play.track_name = text_of(plays, content.text(Name::track));
  play.artist_name = text_of(plays, content.text(Name::artist));
  play.album_name = text_of(plays, content.text(Name::album));
  play.show_name = text_of(plays, content.text(Name::show));
  play.episode_name = text_of(plays, content.text(Name::episode));
  play.audiobook_name = text_of(plays, content.text(Name::audiobook));
  play.chapter_name = text_of(plays, content.text(Name::chapter));
  play.platform = text_of(plays, plays.platform[row]);
  play.country = text_of(plays, plays.country[row]);
  play.reason_start = text_of(plays, plays.reason_start[row]);
  play.reason_end = text_of(plays, plays.reason_end[row]);
  play.shuffle = flag_of(plays.shuffle[row]);
  play.skipped = flag_of(plays.skipped[row]);
  play.offline = flag_of(plays.offline[row]);
  play.incognito = flag_of(plays.incognito[row]);
  play.source = name_of(plays.source[row]);
  return play;
}

}  // namespace soundlake::history
