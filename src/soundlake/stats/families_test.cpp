// SPDX-License-Identifier: Apache-2.0
#include "soundlake/stats/families.hpp"

#include "soundlake/base/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace soundlake::stats {
namespace {

TEST(Families, PutWellKnownGenresWhereAListenerLooksForThem) {
  // Names as MusicBrainz writes its genres.
  const std::map<std::string, std::vector<std::string>> expected{
      {"Hip hop & rap",
       {"hip hop", "trap", "drill", "pop rap", "conscious hip hop", "east coast hip hop",
        "boom bap", "cloud rap", "grime", "jazz rap", "gangsta rap", "uk drill", "rap rock",
        "alternative hip hop"}},
      {"R&B & soul",
       {"r&b", "contemporary r&b", "soul", "neo soul", "funk", "alternative r&b", "motown",
        "gospel", "psychedelic soul", "quiet storm", "doo-wop", "new jack swing", "philly soul"}},
      {"Pop",
       {"pop", "art pop", "dance-pop", "bedroom pop", "teen pop", "baroque pop", "power pop",
        "chamber pop", "sophisti-pop", "adult contemporary", "europop"}},
      {"Country & folk",
       {"country", "folk", "indie folk", "americana", "bluegrass", "alternative country",
        "folk rock", "contemporary folk", "singer-songwriter", "country rap", "freak folk",
        "chanson"}},
      {"Rock & indie", {"rock",        "indie rock",  "alternative rock", "punk rock",
                        "heavy metal", "death metal", "shoegaze",         "grunge",
                        "indie pop",   "post-punk",   "new wave",         "britpop",
                        "math rock",   "emo",         "metalcore",        "progressive rock",
                        "garage rock", "dream pop",   "industrial metal", "psychedelic rock",
                        "krautrock"}},
      {"Electronic",
       {"house",     "deep house",   "techno",         "ambient",   "drum and bass", "trance",
        "dubstep",   "synth-pop",    "synthwave",      "electro",   "electropop",    "idm",
        "edm",       "uk garage",    "breakbeat",      "trip hop",  "disco",         "electronic",
        "psytrance", "future house", "minimal techno", "industrial"}},
      {"Jazz & classical",
       {"jazz", "vocal jazz", "blues", "classical", "opera", "bebop", "swing", "big band",
        "jazz fusion", "modern classical", "symphony", "bossa nova", "delta blues", "acid jazz",
        "soundtrack"}},
      {"World & other",
       {"k-pop", "j-pop", "reggae", "dancehall", "afrobeats", "salsa", "bachata", "cumbia", "samba",
        "flamenco", "reggaeton", "comedy", "spoken word", "new age", "ska", "dub"}}};
  for (const auto& [family, genres] : expected) {
    for (const auto& genre : genres)
      EXPECT_EQ(family_of(genre, default_family_rules()), family) << genre;
  }
}

TEST(Families, MatchWholeWordsUnlessAStarOpensThem) {
  const auto rules = parse_family_rules("A: rap\nB: *metal\nC: electro*\nRest: *");
  EXPECT_EQ(family_of("rap", rules), "A");
  EXPECT_EQ(family_of("east coast rap", rules), "A");
  EXPECT_EQ(family_of("grapes", rules), "Rest");
  EXPECT_EQ(family_of("trap", rules), "Rest");
  EXPECT_EQ(family_of("post-metal", rules), "B");
  EXPECT_EQ(family_of("numetal", rules), "B");
  EXPECT_EQ(family_of("metalcore", rules), "Rest");
  EXPECT_EQ(family_of("electropop", rules), "C");
}

TEST(Families, OfOnesOwnReplaceOurs) {
  const auto rules = parse_family_rules("# mine\n\nLoud: metal, punk\nQuiet: *\n");
  EXPECT_EQ(family_of("punk", rules), "Loud");
  EXPECT_EQ(family_of("ambient", rules), "Quiet");
  EXPECT_EQ(rules.order, (std::vector<std::string>{"Loud", "Quiet"}));
  EXPECT_THROW(parse_family_rules("Loud metal"), Error);
}

TEST(Families, AreAllNamedInTheirOrder) {
  const auto& rules = default_family_rules();
  EXPECT_EQ(rules.order.size(), 8U);
  for (const auto& rule : rules.rules)
    EXPECT_NE(std::find(rules.order.begin(), rules.order.end(), rule.family), rules.order.end());
}

}  // namespace
}  // namespace soundlake::stats
