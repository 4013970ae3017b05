// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/cli/commands.hpp"
#include "soundlake/cli/connect.hpp"
#include "soundlake/cli/destinations.hpp"
#include "soundlake/cli/load_stage.hpp"
#include "soundlake/cli/report.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/tableau_stage.hpp"
#include "soundlake/exports/export_files.hpp"
#include "soundlake/spotify/capability.hpp"
#include "soundlake/spotify/extract.hpp"

#include <fmt/format.h>

#include <iostream>

namespace soundlake::cli {
namespace {

void make_sure(const Invocation& invocation) {
  if (invocation.has("--yes")) return;
  if (!at_a_terminal() || invocation.json) {
    throw Error(ErrorKind::usage, "forget deletes data for good and wants to be told so",
                "run: soundlake forget --yes");
  }
  fmt::print(
      stderr,
      "This removes everything that came from Spotify's Web API from the lake {} and the sign-in\n"
      "from this machine, for good. Type yes to go on: ",
      invocation.settings.text("lake"));
  std::string line;
  if (!std::getline(std::cin, line) || base::trim(line) != "yes") {
    throw Error(ErrorKind::cancelled, "nothing was removed");
  }
}

template <class Row, class Keep>
std::int64_t keep_only(lake::Edit& edit, Keep keep) {
  auto rows = edit.rows<Row>();
  const auto before = rows.size();
  std::erase_if(rows, [&](const Row& row) { return !keep(row); });
  const auto removed = static_cast<std::int64_t>(before - rows.size());
  if (removed > 0) edit.replace<Row>(std::move(rows));
  return removed;
}

std::int64_t forget_recent_plays(lake::Edit& edit) {
  std::int64_t removed = 0;
  for (const int year : edit.view().play_years()) {
    auto plays = edit.plays_of(year);
    const auto before = plays.size();
    std::erase_if(plays, [](const lake::Play& play) { return play.source == "recent"; });
    removed += static_cast<std::int64_t>(before - plays.size());
    if (before != plays.size()) edit.replace_plays(year, std::move(plays));
  }
  return removed;
}

/// Takes out of every table what only the Web API told.
Counts forget_rows(lake::Edit& edit) {
  const auto none = [](const auto&) { return false; };
  const auto without_id = [](const auto& row) { return !row.id.has_value(); };
  Counts removed;
  removed.emplace_back("top_artists", keep_only<lake::TopArtist>(edit, none));
  removed.emplace_back("top_tracks", keep_only<lake::TopTrack>(edit, none));
  removed.emplace_back("artist_albums", keep_only<lake::ArtistAlbum>(edit, none));
  removed.emplace_back("artist_top_tracks", keep_only<lake::ArtistTopTrack>(edit, none));
  removed.emplace_back("artists", keep_only<lake::Artist>(edit, without_id));
  removed.emplace_back("albums", keep_only<lake::Album>(edit, without_id));
  removed.emplace_back("tracks", keep_only<lake::Track>(edit, without_id));
  removed.emplace_back("facts", keep_only<lake::Fact>(edit, [](const lake::Fact& fact) {
                         return fact.source != spotify::kService;
                       }));
  removed.emplace_back("gaps", keep_only<lake::Gap>(edit, none));
  removed.emplace_back("plays", forget_recent_plays(edit));
  for (const auto& key : exports::export_keys()) edit.remove(key);
  edit.remove(kWorkbookKey);
  return removed;
}

/// Takes the same out of every copy. Gives the places that were reached.
std::vector<std::string> forget_copies(Services& services, Report& report) {
  std::vector<std::string> reached;
  for (const auto& place : Destinations(services.state()).of(services.store()->address())) {
    try {
      load_stage(services, {.command = "forget", .to = place, .purge = true}, report);
      reached.push_back(place);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::cancelled) throw;
      report.problems.push_back({name_of(error.kind()),
                                 "the copy was not reached: " + error.message(),
                                 "run forget again when it can be, or delete the copy", place});
    }
  }
  return reached;
}

void run(const Invocation& invocation, Report& report) {
  Services services(invocation);
  make_sure(invocation);
  if (services.lake_exists()) {
    auto lake = services.open_lake();
    const auto result =
        lake.commit({.command = "forget", .started_at = services.now()},
                    [&](lake::Edit& edit) { report.counts = forget_rows(edit); }, {.purge = true});
    for (const auto& what : result.not_removed) {
      report.problems.push_back(
          {"io", "could not remove " + what, "remove it by hand", lake.store().address()});
    }
  }
  const auto copies = forget_copies(services, report);
  services.response_cache().forget(spotify::kService);
  services.closures().forget(spotify::kService);
  spotify::Capabilities::forget(services.state());
  services.token_store().forget();

  services.tell_requests(report);
  std::int64_t rows = 0;
  for (const auto& [table, number] : report.counts) rows += number;
  report.summary = fmt::format(
      "Forgotten: {} rows, the exports, raw answers and older states of {}{}, kept answers and the "
      "sign-in on this machine.\n",
      base::group_digits(rows), services.settings().text("lake"),
      copies.empty() ? "" : " and of its copies in " + base::join(copies, ", "));
  for (const auto& problem : report.problems) {
    report.summary += fmt::format("Not reached: {}: {}\n", problem.where, problem.message);
  }
  report.summary +=
      "Not reached: copies, backups and snapshots you made elsewhere, and what a versioned bucket "
      "keeps of replaced and deleted objects (docs/s3.md). At Spotify: spotify.com/account/apps → "
      "Remove access.\n";
}

}  // namespace

Command forget_command() {
  return {.name = "forget",
          .summary = "Remove everything that came from Spotify's Web API",
          .description =
              "Remove what came from Spotify's Web API: from the lake's tables, raw/, exports/ and "
              "older manifests, the kept answers and the "
              "sign-in. Imported history stays. Names what it could not reach.",
          .options = {{.name = "--yes", .value = {}, .help = "Do not ask"}},
          .run = run};
}

}  // namespace soundlake::cli
