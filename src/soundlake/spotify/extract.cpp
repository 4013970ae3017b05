// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/extract.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/spotify/albums_fetch.hpp"
#include "soundlake/spotify/features_fetch.hpp"
#include "soundlake/spotify/recent_fetch.hpp"
#include "soundlake/spotify/top_lists_fetch.hpp"
#include "soundlake/spotify/top_tracks_fetch.hpp"

#include <algorithm>
#include <set>

namespace soundlake::spotify {
namespace {

/// The end of the newest play known from the Web API. It lists the latest 50 or so only, so older
/// years need no look.
std::optional<std::int64_t> newest_recent_ms(const lake::View& known) {
  // A commit that did not end may have put its plays in place and not what else their answer told,
  // so the whole list is asked for again.
  if (!known.open_txns().empty()) return std::nullopt;
  std::optional<std::int64_t> newest;
  std::vector<int> years = known.play_years();
  for (auto year = years.rbegin(); year != years.rend() && year - years.rbegin() < 2; ++year) {
    for (const lake::Play& play : known.plays_of(*year)) {
      if (play.source == "recent")
        newest = std::max(newest.value_or(0), base::to_unix_ms(play.played_at));
    }
    if (newest) break;
  }
  return newest;
}

/// The artists of the newest short_term list of the lake, by rank.
std::vector<std::string> known_short_term(const lake::View& known) {
  const auto rows = known.rows<lake::TopArtist>();
  std::optional<base::Day> newest;
  for (const auto& row : rows) {
    if (row.time_range == "short_term" && (!newest || row.snapshot_date > *newest))
      newest = row.snapshot_date;
  }
  std::vector<std::pair<std::int32_t, std::string>> ranked;
  for (const auto& row : rows) {
    if (row.time_range == "short_term" && row.snapshot_date == newest)
      ranked.emplace_back(row.rank, row.id);
  }
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> ids;
  for (auto& [rank, id] : ranked) ids.push_back(std::move(id));
  return ids;
}

/// One extraction: what depends on what stands in step().
class Run {
 public:
  Run(net::Client& client, TokenSource& token, base::Database& state, const lake::View& known,
      const ExtractOptions& options, base::Progress& progress)
      : known_(known),
        options_(options),
        zone_(base::Zone::named(known.identity().timezone)),
        cache_(state),
        capabilities_(state, options.client_id, options.clock),
        api_(client, token, options.api_url, found_, progress),
        asking_{api_,   collector_,      capabilities_,     cache_, state, options_,
                found_, options.clock(), [this] { step(); }},
        lists_(asking_, zone_),
        albums_(asking_),
        features_(asking_),
        top_tracks_(asking_, [this](const std::vector<std::string>& ids) { features_.want(ids); }) {
  }

  Extraction run() {
    ask_account();
    ask_recent(asking_, newest_recent_ms(known_));
    if (!options_.recent_only) lists_.ask(found_.account_id);
    api_.run();
    finish();
    return std::move(found_);
  }

 private:
  /// The account comes before all else: kept answers are the account's, and one refused question
  /// tells what a whole burst of them would.
  void ask_account() {
    if (options_.account_id && !options_.account_id->empty()) {
      found_.account_id = *options_.account_id;
      return;
    }
    api_.get(me_call(), [this](const Answer& answer) {
      if (answer.kind == Answer::Kind::refused) throw error_of(answer.refusal);
      if (answer.ok()) found_.account_id = read_account_id(answer.root).value_or("");
    });
    api_.run();
    if (!found_.account_id.empty()) return;
    if (!found_.waits.empty()) {
      throw Error(ErrorKind::network,
                  "Spotify takes no questions about the account until " +
                      base::format_utc(found_.waits.front().until),
                  "run it again then; nothing is lost");
    }
    const std::string why = found_.problems.empty() ? "the answer of GET /me names no account"
                                                    : found_.problems.front().message;
    throw Error(ErrorKind::network, "Spotify did not tell whose account this is: " + why,
                "run it again later");
  }

