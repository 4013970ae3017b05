// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <deque>
#include <functional>

namespace soundlake::spotify {

/// Runs questions of one kind so that a refusal costs one question: the first goes alone, and the
/// rest all at once when its answer showed that the app may ask.
class ProbeFirst {
 public:
  /// What an answer showed about the questions that wait.
  enum class Showed {
    allowed,  ///< they may go
    nothing,  ///< the trouble was this question's own: the next one probes
    stop,     ///< refused or closed: none of them goes
  };
  using Answered = std::function<void(Showed)>;
  /// Sends one question and calls back once with what its answer showed.
  using Question = std::function<void(Answered)>;

  /// Called after each answer and whenever questions are dropped.
  explicit ProbeFirst(std::function<void()> changed) : changed_(std::move(changed)) {}

  /// Sends the question when it may go now, else keeps it; drops it when none may go.
  void add(Question question);
  /// Nothing under way and nothing waiting.
  bool idle() const { return under_way_ == 0 && waiting_.empty(); }
  /// An answer showed that none of them may go.
  bool stopped() const { return state_ == State::stopped; }

 private:
  enum class State { unknown, allowed, stopped };
  void start(Question question);
  void answered(Showed showed);

  State state_ = State::unknown;
  int under_way_ = 0;
  int fruitless_probes_ = 0;
  std::deque<Question> waiting_;
  std::function<void()> changed_;
};

}  // namespace soundlake::spotify
