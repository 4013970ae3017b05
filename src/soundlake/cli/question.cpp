// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/question.hpp"

#include "soundlake/base/text.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace soundlake::cli {

std::optional<std::string> ask(const std::string& question) {
  fmt::print(stderr, "{}", question);
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return base::trim(line);
}

std::string path_as_typed(const std::string& answer) {
  // A file may really be called so.
  if (std::filesystem::exists(answer)) return answer;
  const bool quoted = answer.size() >= 2 && answer.front() == answer.back() &&
                      (answer.front() == '\'' || answer.front() == '"');
  std::string path;
  if (quoted) {
    path = answer.substr(1, answer.size() - 2);
  } else {
    for (std::size_t i = 0; i < answer.size(); ++i) {
      if (answer[i] == '\\' && i + 1 < answer.size()) ++i;
      path += answer[i];
    }
  }
  const char* home = std::getenv("HOME");
  if (home != nullptr && (path == "~" || path.starts_with("~/"))) path.replace(0, 1, home);
  return path;
}

}  // namespace soundlake::cli