  /// Starts whatever the answers so far make possible.
  void step() {
    if (options_.recent_only) return;
    const bool short_term = lists_.settled(TopKind::artists, "short_term");
    if (short_term && !exported_asked_) {
      exported_asked_ = true;
      const std::vector<std::string> exported = exported_artists();
      albums_.ask(exported, true);
      top_tracks_.ask(exported);
    }
    if (exported_asked_ && !others_asked_ && lists_.settled(TopKind::artists) && albums_.idle()) {
      // Only now is it known what the exported artists leave of the budget.
      others_asked_ = true;
      albums_.ask(other_artists(), false);
    }
    if (lists_.settled(TopKind::tracks) && !listeners_tracks_asked_) {
      listeners_tracks_asked_ = true;
      for (const char* range : kTimeRanges) features_.want(lists_.ids(TopKind::tracks, range));
    }
    features_.flush(listeners_tracks_asked_ && exported_asked_ && top_tracks_.idle());
  }

  std::vector<std::string> exported_artists() {
    std::vector<std::string> ids = lists_.ids(TopKind::artists, "short_term");
    if (ids.empty()) ids = known_short_term(known_);
    if (ids.size() > kExportedArtists) ids.resize(kExportedArtists);
    asked_.insert(ids.begin(), ids.end());
    return ids;
  }

  std::vector<std::string> other_artists() {
    std::vector<std::string> others;
    for (const char* range : kTimeRanges) {
      for (const std::string& id : lists_.ids(TopKind::artists, range)) {
        if (asked_.insert(id).second) others.push_back(id);
      }
    }
    return others;
  }

  void finish() {
    albums_.finish();
    lists_.finish();
    collector_.into(found_);
    // By time and question, not in the order in which answers happened to come.
    std::sort(found_.raw.begin(), found_.raw.end());
    found_.capabilities = capabilities_.all();
    for (std::string& sentence : unknown_because(found_.capabilities)) {
      found_.unknown.push_back(std::move(sentence));
    }
    for (const net::Closure& wait : found_.waits) {
      if (wait.bucket == kAlbumBudgetBucket) continue;
      found_.unknown.push_back("what " + wait.bucket +
                               " would tell: Spotify takes no such questions until " +
                               base::format_utc(wait.until));
    }
    // The client may have kept what turned out to be no answer.
    for (const std::string& key : api_.unusable_keys()) {
      cache_.keep(kService, key,
                  {.body = "", .etag = "", .received_at = asking_.now, .fresh_until = asking_.now});
    }
    cache_.flush();
  }

  const lake::View& known_;
  const ExtractOptions& options_;
  const base::Zone zone_;
  Extraction found_;
  net::ResponseCache cache_;
  Collector collector_;
  Capabilities capabilities_;
  Api api_;
  Asking asking_;
  TopListsFetch lists_;
  AlbumsFetch albums_;
  FeaturesFetch features_;
  TopTracksFetch top_tracks_;
  std::set<std::string> asked_;  ///< artists whose albums were asked for or put off
  bool exported_asked_ = false;
  bool others_asked_ = false;
  bool listeners_tracks_asked_ = false;
};

}  // namespace

net::ServiceLimits web_api_limits() {
  net::ServiceLimits limits;
  limits.requests_per_second = 4;
  limits.burst = 160;
  limits.in_flight = 16;
  return limits;
}

Extraction extract(net::Client& client, TokenSource& token, base::Database& state,
                   const lake::View& known, const ExtractOptions& options,
                   base::Progress& progress) {
  progress.begin(options.recent_only ? "recent plays from Spotify" : "Spotify", 0);
  Extraction found = Run(client, token, state, known, options, progress).run();
  progress.end(std::to_string(found.counts.artists) + " artists, " +
               std::to_string(found.counts.albums) + " albums, " +
               std::to_string(found.counts.tracks) + " tracks, " +
               std::to_string(found.counts.plays) + " recent plays");
  return found;
}

}  // namespace soundlake::spotify
