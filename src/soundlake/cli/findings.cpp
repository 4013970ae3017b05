// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/findings.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/base/zone.hpp"
#include "soundlake/cli/history_findings.hpp"
#include "soundlake/cli/services.hpp"
#include "soundlake/cli/stores.hpp"
#include "soundlake/lake/status.hpp"
#include "soundlake/spotify/capability.hpp"
#include "soundlake/spotify/expiry.hpp"
#include "soundlake/spotify/extract.hpp"
#include "soundlake/store/rights.hpp"
#include "soundlake/store/s3_location.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace soundlake::cli {
namespace {

using State = Finding::State;

constexpr const char* kSignIn = "Spotify sign-in";
constexpr const char* kApp = "What your Spotify app may do";
constexpr const char* kQuota = "Quotas";
constexpr const char* kLake = "Lake";
constexpr const char* kRights = "Rights in S3";

std::vector<Finding> sign_in_findings(Services& services) {
  const auto token = services.token_store().load();
  const auto app = services.app();
  if (!services.session().signed_in()) {
    if (app.client_id.empty()) {
      return {{kSignIn, "sign_in", State::missing, "no Spotify app is set and nobody is signed in",
               "make a free app (docs/first-account.md), then: soundlake login --spotify-client-id "
               "YOUR_ID"}};
    }
    return {{kSignIn, "sign_in", State::missing, "the app is set, but nobody is signed in",
             "run: soundlake login"}};
  }
  if (const auto warning = spotify::expiry_warning(services.token_store(), services.now())) {
    return {{kSignIn, "sign_in", State::attention, *warning, "run: soundlake login"}};
  }
  if (token && token->authorized_at) {
    return {
        {kSignIn,
         "sign_in",
         State::good,
         fmt::format("signed in since {}; Spotify wants a new sign-in on {}",
                     base::format_day(base::utc_day(*token->authorized_at)),
                     base::format_day(base::utc_day(spotify::sign_in_ends(*token->authorized_at)))),
         {}}};
  }
  return {
      {kSignIn,
       "sign_in",
       State::good,
       "a refresh token is set; when it was given is not known, and it lasts six months from then",
       {}}};
}

std::vector<Finding> app_findings(Services& services) {
  const spotify::Capabilities capabilities(services.state(), services.app().client_id,
                                           services.clock());
  std::vector<Finding> findings;
  bool anything_known = false;
  for (const auto feature : spotify::kAllFeatures) {
    const auto known = capabilities.find(feature);
    anything_known = anything_known || known.has_value();
    const State state = !known ? State::note : known->allowed() ? State::good : State::missing;
    findings.push_back(
        {kApp, spotify::name_of(feature), state, spotify::describe(feature, known), {}});
  }
  if (!anything_known) {
    return {{kApp, "unknown", State::note,
             "not known yet: soundlake learns it from Spotify's answers",
             services.session().signed_in() ? "run: soundlake extract"
                                            : "sign in, then run: soundlake extract"}};
  }
  const bool something_refused = std::any_of(
      findings.begin(), findings.end(), [](const Finding& f) { return f.state == State::missing; });
  if (something_refused) {
    findings.push_back(
        {kApp, "advice", State::note,
         "Spotify gives new apps less since February 2026, and nobody can switch it back on",
         "nothing to do: soundlake marks these values as unknown and asks again once a week"});
  }
  return findings;
}

std::vector<Finding> quota_findings(Services& services) {
  std::vector<Finding> findings;
  for (const auto& closure : services.closures().open_closures(services.now())) {
    findings.push_back(
        {kQuota, closure.bucket, State::attention,
         fmt::format("{} {} is closed until {} (in {})", closure.service, closure.bucket,
                     base::format_utc(closure.until),
                     base::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(
                         closure.until - services.now()))),
         "nothing to do: everything else works, and a run after that time asks for the rest"});
  }
  if (findings.empty())
    findings.push_back({kQuota, "closed", State::good, "no quota is closed", {}});
  return findings;
}

std::vector<Finding> lake_findings(Services& services) {
  const std::string address = services.store()->address();
  if (!services.lake_exists()) {
    return {{kLake, "lake", State::note, "there is no lake in " + address + " yet",
             "soundlake import or soundlake run makes it"}};
  }
  const auto view = services.open_lake().view();
  const auto& identity = view.identity();
  const auto status = lake::status_of(view);
  std::vector<std::string> tables;
  for (const auto& [table, number] : status.table_rows)
    tables.push_back(table + " " + base::group_digits(number));
  std::vector<Finding> findings{
      {kLake,
       "lake",
       State::good,
       fmt::format("{}, {} objects, {:.1f} MB, days in {}", address, status.objects,
                   static_cast<double>(status.bytes) / 1e6, identity.timezone),
       {}},
      {kLake, "rows", State::note, tables.empty() ? "no rows yet" : base::join(tables, " · "), {}},
  };
  if (identity.simulated) {
    findings.push_back({kLake,
                        "simulated",
                        State::attention,
                        "this lake belongs to the simulated listener: nothing in it is real",
                        {}});
  }
  for (const auto& txn : status.open_txns) {
    findings.push_back(
        {kLake, "open_txn", State::attention,
         fmt::format("a commit of {} is unfinished ({} objects)", base::format_utc(txn.created_at),
                     txn.keys.size()),
         "nothing to do: what it wrote is read already, and the next run takes it over"});
  }
  return findings;
}

/// In each place of S3 that the settings name.
std::vector<Finding> rights_findings(Services& services) {
  std::vector<Finding> findings;
  for (const char* setting : {"lake", "load_to"}) {
    const std::string& uri = services.settings().text(setting);
    if (!store::is_s3_uri(uri)) continue;
    const auto store = services.stores().at(uri);
    bool all = true;
    for (const auto& right : store::try_rights(*store)) {
      if (right.there) continue;
      all = false;
      findings.push_back({kRights, right.name, State::missing, right.message, right.hint});
    }
    if (all) {
      findings.push_back({kRights,
                          "all",
                          State::good,
                          "may list, read, write with conditions and delete in " + store->address(),
                          {}});
    }
  }
  return findings;
}

/// A part that cannot be looked at is itself something found.
template <class Look>
void add(std::vector<Finding>& findings, const char* section, Look look) {
  try {
    for (auto& finding : look()) findings.push_back(std::move(finding));
  } catch (const Error& error) {
    findings.push_back({section, "error", State::missing, error.message(), error.hint()});
  }
}

}  // namespace

std::vector<Finding> find_out(Services& services) {
  std::vector<Finding> findings;
  add(findings, kSignIn, [&] { return sign_in_findings(services); });
  add(findings, kApp, [&] { return app_findings(services); });
  add(findings, kQuota, [&] { return quota_findings(services); });
  add(findings, kLake, [&] { return lake_findings(services); });
  add(findings, kLake, [&] {
    return services.lake_exists() ? history_findings(services.open_lake().view())
                                  : std::vector<Finding>{};
  });
  add(findings, kRights, [&] { return rights_findings(services); });
  return findings;
}

}  // namespace soundlake::cli
