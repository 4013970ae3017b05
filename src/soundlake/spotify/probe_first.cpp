// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/probe_first.hpp"

#include <utility>

namespace soundlake::spotify {
namespace {
// After so many in a row that showed nothing the trouble is no longer one question's own.
constexpr int kProbes = 3;
}  // namespace

void ProbeFirst::add(Question question) {
  if (state_ == State::stopped) return;
  if (state_ == State::allowed || (under_way_ == 0 && waiting_.empty())) {
    start(std::move(question));
  } else {
    waiting_.push_back(std::move(question));
  }
}

void ProbeFirst::start(Question question) {
  ++under_way_;
  question([this](Showed showed) { answered(showed); });
}

void ProbeFirst::answered(Showed showed) {
  --under_way_;
  if (showed == Showed::allowed && state_ == State::unknown) state_ = State::allowed;
  if (showed == Showed::nothing && state_ == State::unknown && ++fruitless_probes_ >= kProbes) {
    showed = Showed::stop;
  }
  if (showed == Showed::stop) {
    state_ = State::stopped;
    waiting_.clear();
  }
  if (state_ == State::allowed) {
    while (!waiting_.empty()) {
      Question next = std::move(waiting_.front());
      waiting_.pop_front();
      start(std::move(next));
    }
  } else if (state_ == State::unknown && !waiting_.empty()) {
    Question next = std::move(waiting_.front());
    waiting_.pop_front();
    start(std::move(next));
  }
  changed_();
}

}  // namespace soundlake::spotify
