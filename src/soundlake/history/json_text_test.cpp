// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/json_text.hpp"

#include "soundlake/base/text.hpp"

#include <gtest/gtest.h>

namespace soundlake::history {
namespace {

TEST(JsonText, ResolvesEveryEscape) {
  EXPECT_EQ(text_of_json(R"(a\"b\\c\/d\b\f\n\r\te)"), "a\"b\\c/d\b\f\n\r\te");
  EXPECT_EQ(text_of_json(R"(Beyonc\u00e9 \u20AC \ud83c\udfb5)"), "Beyoncé € 🎵");
}

TEST(JsonText, WhatIsNoUnicodeIsReplacedAndTheRestKept) {
  EXPECT_EQ(text_of_json(R"(a\ud83cb)"), "a\uFFFDb");
  EXPECT_EQ(text_of_json(R"(a\udfb5b)"), "a\uFFFDb");
  EXPECT_EQ(text_of_json(R"(a\ud83c\ud83c\udfb5)"), "a\uFFFD🎵");
  EXPECT_EQ(text_of_json(R"(a\ud83c\u0041)"), "a\uFFFD\x41");
  EXPECT_EQ(text_of_json("a\xFF\xC3z"), "a\uFFFD\uFFFDz");
}

TEST(JsonText, NoTextContainsNul) {
  EXPECT_EQ(text_of_json(R"(a\u0000b)"), "a\uFFFDb");
  EXPECT_EQ(text_of_json(std::string_view("a\0b", 3)), "a\uFFFDb");
}

TEST(JsonText, AnEscapeThatJsonDoesNotKnowIsTakenForItsLetter) {
  EXPECT_EQ(text_of_json(R"(\q\u12)"), "q\uFFFD\x31\x32");
  EXPECT_EQ(text_of_json("cut\\"), "cut\\");
}

TEST(JsonText, ShowsAnythingOnOneShortLine) {
  EXPECT_EQ(shown("a\x1B[31m\nb"), "a\\x1b[31m\\x0ab");
  const auto line = shown(std::string(39, 'x') + "éééé");
  EXPECT_EQ(line, std::string(39, 'x') + "…");
  EXPECT_TRUE(base::is_utf8(shown("\xFF\xFE")));
}

}  // namespace
}  // namespace soundlake::history
