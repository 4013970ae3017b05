// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/faults.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/sim/answers.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace soundlake::sim {
namespace {

using nlohmann::ordered_json;

constexpr int kDay = 86'400;

bool one_of(const std::string& kind, std::initializer_list<const char*> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

/// The list that an answer is about: its items, or the one array of a batch answer.
ordered_json* list_of(ordered_json& body) {
  if (!body.is_object()) return nullptr;
  if (body.contains("items") && body["items"].is_array()) return &body["items"];
  for (auto& [key, value] : body.items()) {
    if (value.is_array() && one_of(key, {"artists", "albums", "tracks", "audio_features"}))
      return &value;
    if (value.is_object() && value.contains("items") && value["items"].is_array())
      return &value["items"];
  }
  return nullptr;
}

void blank_names(ordered_json& value) {
  if (value.is_array()) {
    for (auto& item : value) blank_names(item);
  } else if (value.is_object()) {
    for (auto& [key, item] : value.items()) {
      if (key == "name")
        item = nullptr;
      else
        blank_names(item);
    }
  }
}

void damage_json(const Fault& fault, net::ServerResponse& response) {
  auto body = ordered_json::parse(response.body, nullptr, false);
  if (body.is_discarded()) return;
  ordered_json* list = list_of(body);
  if (fault.kind == "empty_items" && list != nullptr) {
    *list = ordered_json::array();
  } else if (list == nullptr) {
    if (fault.kind == "null_names") blank_names(body);
  } else {
    // Every other one, the first included, so that a whole one follows each damaged one.
    for (std::size_t i = 0; i < list->size(); i += 2) {
      if (fault.kind == "null_items")
        (*list)[i] = nullptr;
      else
        blank_names((*list)[i]);
    }
  }
  response.body = body.dump();
}

}  // namespace

const std::vector<FaultKind>& fault_kinds() {
  static const std::vector<FaultKind> kKinds = {
      {"status",
       "answers with the `status` (500 unless given), `body`, `content_type` and `headers` of the "
       "fault"},
      {"html", "200 with an HTML page, as a proxy or a hotel network sends it"},
      {"truncated", "the true answer ends in the middle, though HTTP calls it complete"},
      {"cut", "the connection ends in the middle of the true answer"},
      {"hang_up", "the connection ends without an answer"},
      {"bad_utf8", "the first name in the true answer holds bytes that are no UTF-8"},
      {"null_items", "every other item of the true answer is null, the first included"},
      {"null_names", "every other item of the true answer has null for each name"},
      {"empty_items", "the true answer without its items"},
      {"delay", "the true answer comes late, by `delay_ms`"},
      {"spurious_401", "401 although the token is good"},
      {"not_registered", "403: the person is not on the app's list (JSON)"},
      {"not_registered_text", "403: the same as plain text"},
      {"no_premium", "403: the owner of the app has no Premium"},
      {"rate_limit", "429 of the short window, `retry_after` 1 unless given"},
      {"rate_limit_text", "429 as plain text without Retry-After"},
      {"quota", "429 of the day's quota, `retry_after` 86400 unless given"},
      {"empty_400", "400 with an empty body"},
      {"forbidden", "403 as for a removed endpoint"},
  };
  return kKinds;
}

bool matches(std::string_view pattern, std::string_view text) {
  // Greedy with one step back to the last star, which is enough for patterns with stars alone.
  std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p, ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

void Faults::add(const Fault& fault) {
  std::vector<std::string> names;
  for (const auto& kind : fault_kinds()) names.emplace_back(kind.name);
  if (std::find(names.begin(), names.end(), fault.kind) == names.end()) {
    const auto near = base::nearest(fault.kind, names);
    throw Error(
        ErrorKind::usage, "the simulator knows no fault \"" + fault.kind + "\"",
        near ? "did you mean \"" + *near + "\"?" : "the kinds are " + base::join(names, ", "));
  }
  armed_.push_back({fault});
}

void Faults::clear() {
  armed_.clear();
}

std::size_t Faults::pending() const {
  return static_cast<std::size_t>(
      std::count_if(armed_.begin(), armed_.end(), [](const Armed& armed) {
        return armed.fault.times < 0 || armed.struck < armed.fault.times;
      }));
}

std::optional<Fault> Faults::strike(const std::string& method, const std::string& path) {
  std::optional<Fault> hit;
  for (auto& armed : armed_) {
    const auto& fault = armed.fault;
    if (!fault.method.empty() && fault.method != method) continue;
    if (!matches(fault.path, path)) continue;
    if (hit || armed.seen++ < fault.after) continue;
    if (fault.times >= 0 && armed.struck >= fault.times) continue;
    ++armed.struck;
    hit = fault;
  }
  return hit;
}

bool replaces_answer(const Fault& fault) {
  return !one_of(fault.kind, {"truncated", "cut", "bad_utf8", "null_items", "null_names",
                              "empty_items", "delay"});
}

net::ServerResponse answer_of(const Fault& fault) {
  net::ServerResponse response;
  if (fault.kind == "html") {
    response.content_type = "text/html; charset=utf-8";
    response.body =
        "<!DOCTYPE html>\n<html><body><h1>Welcome to the guest network</h1></body></html>\n";
  } else if (fault.kind == "hang_up") {
    response.delivery = net::ServerResponse::Delivery::hang_up;
  } else if (fault.kind == "spurious_401") {
    response = bad_token("invalid_token");
  } else if (fault.kind == "not_registered" || fault.kind == "not_registered_text") {
    const std::string text =
        "Check settings on developer.spotify.com/dashboard, the user may not be registered.";
    response = fault.kind == "not_registered" ? refusal(403, text) : text_answer(text, 403);
  } else if (fault.kind == "no_premium") {
    response = refusal(403,
                       "Active premium subscription required for the owner of the app. When the "
                       "subscription status changes, it can take a few hours before requests are "
                       "allowed again.");
  } else if (fault.kind == "rate_limit") {
    response = rate_limited(fault.retry_after.value_or(1));
  } else if (fault.kind == "rate_limit_text") {
    response = text_answer("Too many requests", 429);
  } else if (fault.kind == "quota") {
    response = quota_exceeded(fault.retry_after.value_or(kDay));
  } else if (fault.kind == "empty_400") {
    response.status = 400;
  } else if (fault.kind == "forbidden") {
    response = refusal(403, "Forbidden");
  } else {
    response = refusal(fault.status == 0 ? 500 : fault.status, "");
    if (fault.retry_after)
      response.headers.emplace_back("retry-after", std::to_string(*fault.retry_after));
  }
  if (fault.status != 0) response.status = fault.status;
  if (fault.body) response.body = *fault.body;
  if (!fault.content_type.empty()) response.content_type = fault.content_type;
  response.headers.insert(response.headers.end(), fault.headers.begin(), fault.headers.end());
  return response;
}

void damage(const Fault& fault, net::ServerResponse& response) {
  if (fault.kind == "truncated") {
    response.body.resize(response.body.size() / 2);
  } else if (fault.kind == "cut") {
    response.delivery = net::ServerResponse::Delivery::cut_body;
  } else if (fault.kind == "bad_utf8") {
    constexpr std::string_view kName = "\"name\":\"";
    if (const auto at = response.body.find(kName); at != std::string::npos)
      response.body.insert(at + kName.size(), "\xff\xc3");
  } else if (fault.kind != "delay") {
    damage_json(fault, response);
  }
}

}  // namespace soundlake::sim
