// SPDX-License-Identifier: Apache-2.0
#include "soundlake/config/settings.hpp"

#include "soundlake/base/error.hpp"
#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

namespace soundlake::config {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;

class SettingsTest : public testing::Test {
 protected:
  SettingsTest()
      : folder_(fs::path(testing::TempDir()) /
                ("settings-" + base::to_hex(base::random_bytes(6)))) {
    fs::create_directories(folder_);
    environment_["HOME"] = folder_;
  }
  ~SettingsTest() override { fs::remove_all(folder_); }

  Environment environment() {
    return [this](const std::string& name) -> std::optional<std::string> {
      const auto found = environment_.find(name);
      if (found == environment_.end() || found->second.empty()) return std::nullopt;
      return found->second;
    };
  }
  Settings load(const std::map<std::string, std::string>& flags = {}) {
    return Settings::load(flags, environment());
  }
  void write_config(const std::string& text, mode_t mode = 0600) {
    base::write_file_atomic(folder_ / ".config/soundlake/config.toml", text, mode);
    ::chmod((folder_ / ".config/soundlake/config.toml").c_str(), mode);
  }
  std::string refusal(const std::map<std::string, std::string>& flags = {}) {
    try {
      load(flags);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::config);
      return error.message() + " | " + error.hint();
    }
    return "accepted";
  }

  fs::path folder_;
  std::map<std::string, std::string> environment_;
};

TEST_F(SettingsTest, FlagBeatsEnvironmentBeatsFileBeatsDefault) {
  EXPECT_EQ(load().text("market"), "US");
  EXPECT_FALSE(load().is_set("market"));
  write_config("market = 'FR'");
  EXPECT_EQ(load().text("market"), "FR");
  environment_["SOUNDLAKE_MARKET"] = "de";
  EXPECT_EQ(load().text("market"), "DE");
  EXPECT_EQ(load().value("market").origin, "environment SOUNDLAKE_MARKET");
  EXPECT_EQ(load({{"market", "GB"}}).text("market"), "GB");
  EXPECT_EQ(load({{"market", "GB"}}).value("market").origin, "flag --market");
}

TEST_F(SettingsTest, DefaultsLieInTheXdgFolders) {
  EXPECT_EQ(load().path("lake"), folder_ / ".local/share/soundlake/lake");
  EXPECT_EQ(load().path("home"), folder_ / ".local/state/soundlake");
  environment_["XDG_DATA_HOME"] = "/data";
  environment_["XDG_STATE_HOME"] = "relative/is/ignored";
  EXPECT_EQ(load().path("lake"), "/data/soundlake/lake");
  EXPECT_EQ(load().path("home"), folder_ / ".local/state/soundlake");
}

TEST_F(SettingsTest, AnEmptyVariableIsNotSet) {
  environment_["SOUNDLAKE_LAKE"] = "";
  EXPECT_FALSE(load().is_set("lake"));
}

TEST_F(SettingsTest, SpotipyNamesWorkButOursWin) {
  environment_["SPOTIPY_CLIENT_ID"] = "theirs";
  EXPECT_EQ(load().text("spotify_client_id"), "theirs");
  environment_["SPOTIFY_CLIENT_ID"] = "ours";
  EXPECT_EQ(load().text("spotify_client_id"), "ours");
}

TEST_F(SettingsTest, SecretsComeFromAFileNamedByTheEnvironment) {
  base::write_file_atomic(folder_ / "secret", "hush\n");
  environment_["SPOTIFY_CLIENT_SECRET_FILE"] = folder_ / "secret";
  EXPECT_EQ(load().secret("spotify_client_secret").reveal(), "hush");
  environment_["SPOTIFY_CLIENT_SECRET_FILE"] = folder_ / "missing";
  EXPECT_THAT(refusal(), HasSubstr("does not exist"));
}

