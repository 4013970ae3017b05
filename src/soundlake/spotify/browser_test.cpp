// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/browser.hpp"

#include "soundlake/base/files.hpp"
#include "soundlake/base/hash.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <map>

namespace soundlake::spotify {
namespace {
namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

auto commands(const std::map<std::string, std::string>& variables) {
  return browser_commands(
      [&](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
      },
      "http://u");
}

TEST(Browser, NoneWithoutADisplayOrBrowser) {
  EXPECT_THAT(commands({}), IsEmpty());
  EXPECT_THAT(commands({{"DISPLAY", ""}, {"BROWSER", ""}}), IsEmpty());
}

TEST(Browser, DisplayMeansXdgOpen) {
  EXPECT_THAT(commands({{"DISPLAY", ":0"}}), ElementsAre(ElementsAre("xdg-open", "http://u")));
  EXPECT_THAT(commands({{"WAYLAND_DISPLAY", "wayland-0"}}),
              ElementsAre(ElementsAre("xdg-open", "http://u")));
}

TEST(Browser, BrowserVariableComesFirstWithArgumentsAndPlace) {
  EXPECT_THAT(commands({{"BROWSER", "firefox --new-tab %s:w3m"}, {"DISPLAY", ":0"}}),
              ElementsAre(ElementsAre("firefox", "--new-tab", "http://u"),
                          ElementsAre("w3m", "http://u"), ElementsAre("xdg-open", "http://u")));
}

TEST(Browser, AProgramThatIsNotThereIsPassedOver) {
  EXPECT_FALSE(start_detached({}));
  EXPECT_FALSE(start_detached({{"/nowhere/at/all", "x"}}));
  EXPECT_TRUE(start_detached({{"/nowhere/at/all", "x"}, {"true"}}));
}

// A browser lives longer than we do: what it holds of ours stays in use.
TEST(Browser, IsStartedWithoutOurDescriptorsAndWithTheAddressUntouched) {
  const fs::path folder =
      fs::path(testing::TempDir()) / ("soundlake-browser-" + base::to_hex(base::random_bytes(6)));
  base::make_private_folder(folder);
  const fs::path script = folder / "browser";
  const fs::path told = folder / "told";
  ASSERT_EQ(::mkfifo(told.c_str(), 0600), 0);
  base::write_file_atomic(
      script,
      "#!/bin/sh\n{ printf '%s\\n' \"$1\"; ls -l /proc/$$/fd; } > '" + told.string() + "'\n", 0700);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);  // no CLOEXEC: only the start itself can keep it from the child
  const base::FileDescriptor out(ends[0]);
  const base::FileDescriptor in(ends[1]);
  struct stat ours {};
  ASSERT_EQ(::fstat(out.get(), &ours), 0);

  const std::string url = "http://x/?a=1&b=$(id);`id`";
  ASSERT_TRUE(start_detached({{script.string(), url}}));
  std::string text;
  {
    const base::FileDescriptor fifo(::open(told.c_str(), O_RDONLY | O_CLOEXEC));
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(fifo.get(), buffer, sizeof buffer)) > 0;) {
      text.append(buffer, static_cast<std::size_t>(got));
    }
  }
  fs::remove_all(folder);
  EXPECT_THAT(text, testing::StartsWith(url + "\n"));
  EXPECT_THAT(text, testing::ContainsRegex("0 -> /dev/null"));
  EXPECT_THAT(text, testing::ContainsRegex("2 -> /dev/null"));
  EXPECT_EQ(text.find("pipe:[" + std::to_string(ours.st_ino) + "]"), std::string::npos) << text;
}

}  // namespace
}  // namespace soundlake::spotify
