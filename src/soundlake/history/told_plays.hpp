// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/play_batch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

/// Plays as an export tells them, compact enough for a million of them: each text and each content
/// is kept once, a row is a few numbers.
namespace soundlake::history {

enum class Source : std::int8_t { extended, account, recent };
enum class Kind : std::int8_t { track, episode, chapter, video, unknown };

/// The words of lake::Play: `extended`, `track`, …
const char* name_of(Source source);
const char* name_of(Kind kind);

/// The texts of a content, in the order of the fields of lake::Play.
enum class Name : std::int8_t { uri, track, artist, album, show, episode, audiobook, chapter };
constexpr std::size_t kNames = 8;

/// What was played. Rows of the same content share one.
struct Content {
  std::array<std::int32_t, kNames> texts{-1, -1, -1, -1, -1, -1, -1, -1};  ///< codes; −1 is unknown
  Kind kind = Kind::unknown;

  std::int32_t text(Name name) const { return texts[static_cast<std::size_t>(name)]; }
  std::int32_t& text(Name name) { return texts[static_cast<std::size_t>(name)]; }
  friend bool operator==(const Content&, const Content&) = default;
};

/// How a source wrote the time it gave, so that `reported_at` can be written again without being
/// kept.
enum class TimeForm : std::int8_t {
  utc_seconds,    ///< 2023-01-01T20:00:00Z; also stands for any other readable form
  blank_seconds,  ///< 2023-01-01 20:00:00
  blank_minutes,  ///< 2023-01-01 20:00
};

/// The time as the source wrote it: the text of lake::Play::reported_at.
std::string reported_text(std::int64_t reported_at_ms, TimeForm form);

/// Plays as columns: every vector has one element per play.
struct ToldPlays {
  lake::TextColumn texts;  ///< the distinct texts of contents and rows; its `codes` stay empty
  std::vector<Content> contents;  ///< distinct

  std::vector<std::int32_t> content;      ///< number in `contents`
  std::vector<std::int64_t> reported_at;  ///< as the source gave it; ms since 1970 UTC
  std::vector<std::int64_t> played_at;    ///< end of the play; ms since 1970 UTC
  std::vector<std::int64_t> ms_played;    ///< the play began at played_at − ms_played
  std::vector<TimeForm> time_form;
  std::vector<Source> source;
  std::vector<std::int32_t>
      platform;  ///< device family; this and the next three: codes of `texts`, −1 is null
  std::vector<std::int32_t> country;
  std::vector<std::int32_t> reason_start;
  std::vector<std::int32_t> reason_end;
  std::vector<std::int8_t> shuffle;  ///< 0 | 1, −1 is null; so are the next three
  std::vector<std::int8_t> skipped;
  std::vector<std::int8_t> offline;
  std::vector<std::int8_t> incognito;

  std::size_t rows() const { return content.size(); }
};

/// Gives equal contents the same number. The plays must outlive it, and their `contents` are
/// extended by nobody else meanwhile.
class ContentCoder {
 public:
  explicit ContentCoder(std::vector<Content>& contents);
  std::int32_t code_of(const Content& content);

 private:
  void grow();

  std::vector<Content>& contents_;
  std::vector<std::int32_t> slots_;  ///< open addressing; the size is a power of two, −1 is free
};

/// What the texts and contents of one list are called in another, by their codes.
struct Mapping {
  std::vector<std::int32_t> texts;
  std::vector<std::int32_t> contents;
};

/// Puts plays of many files behind one another, each text and content once. `plays` must outlive
/// it.
class PlayAppender {
 public:
  explicit PlayAppender(ToldPlays& plays)
      : plays_(plays), texts_(plays.texts), contents_(plays.contents) {}
  /// Takes over the texts and contents of `from` that `mapping` does not know yet. Whoever reads
  /// many files has many of them again and again, and maps them once.
  void map(const ToldPlays& from, Mapping& mapping);
  /// Appends the rows of `more`.
  /// @param mapping of the texts and contents that they mean
  void append(const ToldPlays& more, const Mapping& mapping);

 private:
  ToldPlays& plays_;
  lake::TextCoder texts_;
  ContentCoder contents_;
};

/// The same for one list with texts and contents of its own.
void append(ToldPlays& plays, const ToldPlays& more);

/// One row as a lake::Play; `play_id`, `local_date` and `utc_offset_min` are left to the merge.
lake::Play to_play(const ToldPlays& plays, std::size_t row);

}  // namespace soundlake::history
