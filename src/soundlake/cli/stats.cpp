// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/zone.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/stats_csv.hpp"
#include "soundlake/cli/stats_draw.hpp"
#include "soundlake/cli/stats_overview.hpp"
#include "soundlake/cli/style.hpp"
#include "soundlake/serve/answer.hpp"
#include "soundlake/stats/statistics.hpp"

#include <fmt/format.h>

namespace soundlake::cli {
namespace {

/// The grammar from flags and from `name=value` words; words may repeat a name.
stats::Pairs pairs_of(const Invocation& invocation) {
  stats::Pairs pairs;
  for (const auto& name : stats::query_names()) {
    const auto flag = "--" + name.name;
    if (invocation.has(flag)) pairs.emplace_back(name.name, invocation.value(flag));
  }
  for (std::size_t i = 1; i < invocation.arguments.size(); ++i) {
    const auto& word = invocation.arguments[i];
    const auto equals = word.find('=');
    if (equals == std::string::npos) {
      throw Error(ErrorKind::usage, "'" + word + "' is no name=value",
                  "after the statistic come flags such as --year 2026 or words such as year=2026");
    }
    pairs.emplace_back(word.substr(0, equals), word.substr(equals + 1));
  }
  return pairs;
}

stats::FamilyRules families_of(const Invocation& invocation) {
  if (!invocation.has("--families")) return stats::default_family_rules();
  const auto& path = invocation.value("--families");
  const auto text = base::read_file(path);
  if (!text) {
    throw Error(ErrorKind::usage, "there is no file '" + path + "'",
                "--families takes a file of lines such as `Family: word, word`");
  }
  return stats::parse_family_rules(*text);
}

void run(const Invocation& invocation, Report& report) {
  // The question is read before the lake, so that a wrong word is told at once.
  const auto query = stats::parse_query(pairs_of(invocation));
  const bool overview = invocation.arguments.empty();
  if (overview && (invocation.json || invocation.has("--csv"))) {
    throw Error(ErrorKind::usage, "which statistic?", "soundlake stats --help lists them");
  }
  const auto& statistic =
      stats::statistic_named(overview ? "totals" : invocation.arguments.front());
  Services services(invocation);
  const auto view = services.open_lake().view();
  const bool simulated = view.identity().simulated;
  const auto data = stats::load(view, families_of(invocation));
  const auto today = base::Zone::named(data.timezone).local(services.now()).date;
  if (overview) {
    report.text = drawn_overview(listening_title(simulated), data, query, today);
    return;
  }
  const auto result = stats::compute(data, statistic, query, today);
  report.own_json = serve::json_of(result);
  if (invocation.has("--csv")) {
    report.text = csv_of(result.table);
    return;
  }
  if (simulated) report.text = "\n" + listening_title(simulated) + "\n";
  report.text += drawn(result);
}

std::vector<Option> options() {
  std::vector<Option> options{
      {.name = "--csv", .value = {}, .help = "Print the rows as CSV"},
      {.name = "--families",
       .value = "FILE",
       .help = "Genre families of your own, one `Family: word, word` per line"}};
  for (const auto& name : stats::query_names())
    options.push_back({.name = "--" + name.name, .value = name.value, .help = name.help});
  return options;
}

std::string description() {
  std::string text =
      "The numbers of the dashboard on the terminal, as JSON or as CSV. Makes no request.\n\n";
  for (const auto& statistic : stats::all_statistics())
    text += fmt::format("  {:<18} {}\n", statistic.name, statistic.summary);
  return text + "\ndocs/statistics.md defines each one.";
}

}  // namespace

Command stats_command() {
  return {.name = "stats",
          .summary = "Statistics of your listening, drawn, as JSON or CSV",
          .description = description(),
          .options = options(),
          .argument = "NAME",
          .run = run};
}

}  // namespace soundlake::cli
