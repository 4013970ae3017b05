// SPDX-License-Identifier: Apache-2.0
#include "soundlake/net/http.hpp"

#include <gmock/gmock.h>

#include <random>

namespace soundlake::net {
namespace {

using testing::Pair;
using testing::UnorderedElementsAre;

std::string random_bytes(std::mt19937_64& random, std::size_t longest) {
  std::string bytes(std::uniform_int_distribution<std::size_t>(0, longest)(random), '\0');
  // Half of them from the characters that mean something in a URL, so that structure comes about.
  static constexpr std::string_view kSpecial = "%%%&==+?#/:@09afAF.-~ ";
  for (char& c : bytes) {
    const auto value = random();
    c = (value & 1) != 0 ? kSpecial[(value >> 8) % kSpecial.size()] : static_cast<char>(value >> 8);
  }
  return bytes;
}

TEST(Headers, AreFoundWhateverTheirCaseAndTheFirstCounts) {
  const Headers headers = {{"ETag", "a"}, {"etag", "b"}};
  EXPECT_EQ(find_header(headers, "ETAG"), "a");
  EXPECT_EQ(find_header(headers, "Age"), std::nullopt);
}

TEST(UrlEncode, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(url_encode("AZaz09-._~"), "AZaz09-._~");
  EXPECT_EQ(url_encode("a b+c/d?e&f=g%"), "a%20b%2Bc%2Fd%3Fe%26f%3Dg%25");
  EXPECT_EQ(url_encode("Björk"), "Bj%C3%B6rk");
}

TEST(UrlDecode, LeavesBrokenEscapesAsTheyAre) {
  EXPECT_EQ(url_decode("%zz%4"), "%zz%4");
  EXPECT_EQ(url_decode("%"), "%");
  EXPECT_EQ(url_decode("%41%e2%99%aB"), "A\u266b");
}

TEST(UrlDecode, ReadsPlusAsABlankOnlyInQueries) {
  EXPECT_EQ(url_decode("a+b"), "a b");
  EXPECT_EQ(url_decode("a+b", false), "a+b");
}

TEST(UrlQuery, KeepsTheOrderGiven) {
  EXPECT_EQ(url_query({{"b", "x y"}, {"a", "1"}}), "b=x%20y&a=1");
  EXPECT_EQ(url_query({}), "");
}

TEST(ParseQuery, ReadsNamesWithoutValuesAndLetsTheFirstCount) {
  EXPECT_THAT(parse_query("a=1&b=x%20y&&c&a=2&=d&e=f=g"),
              UnorderedElementsAre(Pair("a", "1"), Pair("b", "x y"), Pair("c", ""), Pair("", "d"),
                                   Pair("e", "f=g")));
  EXPECT_TRUE(parse_query("").empty());
}

TEST(ParseQuery, GivesBackWhatUrlQueryWroteForAnyBytes) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 1000; ++round) {
    const std::string name = random_bytes(random, 12);
    const std::string value = random_bytes(random, 40);
    ASSERT_THAT(parse_query(url_query({{name, value}})), UnorderedElementsAre(Pair(name, value)));
  }
}

TEST(UrlFunctions, SurviveAnyBytes) {
  std::mt19937_64 random(2);
  for (int round = 0; round < 4000; ++round) {
    const std::string bytes = random_bytes(random, 60);
    ASSERT_LE(url_decode(bytes).size(), bytes.size());
    ASSERT_EQ(url_decode(url_encode(bytes)), bytes);
    for (const auto& [name, value] : parse_query(bytes))
      ASSERT_LE(name.size() + value.size(), bytes.size());
    redacted_url(bytes);
  }
}

struct RedactionRow {
  std::string name;
  std::string url;
  std::string redacted;
};

class Redaction : public testing::TestWithParam<RedactionRow> {};

TEST_P(Redaction, HidesSecretsAndNothingElse) {
  EXPECT_EQ(redacted_url(GetParam().url), GetParam().redacted);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, Redaction,
    testing::Values(
        RedactionRow{"plain", "https://api.example/v1/me?limit=50",
                     "https://api.example/v1/me?limit=50"},
        RedactionRow{"code", "http://127.0.0.1:8888/callback?code=AQ&state=xy&z=1",
                     "http://127.0.0.1:8888/callback?code=***&state=***&z=1"},
        RedactionRow{"api_key", "https://ws.example/2.0/?method=m&api_key=k",
                     "https://ws.example/2.0/?method=m&api_key=***"},
        RedactionRow{"case", "https://h/?Access_TOKEN=k", "https://h/?Access_TOKEN=***"},
        RedactionRow{"escaped_name", "https://h/?%63ode=k", "https://h/?%63ode=***"},
        RedactionRow{"signed", "https://h/k?X-Amz-Signature=s&X-Amz-Date=d",
                     "https://h/k?X-Amz-Signature=***&X-Amz-Date=d"},
        RedactionRow{"user", "https://me:pw@h:1/p@q", "https://***@h:1/p@q"},
        RedactionRow{"at_in_password", "https://me:p@w@h/", "https://***@h/"},
        RedactionRow{"fragment", "http://h/cb#access_token=t&x=1",
                     "http://h/cb#access_token=***&x=1"},
        RedactionRow{"query_and_fragment", "http://h/cb?a=1#token=t", "http://h/cb?a=1#token=***"},
        RedactionRow{"no_path", "http://me:pw@h?code=1", "http://***@h?code=***"},
        RedactionRow{"nothing", "", ""}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace soundlake::net
