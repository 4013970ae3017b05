// SPDX-License-Identifier: Apache-2.0
#include "soundlake/cli/parse.hpp"

#include "soundlake/base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace soundlake::cli {
namespace {
using testing::HasSubstr;

/// What the person reads when the line is refused.
std::string refusal(const std::vector<std::string>& words) {
  try {
    parse_line(words);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.message() + " | " + error.hint();
  }
  return "accepted";
}

TEST(ParseLine, FindsCommandOptionsAndSettingsInAnyOrder) {
  const auto line =
      parse_line({"--lake", "/a", "extract", "--depth", "all", "--json", "--market", "DE"});
  ASSERT_NE(line.command, nullptr);
  EXPECT_EQ(line.command->name, "extract");
  EXPECT_EQ(line.options.at("--depth"), "all");
  EXPECT_FALSE(line.options.contains("--recent"));
  EXPECT_EQ(line.settings.at("lake"), "/a");
  EXPECT_EQ(line.settings.at("market"), "DE");
  EXPECT_TRUE(line.json);
}

TEST(ParseLine, JsonBeforeTheCommandCounts) {
  EXPECT_TRUE(parse_line({"--json", "run"}).json);
}

TEST(ParseLine, NamesTheNearestCommandOrFlag) {
  EXPECT_THAT(refusal({"extrat"}),
              HasSubstr("there is no command 'extrat' | did you mean `extract`?"));
  EXPECT_THAT(refusal({"extract", "--recnt"}), HasSubstr("did you mean `--recent`?"));
  EXPECT_THAT(refusal({"run", "--lkae", "x"}), HasSubstr("did you mean `--lake`?"));
  EXPECT_THAT(refusal({"extract", "surplus"}),
              HasSubstr("there is no argument 'surplus' for extract"));
}

TEST(ParseLine, TakesAFileForAnExportThatSomebodyWantsToImport) {
  const auto file = testing::TempDir() + "/my_spotify_data.zip";
  std::ofstream(file) << "anything";
  EXPECT_THAT(refusal({file}), HasSubstr("to import it: soundlake import " + file));
  std::filesystem::remove(file);
  EXPECT_THAT(refusal({file}), HasSubstr("there is no file and no command"));
  EXPECT_THAT(parse_line({"import", "a.zip", "b", "--check"}).arguments,
              testing::ElementsAre("a.zip", "b"));
}

TEST(ParseLine, RefusesWrongAndMissingValues) {
  EXPECT_THAT(refusal({"extract", "--depth", "deep"}), HasSubstr("--depth"));
  EXPECT_THAT(refusal({"extract", "--depth"}), HasSubstr("--depth"));
  EXPECT_THAT(refusal({"run", "--lake"}), HasSubstr("--lake"));
}

TEST(ParseLine, WithoutACommandThereIsHelp) {
  const auto line = parse_line({});
  EXPECT_EQ(line.command, nullptr);
  for (const auto& command : all_commands()) {
    if (command.hidden) continue;
    EXPECT_THAT(line.text, HasSubstr("  " + command.name)) << command.name;
  }
  EXPECT_THAT(parse_line({"extract", "--help"}).text, HasSubstr("--recent"));
  EXPECT_THAT(parse_line({"--version"}).text, testing::StartsWith("soundlake "));
}

TEST(ParseLine, TheFlagOfAYesOrNoTakesNoValue) {
  const auto line = parse_line({"import", "--single-writer", "a.zip"});
  EXPECT_EQ(line.settings.at("single_writer"), "yes");
  EXPECT_THAT(line.arguments, testing::ElementsAre("a.zip"));
  EXPECT_FALSE(parse_line({"import", "a.zip"}).settings.contains("single_writer"));
}

TEST(ParseLine, SecretsHaveNoFlag) {
  EXPECT_THAT(refusal({"run", "--spotify-client-secret", "x"}), HasSubstr("there is no flag"));
}

TEST(BashCompletion, KnowsEveryCommandAndFlag) {
  const std::string script = bash_completion();
  for (const auto& command : all_commands()) {
    if (command.hidden) continue;
    EXPECT_THAT(script, HasSubstr(command.name + ":*)"));
    for (const auto& option : command.options) {
      if (option.hidden) continue;
      EXPECT_THAT(script, HasSubstr(option.name));
    }
  }
  EXPECT_THAT(script, testing::Not(HasSubstr("from-run-script")));
}

}  // namespace
}  // namespace soundlake::cli
