// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/endpoints.hpp"

#include "soundlake/base/text.hpp"
#include "soundlake/sim/answers.hpp"

#include <charconv>

namespace soundlake::sim {

std::vector<std::string> api_path(std::string_view path) {
  if (!path.starts_with("/v1/")) return {};
  return base::split(path.substr(4), '/');
}

std::string bucket_of(const std::vector<std::string>& path) {
  const std::string first = path.empty() ? "" : path[0];
  if (first == "me") {
    if (path.size() == 1) return "me";
    if (path[1] == "top") return "top";
    return path.size() == 3 && path[2] == "recently-played" ? "recently-played" : "other";
  }
  if (first == "audio-features" || first == "search") return first;
  if (first != "artists" && first != "albums" && first != "tracks") return "other";
  if (path.size() == 1) return first + "-several";
  if (path.size() == 2) return first;
  if (first == "artists" && (path[2] == "albums" || path[2] == "top-tracks"))
    return "artist-" + path[2];
  return first == "albums" && path[2] == "tracks" ? "album-tracks" : "other";
}

std::optional<std::string> parameter_of(const Question& question, const std::string& name) {
  const auto found = question.request.query.find(name);
  if (found == question.request.query.end()) return std::nullopt;
  return found->second;
}

std::optional<int> number_of(const Question& question, const std::string& name, int fallback,
                             int least, int most) {
  const auto text = parameter_of(question, name);
  if (!text) return fallback;
  int number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

net::ServerResponse answer(const Question& question) {
  if (question.request.method != "GET") return refusal(405, "Method not allowed");
  if (auto response = answer_about_listener(question)) return *response;
  if (auto response = answer_from_catalogue(question)) return *response;
  return refusal(404, "Service not found");
}

}  // namespace soundlake::sim
