// SPDX-License-Identifier: Apache-2.0
#include "soundlake/history/platform_family.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace soundlake::history {
namespace {

TEST(PlatformFamily, FoldsWhatExportsWroteInAllYears) {
  const std::vector<std::pair<std::string, std::string>> expected{
      {"Android OS 9 API 28 (samsung, SM-G960F)", "android"},
      {"android", "android"},
      {"Android-tablet OS 7.0 API 24", "android"},
      {"iOS 14.2 (iPhone12,1)", "ios"},
      {"ios", "ios"},
      {"Windows 10 (10.0.19042; x64; AppX)", "windows"},
      {"windows", "windows"},
      {"OS X 10.15.7 [x86 8]", "macos"},
      {"osx", "macos"},
      {"Linux [x86-64 0]", "linux"},
      {"web_player windows 10;firefox 72.0;desktop", "web"},
      {"WebPlayer (websocket RFC6455)", "web"},
      {"Partner android_tv Sony;BRAVIA_4K;deadbeef;;tpapi", "tv"},
      {"Partner google cast;Chromecast;deadbeef;;tpapi", "cast"},
      {"Partner webos_tv LG;OLED55", "tv"},
      {"Partner sonos_ppc Sonos;Play1", "speaker"},
      {"Partner amazon_salmon Amazon;Echo_Dot;deadbeef", "speaker"},
      {"Partner scei_ps4;ps4;deadbeef", "console"},
      {"playstation", "console"},
      {"xbox", "console"},
      {"Garmin, GarminOS", "watch"},
      {"Partner spotify carthing;deadbeef", "car"},
      {"Partner unheard_of thing;deadbeef", "other"},
      {"not_applicable", ""},
      {"", ""},
  };
  for (const auto& [platform, family] : expected) {
    EXPECT_EQ(platform_family(platform), family) << platform;
  }
}

TEST(PlatformFamily, TheModelOfAPhoneDecidesNothing) {
  EXPECT_EQ(platform_family("Android OS 11 API 30 (Sony, TV Watch Cast)"), "android");
  EXPECT_EQ(platform_family("iOS 15.0 (Watch6,1)"), "ios");
}

TEST(PlatformFamily, AWordWithinAnotherIsNone) {
  EXPECT_EQ(platform_family("Partner scarlet"), "other") << "car";
  EXPECT_EQ(platform_family("Partner broadcaster"), "other") << "cast";
}

}  // namespace
}  // namespace soundlake::history
