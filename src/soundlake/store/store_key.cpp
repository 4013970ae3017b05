// SPDX-License-Identifier: Apache-2.0
#include "soundlake/store/store_key.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <algorithm>
#include <string>

namespace soundlake::store {
namespace {

constexpr std::size_t kLongestKey = 1024;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// A key can hold anything, so what an error shows of it is cut and made printable.
std::string shown(std::string_view key) {
  std::string text = base::repair_utf8(key.substr(0, 100));
  std::replace_if(text.begin(), text.end(), is_control, '?');
  return text;
}

}  // namespace

bool is_valid_key(std::string_view key) {
  if (key.empty() || key.size() > kLongestKey || !base::is_utf8(key)) return false;
  if (std::any_of(key.begin(), key.end(), is_control)) return false;
  const auto parts = base::split(key, '/');
  return std::none_of(parts.begin(), parts.end(), [](const std::string& part) {
    return part.empty() || part == "." || part == "..";
  });
}

void check_key(std::string_view key) {
  if (!is_valid_key(key)) {
    throw Error(ErrorKind::internal, "'" + shown(key) + "' cannot be the key of an object");
  }
}

void check_prefix(std::string_view prefix) {
  if (prefix.empty()) return;
  if (prefix.back() != '/' || !is_valid_key(prefix.substr(0, prefix.size() - 1))) {
    throw Error(ErrorKind::internal, "'" + shown(prefix) + "' cannot be a prefix of keys");
  }
}

}  // namespace soundlake::store
