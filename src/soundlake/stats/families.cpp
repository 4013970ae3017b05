// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/families.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/text.hpp"

#include <algorithm>

namespace soundlake::stats {
namespace {

bool is_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
}

bool matches(std::string_view genre, std::string_view word) {
  const bool open_begin = word.starts_with('*');
  const bool open_end = word.ends_with('*');
  if (open_begin) word.remove_prefix(1);
  if (open_end && !word.empty()) word.remove_suffix(1);
  for (auto at = genre.find(word); at != std::string_view::npos; at = genre.find(word, at + 1)) {
    const auto end = at + word.size();
    const bool begins = open_begin || at == 0 || !is_letter(genre[at - 1]);
    const bool ends = open_end || end == genre.size() || !is_letter(genre[end]);
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

const FamilyRules& default_family_rules() {
  static const FamilyRules rules{
      .rules = {{"Rock & indie",
                 {"*metal", "post-punk", "new wave", "dance-punk", "garage rock", "blues rock"}},
                {"Pop", {"dance pop", "dance-pop", "baroque pop", "chamber pop"}},
                {"Country & folk",
                 {"country", "*folk*", "americana", "bluegrass", "singer-songwriter", "honky tonk",
                  "chanson", "fado", "celtic", "schlager"}},
                {"R&B & soul",
                 {"r&b", "*soul", "urban contemporary", "*funk", "motown", "doo-wop", "gospel",
                  "quiet storm", "new jack swing"}},
                {"Hip hop & rap",
                 {"hip hop", "hip-hop", "*rap", "drill", "grime", "boom bap", "crunk", "phonk",
                  "turntablism", "horrorcore", "plugg"}},
                {"Electronic", {"*house",    "*techno",       "electro*",  "edm",
                                "*ambient",  "drum and bass", "*synth*",   "*trance",
                                "*step",     "jungle",        "breakbeat", "idm",
                                "downtempo", "chillout",      "trip hop",  "trip-hop",
                                "chillwave", "vaporwave",     "darkwave",  "hardstyle",
                                "gabber",    "eurodance",     "*disco",    "garage",
                                "hyperpop",  "big beat",      "glitch",    "indietronica",
                                "chiptune",  "industrial",    "ebm"}},
                {"Jazz & classical",
                 {"*jazz", "*classical", "blues", "orchestra*", "opera", "baroque", "bebop",
                  "swing", "big band", "symphon*", "chamber", "choral", "minimalism", "bossa nova",
                  "ragtime", "soundtrack", "score"}},
                {"Rock & indie",
                 {"*rock*", "*indie", "*punk", "psych*", "grunge", "shoegaze", "emo", "*core",
                  "alternative", "britpop", "noise", "prog*", "goth*", "surf", "dream pop",
                  "jangle pop"}},
                {"World & other", {"k-pop", "j-pop", "c-pop", "mandopop", "cantopop"}},
                {"Pop",
                 {"*pop", "boy band", "girl group", "easy listening", "adult contemporary"}}},
      .order = {"Hip hop & rap", "R&B & soul", "Pop", "Country & folk", "Rock & indie",
                "Electronic", "Jazz & classical", "World & other"},
      .otherwise = "World & other"};
  return rules;
}

const std::string& family_of(std::string_view genre, const FamilyRules& rules) {
  for (const auto& rule : rules.rules) {
    for (const auto& word : rule.words) {
      if (matches(genre, word)) return rule.family;
    }
  }
  return rules.otherwise;
}

FamilyRules parse_family_rules(std::string_view text) {
  FamilyRules parsed;
  int number = 0;
  for (const auto& raw : base::split(text, '\n')) {
    ++number;
    const auto line = base::trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const auto colon = line.find(':');
    const auto family = base::trim(line.substr(0, colon));
    if (colon == std::string::npos || family.empty()) {
      throw Error(ErrorKind::usage,
                  "line " + std::to_string(number) + " of the genre families is no rule",
                  "write one `Family: word, word` per line");
    }
    FamilyRule rule{.family = family, .words = {}};
    for (const auto& part : base::split(line.substr(colon + 1), ',')) {
      const auto word = base::to_lower_ascii(base::trim(part));
      if (word == "*") parsed.otherwise = family;
      if (!word.empty() && word.find_first_not_of('*') != std::string::npos)
        rule.words.push_back(word);
    }
    if (std::find(parsed.order.begin(), parsed.order.end(), family) == parsed.order.end())
      parsed.order.push_back(family);
    if (!rule.words.empty()) parsed.rules.push_back(std::move(rule));
  }
  if (parsed.otherwise.empty()) parsed.otherwise = "World & other";
  if (std::find(parsed.order.begin(), parsed.order.end(), parsed.otherwise) == parsed.order.end())
    parsed.order.push_back(parsed.otherwise);
  return parsed;
}

}  // namespace soundlake::stats
