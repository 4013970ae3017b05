// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/facts.hpp"

#include <map>
#include <tuple>

namespace soundlake::facts {
namespace {

/// Of one source's rows the newest; rows of one moment are told apart by what they say, so that the
/// choice does not depend on their order.
bool newer(const lake::Fact& a, const lake::Fact& b) {
  const auto rank = [](const lake::Fact& fact) {
    return std::tie(fact.fetched_at, fact.value, fact.confidence, fact.unit, fact.method,
                    fact.expires_at, fact.licence);
  };
  return rank(a) > rank(b);
}

/// A person's own word first, then the service whose data this is about.
int standing(const std::string& source) {
  if (source == "override") return 2;
  if (source == "spotify") return 1;
  return 0;
}

bool better(const lake::Fact& a, const lake::Fact& b) {
  if (standing(a.source) != standing(b.source)) return standing(a.source) > standing(b.source);
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (a.fetched_at != b.fetched_at) return a.fetched_at > b.fetched_at;
  return a.source < b.source;
}

}  // namespace

void choose(std::vector<lake::Fact>& facts_of_one_field) {
  std::map<std::string, lake::Fact*> newest_of;
  for (auto& fact : facts_of_one_field) {
    if (fact.status == "rejected") continue;
    fact.status = fact.value ? "alternate" : "unknown";
    auto& newest = newest_of[fact.source];
    if (newest == nullptr || newer(fact, *newest)) newest = &fact;
  }
  lake::Fact* winner = nullptr;
  for (const auto& [source, newest] : newest_of) {
    if (!newest->value) continue;
    if (winner == nullptr || better(*newest, *winner)) winner = newest;
  }
  if (winner != nullptr) winner->status = "chosen";
}

}  // namespace soundlake::facts
