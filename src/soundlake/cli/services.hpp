// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/database.hpp"
#include "soundlake/base/progress.hpp"
#include "soundlake/base/time.hpp"
#include "soundlake/cli/command.hpp"
#include "soundlake/config/settings.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/net/client.hpp"
#include "soundlake/spotify/session.hpp"
#include "soundlake/spotify/token_store.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace soundlake::cli {

class Report;
class Stores;
class TemporaryFolder;

/// The composition root: builds the parts of the program from the settings, each when it is first
/// asked for, and hands them on. It must outlive what it gave.
class Services {
 public:
  /// `of_the_lake`: the simulated listener when the lake is one's, else a real person.
  enum class Listener { real, simulated, of_the_lake };

  explicit Services(const Invocation& invocation, Listener listener = Listener::real);
  ~Services();
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  const config::Settings& settings() const { return settings_; }
  const base::Clock& clock() const { return clock_; }
  base::Instant now() const { return clock_(); }
  bool simulated() const { return listener_ == Listener::simulated; }

  base::Progress& progress();
  /// state.db in the home folder; of the simulated listener one that is gone afterwards, so that
  /// nothing of it is ever taken for the real account's.
  base::Database& state();
  net::Closures& closures();
  net::ResponseCache& response_cache();
  net::Client& client();
  spotify::TokenStore& token_store();
  spotify::Session& session();
  /// The person's app as the settings say, with the client id signed in with when none is set.
  spotify::App app();

  /// Whether there is an account to ask: an app or a refresh token is set, or somebody signed in.
  /// Leaves no trace of the question where nobody ever did.
  bool knows_an_account();

  /// Where the lake of the settings lies.
  std::shared_ptr<store::Store> store();
  Stores& stores();
  bool lake_exists();
  /// The lake of the settings. Throws Error{refused} with a hint when there is none yet.
  lake::Lake open_lake();
  /// Whether the lake holds plays of a real person.
  bool lake_has_plays();
  /// The same, claimed when there is none yet.
  lake::Lake lake_to_write();

  /// Takes over the counts of requests sent into the report.
  void tell_requests(Report& report) const;

 private:
  config::Settings settings_;
  Listener listener_;
  bool talkative_;
  base::Clock clock_;
  std::unique_ptr<TemporaryFolder> temporary_home_;
  std::unique_ptr<base::Progress> progress_;
  std::unique_ptr<Stores> stores_;
  std::unique_ptr<base::Database> state_;
  std::unique_ptr<net::Closures> closures_;
  std::unique_ptr<net::ResponseCache> cache_;
  std::unique_ptr<net::Client> client_;
  std::unique_ptr<spotify::TokenStore> tokens_;
  std::unique_ptr<spotify::Session> session_;
};

/// The clock of the settings: the machine's, or one that starts at the setting `now`.
base::Clock clock_of(const config::Settings& settings);

}  // namespace soundlake::cli
