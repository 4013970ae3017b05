// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Deezer's public API: how many fans an artist has.
namespace soundlake::enrich::deezer {

inline constexpr const char* kService = "deezer";
inline constexpr const char* kLicence = "Deezer terms of use";

struct Artist {
  std::string name;
  std::optional<std::int64_t> fans;
};

struct Read {
  bool outage = false;           ///< no answer: a quota error in HTTP 200, HTML
  std::optional<Artist> artist;  ///< nothing without an outage: Deezer has no such artist
};

std::string artist_question(const std::string& root, const std::string& id);
Read read_artist(std::string_view body, std::string_view id);

/// 0…100 from a number of fans: round(100·log10(1+x)/log10(1+25 million)), at most 100.
std::int32_t popularity_of_fans(std::int64_t fans);

}  // namespace soundlake::enrich::deezer
