// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/year_totals.hpp"

#include "soundlake/history/local_days.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace soundlake::history {
namespace {

constexpr std::int64_t kUnheard = -1;

/// A year by contents, which are far fewer than plays.
struct HeardContents {
  std::int64_t plays = 0;
  std::vector<std::int64_t> ms;  ///< per content, or kUnheard
};

struct Heard {
  std::int64_t ms = 0;
  std::unordered_map<std::int32_t, std::int64_t> ms_of_artist;  ///< by code of the name
  std::unordered_set<std::int64_t> tracks;
};

Heard by_name(const HeardContents& contents, const ToldPlays& told) {
  Heard heard;
  for (std::size_t i = 0; i < contents.ms.size(); ++i) {
    if (contents.ms[i] == kUnheard) continue;
    heard.ms += contents.ms[i];
    const std::int64_t artist = told.contents[i].text(Name::artist);
    const std::int64_t track = told.contents[i].text(Name::track);
    if (artist >= 0) heard.ms_of_artist[static_cast<std::int32_t>(artist)] += contents.ms[i];
    if (track >= 0) heard.tracks.insert(track * (std::int64_t{1} << 32) + artist);
  }
  return heard;
}

std::string top_artist(const Heard& heard, const lake::TextColumn& texts) {
  std::string top;
  std::int64_t most = -1;
  for (const auto& [artist, ms] : heard.ms_of_artist) {
    const auto name = texts.value(artist);
    if (ms > most || (ms == most && name < top)) top = name;
    most = std::max(most, ms);
  }
  return top;
}

}  // namespace

std::vector<YearTotals> year_totals(const ToldPlays& told, const std::vector<Verdict>& verdicts,
                                    const base::Zone& zone) {
  std::map<int, HeardContents> years;
  LocalDays days(zone);
  for (std::size_t row = 0; row < told.rows(); ++row) {
    const auto& content = told.contents[static_cast<std::size_t>(told.content[row])];
    const bool music = content.kind == Kind::track || content.kind == Kind::video;
    if (!music || verdicts[row] == Verdict::covered || verdicts[row] == Verdict::repeated) continue;
    const auto start = base::from_unix_ms(told.played_at[row] - told.ms_played[row]);
    const base::Day day{std::chrono::days{days.of(start).date}};
    auto& heard = years[static_cast<int>(std::chrono::year_month_day(day).year())];
    if (heard.ms.empty()) heard.ms.assign(told.contents.size(), kUnheard);
    auto& ms = heard.ms[static_cast<std::size_t>(told.content[row])];
    ms = std::max<std::int64_t>(ms, 0) + told.ms_played[row];
    ++heard.plays;
  }
  constexpr std::int64_t kMinute = 60'000;
  std::vector<YearTotals> totals;
  for (const auto& [year, contents] : years) {
    const auto heard = by_name(contents, told);
    totals.push_back({.year = year,
                      .plays = contents.plays,
                      .minutes = heard.ms / kMinute,
                      .tracks = static_cast<std::int64_t>(heard.tracks.size()),
                      .top_artist = top_artist(heard, told.texts)});
  }
  return totals;
}

}  // namespace soundlake::history
