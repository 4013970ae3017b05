// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/platform_family.hpp"

#include "soundlake/base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace soundlake::history {
namespace {

struct Rule {
  std::string_view word;
  std::string_view family;
};

/// A phone or computer says its system first; what follows is its model, which may be called
/// anything ("SM-TV", "Watch").
constexpr std::array kFirstWords{
    Rule{"android", "android"}, Rule{"ios", "ios"},     Rule{"iphone", "ios"},
    Rule{"ipad", "ios"},        Rule{"ipod", "ios"},    Rule{"windows", "windows"},
    Rule{"os", "macos"},        Rule{"osx", "macos"},   Rule{"mac", "macos"},
    Rule{"macos", "macos"},     Rule{"linux", "linux"}, Rule{"web_player", "web"},
    Rule{"webplayer", "web"},   Rule{"web", "web"},     Rule{"not_applicable", ""},
};

/// Partners' devices name themselves anywhere. The first rule that matches a word counts, so what a
/// device is goes before the system it runs.
constexpr std::array kAnyWords{
    Rule{"watch", "watch"},
    Rule{"wear", "watch"},
    Rule{"garmin", "watch"},
    Rule{"fitbit", "watch"},
    Rule{"playstation", "console"},
    Rule{"ps3", "console"},
    Rule{"ps4", "console"},
    Rule{"ps5", "console"},
    Rule{"scei", "console"},
    Rule{"xbox", "console"},
    Rule{"car", "car"},
    Rule{"carthing", "car"},
    Rule{"automotive", "car"},
    Rule{"tesla", "car"},
    Rule{"cast", "cast"},
    Rule{"chromecast", "cast"},
    Rule{"tv", "tv"},
    Rule{"tvos", "tv"},
    Rule{"androidtv", "tv"},
    Rule{"appletv", "tv"},
    Rule{"firetv", "tv"},
    Rule{"roku", "tv"},
    Rule{"tizen", "tv"},
    Rule{"webos", "tv"},
    Rule{"bravia", "tv"},
    Rule{"sonos", "speaker"},
    Rule{"speaker", "speaker"},
    Rule{"amazon", "speaker"},
    Rule{"alexa", "speaker"},
    Rule{"echo", "speaker"},
    Rule{"bose", "speaker"},
    Rule{"homepod", "speaker"},
    Rule{"google", "speaker"},
    Rule{"denon", "speaker"},
    Rule{"yamaha", "speaker"},
    Rule{"onkyo", "speaker"},
    Rule{"avr", "speaker"},
    Rule{"web", "web"},
    Rule{"webplayer", "web"},
    Rule{"ios", "ios"},
    Rule{"iphone", "ios"},
    Rule{"ipad", "ios"},
    Rule{"android", "android"},
    Rule{"windows", "windows"},
    Rule{"macos", "macos"},
    Rule{"osx", "macos"},
    Rule{"linux", "linux"},
    Rule{"cros", "linux"},
    Rule{"chromeos", "linux"},
    Rule{"raspberry", "linux"},
};

/// The place where the text goes on behind its first word; a word here may contain `_`.
std::size_t end_of_first_word(std::string_view text) {
  return std::min(text.find_first_of(" ;,(-"), text.size());
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Whether the word stands in the text between other characters than letters and digits.
bool has_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto behind = at + word.size();
    const bool begins = at == 0 || !is_letter_or_digit(text[at - 1]);
    const bool ends = behind == text.size() || !is_letter_or_digit(text[behind]);
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

std::string_view platform_family(std::string_view platform) {
  const std::string lower = base::to_lower_ascii(platform);
  const std::string_view text = lower;
  const auto first_word = text.substr(0, end_of_first_word(text));
  if (first_word.empty() && text.empty()) return {};
  for (const auto& rule : kFirstWords) {
    if (first_word == rule.word) return rule.family;
  }
  for (const auto& rule : kAnyWords) {
    if (has_word(text, rule.word)) return rule.family;
  }
  return "other";
}

}  // namespace soundlake::history
