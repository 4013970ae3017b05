// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <exception>
#include <string>

namespace soundlake::base {

/// What kind of failure stopped the work; cli/ maps it to the exit code.
enum class ErrorKind {
  usage,      ///< the caller's words are off (exit 2)
  config,     ///< a setting cannot be used (exit 2)
  sign_in,    ///< a person has to sign in to Spotify again (exit 4)
  network,    ///< a service could not be reached
  service,    ///< a service answered with something we cannot go on with
  data,       ///< bytes that are not what they should be (JSON, Parquet, manifest)
  io,         ///< the file system refused
  refused,    ///< a safety rule of ours says no (another account, another lake, a newer format)
  conflict,   ///< somebody else changed the same thing meanwhile; the work may be repeated
  cancelled,  ///< the person pressed Ctrl-C (exit 130)
  internal,   ///< a bug
};

/// The name used for the kind in `--json` output: "usage", "sign_in", …
const char* name_of(ErrorKind kind);

/// Thrown for "cannot go on". Outcomes that are data (a rejected row, an unknown field, a closed
/// quota) are values, never an Error.
class Error : public std::exception {
 public:
  /// @param message what failed, on what: one sentence without a full stop, never a secret
  /// @param hint    what the person can do next; may be empty
  Error(ErrorKind kind, std::string message, std::string hint = {});

  ErrorKind kind() const noexcept { return kind_; }
  const std::string& message() const noexcept { return message_; }
  const std::string& hint() const noexcept { return hint_; }
  const char* what() const noexcept override { return message_.c_str(); }

  /// The same error with `context: ` put before the message, for callers that know what was tried.
  Error within(const std::string& context) const;

 private:
  ErrorKind kind_;
  std::string message_;
  std::string hint_;
};

}  // namespace soundlake::base

namespace soundlake {
using base::Error;
using base::ErrorKind;
}  // namespace soundlake
