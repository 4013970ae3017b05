// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace soundlake::stats {

/// A family of genres and the words that put a genre into it. A word matches where it stands whole
/// in the genre (`rap` in "rap metal", not in "grapes"); `*` at an end of it lets letters follow
/// or come before (`electro*` in "electropop").
struct FamilyRule {
  std::string family;
  std::vector<std::string> words;
};

/// The first rule that matches wins; a genre that none matches belongs to `otherwise`.
struct FamilyRules {
  std::vector<FamilyRule> rules;
  std::vector<std::string> order;  ///< the families as they are shown
  std::string otherwise;
};

/// The rules of docs/statistics.md: eight families.
const FamilyRules& default_family_rules();

/// Rules from text: one `Family: word, word, …` per line, the first that matches wins; `*` alone
/// as word names the family of everything else. Blank lines and lines that begin with # count for
/// nothing. Throws Error{usage} with the line's number.
FamilyRules parse_family_rules(std::string_view text);

/// The family of a genre (in lower case).
const std::string& family_of(std::string_view genre, const FamilyRules& rules);

}  // namespace soundlake::stats
