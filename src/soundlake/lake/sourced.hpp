// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

namespace soundlake::lake {

/// A value with where it came from. In a table it is three columns: `field`, `field_source`,
/// `field_confidence`. Unknown is three nulls.
template <class Value>
struct Sourced {
  std::optional<Value> value;
  std::optional<std::string> source;  ///< a service's name in lower case, `listener` or `override`
  std::optional<double> confidence;   ///< 0 … 1

  friend bool operator==(const Sourced&, const Sourced&) = default;
};

}  // namespace soundlake::lake
