// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/lake/lake.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace soundlake::lake {

/// What `doctor` tells about a lake without reading its tables.
struct LakeStatus {
  std::uint64_t objects = 0;
  std::uint64_t bytes = 0;                         ///< of all objects together
  std::map<std::string, std::int64_t> table_rows;  ///< by table; of `plays` all years
  std::vector<OpenTxn> open_txns;
};

LakeStatus status_of(const View& view);

}  // namespace soundlake::lake
