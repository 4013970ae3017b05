// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/progress.hpp"

#include "soundlake/base/text.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace soundlake::base {
namespace {

class Silent : public Progress {
 public:
  void begin(const std::string&, std::int64_t) override {}
  void advance(std::int64_t) override {}
  void end(const std::string&) override {}
};

constexpr std::size_t kStepColumns = 26;

class Terminal : public Progress {
 public:
  explicit Terminal(bool redraw) : redraw_(redraw) {}

  void begin(const std::string& step, std::int64_t total) override {
    step_ = step;
    total_ = total;
    drawn_ = {};
    advance(0);
  }

  void advance(std::int64_t done) override {
    if (!redraw_) return;
    // Ten pictures a second are enough for the eye and cost nothing.
    const auto now = std::chrono::steady_clock::now();
    if (now - drawn_ < std::chrono::milliseconds(100) && done < total_) return;
    drawn_ = now;
    std::string line = "  " + fit(step_, kStepColumns) + " ";
    if (total_ > 0) {
      constexpr std::int64_t kBar = 24;
      const auto filled = std::clamp<std::int64_t>(done * kBar / total_, 0, kBar);
      for (std::int64_t i = 0; i < kBar; ++i) line += i < filled ? "━" : "╌";
      line += fmt::format(" {}/{}", done, total_);
    } else {
      line += "…";
    }
    fmt::print(stderr, "\r\033[K{}", line);
    std::fflush(stderr);
  }

  void end(const std::string& outcome) override {
    fmt::print(stderr, "{}  {} {}\n", redraw_ ? "\r\033[K" : "", fit(step_, kStepColumns), outcome);
    std::fflush(stderr);
  }

 private:
  bool redraw_;
  std::string step_;
  std::int64_t total_ = 0;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace

std::unique_ptr<Progress> silent_progress() {
  return std::make_unique<Silent>();
}

std::unique_ptr<Progress> terminal_progress() {
  const char* term = std::getenv("TERM");
  const bool redraw =
      ::isatty(STDERR_FILENO) == 1 && term != nullptr && std::string_view(term) != "dumb";
  return std::make_unique<Terminal>(redraw);
}

}  // namespace soundlake::base
