// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/lane.hpp"

#include <utility>

namespace soundlake::enrich {
namespace {

constexpr int kPatience = 3;

}  // namespace

void Lane::ask(const std::string& url, Answered answered) {
  waiting_.push_back({url, std::move(answered)});
  pump();
}

void Lane::failed(const std::string& problem) {
  ++failures_;
  ++in_a_row_;
  problem_ = problem;
}

void Lane::pump() {
  while (under_way_ < in_flight_ && !waiting_.empty() && in_a_row_ < kPatience) {
    auto question = std::move(waiting_.front());
    waiting_.pop_front();
    ++under_way_;
    net::Request request;
    request.service = service_;
    request.url = question.url;
    client_.send(std::move(request), [this, question](const net::Response& response) {
      --under_way_;
      take(question, response);
      pump();
    });
  }
}

void Lane::take(const Question& question, const net::Response& response) {
  if (response.outcome == net::Outcome::closed) {
    failed(service_ + " is closed until " + base::format_utc(response.closed_until));
  } else if (response.outcome == net::Outcome::failed) {
    failed(response.problem);
  } else if (response.status == 401 || response.status == 403 || response.status >= 500) {
    failed(service_ + " answered HTTP " + std::to_string(response.status));
  } else {
    const int before = failures_;
    question.answered(response);
    if (failures_ == before) in_a_row_ = 0;
  }
}

}  // namespace soundlake::enrich
