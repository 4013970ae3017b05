// SPDX-License-Identifier: Apache-2.0
#include "soundlake/base/json.hpp"

#include "soundlake/base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace soundlake::base {
namespace {

TEST(JsonValue, AbsentNullAndWrongTypeAllMeanNotThere) {
  const auto document =
      JsonDocument::parse(R"({"a":null,"b":"text","c":[1],"d":{"e":true}})", "it");
  const auto root = document.root();
  EXPECT_FALSE(root["a"].present());
  EXPECT_FALSE(root["nowhere"]["deeper"].present());
  EXPECT_EQ(root["b"].integer(), std::nullopt);
  EXPECT_EQ(root["b"].text(), "text");
  EXPECT_EQ(root["c"].text(), std::nullopt);
  EXPECT_TRUE(root["b"].items().empty());
  EXPECT_EQ(root["d"]["e"].boolean(), true);
  EXPECT_EQ(root["c"].items().size(), 1u);
  EXPECT_EQ(JsonValue().dump(), "null");
  EXPECT_EQ(root["d"].dump(), R"({"e":true})");
}

TEST(JsonValue, ReadsNumbersExactly) {
  const auto document = JsonDocument::parse(R"([3,3.0,3.5,-1,1e300,9007199254740993])", "it");
  const auto items = document.root().items();
  EXPECT_EQ(items[0].integer(), 3);
  EXPECT_EQ(items[1].integer(), 3);
  EXPECT_EQ(items[2].integer(), std::nullopt);
  EXPECT_EQ(items[2].number(), 3.5);
  EXPECT_EQ(items[3].integer(), -1);
  EXPECT_EQ(items[4].integer(), std::nullopt);
  EXPECT_EQ(items[5].integer(), 9007199254740993);
}

TEST(JsonDocument, SaysWhatTheBytesAreInstead) {
  const auto message = [](std::string_view bytes) -> std::string {
    try {
      JsonDocument::parse(bytes, "the answer");
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data);
      return error.message();
    }
    return "";
  };
  EXPECT_EQ(message(""), "the answer is empty, not JSON");
  EXPECT_EQ(message("  <html>"), "the answer is HTML, not JSON");
  EXPECT_EQ(message(R"({"a":1)"), "the answer is not valid JSON (or was cut off)");
  EXPECT_EQ(message(R"({"a":1} x)"), "the answer is not valid JSON (or was cut off)");
  EXPECT_EQ(message(std::string(100'000, '[')), "the answer is not valid JSON (or was cut off)");
}

TEST(JsonDocument, RepairsBadUtf8AndSkipsAByteOrderMark) {
  EXPECT_EQ(JsonDocument::parse("{\"n\":\"a\xff\"}", "it").root()["n"].text(), "a\uFFFD");
  EXPECT_EQ(JsonDocument::parse("\xEF\xBB\xBF{\"n\":1}", "it").root()["n"].integer(), 1);
}

TEST(JsonDocument, ValuesOutliveTheBytesTheyWereReadFrom) {
  auto bytes =
      std::make_unique<std::string>(R"({"n":"a name that is long enough not to be inline"})");
  const auto document = JsonDocument::parse(*bytes, "it");
  bytes.reset();
  EXPECT_EQ(document.root()["n"].text(), "a name that is long enough not to be inline");
}

TEST(JsonDocument, NeverFailsOtherThanByError) {
  std::mt19937 random(11);
  const std::string valid =
      R"({"items":[{"name":"x","n":1.5e3,"b":[true,null]}],"u":"\u00e9\ud83d\ude00"})";
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = valid.substr(0, random() % (valid.size() + 1));
    for (unsigned flips = random() % 4; flips > 0 && !bytes.empty(); --flips) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    if (const auto document = JsonDocument::try_parse(bytes)) {
      for (const auto& [key, value] : document->root().members()) value.dump();
    }
  }
}

}  // namespace
}  // namespace soundlake::base
