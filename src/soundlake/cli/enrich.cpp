// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/enrich.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace soundlake::cli {
namespace {

constexpr const char* kMusicBrainz = "musicbrainz";

std::set<std::string> sources_of(const std::string& text) {
  const auto& known = enrich::service_names();
  if (text == "all") return {known.begin(), known.end()};
  std::set<std::string> sources;
  if (text == "none") return sources;
  for (const auto& part : base::split(text, ',')) {
    const auto name = base::to_lower_ascii(base::trim(part));
    if (std::find(known.begin(), known.end(), name) == known.end())
      throw Error(ErrorKind::config, "there is no source '" + name + "'",
                  "sources takes all, none, or some of " + base::join(known, ", "));
    sources.insert(name);
  }
  return sources;
}

/// MusicBrainz cuts off whoever names no contact; without one it is not asked, which is told.
void mind_the_contact(const config::Settings& settings, enrich::Options& options, Report& report) {
  if (!options.sources.contains(kMusicBrainz) || !settings.text("contact").empty()) return;
  options.sources.erase(kMusicBrainz);
  report.problems.push_back(
      {"config", "MusicBrainz was not asked: it wants a contact in the User-Agent",
       "set SOUNDLAKE_CONTACT to a mail or web address of yours, or leave musicbrainz out of "
       "SOUNDLAKE_SOURCES",
       kMusicBrainz});
}

std::string summary_of(const std::vector<enrich::FieldCount>& fields, const Report& report,
                       bool changed) {
  std::string text = "\n";
  for (const auto& field : fields) {
    text += fmt::format("  {:<11}{:>6} filled {:>6} unknown {:>6} waiting\n", field.field,
                        field.filled, field.unknown, field.waiting);
  }
  for (const auto& [service, number] : report.requests)
    text += fmt::format("  {:<11}{:>6} requests\n", service, number);
  for (const auto& problem : report.problems)
    text += "  Problem    " + problem.message +
            (problem.hint.empty() ? "\n" : "\n             → " + problem.hint + "\n");
  return text + (changed ? "  Next       soundlake export writes the lists with these values\n"
                         : "  Nothing changed, nothing was written\n");
}

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  services.open_lake();  // refused where there is none: there would be nothing to ask about
  auto lake = services.lake_to_write();
  const auto& settings = services.settings();
  enrich::Options options{.sources = sources_of(settings.text("sources")),
                          .musicbrainz_url = settings.text("musicbrainz_url"),
                          .deezer_url = settings.text("deezer_url"),
                          .reccobeats_url = settings.text("reccobeats_url"),
                          .clock = services.clock()};
  mind_the_contact(settings, options, report);
  const auto started_at = services.now();
  auto& client = services.client();
  for (const auto& name : enrich::service_names())
    client.add_service(name, enrich::limits_of(name));
  const auto enrichment = enrich::enrich(client, lake.view(), options);
  services.tell_requests(report);
  const auto committed = lake.commit(
      {.command = "enrich", .started_at = started_at, .requests = requests_json(report.requests)},
      [&](lake::Edit& edit) { enrich::apply(enrichment, edit); });
  for (const auto& problem : enrichment.problems)
    report.problems.push_back(
        {"service", problem.message, "run enrich again later", problem.service});
  report.partial = !report.problems.empty();
  const auto fields = enrich::counts(lake.view(), options);
  for (const auto& field : fields) {
    report.parts.emplace_back(
        field.field,
        Counts{{"filled", field.filled}, {"unknown", field.unknown}, {"waiting", field.waiting}});
  }
  services.tell_requests(report);
  report.summary = summary_of(fields, report, committed.committed);
}

}  // namespace

Command enrich_command() {
  return {.name = "enrich",
          .summary = "Fill genres, popularity, BPM and mode from open services",
          .description =
              "Ask open services what Spotify does not tell: MusicBrainz for genres, Deezer for "
              "fans (popularity is derived from them), ReccoBeats for BPM and mode. Sent are ids "
              "of your top artists and listed tracks, never when or how often you listened. "
              "Answers are kept with source and confidence and asked again only when they expire.",
          .run = run};
}

}  // namespace soundlake::cli
