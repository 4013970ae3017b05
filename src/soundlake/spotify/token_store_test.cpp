// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/token_store.hpp"

#include "soundlake/spotify/fake_accounts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace soundlake::spotify {
namespace {
namespace fs = std::filesystem;

StoredToken sample() {
  StoredToken token;
  token.refresh_token = base::Secret("refresh-0123456789");
  token.client_id = "app-one";
  token.method = TokenMethod::pkce_and_secret;
  token.scopes = "user-top-read";
  token.authorized_at = FakeHome::start();
  token.first_seen_at = FakeHome::start() + std::chrono::microseconds(1);
  token.access_token = base::Secret("access-0123456789");
  token.access_obtained_at = FakeHome::start() + std::chrono::seconds(2);
  token.access_expires_at = FakeHome::start() + std::chrono::hours(1);
  token.account_id = "account";
  token.setting_hash = "hash";
  return token;
}

class TokenStoreTest : public testing::Test {
 protected:
  base::Database open() { return base::Database::open(file); }
  std::string bytes() const { return *base::read_file(file); }

  TestFolder folder{testing::TempDir()};
  fs::path file = folder.path() / "state.db";
  fs::path lock = folder.path() / "token.lock";
};

TEST_F(TokenStoreTest, KeepsAllOfItAcrossRestarts) {
  {
    auto database = open();
    TokenStore(database, lock).save(sample());
  }
  auto database = open();
  const auto token = TokenStore(database, lock).load();
  ASSERT_TRUE(token);
  EXPECT_EQ(token->refresh_token, sample().refresh_token);
  EXPECT_EQ(token->client_id, "app-one");
  EXPECT_EQ(token->method, TokenMethod::pkce_and_secret);
  EXPECT_EQ(token->scopes, "user-top-read");
  EXPECT_EQ(token->authorized_at, sample().authorized_at);
  EXPECT_EQ(token->first_seen_at, sample().first_seen_at);
  EXPECT_EQ(token->access_token, sample().access_token);
  EXPECT_EQ(token->access_obtained_at, sample().access_obtained_at);
  EXPECT_EQ(token->access_expires_at, sample().access_expires_at);
  EXPECT_EQ(token->account_id, "account");
  EXPECT_EQ(token->setting_hash, "hash");
}

TEST_F(TokenStoreTest, HoldsOneSignIn) {
  auto database = open();
  TokenStore store(database, lock);
  EXPECT_FALSE(store.load());
  store.save(sample());
  StoredToken other = sample();
  other.authorized_at.reset();
  other.method = TokenMethod::pkce;
  other.client_id = "app-two";
  store.save(other);
  store.remember_account("somebody");
  EXPECT_EQ(store.load()->client_id, "app-two");
  EXPECT_EQ(store.load()->method, TokenMethod::pkce);
  EXPECT_FALSE(store.load()->authorized_at);
  EXPECT_EQ(store.load()->account_id, "somebody");
}

TEST_F(TokenStoreTest, ForgottenAndReplacedTokensLeaveTheFile) {
  auto database = open();
  TokenStore store(database, lock);
  store.save(sample());
  EXPECT_NE(bytes().find("refresh-0123456789"), std::string::npos);
  StoredToken replaced = sample();
  replaced.refresh_token = base::Secret("second-9876543210");
  store.save(replaced);
  EXPECT_EQ(bytes().find("refresh-0123456789"), std::string::npos);
  store.forget();
  EXPECT_FALSE(store.load());
  EXPECT_EQ(bytes().find("second-9876543210"), std::string::npos);
  EXPECT_EQ(bytes().find("access-0123456789"), std::string::npos);
}

TEST_F(TokenStoreTest, FilesAreForTheirOwnerAlone) {
  auto database = open();
  const TokenStore store(database, lock);
  { const auto held = store.lock(); }
  for (const fs::path& path : {file, lock}) {
    struct stat info {};
    ASSERT_EQ(::stat(path.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600u) << path;
  }
}

}  // namespace
}  // namespace soundlake::spotify
