// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/answers.hpp"
#include "soundlake/sim/endpoints.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <limits>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;

bool granted(const Question& question, const char* scope) {
  return std::find(question.scopes.begin(), question.scopes.end(), scope) != question.scopes.end();
}

net::ServerResponse me(const Question& question) {
  const Shapes shapes(question.listener.catalogue(), question.rights.all_fields);
  return json_answer(shapes.person(question.listener, question.scopes));
}

net::ServerResponse top(const Question& question) {
  if (!granted(question, "user-top-read")) return refusal(403, "Insufficient client scope");
  const std::string& kind = question.path[2];
  if (kind != "artists" && kind != "tracks") return refusal(404, "Resource not found");
  const auto range_name = parameter_of(question, "time_range").value_or("medium_term");
  TopRange range = TopRange::medium_term;
  if (range_name == "short_term")
    range = TopRange::short_term;
  else if (range_name == "long_term")
    range = TopRange::long_term;
  else if (range_name != "medium_term")
    return refusal(400, "Invalid time range");
  const auto limit = number_of(question, "limit", 20, 1, 50);
  if (!limit) return refusal(400, "Invalid limit");
  const auto offset = number_of(question, "offset", 0, 0, std::numeric_limits<int>::max() - 50);
  if (!offset) return refusal(400, "Invalid offset");

  const Shapes shapes(question.listener.catalogue(), question.rights.all_fields);
  const bool artists = kind == "artists";
  const auto& order =
      question.listener.tops(artists ? TopKind::artists : TopKind::tracks, range, question.now);
  ordered_json items = slice(order, *offset, *limit, [&](std::size_t index) {
    return artists ? shapes.artist(index) : shapes.track(index, true);
  });
  LinkParameters parameters;
  if (const auto given = parameter_of(question, "time_range"))
    parameters = {{"time_range", *given}};
  return json_answer(
      page("/me/top/" + kind, parameters, std::move(items), *offset, *limit, order.size()));
}

/// A cursor in Unix milliseconds; nothing when it cannot be read.
std::optional<std::int64_t> cursor(const std::string& text) {
  std::int64_t ms = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return ms;
}

net::ServerResponse recently_played(const Question& question) {
  if (!granted(question, "user-read-recently-played"))
    return refusal(403, "Insufficient client scope");
  const auto limit = number_of(question, "limit", 20, 1, 50);
  if (!limit) return refusal(400, "Invalid limit");
  const auto after = parameter_of(question, "after");
  const auto before = parameter_of(question, "before");
  if (after && before) return refusal(400, "Bad request: after and before exclude each other");
  std::int64_t low = std::numeric_limits<std::int64_t>::min();
  std::int64_t high = std::numeric_limits<std::int64_t>::max();
  if (after) {
    const auto ms = cursor(*after);
    if (!ms) return refusal(400, "Invalid after");
    low = *ms;
  }
  if (before) {
    const auto ms = cursor(*before);
    if (!ms) return refusal(400, "Invalid before");
    high = *ms;
  }

  const Shapes shapes(question.listener.catalogue(), question.rights.all_fields);
  const auto& plays = question.listener.plays();
  ordered_json items = ordered_json::array();
  std::int64_t newest = 0, oldest = 0;
  for (const auto index : question.listener.recent(question.now)) {
    const auto ms = base::to_unix_ms(plays[index].ended_at);
    if (ms <= low || ms >= high) continue;
    if (items.size() == static_cast<std::size_t>(*limit)) break;
    if (items.empty()) newest = ms;
    oldest = ms;
    items.push_back(shapes.recent_play(plays[index]));
  }

  constexpr const char* kPath = "/me/player/recently-played";
  LinkParameters asked;
  if (after) asked.emplace_back("after", *after);
  if (before) asked.emplace_back("before", *before);
  asked.emplace_back("limit", std::to_string(*limit));
  ordered_json body = {{"items", nullptr},
                       {"next", nullptr},
                       {"cursors", nullptr},
                       {"limit", *limit},
                       {"href", api_link(kPath, asked)}};
  if (!items.empty()) {
    body["cursors"] = {{"after", std::to_string(newest)}, {"before", std::to_string(oldest)}};
    const auto side = after ? std::pair<std::string, std::string>("after", std::to_string(newest))
                            : std::pair<std::string, std::string>("before", std::to_string(oldest));
    body["next"] = api_link(kPath, {side, {"limit", std::to_string(*limit)}});
  }
  body["items"] = std::move(items);
  return json_answer(body);
}

}  // namespace

std::optional<net::ServerResponse> answer_about_listener(const Question& question) {
  const auto& path = question.path;
  if (path[0] != "me") return std::nullopt;
  if (path.size() == 1) return me(question);
  if (path.size() == 3 && path[1] == "top") return top(question);
  if (path.size() == 3 && path[1] == "player" && path[2] == "recently-played")
    return recently_played(question);
  return std::nullopt;
}

}  // namespace soundlake::sim
