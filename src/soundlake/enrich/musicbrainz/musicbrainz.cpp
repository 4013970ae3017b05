// SPDX-License-Identifier: Apache-2.0
#include "soundlake/enrich/musicbrainz/musicbrainz.hpp"

#include "soundlake/base/json.hpp"
#include "soundlake/enrich/guard.hpp"
#include "soundlake/net/http.hpp"

#include <algorithm>
#include <cctype>
#include <set>

namespace soundlake::enrich::musicbrainz {
namespace {

constexpr std::string_view kSpotifyArtist = "https://open.spotify.com/artist/";
constexpr std::size_t kGenres = 5;

void read_url(base::JsonValue url, std::map<std::string, std::vector<Linked>>& found) {
  const auto resource = url["resource"].text().value_or("");
  if (!resource.starts_with(kSpotifyArtist)) return;
  auto& linked = found[resource.substr(kSpotifyArtist.size())];
  for (const auto relation : url["relations"].items()) {
    const auto id = relation["artist"]["id"].text();
    if (id) linked.push_back({*id, relation["artist"]["name"].text().value_or("")});
  }
}

/// The number of `https://www.deezer.com/artist/399` (a language may stand before "artist").
std::string deezer_number(const std::string& url) {
  const auto at = url.find("deezer.com/");
  const auto from = url.find("/artist/");
  if (at == std::string::npos || from == std::string::npos) return {};
  const auto number = url.substr(from + 8);
  const bool digits = std::all_of(number.begin(), number.end(),
                                  [](unsigned char c) { return std::isdigit(c) != 0; });
  return digits ? number : std::string();
}

}  // namespace

std::string url_question(const std::string& root, const std::vector<std::string>& spotify_ids) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const auto& id : spotify_ids)
    parameters.emplace_back("resource", std::string(kSpotifyArtist) + id);
  parameters.emplace_back("inc", "artist-rels");
  parameters.emplace_back("fmt", "json");
  return root + "/url?" + net::url_query(parameters);
}

std::optional<std::map<std::string, std::vector<Linked>>> read_urls(std::string_view body) {
  const auto document = base::JsonDocument::try_parse(body);
  if (!document) return std::nullopt;
  const auto root = document->root();
  std::map<std::string, std::vector<Linked>> found;
  if (root["urls"].is_array()) {
    for (const auto url : root["urls"].items()) read_url(url, found);
    return found;
  }
  if (!root["resource"].present()) return std::nullopt;
  read_url(root, found);
  return found;
}

std::optional<Linked> pick(const std::vector<Linked>& linked, std::string_view name) {
  std::map<std::string, Linked> by_id;
  for (const auto& each : linked) by_id.emplace(each.id, each);
  if (by_id.size() == 1) return by_id.begin()->second;
  std::optional<Linked> meant;
  for (const auto& [id, each] : by_id) {
    if (!same_artist(each.name, name)) continue;
    if (meant) return std::nullopt;
    meant = each;
  }
  return meant;
}

std::string artist_question(const std::string& root, const std::string& id) {
  return root + "/artist/" + net::url_encode(id) + "?inc=genres+url-rels&fmt=json";
}

std::optional<About> read_artist(std::string_view body, std::string_view id) {
  const auto document = base::JsonDocument::try_parse(body);
  if (!document || document->root()["id"].text() != id) return std::nullopt;
  const auto root = document->root();
  std::vector<std::pair<std::int64_t, std::string>> counted;
  for (const auto genre : root["genres"].items()) {
    const auto name = genre["name"].text();
    const auto count = genre["count"].integer().value_or(0);
    if (name && count >= 1) counted.emplace_back(-count, *name);
  }
  std::sort(counted.begin(), counted.end());
  About about;
  for (const auto& [count, name] : counted)
    if (about.genres.size() < kGenres) about.genres.push_back(name);
  std::set<std::string> numbers;
  for (const auto relation : root["relations"].items()) {
    auto number = deezer_number(relation["url"]["resource"].text().value_or(""));
    if (!number.empty()) numbers.insert(std::move(number));
  }
  if (numbers.size() == 1) about.deezer_id = *numbers.begin();
  return about;
}

}  // namespace soundlake::enrich::musicbrainz
