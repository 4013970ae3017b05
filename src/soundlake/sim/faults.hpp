// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/net/http_server.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::sim {

/// Something that goes wrong with some requests of the product.
struct Fault {
  /// What happens, by name: see fault_kinds().
  std::string kind = "status";
  std::string method;               ///< empty: any
  std::string path = "*";           ///< "/v1/artists/*/albums"; * stands for any run of characters
  int after = 0;                    ///< so many matching requests pass unharmed first
  int times = 1;                    ///< then so many are hit; negative: all
  int status = 0;                   ///< replaces the status of the kind
  net::Headers headers;             ///< added to the answer
  std::optional<std::string> body;  ///< replaces the body of the kind
  std::string content_type;         ///< replaces that of the kind
  std::optional<int> retry_after;   ///< seconds, for rate_limit and quota
  std::chrono::milliseconds delay{0};  ///< on top of the latency
};

/// Every kind with a sentence, as documented in docs/simulator.md.
struct FaultKind {
  const char* name;
  const char* what;
};
const std::vector<FaultKind>& fault_kinds();

/// Whether a pattern with * covers the whole text.
bool matches(std::string_view pattern, std::string_view text);

/// The faults that are scripted, in the order in which they were added; of those that match a
/// request the first that is due hits it.
class Faults {
 public:
  /// Throws Error{usage} for an unknown kind, with the nearest one.
  void add(const Fault& fault);
  void clear();
  std::size_t pending() const;

  /// Counts the request and returns the fault that hits it.
  std::optional<Fault> strike(const std::string& method, const std::string& path);

 private:
  struct Armed {
    Fault fault;
    int seen = 0;
    int struck = 0;
  };
  std::vector<Armed> armed_;
};

/// Whether the fault answers in place of the service, rather than damaging a true answer.
bool replaces_answer(const Fault& fault);
/// The answer in place of the service.
net::ServerResponse answer_of(const Fault& fault);
/// Damages a true answer.
void damage(const Fault& fault, net::ServerResponse& response);

}  // namespace soundlake::sim
