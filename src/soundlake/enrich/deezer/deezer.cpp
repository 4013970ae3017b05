// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/deezer/deezer.hpp"

#include "soundlake/base/json.hpp"
#include "soundlake/net/http.hpp"

#include <algorithm>
#include <cmath>

namespace soundlake::enrich::deezer {
namespace {

constexpr std::int64_t kNoData = 800;
constexpr double kMostFans = 25e6;

}  // namespace

std::string artist_question(const std::string& root, const std::string& id) {
  return root + "/artist/" + net::url_encode(id);
}

Read read_artist(std::string_view body, std::string_view id) {
  const auto document = base::JsonDocument::try_parse(body);
  if (!document) return {.outage = true, .artist = {}};
  const auto root = document->root();
  if (root["error"].present())
    return {.outage = root["error"]["code"].integer() != kNoData, .artist = {}};
  const auto number = root["id"].integer();
  if (!number || std::to_string(*number) != id) return {.outage = true, .artist = {}};
  auto fans = root["nb_fan"].integer();
  if (fans && *fans < 0) fans.reset();
  return {.outage = false, .artist = Artist{root["name"].text().value_or(""), fans}};
}

std::int32_t popularity_of_fans(std::int64_t fans) {
  const double share = std::log10(1 + static_cast<double>(std::max<std::int64_t>(fans, 0))) /
                       std::log10(1 + kMostFans);
  return static_cast<std::int32_t>(std::min(100.0, std::round(100 * share)));
}

}  // namespace soundlake::enrich::deezer
