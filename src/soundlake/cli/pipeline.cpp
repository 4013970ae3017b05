// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/pipeline.hpp"

#include "soundlake/base/zone.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/exports/compiled.hpp"
#include "soundlake/exports/export_files.hpp"
#include "soundlake/history/apply_recent.hpp"
#include "soundlake/history/identity.hpp"
#include "soundlake/spotify/extract.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace soundlake::cli {
namespace {

spotify::ExtractOptions extract_options(Services& services, const ExtractRequest& request) {
  const auto& settings = services.settings();
  const auto token = services.token_store().load();
  return {.api_url = settings.text("spotify_api_url"),
          .client_id = services.app().client_id,
          .account_id =
              token && !token->account_id.empty() ? std::optional(token->account_id) : std::nullopt,
          .market = settings.text("market"),
          .recent_only = request.recent_only,
          .all_depth = request.all_depth,
          .album_calls_per_day = static_cast<int>(settings.number("album_calls_per_day")),
          .clock = services.clock()};
}

Counts counts_of(const spotify::Extraction& extraction, const history::MergeCounts& plays) {
  return {{"artists", extraction.counts.artists},
          {"albums", extraction.counts.albums},
          {"tracks", extraction.counts.tracks},
          {"plays_new", plays.added},
          {"plays_duplicate", plays.duplicates}};
}

void tell_outcome(const spotify::Extraction& extraction, Report& report) {
  for (const auto& wait : extraction.waits) {
    report.waits.push_back({.service = wait.service,
                            .bucket = wait.bucket,
                            .until = wait.until,
                            .deferred = wait.bucket == spotify::kAlbumBudgetBucket});
  }
  report.partial = report.partial || extraction.partial;
  for (const auto& problem : extraction.problems) {
    report.problems.push_back({problem.kind, problem.message, problem.hint, problem.where});
  }
}

history::PollInfo poll_info(const spotify::RecentPoll& poll) {
  return {.items = static_cast<std::size_t>(poll.items),
          .limit = static_cast<std::size_t>(poll.limit),
          .polled_at = poll.at};
}

/// Writes the days of every play anew, as a person in this zone sees them.
void move_to_zone(lake::Edit& edit, const base::Zone& zone) {
  for (const int year : edit.view().play_years()) {
    auto plays = edit.plays_of(year);
    for (auto& play : plays) history::localize(play, zone);
    edit.replace_plays(year, std::move(plays));
  }
  edit.set_timezone(zone.name());
}

}  // namespace

ExtractResult extract_stage(Services& services, const ExtractRequest& request, Report& report) {
  // The sign-in comes first: without one no lake is made.
  services.session().token();
  const base::Instant started_at = services.now();
  lake::Lake lake = services.lake_to_write();
  const auto known = lake.view();
  const auto extraction =
      spotify::extract(services.client(), services.session(), services.state(), known,
                       extract_options(services, request), services.progress());
  services.token_store().remember_account(extraction.account_id);

  const std::string zone_before = known.identity().timezone;
  const auto& settings = services.settings();
  const auto zone =
      base::Zone::named(settings.is_set("timezone") ? settings.text("timezone") : zone_before);
  history::MergeCounts plays;
  services.tell_requests(report);
  lake::RunInfo run{.command = request.command,
                    .started_at = started_at,
                    .requests = requests_json(report.requests)};
  const auto committed = lake.commit(run, [&](lake::Edit& edit) {
    // An account that this lake does not belong to is refused before anything is merged.
    edit.claim_account(extraction.account_id);
    if (edit.view().identity().timezone != zone.name()) move_to_zone(edit, zone);
    plays = {};
    if (extraction.recent_poll) {
      plays =
          history::apply_recent(edit, extraction.plays, zone, poll_info(*extraction.recent_poll));
    }
    spotify::apply(extraction, edit);
    edit.add_raw(spotify::kService, extraction.raw);
    run.counts = counts_json(counts_of(extraction, plays));
  });

  tell_outcome(extraction, report);
  return {.counts = counts_of(extraction, plays),
          .changed = committed.changed,
          .unknown = extraction.unknown,
          .moved_zone = zone_before == zone.name() ? "" : zone_before + " → " + zone.name(),
          .lake = lake.store().address()};
}

ExportResult export_stage(Services& services, const ExportRequest& request) {
  const base::Instant started_at = services.now();
  lake::Lake lake = services.open_lake();
  ExportResult result{.counts = {}, .files = {}, .lake = lake.store().address()};
  std::int64_t artists = 0;
  const auto committed =
      lake.commit({.command = request.command, .started_at = started_at}, [&](lake::Edit& edit) {
        result.files.clear();
        const auto input = exports::export_input(edit);
        artists = static_cast<std::int64_t>(exports::compile_artists(input).size());
        const auto files = exports::export_files(
            input,
            {.provenance = request.provenance, .spreadsheet_safe = request.spreadsheet_safe});
        for (const auto& key : exports::export_keys()) {
          const auto file = files.find(key);
          if (file == files.end()) {
            edit.remove(key);
          } else {
            result.files.push_back(key);
            edit.put(key, file->second);
          }
        }
      });
  const auto changed =
      std::count_if(committed.changed.begin(), committed.changed.end(),
                    [](const std::string& key) { return key.starts_with("exports/"); });
  result.counts = {{"artists", artists},
                   {"files", static_cast<std::int64_t>(result.files.size())},
                   {"files_changed", changed}};
  return result;
}

RunResult run_pipeline(Services& services, const std::string& command, Report& report) {
  RunResult result;
  result.extracted = extract_stage(services, {.command = command}, report);
  result.exported = export_stage(services, {.command = command});
  services.tell_requests(report);
  report.parts = {{"extract", result.extracted.counts}, {"export", result.exported.counts}};
  return result;
}

}  // namespace soundlake::cli
