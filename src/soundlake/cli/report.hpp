// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/error.hpp"
#include "soundlake/base/time.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace soundlake::cli {

/// Something that did not work out though the command went on, or what ended it.
struct Problem {
  std::string kind;
  std::string message;
  std::string hint;
  std::string where;  ///< the file, URL path or entity it is about; may be empty
};

/// Work that a service lets us do only later.
struct Wait {
  std::string service;
  std::string bucket;
  base::Instant until;
  bool deferred = false;  ///< by our own daily budget
};

/// Counts with fixed names, in the order given.
using Counts = std::vector<std::pair<std::string, std::int64_t>>;

/// What a command did. With --json it is the one object on stdout, on success and failure alike.
class Report {
 public:
  explicit Report(std::string command);

  Counts counts;
  /// Of a command made of others (`run`): each part's counts under its name.
  std::vector<std::pair<std::string, Counts>> parts;
  /// A JSON object whose members stand behind `counts` (import: files, ignored, years).
  std::string details_json;
  std::map<std::string, std::int64_t> requests;
  std::vector<Wait> waits;
  /// Something that the run should have brought is missing, by a failure or a closed service.
  bool partial = false;
  std::vector<Problem> problems;
  /// Printed on stdout instead of a report, for commands whose result is a text (sql, completion).
  std::string text;
  /// Printed on stdout for people after the work, when --json is not given.
  std::string summary;
  /// A JSON object printed instead of the report on success (doctor).
  std::string own_json;

  const std::string& command() const { return command_; }
  /// Records the error that ended the command.
  void fail(const Error& error);
  /// 0 done, 3 when it is partial or has problems, else what the failure says.
  int exit_code() const;
  /// The object of design §3, one line.
  std::string json() const;

 private:
  std::string command_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::optional<ErrorKind> failure_;
};

/// The exit code an error ends the program with.
int exit_code_of(ErrorKind kind);

/// Counts as a JSON object, for runs/.
std::string counts_json(const Counts& counts);
std::string requests_json(const std::map<std::string, std::int64_t>& requests);

}  // namespace soundlake::cli
