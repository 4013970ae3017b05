// SPDX-License-Identifier: Apache-2.0
#include "soundlake/facts/facts.hpp"
#include "soundlake/facts/values.hpp"

#include <limits>

namespace soundlake::facts {
namespace {

/// The fact's value read as a type, with where it came from; unknown when it cannot be read so.
template <class Value, class Read>
lake::Sourced<Value> sourced(const lake::Fact* fact, Read read) {
  if (fact == nullptr || !fact->value) return {};
  std::optional<Value> value = read(*fact->value);
  if (!value) return {};
  return {std::move(value), fact->source, fact->confidence};
}

}  // namespace

Chosen::Chosen(const std::vector<lake::Fact>& facts) {
  for (const auto& fact : facts) {
    if (fact.status == "chosen") chosen_.emplace(std::pair(fact.entity, fact.field), fact);
  }
}

const lake::Fact* Chosen::find(const std::string& entity, const std::string& field) const {
  const auto at = chosen_.find({entity, field});
  return at == chosen_.end() ? nullptr : &at->second;
}

lake::Sourced<std::string> Chosen::text(const std::string& entity, const std::string& field) const {
  return sourced<std::string>(find(entity, field), [](const std::string& text) { return text; });
}

lake::Sourced<std::int32_t> Chosen::int32(const std::string& entity,
                                          const std::string& field) const {
  return sourced<std::int32_t>(find(entity, field),
                               [](const std::string& text) -> std::optional<std::int32_t> {
                                 const auto number = read_integer(text);
                                 using Limits = std::numeric_limits<std::int32_t>;
                                 if (!number || *number < Limits::min() || *number > Limits::max())
                                   return std::nullopt;
                                 return static_cast<std::int32_t>(*number);
                               });
}

lake::Sourced<std::int64_t> Chosen::int64(const std::string& entity,
                                          const std::string& field) const {
  return sourced<std::int64_t>(find(entity, field), read_integer);
}

lake::Sourced<double> Chosen::number(const std::string& entity, const std::string& field) const {
  return sourced<double>(find(entity, field), read_number);
}

lake::Sourced<std::vector<std::string>> Chosen::list(const std::string& entity,
                                                     const std::string& field) const {
  return sourced<std::vector<std::string>>(find(entity, field), read_list);
}

}  // namespace soundlake::facts
