// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/report.hpp"

#include <nlohmann/json.hpp>

namespace soundlake::cli {
namespace {

using Json = nlohmann::ordered_json;

Json object_of(const Counts& counts) {
  Json object = Json::object();
  for (const auto& [name, number] : counts) object[name] = number;
  return object;
}

std::string dump(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

Report::Report(std::string command) : command_(std::move(command)) {}

void Report::fail(const Error& error) {
  failure_ = error.kind();
  problems.push_back({name_of(error.kind()), error.message(), error.hint(), {}});
}

int exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
    case ErrorKind::config:
      return 2;
    case ErrorKind::sign_in:
      return 4;
    case ErrorKind::cancelled:
      return 130;
    default:
      return 1;
  }
}

int Report::exit_code() const {
  if (failure_) return exit_code_of(*failure_);
  return partial || !problems.empty() ? 3 : 0;
}

std::string Report::json() const {
  Json object;
  object["command"] = command_;
  const int code = exit_code();
  object["status"] = code == 0 ? "done" : code == 3 ? "partial" : "failed";
  object["elapsed_ms"] = std::chrono::duration_cast<std::chrono::milliseconds>(
                             std::chrono::steady_clock::now() - started_)
                             .count();
  object["counts"] = object_of(counts);
  for (const auto& [name, part] : parts) object["counts"][name] = object_of(part);
  if (!details_json.empty()) object.update(Json::parse(details_json));
  object["requests"] = requests;
  object["waits"] = Json::array();
  for (const auto& wait : waits) {
    object["waits"].push_back({{"service", wait.service},
                               {"bucket", wait.bucket},
                               {"until", base::format_utc(wait.until)}});
  }
  object["problems"] = Json::array();
  for (const auto& problem : problems) {
    object["problems"].push_back({{"kind", problem.kind},
                                  {"message", problem.message},
                                  {"hint", problem.hint},
                                  {"where", problem.where}});
  }
  return dump(object);
}

std::string counts_json(const Counts& counts) {
  return dump(object_of(counts));
}
std::string requests_json(const std::map<std::string, std::int64_t>& requests) {
  return dump(Json(requests));
}

}  // namespace soundlake::cli
