// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/streaks.hpp"

#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <tuple>

namespace soundlake::stats {
namespace {

constexpr std::int64_t kPause = 30LL * 60 * 1'000'000;

/// Puts the first rows of a page in order, by `before`.
template <class Value, class Before>
Page ordered_page(const Query& query, std::vector<Value>& values, const Before& before) {
  const auto page = page_of(query, values.size());
  std::partial_sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(page.last),
                    values.end(), before);
  return page;
}

class SessionMaker {
 public:
  explicit SessionMaker(const PlayColumns& plays) : plays_(plays) {}

  void add(std::size_t row) {
    const auto start = plays_.start[row];
    const auto end = plays_.end_of(row);
    if (sessions_.empty() || start - sessions_.back().end > kPause)
      sessions_.push_back({start, end, 0, 0});
    auto& session = sessions_.back();
    session.end = std::max(session.end, end);
    ++session.plays;
    session.ms += plays_.ms[row];
  }
  std::vector<Session> take() { return std::move(sessions_); }

 private:
  const PlayColumns& plays_;
  std::vector<Session> sessions_;
};

}  // namespace

std::vector<Days> streaks_of(const Selection& counted) {
  std::vector<Days> streaks;
  const auto& day = counted.plays().day;
  counted.each([&](std::size_t row) {
    if (streaks.empty() || day[row] > streaks.back().to + 1) {
      streaks.push_back({day[row], day[row]});
    } else {
      streaks.back().to = day[row];
    }
  });
  return streaks;
}

std::vector<Session> sessions_of(const Selection& counted) {
  const auto& plays = counted.plays();
  // Rows stand by local day. Where a clock is put back across midnight, that is not their order in
  // time.
  bool in_order = true;
  for (auto row = counted.begin() + 1; row < counted.end() && in_order; ++row)
    in_order = plays.start[row - 1] <= plays.start[row];
  SessionMaker maker(plays);
  if (in_order) {
    counted.each([&](std::size_t row) { maker.add(row); });
  } else {
    std::vector<std::size_t> rows;
    counted.each([&](std::size_t row) { rows.push_back(row); });
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return plays.start[a] < plays.start[b]; });
    for (const auto row : rows) maker.add(row);
  }
  return maker.take();
}

void streaks(const Ask& ask, Result& result) {
  auto found = streaks_of(ask.counted);
  const bool current = !found.empty() && found.back().to == ask.period.days.to;
  result.also.emplace_back("current_days",
                           current ? static_cast<std::int64_t>(found.back().count()) : 0);
  const auto page = ordered_page(ask.query, found, [](const Days& a, const Days& b) {
    return std::tuple(b.count(), a.from) < std::tuple(a.count(), b.from);
  });
  result.table.columns = {{"start", Unit::day}, {"end", Unit::day}, {"days", Unit::count}};
  for (auto i = page.first; i < page.last; ++i)
    result.table.rows.push_back(
        {to_day(found[i].from), to_day(found[i].to), static_cast<std::int64_t>(found[i].count())});
}

void sessions(const Ask& ask, Result& result) {
  auto found = sessions_of(ask.counted);
  result.also.emplace_back("sessions", static_cast<std::int64_t>(found.size()));
  const auto page = ordered_page(ask.query, found, [](const Session& a, const Session& b) {
    return std::tuple(b.end - b.start, a.start) < std::tuple(a.end - a.start, b.start);
  });
  result.table.columns = {
      {"start", Unit::moment}, {"end", Unit::moment}, {"plays", Unit::count}, {"ms", Unit::ms}};
  for (auto i = page.first; i < page.last; ++i)
    result.table.rows.push_back(
        {moment_cell(found[i].start), moment_cell(found[i].end), found[i].plays, found[i].ms});
}

}  // namespace soundlake::stats
