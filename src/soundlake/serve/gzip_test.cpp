// SPDX-License-Identifier: Apache-2.0
#include "soundlake/serve/gzip.hpp"

#include "soundlake/base/error.hpp"

#include <gmock/gmock.h>

namespace soundlake::serve {
namespace {

TEST(Gzip, GivesTheSameBytesBack) {
  std::string bytes;
  for (unsigned i = 0; i < 200'000; ++i) bytes += static_cast<char>(i % 509 * i % 251);
  EXPECT_EQ(gunzip(gzip(bytes)), bytes);
  EXPECT_EQ(gunzip(gzip("")), "");
}

TEST(Gzip, RefusesWhatIsNoStream) {
  EXPECT_THROW(gunzip("this is no gzip stream"), Error);
  const auto packed = gzip("a text");
  EXPECT_THROW(gunzip(packed.substr(0, packed.size() / 2)), Error);
}

TEST(Gzip, IsTakenWhereTheBrowserSaysSo) {
  EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
  EXPECT_TRUE(accepts_gzip("br;q=1.0, GZIP; q=0.5"));
  EXPECT_FALSE(accepts_gzip("br, gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.0"));
  EXPECT_FALSE(accepts_gzip("identity"));
  EXPECT_FALSE(accepts_gzip(""));
}

}  // namespace
}  // namespace soundlake::serve
