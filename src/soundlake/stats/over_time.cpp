// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>

namespace soundlake::stats {
namespace {

constexpr std::size_t kDefaultRanks = 10;

/// Counts a column step by step: rows stand in order of their days, so one set of counters does,
/// and only what a step touched is put back to nothing.
class StepTallies {
 public:
  explicit StepTallies(std::size_t entities) : heard_(entities + 1) {}

  void add(std::int32_t code, std::uint32_t ms) {
    auto& heard = heard_[Entities::at(code + 1)];
    if (heard.plays == 0) touched_.push_back(code);
    heard.add(ms);
  }
  const Heard& of(std::int32_t code) const { return heard_[Entities::at(code + 1)]; }
  std::vector<std::int32_t>& touched() { return touched_; }
  void clear() {
    for (const auto code : touched_) heard_[Entities::at(code + 1)] = {};
    touched_.clear();
  }

 private:
  std::vector<Heard> heard_;
  std::vector<std::int32_t> touched_;
};

/// Calls `end_of_step(step, tallies)` for every step in order, with what was counted in it.
void each_step(const Ask& ask, const Steps& steps, const Named& what,
               const std::function<void(std::size_t, StepTallies&)>& end_of_step) {
  StepTallies tallies(what.entities.size());
  std::size_t step = 0;
  const auto& plays = ask.data.plays;
  const auto finish_until = [&](std::size_t until) {
    for (; step < until; ++step) {
      end_of_step(step, tallies);
      tallies.clear();
    }
  };
  ask.counted.each([&](std::size_t row) {
    const auto at = Entities::at(steps.of(plays.day[row]));
    if (at != step) finish_until(at);
    tallies.add(what.codes[row], plays.ms[row]);
  });
  finish_until(steps.starts.size());
}

/// How a play is split over the families: evenly over the genres of its artist. Artists of equal
/// parts share a profile; there are far fewer profiles than artists.
struct Profiles {
  std::vector<std::vector<double>> parts;  ///< per profile the part of each family, unknown last
  std::vector<std::int32_t> of_artist;
};

Profiles profiles_of(const Dataset& data) {
  const auto families = data.families.size();
  Profiles profiles;
  std::map<std::vector<double>, std::int32_t> known;
  for (const auto& values : data.artist_values) {
    std::vector<double> parts(families + 1);
    for (const auto genre : values.genres)
      parts[Entities::at(data.family_of_genre[Entities::at(genre)])] += 1;
    for (auto& part : parts) part /= std::max<double>(1, static_cast<double>(values.genres.size()));
    if (values.genres.empty()) parts[families] = 1;
    const auto next = static_cast<std::int32_t>(profiles.parts.size());
    const auto [profile, is_new] = known.try_emplace(parts, next);
    if (is_new) profiles.parts.push_back(std::move(parts));
    profiles.of_artist.push_back(profile->second);
  }
  return profiles;
}

}  // namespace

void rank_over_time(const Ask& ask, Result& result) {
  const auto what = named(ask.data, ask.field());
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  const Order order(ask.data, what.entities, ask.query.by);
  std::unordered_map<std::int32_t, Cell> keys;  // the same few names come in step after step
  result.table.columns = {{"start", Unit::day}, {"rank", Unit::count},  {"key", Unit::key},
                          {"name", Unit::text}, {"artist", Unit::text}, {"plays", Unit::count},
                          {"ms", Unit::ms}};
  each_step(ask, steps, what, [&](std::size_t step, StepTallies& tallies) {
    auto& codes = tallies.touched();
    const auto named_codes =
        std::partition(codes.begin(), codes.end(), [](std::int32_t code) { return code >= 0; });
    const auto shown = std::min(ask.query.limit.value_or(kDefaultRanks),
                                static_cast<std::size_t>(named_codes - codes.begin()));
    std::partial_sort(
        codes.begin(), codes.begin() + static_cast<std::ptrdiff_t>(shown), named_codes,
        [&](std::int32_t a, std::int32_t b) { return order(tallies.of(a), a, tallies.of(b), b); });
    for (std::size_t i = 0; i < shown; ++i) {
      const auto code = codes[i];
      auto& key = keys.try_emplace(code).first->second;
      if (std::holds_alternative<std::monostate>(key))
        key = key_cell(ask.data, what.entities, code);
      result.table.rows.push_back({to_day(steps.starts[step]), static_cast<std::int64_t>(i) + 1,
                                   key, name_cell(what.entities, code),
                                   by_cell(ask.data, what.entities, code), tallies.of(code).plays,
                                   tallies.of(code).ms});
    }
  });
}

void genres_over_time(const Ask& ask, Result& result) {
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  const auto profiles = profiles_of(ask.data);
  const auto& families = ask.data.families;
  const auto& plays = ask.data.plays;
  // Number 0 is the profile of plays without an artist.
  const auto width = profiles.parts.size() + 1;
  std::vector<Heard> heard(steps.starts.size() * width);
  ask.counted.each([&](std::size_t row) {
    const auto artist = plays.artist[row];
    const auto profile = artist < 0 ? 0 : profiles.of_artist[Entities::at(artist)] + 1;
    heard[Entities::at(steps.of(plays.day[row])) * width + Entities::at(profile)].add(
        plays.ms[row]);
  });
  result.table.columns = {{"start", Unit::day},
                          {"family", Unit::text},
                          {"plays", Unit::number},
                          {"ms", Unit::ms},
                          {"share", Unit::share}};
  for (std::size_t step = 0; step < steps.starts.size(); ++step) {
    std::vector<double> of_plays(families.size() + 1);
    std::vector<double> of_ms(families.size() + 1);
    double whole = 0;
    for (std::size_t profile = 0; profile < width; ++profile) {
      const auto& counted = heard[step * width + profile];
      whole += static_cast<double>(measure_of(counted.ms, counted.plays, ask.query.by));
      for (std::size_t family = 0; family <= families.size(); ++family) {
        const double unknown = family == families.size() ? 1 : 0;
        const auto part = profile == 0 ? unknown : profiles.parts[profile - 1][family];
        of_plays[family] += part * static_cast<double>(counted.plays);
        of_ms[family] += part * static_cast<double>(counted.ms);
      }
    }
    for (std::size_t family = 0; family <= families.size(); ++family) {
      const auto part = ask.query.by == Measure::time ? of_ms[family] : of_plays[family];
      result.table.rows.push_back(
          {to_day(steps.starts[step]), family < families.size() ? Cell(families[family]) : Cell(),
           of_plays[family], of_ms[family], whole > 0 ? Cell(part / whole) : Cell()});
    }
  }
}

}  // namespace soundlake::stats