TEST_F(SettingsTest, ASecretInAFileOthersMayReadIsRefusedWithoutShowingIt) {
  write_config("spotify_client_secret = 'hush'", 0644);
  EXPECT_THAT(refusal(), HasSubstr("chmod 600"));
  EXPECT_THAT(refusal(), testing::Not(HasSubstr("hush")));
  write_config("spotify_client_secret = 'hush'", 0600);
  EXPECT_EQ(load().secret("spotify_client_secret").reveal(), "hush");
}

TEST_F(SettingsTest, UnknownKeysAreNamedWithTheNearestKnownOne) {
  write_config("markett = 'FR'");
  EXPECT_THAT(refusal(), HasSubstr("did you mean 'market'?"));
}

TEST_F(SettingsTest, BrokenTomlNamesTheLine) {
  write_config("market = 'FR'\nlake = \n");
  EXPECT_THAT(refusal(), HasSubstr("line 2"));
}

TEST_F(SettingsTest, ValuesAreChecked) {
  EXPECT_THAT(refusal({{"market", "USA"}}), HasSubstr("country code"));
  EXPECT_THAT(refusal({{"album_calls_per_day", "-1"}}), HasSubstr("whole number"));
  EXPECT_THAT(refusal({{"now", "yesterday"}}), HasSubstr("2026-11-23T12:00:00Z"));
  EXPECT_THAT(refusal({{"lake", "gopher://x"}}), HasSubstr("a folder"));
  EXPECT_THAT(refusal({{"lake", " "}}), HasSubstr("empty"));
}

TEST_F(SettingsTest, PlainHttpIsForThisMachineOnly) {
  EXPECT_EQ(load({{"spotify_api_url", "http://127.0.0.1:99/v1/"}}).text("spotify_api_url"),
            "http://127.0.0.1:99/v1");
  EXPECT_EQ(load({{"spotify_api_url", "http://[::1]:99"}}).text("spotify_api_url"),
            "http://[::1]:99");
  for (const char* url : {"http://api.spotify.com/v1", "http://127.0.0.1.example.com",
                          "ftp://127.0.0.1", "http://127.0.0.1@example.com"}) {
    EXPECT_THAT(refusal({{"spotify_api_url", url}}), HasSubstr("https://")) << url;
  }
}

TEST_F(SettingsTest, PathsAreSpelledOut) {
  EXPECT_EQ(load({{"lake", "~/music/"}}).path("lake"), folder_ / "music");
  EXPECT_EQ(load({{"lake", "file:///srv/lake"}}).path("lake"), "/srv/lake");
}

TEST_F(SettingsTest, ALakeInABucketStaysAsItIsWrittenButForSlashesAtItsEnd) {
  EXPECT_EQ(load({{"lake", "s3://listening/ann's lake//x/"}}).text("lake"),
            "s3://listening/ann's lake//x");
}

TEST_F(SettingsTest, APromiseIsYesOrNo) {
  EXPECT_EQ(load().text("single_writer"), "no");
  EXPECT_EQ(load({{"single_writer", "yes"}}).text("single_writer"), "yes");
  EXPECT_THAT(refusal({{"single_writer", "1"}}), HasSubstr("yes or no"));
}

TEST(SettingsMarkdown, IsWhatTheDocumentsSay) {
  const std::string path = SOUNDLAKE_SOURCE_DIR "/docs/settings.md";
  if (std::getenv("SOUNDLAKE_ACCEPT") != nullptr) {
    base::write_file_atomic(path, settings_markdown(), 0644);
    GTEST_SKIP() << path << " was written anew";
  }
  EXPECT_EQ(base::read_file(path).value_or(""), settings_markdown())
      << "Run this test once with SOUNDLAKE_ACCEPT=1 and read what changed in docs/settings.md";
}

TEST_F(SettingsTest, EveryFlagAndVariableIsDeclaredOnce) {
  std::map<std::string, int> seen;
  for (const auto& setting : all_settings()) {
    ++seen[setting.flag()];
    for (const auto& name : setting.environment) ++seen[name];
  }
  for (const auto& [name, times] : seen) EXPECT_EQ(times, 1) << name;
}

}  // namespace
}  // namespace soundlake::config
