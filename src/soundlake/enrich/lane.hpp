// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/client.hpp"

#include <deque>
#include <functional>
#include <string>

namespace soundlake::enrich {

/// The questions to one service. A few are under way at once; after three failures one after the
/// other the service is left alone and what is left stays unasked.
class Lane {
 public:
  /// Told only answers of the service itself: 2xx, 4xx.
  using Answered = std::function<void(const net::Response&)>;

  Lane(net::Client& client, std::string service, int in_flight)
      : client_(client), service_(std::move(service)), in_flight_(in_flight) {}
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  void ask(const std::string& url, Answered answered);
  /// An answer turned out to be none (an error inside HTTP 200, HTML).
  void failed(const std::string& problem);
  /// Questions that got no answer.
  bool unanswered() const { return failures_ > 0 || !waiting_.empty(); }
  /// The last failure, one sentence; empty when there was none.
  const std::string& problem() const { return problem_; }

 private:
  struct Question {
    std::string url;
    Answered answered;
  };
  void pump();
  void take(const Question& question, const net::Response& response);

  net::Client& client_;
  std::string service_;
  int in_flight_;
  int under_way_ = 0;
  int failures_ = 0;
  int in_a_row_ = 0;
  std::string problem_;
  std::deque<Question> waiting_;
};

}  // namespace soundlake::enrich
