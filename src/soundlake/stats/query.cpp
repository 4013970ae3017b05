// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/query.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace soundlake::stats {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& value,
                         const std::string& hint) {
  throw Error(ErrorKind::usage, "'" + value + "' is no value of " + name, hint);
}

std::optional<long> whole_number(std::string_view text) {
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.front() == '-' || error != std::errc{} ||
      end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

long number_of(const std::string& name, const std::string& value, long least, long most) {
  const auto number = whole_number(value);
  if (!number || *number < least || *number > most) {
    refuse(name, value,
           "use a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return *number;
}

base::Day day_of(const std::string& name, const std::string& value) {
  const auto day = base::parse_day(value);
  if (!day) refuse(name, value, "use a date such as 2026-01-31");
  return *day;
}

/// The value's place in the list of words.
template <std::size_t count>
std::size_t choice_of(const std::string& name, const std::string& value,
                      const std::array<const char*, count>& words) {
  const auto found = std::find(words.begin(), words.end(), value);
  if (found == words.end()) {
    const std::vector<std::string> all(words.begin(), words.end());
    refuse(name, value, "use " + base::join(all, ", "));
  }
  return static_cast<std::size_t>(found - words.begin());
}

Last last_of(const std::string& value) {
  if (value == "all") return {};
  const std::string digits = value.empty() ? value : value.substr(0, value.size() - 1);
  const auto count = whole_number(digits);
  const char unit = value.empty() ? ' ' : value.back();
  if (!count || *count < 1 || *count > 100'000 ||
      std::string_view("dwmy").find(unit) == std::string_view::npos) {
    refuse("last", value, "use a number with d, w, m or y such as 90d, 4w, 6m, 1y, or all");
  }
  return {.count = static_cast<int>(*count), .unit = unit};
}

std::vector<Kind> kinds_of(const std::string& value) {
  static constexpr std::array kWords{"track", "episode", "chapter", "video", "unknown", "all"};
  std::vector<Kind> kinds;
  for (const auto& word : base::split(value, ',')) {
    const auto choice = choice_of("kind", word, kWords);
    if (choice == kKinds) {
      return {Kind::track, Kind::episode, Kind::chapter, Kind::video, Kind::unknown};
    }
    kinds.push_back(static_cast<Kind>(choice));
  }
  return kinds;
}

std::pair<int, int> popularity_of(const std::string& value) {
  const auto dash = value.find('-');
  if (dash == std::string::npos) refuse("pop", value, "use two numbers such as 60-100");
  const auto low = static_cast<int>(number_of("pop", value.substr(0, dash), 0, 100));
  const auto high = static_cast<int>(number_of("pop", value.substr(dash + 1), 0, 100));
  if (low > high) refuse("pop", value, "the lower end comes first, such as 60-100");
  return {low, high};
}

void check_range(const Query& query) {
  const int ways = (query.from || query.to ? 1 : 0) + (query.year ? 1 : 0) + (query.last ? 1 : 0);
  if (ways > 1) {
    throw Error(ErrorKind::usage, "the dates are given twice",
                "use either from and to, or year, or last");
  }
  if (query.from && query.to && *query.from > *query.to) {
    throw Error(
        ErrorKind::usage,
        "from " + base::format_day(*query.from) + " lies after to " + base::format_day(*query.to),
        "the earlier date comes first");
  }
}

void take(Query& query, const std::string& name, const std::string& value) {
  static constexpr std::array kRules{"all", "30s", "trackdone", "half"};
  static constexpr std::array kMeasures{"time", "plays"};
  static constexpr std::array kSteps{"day", "week", "month", "quarter", "year"};
  static constexpr std::array kTerms{"short", "medium", "long"};
  if (name == "from") {
    query.from = day_of(name, value);
  } else if (name == "to") {
    query.to = day_of(name, value);
  } else if (name == "year") {
    query.year = static_cast<int>(number_of(name, value, 1970, 2200));
  } else if (name == "last") {
    query.last = last_of(value);
  } else if (name == "rule") {
    query.rule = static_cast<Rule>(choice_of(name, value, kRules));
  } else if (name == "by") {
    query.by = static_cast<Measure>(choice_of(name, value, kMeasures));
  } else if (name == "kind") {
    query.kinds = kinds_of(value);
  } else if (name == "artist") {
    query.artists.push_back(value);
  } else if (name == "album") {
    query.albums.push_back(value);
  } else if (name == "track") {
    query.tracks.push_back(value);
  } else if (name == "show") {
    query.shows.push_back(value);
  } else if (name == "genre") {
    query.genres.push_back(value);
  } else if (name == "family") {
    query.families.push_back(value);
  } else if (name == "pop") {
    query.popularity = popularity_of(value);
  } else if (name == "step") {
    query.step = static_cast<Step>(choice_of(name, value, kSteps));
  } else if (name == "limit") {
    query.limit = static_cast<std::size_t>(number_of(name, value, 1, kMostRows));
  } else if (name == "offset") {
    query.offset = static_cast<std::size_t>(number_of(name, value, 0, 1'000'000'000));
  } else if (name == "field") {
    for (const auto& field : base::split(value, ',')) query.fields.push_back(field);
  } else if (name == "term") {
    query.term = std::string(kTerms.at(choice_of(name, value, kTerms))) + "_term";
  }
}

}  // namespace

const char* name_of(Step step) {
  switch (step) {
    case Step::day:
      return "day";
    case Step::week:
      return "week";
    case Step::month:
      return "month";
    case Step::quarter:
      return "quarter";
    case Step::year:
      break;
  }
  return "year";
}

const std::vector<QueryName>& query_names() {
  static const std::vector<QueryName> names{
      {"from", "DATE", "First local date, 2026-01-31"},
      {"to", "DATE", "Last local date"},
      {"year", "YEAR", "A calendar year"},
      {"last", "4w", "Back from today: 90d, 4w, 6m, 1y, or all"},
      {"rule", "RULE", "What counts as a play: 30s (default), all, trackdone, half"},
      {"by", "MEASURE", "Order and shares by time (default) or plays"},
      {"kind", "KIND,…", "track, video, episode, chapter, unknown, all; music by default"},
      {"artist", "KEY|NAME", "Only this artist; repeatable", true},
      {"album", "KEY|NAME", "Only this album; repeatable", true},
      {"track", "KEY|NAME", "Only this track; repeatable", true},
      {"show", "KEY|NAME", "Only this podcast or audiobook; repeatable", true},
      {"genre", "NAME", "Only artists of this genre; repeatable", true},
      {"family", "NAME", "Only artists of this genre family; repeatable", true},
      {"pop", "60-100", "Only artists of this popularity"},
      {"step", "STEP", "day, week, month (default), quarter, year"},
      {"limit", "N", "At most N rows"},
      {"offset", "N", "Leave the first N rows out"},
      {"field", "NAME,…", "Which fields, where the statistic has several"},
      {"term", "TERM", "Of the top lists: short (default), medium, long"},
  };
  return names;
}

Query parse_query(const Pairs& pairs) {
  Query query;
  std::vector<std::string> given;
  for (const auto& [name, value] : pairs) {
    const auto known = std::find_if(query_names().begin(), query_names().end(),
                                    [&](const QueryName& one) { return one.name == name; });
    if (known == query_names().end()) {
      std::vector<std::string> names;
      for (const auto& one : query_names()) names.push_back(one.name);
      const auto near = base::nearest(name, names);
      throw Error(ErrorKind::usage, "statistics know no '" + name + "'",
                  near ? "did you mean `" + *near + "`?" : "use " + base::join(names, ", "));
    }
    if (value.empty()) refuse(name, value, known->help);
    if (!known->repeatable && std::find(given.begin(), given.end(), name) != given.end()) {
      throw Error(ErrorKind::usage, name + " is given twice", "give it once");
    }
    given.push_back(name);
    take(query, name, value);
  }
  check_range(query);
  return query;
}

}  // namespace soundlake::stats
