// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/dataset.hpp"
#include "soundlake/stats/period.hpp"
#include "soundlake/stats/query.hpp"
#include "soundlake/stats/selection.hpp"
#include "soundlake/stats/table.hpp"

#include <string>
#include <vector>

namespace soundlake::stats {

/// A query with everything it means over a dataset.
struct Ask {
  const Dataset& data;
  const Query& query;
  Period period;
  Filter filter;
  std::vector<Kind> kinds;
  Rule rule;
  /// The counted plays within the dates.
  Selection counted;
  const std::vector<std::string>& known_fields;

  /// The counted plays within other dates.
  Selection within(const Days& days) const { return counted.within(days); }
  /// The counted plays up to the last of the dates, from the beginning.
  Selection ever() const;
  /// The fields asked for, else all that the statistic has.
  std::vector<std::string> fields() const;
  /// The one field asked for, else the statistic's first.
  std::string field() const;
};

/// A statistic: what docs/statistics.md defines under its name.
struct Statistic {
  std::string name;
  std::string summary;                ///< one line of the help
  std::vector<Kind> kinds;            ///< counted when the query names none
  std::vector<std::string> fields{};  ///< what `field` may name; all or the first by default
  bool one_field = false;             ///< `field` names one of them, not several
  bool every_row = false;             ///< counts under the rule `all`, whatever the query says
  void (*compute)(const Ask& ask, Result& result) = nullptr;
};

/// Every statistic, in the order of docs/statistics.md.
const std::vector<Statistic>& all_statistics();
/// Throws Error{usage} for an unknown name, with the nearest one.
const Statistic& statistic_named(const std::string& name);

/// The answer to a query, from the plays and tables of the dataset alone.
/// @param today local date that `last` counts back from
/// Throws Error{usage} for names the lake does not know and answers that would be too long.
Result compute(const Dataset& data, const Statistic& statistic, const Query& query,
               base::Day today);

}  // namespace soundlake::stats
