// SPDX-License-Identifier: Apache-2.0
#include "soundlake/sim/control.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/json.hpp"
#include "soundlake/base/text.hpp"
#include "soundlake/sim/answers.hpp"
#include "soundlake/sim/spotify_sim.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace soundlake::sim {
namespace {

using base::JsonValue;
using nlohmann::ordered_json;

/// Refuses members that are not in `names`, so that a typing error is no silent nothing.
void check_members(JsonValue object, const std::vector<std::string>& names) {
  if (!object.is_object())
    throw Error(ErrorKind::usage, "the body is no JSON object", "see docs/simulator.md");
  for (const auto& [name, value] : object.members()) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    const auto near = base::nearest(name, names);
    throw Error(ErrorKind::usage, "there is no \"" + name + "\" here",
                near ? "did you mean \"" + *near + "\"?" : "known are " + base::join(names, ", "));
  }
}

template <class Number>
void read(JsonValue value, const std::string& name, Number& into) {
  if (!value[name].present()) return;
  const auto number = value[name].integer();
  if (!number || *number > 2'000'000'000 || *number < -2'000'000'000)
    throw Error(ErrorKind::usage, "\"" + name + "\" is no whole number of sensible size");
  into = Number(static_cast<int>(*number));
}

std::optional<bool> read_bool(JsonValue value, const std::string& name) {
  if (value[name].present() && !value[name].boolean())
    throw Error(ErrorKind::usage, "\"" + name + "\" is neither true nor false");
  return value[name].boolean();
}

Fault read_fault(JsonValue value) {
  check_members(value, {"kind", "method", "path", "after", "times", "status", "headers", "body",
                        "content_type", "retry_after", "delay_ms"});
  Fault fault;
  fault.kind = value["kind"].text().value_or(fault.kind);
  fault.method = value["method"].text().value_or("");
  fault.path = value["path"].text().value_or(fault.path);
  read(value, "after", fault.after);
  read(value, "times", fault.times);
  read(value, "status", fault.status);
  for (const auto& [name, text] : value["headers"].members())
    fault.headers.emplace_back(name, text.text().value_or(""));
  // A JSON body may be written as such rather than as a text in quotes.
  if (value["body"].present()) {
    fault.body = value["body"].text() ? *value["body"].text() : value["body"].dump();
  }
  fault.content_type = value["content_type"].text().value_or("");
  read(value, "retry_after", fault.retry_after);
  read(value, "delay_ms", fault.delay);
  return fault;
}

ordered_json add_faults(SpotifySim& spotify, JsonValue body) {
  std::vector<Fault> faults;
  if (body.is_array()) {
    for (const auto item : body.items()) faults.push_back(read_fault(item));
  } else {
    faults.push_back(read_fault(body));
  }
  for (const auto& fault : faults) spotify.add_fault(fault);
  return {{"added", faults.size()}};
}

ordered_json move_clock(SpotifySim& spotify, JsonValue body) {
  check_members(body, {"advance_s", "now"});
  if (const auto seconds = body["advance_s"].integer()) {
    if (*seconds > 100'000'000'000) throw Error(ErrorKind::usage, "\"advance_s\" is too far away");
    spotify.advance(std::chrono::seconds(*seconds));
  } else if (const auto now = base::parse_utc(body["now"].text().value_or(""))) {
    spotify.advance(*now - spotify.now());
  } else {
    throw Error(ErrorKind::usage, "the clock needs \"advance_s\" or \"now\"",
                "for example {\"advance_s\": 86400} or {\"now\": \"2026-11-24T00:00:00Z\"}");
  }
  return {{"now", base::format_utc(spotify.now())}};
}

ordered_json change_options(SpotifySim& spotify, JsonValue body) {
  check_members(body, {"app_class", "latency_ms", "ceilings", "window_ceiling", "album_page_limit",
                       "deny", "rotate", "revoke"});
  Changes changes;
  if (const auto name = body["app_class"].text()) {
    changes.app_class = app_class_named(*name);
    if (!changes.app_class)
      throw Error(ErrorKind::usage, "there is no app class \"" + *name + "\"",
                  "the classes are " + base::join(app_class_names(), ", "));
  }
  read(body, "latency_ms", changes.latency);
  for (const auto& [bucket, unused] : body["ceilings"].members())
    read(body["ceilings"], bucket, changes.ceilings[bucket]);
  read(body, "window_ceiling", changes.window_ceiling);
  read(body, "album_page_limit", changes.album_page_limit);
  changes.deny = read_bool(body, "deny");
  changes.rotate = read_bool(body, "rotate");
  changes.revoke = read_bool(body, "revoke");
  spotify.change(changes);
  return spotify.state();
}

ordered_json requests_of(const SpotifySim& spotify) {
  ordered_json list = ordered_json::array();
  for (const auto& seen : spotify.requests())
    list.push_back({{"at", base::format_utc(seen.at)},
                    {"method", seen.method},
                    {"path", seen.path},
                    {"query", seen.query},
                    {"bucket", seen.bucket},
                    {"status", seen.status}});
  return {{"total", list.size()}, {"peak_in_flight", spotify.peak_in_flight()}, {"requests", list}};
}

ordered_json act(SpotifySim& spotify, const std::string& method, const std::string& name,
                 const std::string& bytes) {
  if (method == "GET" && name == "requests") return requests_of(spotify);
  if (method == "GET" && name == "state") return spotify.state();
  if (method == "DELETE" && name == "faults") {
    spotify.clear_faults();
    return ordered_json::object();
  }
  if (method == "POST" && name == "reset") {
    spotify.reset();
    return ordered_json::object();
  }
  if (method == "POST" && (name == "faults" || name == "clock" || name == "options")) {
    const auto document = base::JsonDocument::parse(bytes, "the body");
    if (name == "faults") return add_faults(spotify, document.root());
    if (name == "clock") return move_clock(spotify, document.root());
    return change_options(spotify, document.root());
  }
  throw Error(
      ErrorKind::usage, "the simulator has no " + method + " /_sim/" + name,
      "there are GET requests, GET state, POST faults, DELETE faults, POST clock, POST options "
      "and POST reset");
}

}  // namespace

net::ServerResponse control(SpotifySim& spotify, const net::ServerRequest& request) {
  try {
    const auto name = request.path.substr(std::string_view("/_sim/").size());
    return json_answer(act(spotify, request.method, name, request.body));
  } catch (const Error& error) {
    return json_answer({{"error", error.message()}, {"hint", error.hint()}}, 400);
  }
}

}  // namespace soundlake::sim
