// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/pipeline.hpp"

#include "soundlake/cli/import_report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/settle_zone.hpp"
#include "soundlake/cli/tableau_stage.hpp"
#include "soundlake/history/apply_recent.hpp"
#include "soundlake/history/catalogue.hpp"
#include "soundlake/spotify/extract.hpp"

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

/// The lake is complete without its copy, so what keeps the copy from being made is a problem of
/// the run and not its end.
std::optional<LoadResult> try_to_load(Services& services, const RunRequest& request,
                                      Report& report) {
  const std::string& place = services.settings().text("load_to");
  try {
    auto loaded = load_stage(services, {.command = request.command, .to = place}, report);
    report.parts.emplace_back("load", loaded.counts);
    return loaded;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::cancelled) throw;
    report.problems.push_back({name_of(error.kind()), "the lake was not loaded: " + error.message(),
                               error.hint(), place});
    return std::nullopt;
  }
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

  std::string moved_zone;
  history::MergeCounts plays;
  services.tell_requests(report);
  lake::RunInfo run{.command = request.command,
                    .started_at = started_at,
                    .requests = requests_json(report.requests)};
  const auto committed = lake.commit(run, [&](lake::Edit& edit) {
    // An account that this lake does not belong to is refused before anything is merged.
    edit.claim_account(extraction.account_id);
    const auto settled = settle_zone(edit, services.settings());
    moved_zone = settled.moved;
    plays = {};
    if (extraction.recent_poll) {
      plays = history::apply_recent(edit, extraction.plays, settled.zone,
                                    poll_info(*extraction.recent_poll));
    }
    spotify::apply(extraction, edit);
    history::link_names(edit);
    spotify::rank_heard(extraction, edit);
    edit.add_raw(spotify::kService, extraction.raw);
    run.counts = counts_json(counts_of(extraction, plays));
  });

  tell_outcome(extraction, report);
  return {.counts = counts_of(extraction, plays),
          .changed = committed.changed,
          .unknown = extraction.unknown,
          .moved_zone = moved_zone,
          .lake = lake.store().address()};
}

RunResult run_pipeline(Services& services, const RunRequest& request, Report& report) {
  RunResult result;
  if (!request.exports.empty()) {
    result.imported =
        import_stage(services, {.command = request.command, .paths = request.exports}, report);
    report.parts.emplace_back("import", import_counts(result.imported->books));
    report.details_json = import_details(*result.imported);
  }
  if (request.extract) {
    result.extracted = extract_stage(services, {.command = request.command}, report);
    report.parts.emplace_back("extract", result.extracted->counts);
  }
  result.exported = export_stage(services, {.command = request.command});
  report.parts.emplace_back("export", result.exported.counts);
  report.parts.emplace_back("tableau", tableau_stage(services, request.command).counts);
  const std::string& load_to = services.settings().text("load_to");
  // A simulated lake has no business where a person keeps the own one.
  if (!load_to.empty() && !services.simulated())
    result.loaded = try_to_load(services, request, report);
  services.tell_requests(report);
  return result;
}

}  // namespace soundlake::cli
