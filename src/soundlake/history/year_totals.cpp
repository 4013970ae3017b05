// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/year_totals.hpp"

#include "soundlake/history/local_days.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace soundlake::history {
namespace {

struct Heard {
  std::int64_t plays = 0;
  std::int64_t ms = 0;
  std::unordered_map<std::int32_t, std::int64_t> ms_of_artist;  ///< by code of the name
  std::unordered_set<std::int64_t> tracks;
};

void count(Heard& heard, const Content& content, std::int64_t ms) {
  ++heard.plays;
  heard.ms += ms;
  const std::int64_t artist = content.text(Name::artist);
  const std::int64_t track = content.text(Name::track);
  if (artist >= 0) heard.ms_of_artist[static_cast<std::int32_t>(artist)] += ms;
  if (track >= 0) heard.tracks.insert(track * (std::int64_t{1} << 32) + artist);
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
  std::map<int, Heard> years;
  LocalDays days(zone);
  for (std::size_t row = 0; row < told.rows(); ++row) {
    const auto& content = told.contents[static_cast<std::size_t>(told.content[row])];
    const bool music = content.kind == Kind::track || content.kind == Kind::video;
    if (!music || verdicts[row] == Verdict::covered || verdicts[row] == Verdict::repeated) continue;
    const auto start = base::from_unix_ms(told.played_at[row] - told.ms_played[row]);
    const base::Day day{std::chrono::days{days.of(start).date}};
    count(years[static_cast<int>(std::chrono::year_month_day(day).year())], content,
          told.ms_played[row]);
  }
  constexpr std::int64_t kMinute = 60'000;
  std::vector<YearTotals> totals;
  for (const auto& [year, heard] : years) {
    totals.push_back({.year = year,
                      .plays = heard.plays,
                      .minutes = heard.ms / kMinute,
                      .tracks = static_cast<std::int64_t>(heard.tracks.size()),
                      .top_artist = top_artist(heard, told.texts)});
  }
  return totals;
}

}  // namespace soundlake::history
