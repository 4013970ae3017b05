// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/exports/export_input.hpp"

#include <string>
#include <unordered_map>

namespace soundlake::exports {

/// Finds the rows about artists, albums and tracks by any key they were issued under: key, Spotify
/// id or alias. Valid as long as the input.
class KnownMusic {
 public:
  explicit KnownMusic(const ExportInput& input);
  /// Null when the lake has no such row.
  const lake::Artist* artist(const std::string& key) const;
  const lake::Album* album(const std::string& key) const;
  const lake::Track* track(const std::string& key) const;

 private:
  template <class Row>
  using ByKey = std::unordered_map<std::string, const Row*>;
  ByKey<lake::Artist> artists_;
  ByKey<lake::Album> albums_;
  ByKey<lake::Track> tracks_;
};

}  // namespace soundlake::exports
