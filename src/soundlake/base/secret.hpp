// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <utility>

namespace soundlake::base {

/// A value that must not reach a log, an error or a report: it has no stream operator and no
/// formatter, and only `reveal()` gives the text.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  bool empty() const { return value_.empty(); }
  /// The text itself; call it only where it is sent or stored.
  const std::string& reveal() const { return value_; }
  friend bool operator==(const Secret&, const Secret&) = default;

 private:
  std::string value_;
};

}  // namespace soundlake::base
