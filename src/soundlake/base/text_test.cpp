// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/text.hpp"

#include <gtest/gtest.h>

#include <random>

namespace soundlake::base {
namespace {

TEST(Fold, MakesSpellingsOfOneNameEqual) {
  EXPECT_EQ(fold("  Beyonc\u00e9 "), fold("BEYONCE\u0301"));
  EXPECT_EQ(fold("Stra\u00dfe"), "strasse");
  EXPECT_EQ(fold("a \t b"), "a b");
  EXPECT_NE(fold("+44"), fold("44"));
}

TEST(Nfc, ComposesAndLeavesAsciiAlone) {
  EXPECT_EQ(nfc("e\u0301"), "\u00e9");
  EXPECT_EQ(nfc("plain"), "plain");
}

TEST(RepairUtf8, AlwaysGivesUtf8AndKeepsWhatWasValid) {
  EXPECT_EQ(repair_utf8("ok \xff!"), "ok \uFFFD!");
  EXPECT_EQ(repair_utf8("\xc3"), "\uFFFD");
  EXPECT_EQ(repair_utf8("日本"), "日本");
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string bytes(random() % 40, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    ASSERT_TRUE(is_utf8(repair_utf8(bytes)));
    ASSERT_TRUE(is_utf8(fold(bytes)));
    ASSERT_TRUE(is_utf8(nfc(bytes)));
  }
}

TEST(Nearest, FindsTypingErrorsAndNothingFarFetched) {
  const std::vector<std::string> commands{"run", "login", "logout", "extract", "export"};
  EXPECT_EQ(nearest("extrat", commands), "extract");
  EXPECT_EQ(nearest("exprot", commands), "export");
  EXPECT_EQ(nearest("loginn", commands), "login");
  EXPECT_EQ(nearest("zzzzzz", commands), std::nullopt);
  EXPECT_EQ(nearest("", commands), std::nullopt);
}

TEST(Fit, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("日本"), 4u);
  EXPECT_EQ(fit("Björk", 7), "Björk  ");
  EXPECT_EQ(fit("Sigur Rós", 6), "Sigur…");
  EXPECT_EQ(display_width(fit("日本語の歌", 6)), 6u);
  EXPECT_EQ(fit("x", 0), "");
}

TEST(GroupDigits, GroupsByThree) {
  EXPECT_EQ(group_digits(0), "0");
  EXPECT_EQ(group_digits(999), "999");
  EXPECT_EQ(group_digits(1234567), "1\u202F234\u202F567");
  EXPECT_EQ(group_digits(-1000), "-1\u202F000");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), std::vector<std::string>{""});
}

}  // namespace
}  // namespace soundlake::base
