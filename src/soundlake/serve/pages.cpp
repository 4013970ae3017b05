// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/pages.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/net/http.hpp"
#include "soundlake/serve/answer.hpp"
#include "soundlake/stats/period.hpp"
#include "soundlake/stats/statistics.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace soundlake::serve {
namespace {

/// A part of a page: a statistic, and what its question has beyond that of the page.
struct ViewOfPage {
  std::string id;
  std::string statistic;
  stats::Pairs also{};
  bool whole_history = false;  ///< the page's dates do not apply
};

struct Page {
  std::string name;
  std::vector<ViewOfPage> views;
};

const stats::Pairs kTen{{"limit", "10"}};
const stats::Pairs kHundred{{"limit", "100"}};
const stats::Pairs kSpokenMonths{{"kind", "episode,chapter"}, {"step", "month"}};

const std::vector<Page>& all_pages() {
  static const std::vector<Page> pages{
      {"overview",
       {{"popularity", "popularity"},
        {"tempo", "tempo"},
        {"releases", "releases"},
        {"genres", "genres"},
        {"totals", "totals"}}},
      {"listening",
       {{"change", "change"},
        {"months", "series", {{"step", "month"}}, true},
        {"days", "series", {{"step", "day"}}},
        {"hours", "week-hours"},
        {"artists", "top-artists", kTen},
        {"albums", "top-albums", kTen},
        {"tracks", "top-tracks", kTen},
        {"gaps", "gaps"}}},
      {"top-artists", {{"list", "top-artists", kHundred}}},
      {"top-albums", {{"list", "top-albums", kHundred}}},
      {"top-tracks", {{"list", "top-tracks", kHundred}}},
      {"top-genres", {{"list", "top-genres", kHundred}}},
      {"top-shows", {{"list", "top-shows", kHundred}}},
      {"trends",
       {{"ranks", "rank-over-time", {{"step", "quarter"}}},
        {"families", "genres-over-time", {{"step", "month"}}},
        {"discoveries", "discoveries", {{"step", "month"}}},
        {"decades", "decades"},
        {"concentration", "concentration"}}},
      {"habits",
       {{"streaks", "streaks", kTen},
        {"sessions", "sessions", kTen},
        {"shares", "shares"},
        {"skips", "skips", kTen}}},
      {"podcasts",
       {{"totals", "totals", {{"kind", "episode,chapter"}}},
        {"months", "series", kSpokenMonths},
        {"shows", "top-shows", kTen},
        {"episodes", "top-episodes", kTen}}},
      {"data", {{"coverage", "coverage"}, {"gaps", "gaps"}, {"totals", "totals"}}},
  };
  return pages;
}

bool is_date(const std::string& name) {
  return name == "from" || name == "to" || name == "year" || name == "last";
}

/// The page's question with the view's own parts: those win.
stats::Pairs asked(const ViewOfPage& view, const stats::Pairs& of_page) {
  stats::Pairs pairs;
  for (const auto& pair : of_page) {
    const bool own = std::any_of(view.also.begin(), view.also.end(),
                                 [&](const auto& also) { return also.first == pair.first; });
    if (!own && !(view.whole_history && is_date(pair.first))) pairs.push_back(pair);
  }
  pairs.insert(pairs.end(), view.also.begin(), view.also.end());
  return pairs;
}

/// Days of more than a drawing holds are cut to the newest ones.
void cut_days(const Loaded& lake, stats::Pairs& pairs, base::Day today) {
  constexpr std::int32_t kMost = 3'660;
  const auto days = stats::period_of(stats::parse_query(pairs), lake.data, today).days;
  if (days.empty() || days.to - days.from < kMost) return;
  std::erase_if(pairs, [](const auto& pair) { return is_date(pair.first); });
  pairs.emplace_back("from", base::format_day(stats::to_day(days.to - kMost + 1)));
  pairs.emplace_back("to", base::format_day(stats::to_day(days.to)));
}

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::optional<std::string> page_json(const Loaded& lake, const std::string& page,
                                     const stats::Pairs& pairs, base::Day today) {
  const auto& pages = all_pages();
  const auto found =
      std::find_if(pages.begin(), pages.end(), [&](const Page& one) { return one.name == page; });
  if (found == pages.end()) return std::nullopt;
  stats::parse_query(pairs);  // a wrong word is told as the page's, whatever its views would take
  std::string json = R"({"page":)" + quoted(page) + R"(,"generation":)" + quoted(lake.generation) +
                     R"(,"simulated":)" + (lake.identity.simulated ? "true" : "false") +
                     R"(,"today":)" + quoted(base::format_day(today)) + R"(,"views":{)";
  for (const auto& view : found->views) {
    auto question = asked(view, pairs);
    if (view.id == "days") cut_days(lake, question, today);
    const auto result = stats::compute(lake.data, stats::statistic_named(view.statistic),
                                       stats::parse_query(question), today);
    if (!json.ends_with('{')) json += ',';
    json += quoted(view.id) + R"(:{"query":)" + quoted(net::url_query(question)) + R"(,"answer":)" +
            json_of(result) + "}";
  }
  return json + "}}";
}

}  // namespace soundlake::serve
