// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <memory>
#include <string>

namespace soundlake::base {

/// How a long piece of work tells where it is. Commands give one to the rooms below; tests give
/// silent_progress().
class Progress {
 public:
  virtual ~Progress() = default;
  /// A new step begins; `total` is 0 when it is not known beforehand.
  virtual void begin(const std::string& step, std::int64_t total) = 0;
  /// `done` of the step's total is finished.
  virtual void advance(std::int64_t done) = 0;
  /// The step is over; `outcome` is one short sentence ("50 artists").
  virtual void end(const std::string& outcome) = 0;
};

std::unique_ptr<Progress> silent_progress();
/// A bar that redraws on a terminal (stderr), one plain line per finished step elsewhere.
std::unique_ptr<Progress> terminal_progress();

}  // namespace soundlake::base
