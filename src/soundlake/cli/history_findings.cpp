// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/history_findings.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/cli/style.hpp"
#include "soundlake/lake/play_batch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

namespace soundlake::cli {
namespace {

using State = Finding::State;
constexpr const char* kHistory = "Listening history";

struct Reach {
  std::int64_t plays = 0;
  std::int64_t first = std::numeric_limits<std::int64_t>::max();  ///< µs since 1970 UTC
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  std::map<std::string, std::int64_t> by_source;
};

/// Two columns of every year are all that it takes, so a long history is no wait.
Reach reach_of(const lake::View& view) {
  Reach reach;
  for (const int year : view.play_years()) {
    const auto plays = view.play_batch(year, {"played_at", "source"});
    reach.plays += static_cast<std::int64_t>(plays.rows);
    for (const auto at : plays.played_at) {
      reach.first = std::min(reach.first, at);
      reach.last = std::max(reach.last, at);
    }
    std::vector<std::int64_t> rows_of_code(static_cast<std::size_t>(plays.source.values()));
    for (const auto code : plays.source.codes) {
      if (code >= 0) ++rows_of_code[static_cast<std::size_t>(code)];
    }
    for (std::int32_t code = 0; code < plays.source.values(); ++code) {
      const auto rows = rows_of_code[static_cast<std::size_t>(code)];
      if (rows > 0) reach.by_source[std::string(plays.source.value(code))] += rows;
    }
  }
  return reach;
}

/// In the words of a person: where each source's plays came from.
std::string source_text(const std::string& source, std::int64_t plays) {
  const std::string number = base::group_digits(plays);
  if (source == "extended") return number + " from the extended history";
  if (source == "account") return number + " from account data";
  if (source == "recent") return number + " from recent plays of the Web API";
  return number + " from " + source;
}

}  // namespace

std::vector<Finding> history_findings(const lake::View& view) {
  const auto reach = reach_of(view);
  if (reach.plays == 0) {
    return {{kHistory, "history", State::note, "no plays yet",
             "your whole history: ask Spotify for it (docs/privacy-export.md), then: soundlake "
             "import my_spotify_data.zip"}};
  }
  std::vector<std::string> sources;
  for (const auto& [source, plays] : reach.by_source) sources.push_back(source_text(source, plays));
  const auto day = [](std::int64_t at) {
    return base::format_day(base::utc_day(base::from_unix_us(at)));
  };
  std::vector<Finding> findings{
      {kHistory,
       "history",
       State::good,
       fmt::format("{} from {} to {}: {}", counted(reach.plays, "play"), day(reach.first),
                   day(reach.last), base::join(sources, ", ")),
       {}}};
  if (!reach.by_source.contains("extended")) {
    findings.push_back({kHistory, "extended", State::note,
                        "what was heard before is not known here",
                        "your whole history: ask Spotify for it (docs/privacy-export.md), then: "
                        "soundlake import my_spotify_data.zip"});
  }
  for (const auto& gap : view.rows<lake::Gap>()) {
    findings.push_back(
        {kHistory, "gap", State::attention,
         fmt::format("plays may be missing between {} and {}: {}", base::format_utc(gap.from),
                     base::format_utc(gap.to), gap.reason),
         "a later privacy export closes it (soundlake import); `soundlake extract --recent` every "
         "30 minutes leaves none (docs/schedule.md)"});
  }
  return findings;
}

}  // namespace soundlake::cli
