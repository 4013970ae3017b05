// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/listener.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/sim/daily_plays.hpp"
#include "soundlake/sim/random.hpp"

#include <algorithm>

namespace soundlake::sim {
namespace {

using std::chrono::days;

constexpr int kMostArtists = 5'000;
constexpr int kMostPlays = 1'000'000;
constexpr int kUsualDays = 730;
constexpr int kFutureDays = 200;

void check(const char* what, int number, int least, int most) {
  if (number >= least && number <= most) return;
  throw Error(ErrorKind::usage,
              "the simulated listener cannot have " + std::to_string(number) + " " + what,
              "give a number from " + std::to_string(least) + " to " + std::to_string(most));
}

Catalogue checked_catalogue(std::uint64_t seed, int artists, int plays, base::Instant now) {
  check("artists", artists, 1, kMostArtists);
  check("plays", plays, 0, kMostPlays);
  return make_catalogue(seed, static_cast<std::size_t>(artists), now);
}

int days_of(TopRange range) {
  return range == TopRange::short_term ? 28 : range == TopRange::medium_term ? 182 : 365;
}

}  // namespace

Listener::Listener(std::uint64_t seed, int artists, int plays, base::Instant now)
    : catalogue_(checked_catalogue(seed, artists, plays, now)) {
  Random random(seed, 70'000);
  static const std::vector<std::string> kNames = {"Juniper Vantongeren", "Malte Ostrowicz",
                                                  "Ayumi Feldspar",      "Noor Castelrosso",
                                                  "Ilse Quandary",       "Tomás Birkenfeld"};
  id_ = random.text(25, "abcdefghijklmnopqrstuvwxyz0123456789");
  name_ = random.pick(kNames);

  const int span = std::max(kUsualDays, plays / 100 + 1);
  const DailyPlays daily(catalogue_, seed, static_cast<double>(plays) / span);
  const base::Day today = base::utc_day(now);
  const auto wanted = static_cast<std::size_t>(plays);
  std::size_t past = 0;
  // Backwards, so that the past ends where there is enough of it.
  for (base::Day day = today + days(kFutureDays);
       plays > 0 && past < wanted && day > today - days(3 * span); day -= days(1)) {
    auto of_day = daily.of(day);
    for (auto play = of_day.rbegin(); play != of_day.rend() && past < wanted; ++play) {
      plays_.push_back(*play);
      if (play->ended_at <= now) ++past;
    }
  }
  std::reverse(plays_.begin(), plays_.end());
}

std::size_t Listener::plays_until(base::Instant at) const {
  const auto after = std::upper_bound(
      plays_.begin(), plays_.end(), at,
      [](base::Instant t, const SimulatedPlay& play) { return t < play.ended_at; });
  return static_cast<std::size_t>(after - plays_.begin());
}

const std::vector<std::size_t>& Listener::tops(TopKind kind, TopRange range,
                                               base::Instant at) const {
  const base::Day day = base::utc_day(at);
  const auto key = std::pair(static_cast<int>(kind) * 3 + static_cast<int>(range), day);
  if (const auto known = tops_.find(key); known != tops_.end()) return known->second;

  const base::Instant end(day);
  const base::Instant begin(day - days(days_of(range)));
  std::vector<double> score(kind == TopKind::artists ? catalogue_.artists.size()
                                                     : catalogue_.tracks.size());
  for (std::size_t i = plays_until(begin); i < plays_until(end); ++i) {
    const auto& play = plays_[i];
    if (play.kind != SimulatedPlay::Kind::track || play.ms_played < 30'000) continue;
    // From half the weight at the far end to the full weight yesterday.
    const double weight = 1 + static_cast<double>((play.ended_at - begin).count()) /
                                  static_cast<double>((end - begin).count());
    score[kind == TopKind::artists ? catalogue_.tracks[play.index].artists[0] : play.index] +=
        weight;
  }
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < score.size(); ++i)
    if (score[i] > 0) order.push_back(i);
  std::sort(order.begin(), order.end(), [&score](std::size_t a, std::size_t b) {
    return score[a] != score[b] ? score[a] > score[b] : a < b;
  });
  return tops_[key] = std::move(order);
}

std::vector<std::size_t> Listener::recent(base::Instant at) const {
  std::vector<std::size_t> newest;
  for (std::size_t i = plays_until(at); i > 0 && newest.size() < 50; --i) {
    const auto& play = plays_[i - 1];
    if (play.kind == SimulatedPlay::Kind::track && play.ms_played >= 30'000)
      newest.push_back(i - 1);
  }
  return newest;
}

}  // namespace soundlake::sim
