// SPDX-License-Identifier: Apache-2.0
#include "soundlake/lake/raw.hpp"

#include "soundlake/lake/lake_test_support.hpp"

namespace soundlake::lake {
namespace {

using testing::ElementsAre;

const base::Day kDay = *base::parse_day("2026-03-04");

TEST(Raw, KeyIsOneObjectPerServiceAndDay) {
  EXPECT_EQ(raw_key("spotify", kDay), "raw/spotify/2026-03-04.ndjson.zst");
  EXPECT_EQ(raw_day("raw/spotify/2026-03-04.ndjson.zst"), kDay);
}

TEST(Raw, AServiceThatIsNoWordIsABug) {
  for (const char* service : {"", "..", "a/b", "Spotify", "a b"}) {
    EXPECT_EQ(error_of([&] { raw_key(service, kDay); })->kind(), ErrorKind::internal) << service;
  }
}

TEST(Raw, OtherKeysHaveNoDay) {
  for (const char* key :
       {"raw/2026-03-04.ndjson.zst", "raw/a/2026-02-30.ndjson.zst", "raw/a/2026-03-04.ndjson",
        "raw/a/b/2026-03-04.ndjson.zst", "exports/a/2026-03-04.ndjson.zst", "raw/", "raw", ""}) {
    EXPECT_FALSE(raw_day(key)) << key;
  }
}

TEST(Raw, LinesComeBackInTheOrderTheyWereAppended) {
  auto bytes = append_raw("", {R"({"a":1})", R"({"b":"ü"})"});
  bytes = append_raw(bytes, {"3"});
  EXPECT_THAT(read_raw(bytes, "x"), ElementsAre(R"({"a":1})", R"({"b":"ü"})", "3"));
}

TEST(Raw, AnIndentedPayloadIsOneLine) {
  EXPECT_THAT(read_raw(append_raw("", {"{\r\n \"a\": 1\n}"}), "x"), ElementsAre("{   \"a\": 1 }"));
}

TEST(Raw, TheSamePayloadsAreKeptOnce) {
  const auto once = append_raw("", {"1", "2"});
  EXPECT_EQ(append_raw(once, {"1", "2"}), once);
  const auto more = append_raw(once, {"3"});
  EXPECT_EQ(append_raw(more, {"1", "2"}), more);
}

TEST(Raw, NothingAppendedIsNothingWritten) {
  EXPECT_EQ(append_raw("", {}), "");
}

TEST(Raw, ADayOfBigPayloadsComesBackWhole) {
  std::vector<std::string> lines;
  for (int i = 0; i < 50; ++i)
    lines.push_back(std::string(100'000, static_cast<char>('a' + i % 26)));
  EXPECT_EQ(read_raw(append_raw("", lines), "x"), lines);
}

TEST(Raw, DamagedBytesAreAnErrorThatNamesTheObject) {
  const auto good = append_raw("", {"a payload that is long enough to be cut"});
  for (std::size_t size = 1; size < good.size(); ++size) {
    const auto error = error_of([&] { read_raw(good.substr(0, size), "raw/x"); });
    EXPECT_EQ(error->kind(), ErrorKind::data);
    EXPECT_THAT(error->message(), testing::HasSubstr("raw/x"));
  }
  EXPECT_EQ(error_of([] { read_raw("plain text", "raw/x"); })->kind(), ErrorKind::data);
}

}  // namespace
}  // namespace soundlake::lake
