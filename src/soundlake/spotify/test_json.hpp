// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "soundlake/base/files.hpp"
#include "soundlake/base/json.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

/// Test support: answers as JSON, written in the test or recorded from the real Web API.
namespace soundlake::spotify {

inline base::JsonDocument json(const std::string& text) {
  return base::JsonDocument::parse(text, "the test's JSON");
}

/// A recorded answer, or nothing when the folder of recorded answers is not at hand.
inline std::optional<std::string> recorded(const std::string& name) {
  const char* folder = std::getenv("SOUNDLAKE_RECORDED");
  if (folder == nullptr || *folder == '\0') return std::nullopt;
  return base::read_file(std::filesystem::path(folder) / "spotify" / name);
}

}  // namespace soundlake::spotify

/// The recorded answer as a document named `document`; skips the test when there is none.
#define SOUNDLAKE_RECORDED_ANSWER(document, name)                                                \
  const auto document##_text = ::soundlake::spotify::recorded(name);                             \
  if (!document##_text) GTEST_SKIP() << "SOUNDLAKE_RECORDED names no folder with spotify/" name; \
  const auto document = ::soundlake::spotify::json(*document##_text)
