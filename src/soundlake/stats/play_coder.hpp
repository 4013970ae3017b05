// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/stats/dataset.hpp"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace soundlake::stats {

/// Numbers entities by name and by whom: equal names (in NFC) by the same get the same code.
class EntityCoder {
 public:
  explicit EntityCoder(Entities& entities) : entities_(entities), names_(entities.names) {}
  const Entities& entities() const { return entities_; }

  /// The number of a name, new or known.
  std::int32_t name_code(std::string_view name);
  /// The numbers of a column's values.
  std::vector<std::int32_t> name_codes(const lake::TextColumn& column);
  /// The entity of this name by this artist or show (−1 for nobody), new or known.
  std::int32_t code_of(std::int32_t name, std::int32_t by);

 private:
  struct Last {
    std::int32_t by = -2;
    std::int32_t code = -1;
  };

  Entities& entities_;
  lake::TextCoder names_;
  std::vector<Last> last_;  ///< per name the entity met first: most names are by one artist only
  std::unordered_map<std::uint64_t, std::int32_t> others_;  ///< by name and `by`
};

/// Appends plays to the columns of a dataset.
class PlayCoder {
 public:
  explicit PlayCoder(Dataset& dataset)
      : dataset_(dataset),
        artists(dataset.artists),
        albums(dataset.albums),
        tracks(dataset.tracks),
        shows(dataset.shows),
        episodes(dataset.episodes) {}

  /// Makes room for so many plays.
  void reserve(std::size_t plays);
  /// Throws Error{data} for a play longer than seven weeks or shorter than nothing.
  void add(const lake::PlayBatch& batch);
  /// Puts the rows into order of local day and start; equal ones stay as they came.
  void sort();

 private:
  void add_times(const lake::PlayBatch& batch);
  void add_entities(const lake::PlayBatch& batch);
  void add_words(const lake::PlayBatch& batch);
  void add_facts(const lake::PlayBatch& batch);

  Dataset& dataset_;

 public:
  EntityCoder artists;
  EntityCoder albums;
  EntityCoder tracks;
  EntityCoder shows;
  EntityCoder episodes;
  std::vector<std::int64_t> length_ms;  ///< per play what the source told; below 0 is unknown
};

}  // namespace soundlake::stats
