// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/expiry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace soundlake::spotify {
namespace {
using testing::AllOf;
using testing::HasSubstr;
using testing::Optional;

base::Instant at(const char* text) {
  return *base::parse_utc(text);
}

class Expiry : public testing::Test {
 protected:
  void keep(std::optional<base::Instant> authorized, const std::string& refresh = "r") {
    StoredToken token;
    token.refresh_token = base::Secret(refresh);
    token.authorized_at = authorized;
    token.first_seen_at = at("2026-06-01T08:00:00Z");
    store.save(token);
  }
  base::Database database = base::Database::in_memory();
  TokenStore store{database, std::filesystem::path(testing::TempDir()) / "unused.lock"};
};

TEST_F(Expiry, SixCalendarMonthsAtTheSameTimeOfDay) {
  EXPECT_EQ(sign_in_ends(at("2026-05-23T10:11:12Z")), at("2026-11-23T10:11:12Z"));
  EXPECT_EQ(sign_in_ends(at("2026-08-31T23:00:00Z")), at("2027-02-28T23:00:00Z"));
  EXPECT_EQ(sign_in_ends(at("2027-08-31T00:00:00Z")), at("2028-02-29T00:00:00Z"));
}

TEST_F(Expiry, IsToldFromTheFifthMonthOn) {
  keep(at("2026-06-10T12:00:00Z"));
  EXPECT_FALSE(expiry_warning(store, at("2026-11-10T11:59:59Z")));
  EXPECT_THAT(expiry_warning(store, at("2026-11-10T12:00:00Z")),
              Optional(AllOf(HasSubstr("on 2026-12-10"), HasSubstr("soundlake login"))));
  EXPECT_THAT(expiry_warning(store, at("2026-12-10T12:00:00Z")), Optional(HasSubstr("ended")));
}

TEST_F(Expiry, OfATokenFromASettingTheLatestEndIsTold) {
  keep(std::nullopt);
  EXPECT_FALSE(expiry_warning(store, at("2026-10-31T00:00:00Z")));
  EXPECT_THAT(expiry_warning(store, at("2026-11-02T00:00:00Z")),
              Optional(HasSubstr("at the latest on 2026-12-01")));
}

TEST_F(Expiry, NothingIsToldWithoutASignIn) {
  EXPECT_FALSE(expiry_warning(store, at("2030-01-01T00:00:00Z")));
  keep(at("2026-06-10T12:00:00Z"), "");
  EXPECT_FALSE(expiry_warning(store, at("2030-01-01T00:00:00Z")));
}

}  // namespace
}  // namespace soundlake::spotify
