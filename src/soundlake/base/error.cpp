// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/error.hpp"

#include <utility>

namespace soundlake::base {

const char* name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return "usage";
    case ErrorKind::config:
      return "config";
    case ErrorKind::sign_in:
      return "sign_in";
    case ErrorKind::network:
      return "network";
    case ErrorKind::service:
      return "service";
    case ErrorKind::data:
      return "data";
    case ErrorKind::io:
      return "io";
    case ErrorKind::refused:
      return "refused";
    case ErrorKind::conflict:
      return "conflict";
    case ErrorKind::cancelled:
      return "cancelled";
    case ErrorKind::internal:
      return "internal";
  }
  return "internal";
}

Error::Error(ErrorKind kind, std::string message, std::string hint)
    : kind_(kind), message_(std::move(message)), hint_(std::move(hint)) {}

Error Error::within(const std::string& context) const {
  return Error(kind_, context + ": " + message_, hint_);
}

}  // namespace soundlake::base
