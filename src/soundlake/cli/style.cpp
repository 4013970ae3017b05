// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/style.hpp"

#include "soundlake/base/text.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace soundlake::cli {
namespace {

bool coloured() {
  const char* term = std::getenv("TERM");
  const char* no_color = std::getenv("NO_COLOR");
  return ::isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0') &&
         term != nullptr && std::string_view(term) != "dumb";
}

std::string styled(std::string_view text, const char* code) {
  return coloured() ? "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m"
                    : std::string(text);
}

constexpr std::size_t kLabelColumns = 11;
constexpr std::size_t kTextColumns = 96;

}  // namespace

std::string bold(std::string_view text) {
  return styled(text, "1");
}
std::string dim(std::string_view text) {
  return styled(text, "2");
}

std::string counted(std::int64_t number, const std::string& noun) {
  return base::group_digits(number) + " " + noun + (number == 1 ? "" : "s");
}

std::string accent(std::string_view text) {
  return styled(text, "36");
}

std::size_t terminal_columns() {
  constexpr std::size_t kLeast = 40;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return std::max<std::size_t>(kLeast, size.ws_col);
  const char* columns = std::getenv("COLUMNS");
  const long number = columns == nullptr ? 0 : std::strtol(columns, nullptr, 10);
  return number > 0 ? std::max(kLeast, static_cast<std::size_t>(number)) : 80;
}

std::string listening_title(bool simulated) {
  if (!simulated) return bold("soundlake · your listening");
  return bold("soundlake · the simulated listener") +
         dim("  every name and number here is invented");
}

std::string bar(int value, int columns) {
  const int filled = std::clamp((value * columns + 50) / 100, value > 0 ? 1 : 0, columns);
  std::string drawn;
  for (int i = 0; i < columns; ++i) drawn += i < filled ? "▇" : "▁";
  return drawn;
}

void LabelledLines::add(const std::string& label, const std::string& line) {
  for (const auto& part : wrapped(line, kTextColumns)) {
    text_ += "  " + dim(base::fit(label == last_label_ ? "" : label, kLabelColumns)) + part + "\n";
    last_label_ = label;
  }
}

std::vector<std::string> wrapped(const std::string& text, std::size_t columns) {
  std::vector<std::string> lines{""};
  for (const auto& word : base::split(text, ' ')) {
    auto& line = lines.back();
    if (!line.empty() && base::display_width(line) + 1 + base::display_width(word) > columns) {
      lines.push_back(word);
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return lines;
}

}  // namespace soundlake::cli
