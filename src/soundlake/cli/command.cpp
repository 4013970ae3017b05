// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/command.hpp"

#include "soundlake/base/error.hpp"

#include <charconv>

namespace soundlake::cli {

std::string Invocation::value(const std::string& option, const std::string& otherwise) const {
  const auto found = options.find(option);
  return found == options.end() ? otherwise : found->second;
}

long Invocation::number(const std::string& option, long otherwise) const {
  const auto found = options.find(option);
  if (found == options.end()) return otherwise;
  const std::string& text = found->second;
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    throw Error(ErrorKind::usage, option + " takes a whole number, not '" + text + "'");
  }
  return number;
}

}  // namespace soundlake::cli
