// SPDX-License-Identifier: Apache-2.0
#include "soundlake/spotify/browser.hpp"

#include "soundlake/base/text.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <cstdlib>

namespace soundlake::spotify {
namespace {

std::vector<std::string> with_address(const std::string& command, const std::string& url) {
  std::vector<std::string> words;
  bool placed = false;
  for (std::string word : base::split(command, ' ')) {
    if (word.empty()) continue;
    const auto place = word.find("%s");
    if (place != std::string::npos && !words.empty()) {
      word.replace(place, 2, url);
      placed = true;
    }
    words.push_back(word);
  }
  if (!words.empty() && !placed) words.push_back(url);
  return words;
}

bool start(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  // A browser outlives us; holding our sockets it would keep the redirect's port busy.
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);

  pid_t child = 0;
  const int problem =
      ::posix_spawnp(&child, arguments.front(), &files, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return problem == 0;
}

}  // namespace

std::vector<std::vector<std::string>> browser_commands(
    const std::function<std::optional<std::string>(const std::string&)>& environment,
    const std::string& url) {
  std::vector<std::vector<std::string>> commands;
  for (const std::string& command : base::split(environment("BROWSER").value_or(""), ':')) {
    if (auto words = with_address(command, url); !words.empty()) commands.push_back(words);
  }
  const auto display = [&](const char* name) { return !environment(name).value_or("").empty(); };
  if (display("DISPLAY") || display("WAYLAND_DISPLAY")) commands.push_back({"xdg-open", url});
  return commands;
}

bool start_detached(const std::vector<std::vector<std::string>>& commands) {
  for (const auto& words : commands) {
    if (start(words)) return true;
  }
  return false;
}

bool open_in_browser(const std::string& url) {
  const auto environment = [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
  return start_detached(browser_commands(environment, url));
}

}  // namespace soundlake::spotify
