// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/time.hpp"
#include "soundlake/facts/facts.hpp"
#include "soundlake/lake/lake.hpp"
#include "soundlake/net/client.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

/// Fills what Spotify does not give from open services: genres (MusicBrainz), popularity (Deezer's
/// fans), BPM, mode and tonic (ReccoBeats). An artist is only ever found by links: Spotify's
/// address in MusicBrainz, Deezer's address of that MusicBrainz artist.
namespace soundlake::enrich {

/// The names of all services, in the order of help and reports.
const std::vector<std::string>& service_names();
/// What we allow ourselves towards one of them. Throws Error{internal} for another name.
net::ServiceLimits limits_of(const std::string& service);

struct Options {
  std::set<std::string> sources;  ///< who may be asked
  std::string musicbrainz_url;
  std::string deezer_url;
  std::string reccobeats_url;
  base::Clock clock = base::system_clock();
};

/// A service that did not answer everything.
struct Problem {
  std::string service;
  std::string message;
};

struct FieldCount {
  std::string field;
  std::int64_t filled = 0;
  std::int64_t unknown = 0;  ///< everybody who may be asked was asked, and nobody knows
  std::int64_t waiting = 0;  ///< still to be asked: a service did not answer
};

struct Enrichment {
  std::vector<facts::Answer> answers;  ///< misses included
  /// Candidates that were another artist than the one meant: kept in facts/, never a value.
  std::vector<facts::Answer> rejected;
  std::vector<Problem> problems;
};

/// Asks for whatever the top artists and the listed tracks lack and no earlier answer covers, the
/// services side by side. A service that fails three times in a row is left alone. No failure
/// becomes an answer. Throws Error{cancelled}.
Enrichment enrich(net::Client& client, const lake::View& known, const Options& options);

/// Merges the answers into the lake's facts and rows. Pure over the edit.
void apply(const Enrichment& enrichment, lake::Edit& edit);

/// How the fields stand in a lake, for genres, popularity, bpm and mode.
std::vector<FieldCount> counts(const lake::View& view, const Options& options);

}  // namespace soundlake::enrich
