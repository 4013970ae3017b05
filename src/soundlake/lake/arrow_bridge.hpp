// SPDX-License-Identifier: Apache-2.0
#pragma once
// Arrow's ways and ours, for the few .cpp files of this room that include Arrow.
#include "soundlake/base/error.hpp"

#include <arrow/memory_pool.h>
#include <arrow/result.h>
#include <arrow/status.h>

#include <string>
#include <string_view>
#include <utility>

namespace soundlake::lake {

/// Where Arrow takes memory: from the C library like everybody else here. Its own pools keep what
/// they were given.
inline arrow::MemoryPool* memory_pool() {
  return arrow::system_memory_pool();
}

/// Throws Error{kind} with the status's words after `what`, unless the status is good.
void check(const arrow::Status& status, ErrorKind kind, const std::string& what);

/// The value of a result, or the Error that `check` throws.
template <class Value>
Value value_of(arrow::Result<Value> result, ErrorKind kind, const std::string& what) {
  check(result.status(), kind, what);
  return std::move(result).ValueUnsafe();
}

/// An Error{data} about bytes that are not the Parquet file they should be.
Error unreadable(const std::string& what, std::string_view why);

/// Throws Error{config} when the Arrow in memory is not the one this program was compiled against:
/// two builds share one file name, and mixing them ends in crashes instead of errors.
void require_same_arrow(std::string_view loaded, std::string_view compiled);
/// The same for this process; cheap after the first time.
void require_same_arrow();

}  // namespace soundlake::lake
