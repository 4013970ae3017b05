// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/stats/play_columns.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::stats {

/// The measure lists are ordered and shares are made by.
enum class Measure { time, plays };

enum class Step { day, week, month, quarter, year };
const char* name_of(Step step);

/// `last=4w`: so many units back from today, today included.
struct Last {
  int count = 0;    ///< 0 with unit 'a' is all
  char unit = 'a';  ///< d, w, m, y or a
};

/// What to tell about which plays. Parsed from `name=value` pairs, the same on the command line, in
/// the API and in the addresses of pages (docs/statistics.md).
struct Query {
  std::optional<base::Day> from;
  std::optional<base::Day> to;
  std::optional<int> year;
  std::optional<Last> last;
  Rule rule = Rule::seconds30;
  Measure by = Measure::time;
  std::optional<std::vector<Kind>> kinds;  ///< nothing: the statistic's own choice
  std::vector<std::string> artists;        ///< keys or names; one of them is enough
  std::vector<std::string> albums;
  std::vector<std::string> tracks;
  std::vector<std::string> shows;
  std::vector<std::string> genres;
  std::vector<std::string> families;
  std::optional<std::pair<int, int>> popularity;  ///< both ends included
  std::optional<Step> step;
  std::optional<std::size_t> limit;
  std::size_t offset = 0;
  std::vector<std::string> fields;
  std::string term = "short_term";  ///< of the snapshots: short_term, medium_term or long_term
};

/// Most rows one answer may have, and most steps one range may be cut into.
constexpr std::size_t kMostRows = 10'000;
constexpr std::size_t kMostSteps = 4'000;

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The query that the pairs spell. Names of artists and the like are not looked up here.
/// Throws Error{usage} naming the pair for an unknown name (with the nearest one), a value that is
/// none, a reversed range, and two ways of saying the dates at once.
Query parse_query(const Pairs& pairs);

/// A name of the grammar.
struct QueryName {
  std::string name;
  std::string value;  ///< how values look, for help
  std::string help;
  bool repeatable = false;
};

/// Every name, in the order of docs/statistics.md.
const std::vector<QueryName>& query_names();

}  // namespace soundlake::stats
