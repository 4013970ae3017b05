// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/computations.hpp"
#include "soundlake/stats/ranking.hpp"

#include <algorithm>
#include <functional>
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

/// How a play of each artist is split over the families: evenly over its genres.
struct Part {
  std::size_t family;
  double weight;
};

std::vector<std::vector<Part>> parts_of_artists(const Dataset& data) {
  std::vector<std::vector<Part>> parts(data.artist_values.size());
  for (std::size_t artist = 0; artist < parts.size(); ++artist) {
    const auto& genres = data.artist_values[artist].genres;
    std::vector<std::int64_t> in_family(data.families.size());
    for (const auto genre : genres)
      ++in_family[Entities::at(data.family_of_genre[Entities::at(genre)])];
    for (std::size_t family = 0; family < in_family.size(); ++family) {
      if (in_family[family] == 0) continue;
      parts[artist].push_back(
          {family, static_cast<double>(in_family[family]) / static_cast<double>(genres.size())});
    }
  }
  return parts;
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
  const auto what = named(ask.data, "artist");
  const auto steps = steps_of(ask.period.days, ask.query.step.value_or(Step::month));
  const auto parts = parts_of_artists(ask.data);
  const auto& families = ask.data.families;
  result.table.columns = {{"start", Unit::day},
                          {"family", Unit::text},
                          {"plays", Unit::number},
                          {"ms", Unit::ms},
                          {"share", Unit::share}};
  each_step(ask, steps, what, [&](std::size_t step, StepTallies& tallies) {
    std::vector<double> plays(families.size() + 1);
    std::vector<double> ms(families.size() + 1);
    double whole = 0;
    for (const auto code : tallies.touched()) {
      const auto& heard = tallies.of(code);
      whole += static_cast<double>(measure_of(heard.ms, heard.plays, ask.query.by));
      const auto add = [&](std::size_t family, double weight) {
        plays[family] += weight * static_cast<double>(heard.plays);
        ms[family] += weight * static_cast<double>(heard.ms);
      };
      if (code < 0 || parts[Entities::at(code)].empty()) {
        add(families.size(), 1);
        continue;
      }
      for (const auto& [family, weight] : parts[Entities::at(code)]) add(family, weight);
    }
    for (std::size_t family = 0; family <= families.size(); ++family) {
      const auto part = ask.query.by == Measure::time ? ms[family] : plays[family];
      result.table.rows.push_back(
          {to_day(steps.starts[step]), family < families.size() ? Cell(families[family]) : Cell(),
           plays[family], ms[family], whole > 0 ? Cell(part / whole) : Cell()});
    }
  });
}

}  // namespace soundlake::stats
